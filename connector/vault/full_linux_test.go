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
	if os.Getenv(roleVariable) == "mount" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.v", "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), roleVariable+"=mount", dirVariable+"="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &ended):
		t.Skipf("this system gives no namespaces: %v", err)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skip("this system mounts nothing in a namespace")
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
	wantKind(t, v.Delete(t.Context(), "prod"), ErrStorage)
	if got := list(t, v); len(got) != 1 {
		t.Errorf("listed %v", got)
	}
	unchangedFiles(t, v.Dir(), before)
	wantKind(t, reopen(filepath.Join(os.Getenv(dirVariable), "other"), v.keychain).InitKeychain(t.Context()), ErrStorage)
}
