package runs

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// alone says that the test runs in a name space of its own, where it may mount.
const alone = "DRAFTT_TEST_ALONE"

// inside runs a test again in a name space of its own, and reports whether it is there. It skips where the system gives none.
func inside(t *testing.T) bool {
	t.Helper()
	if os.Getenv(alone) != "" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), alone+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}, GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &ended):
		t.Skipf("there is no name space to be had: %v", err)
	case err != nil:
		t.Errorf("%s", out)
	case bytes.Contains(out, []byte("SKIP")):
		t.Skipf("%s", out)
	}
	return false
}

func mounted(t *testing.T, options string, flags uintptr) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", flags, options); err != nil {
		t.Skipf("nothing can be mounted: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestAFullDiskLosesNothing(t *testing.T) {
	if !inside(t) {
		return
	}
	dir := mounted(t, "size=1m", 0)
	s, err := Open(filepath.Join(dir, "sync"))
	if err != nil {
		t.Fatal(err)
	}
	first := whole(t, s, night)
	p := begin(t, s, night, "plan")
	kept := put(t, p, "a.b.c", "1 of 2", "part-0", "rows")
	w, err := p.Write(Part{Table: "a.b.c", Piece: "2 of 2", File: File{Path: "table=a.b.c/part-1"}})
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = w.Write(make([]byte, 100_000))
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("a part on a full disk: %v", err)
	}
	w.Drop()
	filler := filepath.Join(dir, "filler")
	_ = os.WriteFile(filler, make([]byte, 2<<20), 0o600) // as much as there is
	for range 3 {                                        // a line of the progress that is torn does not spoil the others
		if err := p.Forget(string(make([]byte, 8000))); !errors.Is(err, ErrFull) {
			t.Fatalf("the progress on a full disk: %v", err)
		}
	}
	if _, err := p.Finish(manifest(kept)); !errors.Is(err, ErrFull) || newest(t, s) != first.ID {
		t.Errorf("a manifest on a full disk: %v", err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	p = begin(t, s, night, "plan")
	if _, done := p.Done("a.b.c", "1 of 2"); !done {
		t.Error("what was whole is read again")
	}
	if r, err := p.Finish(manifest(kept, put(t, p, "a.b.c", "2 of 2", "part-1", "more"))); err != nil || newest(t, s) != r.ID {
		t.Error(err)
	}
}

func TestAFolderThatCannotBeWrittenSaysSo(t *testing.T) {
	if !inside(t) {
		return
	}
	dir := mounted(t, "", 0)
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := whole(t, s, night)
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("nothing can be mounted: %v", err)
	}
	if _, err := s.Lock(); !errors.Is(err, ErrFolder) {
		t.Errorf("a lock: %v", err)
	}
	if _, _, err := s.Begin(night, planned("no"), func() ([]byte, error) { return nil, nil }); !errors.Is(err, ErrFolder) {
		t.Errorf("a run: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "sync")); !errors.Is(err, ErrFolder) {
		t.Errorf("a folder: %v", err)
	}
	if newest(t, s) != r.ID {
		t.Error("what is there cannot be read")
	}
}
