//go:build unix

package infile

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestNothingButAPlainFileIsOpened(t *testing.T) {
	dir := t.TempDir()
	fifo, plain, link := filepath.Join(dir, "fifo"), filepath.Join(dir, "plain"), filepath.Join(dir, "link")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(plain, []byte("12345"), 0o600), os.Symlink(plain, link)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{fifo, dir, os.DevNull} {
		if _, err := Read(path, 5); !errors.Is(err, ErrNotPlain) {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{plain, link} {
		if content, err := Read(path, 5); err != nil || string(content) != "12345" {
			t.Errorf("%s: %q, %v", path, content, err)
		}
		if _, err := Read(path, 4); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := Read(filepath.Join(dir, "none"), 5); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("none: %v", err)
	}
}

func TestASocketIsNoPlainFile(t *testing.T) {
	t.Chdir(t.TempDir()) // the name of a socket must be short
	l, err := net.Listen("unix", "socket")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	if _, err := Open("socket"); !errors.Is(err, ErrNotPlain) {
		t.Error(err)
	}
}

// TestAPipeOfTheShellIsRead has what <(…) passes: one that ends, one that never does, and names that are none of the shell's.
func TestAPipeOfTheShellIsRead(t *testing.T) {
	for _, folder := range []string{"/dev/fd", "/dev/../dev/fd"} {
		if content, err := Read(piped(t, folder, []byte("host: x")), 100); err != nil || string(content) != "host: x" {
			t.Errorf("%q, %v", content, err)
		}
	}
	if _, err := Read(piped(t, "/dev/fd", bytes.Repeat([]byte("y\n"), 1<<20)), 1000); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(piped(t, "/dev/fd", nil), link); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(link); !errors.Is(err, ErrNotPlain) {
		t.Error(err)
	}
}

// piped is the name of a pipe that something writes content to.
func piped(t *testing.T, folder string, content []byte) string {
	t.Helper()
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = from.Close() })
	go func() {
		_, _ = to.Write(content)
		_ = to.Close()
	}()
	return fmt.Sprintf("%s/%d", folder, from.Fd())
}
