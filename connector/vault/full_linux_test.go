package vault

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// inNamespace runs the calling test again as the administrator of a small world of its own, where it may mount file systems.
// It reports true in that world; outside, it hands on the outcome.
func inNamespace(t *testing.T) bool {
	t.Helper()
	return again(t, syscall.CLONE_NEWNS, 0)
}

// asOrdinaryUser runs the calling test again as the owner of its files without any privilege, whoever runs the tests, so that the modes
// of files count.
func asOrdinaryUser(t *testing.T) bool {
	t.Helper()
	return again(t, 0, 1000)
}

func again(t *testing.T, flags uintptr, user int) bool {
	t.Helper()
	if os.Getenv(roleVariable) == "mount" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.v", "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), roleVariable+"=mount", dirVariable+"="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | flags,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: user, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: user, HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &ended):
		t.Skipf("this system gives no namespaces: %v", err)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skip("this system has no such namespace")
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// mounted is a vault on a file system of 128 KiB.
func mounted(t *testing.T) *Vault {
	t.Helper()
	disk := os.Getenv(dirVariable)
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=128k"); err != nil {
		t.Skip("no mount: ", err)
	}
	v := reopen(filepath.Join(disk, "vault"), &fakeKeychain{})
	if err := v.InitKeychain(t.Context()); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAFullDiskKeepsWhatWasSaved(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	v := mounted(t)
	var err error
	n := 0
	for ; err == nil && n < 100; n++ {
		_, err = v.Save(t.Context(), connection(t, numbered(n)))
	}
	if e := wantKind(t, err, ErrStorage); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(e.Remedy, "full") {
		t.Fatalf("a full disk gave %v, %s", err, e.Remedy)
	}
	all := list(t, v)
	if len(all) != n-1 {
		t.Fatalf("%d of %d connections are left", len(all), n-1)
	}
	before := files(t, v.Dir())
	changed := all[0]
	changed.Proof.Summary = strings.Repeat("longer than before ", 500)
	_, err = v.Save(t.Context(), changed)
	wantKind(t, err, ErrStorage)
	unchangedFiles(t, v.Dir(), before)

	for _, c := range all[len(all)-4:] {
		if err := v.Delete(t.Context(), c.ID); err != nil {
			t.Fatalf("deleting to make room: %v", err)
		}
	}
	save(t, v, changed)
}

func TestAReadOnlyDiskCanBeReadAndKeepsWhatWasSaved(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	v := mounted(t)
	saved := save(t, v, connection(t, "prod"))
	before := files(t, v.Dir())
	if err := syscall.Mount("", os.Getenv(dirVariable), "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("no remount: ", err)
	}
	_, err := v.Save(t.Context(), saved)
	if e := wantKind(t, err, ErrStorage); !strings.Contains(e.Remedy, "read-only") {
		t.Errorf("the remedy is %q", e.Remedy)
	}
	_, err = v.Rename(t.Context(), saved, "production")
	if e := wantKind(t, err, ErrStorage); !strings.Contains(e.What, `still called "prod"`) || !strings.Contains(e.Remedy, "read-only") {
		t.Errorf("a rename says %q, and the remedy is %q", e.What, e.Remedy)
	}
	wantKind(t, v.Delete(t.Context(), "prod"), ErrStorage)
	if got := list(t, v); len(got) != 1 {
		t.Errorf("listed %v", got)
	}
	unchangedFiles(t, v.Dir(), before)
	wantKind(t, reopen(filepath.Join(os.Getenv(dirVariable), "other"), v.keychain).InitKeychain(t.Context()), ErrStorage)
}

func TestAFolderWithoutPermissionKeepsWhatWasSaved(t *testing.T) {
	if !asOrdinaryUser(t) {
		return
	}
	dir := filepath.Join(os.Getenv(dirVariable), "vault")
	v := reopen(dir, &fakeKeychain{})
	if err := v.InitKeychain(t.Context()); err != nil {
		t.Fatal(err)
	}
	saved := save(t, v, connection(t, "prod"))
	before := files(t, dir)
	connections := filepath.Join(dir, connectionsDir)
	for _, closed := range []struct {
		path     string
		mode     os.FileMode
		readable bool
	}{{connections, 0o500, true}, {connections, 0o000, false}, {dir, 0o000, false}, {filepath.Dir(dir), 0o000, false}} {
		if err := os.Chmod(closed.path, closed.mode); err != nil {
			t.Fatal(err)
		}
		changed := saved
		changed.Proof.Summary = "another"
		_, err := v.Save(t.Context(), changed)
		if e := wantKind(t, err, ErrStorage); !errors.Is(err, os.ErrPermission) || !strings.Contains(e.Remedy, "belong to you") {
			t.Errorf("%s with mode %o: %v, %s", closed.path, closed.mode, err, e.Remedy)
		}
		if got, _, err := v.List(t.Context()); closed.readable != (err == nil && len(got) == 1) {
			t.Errorf("%s with mode %o: listed %d, %v", closed.path, closed.mode, len(got), err)
		}
		if err := os.Chmod(closed.path, 0o700); err != nil {
			t.Fatal(err)
		}
		unchangedFiles(t, dir, before)
	}
	home := filepath.Join(os.Getenv(dirVariable), "home")
	if err := os.Mkdir(home, 0o500); err != nil {
		t.Fatal(err)
	}
	wantKind(t, reopen(filepath.Join(home, ".config", appName), v.keychain).InitKeychain(t.Context()), ErrStorage)
	save(t, v, saved)
}
