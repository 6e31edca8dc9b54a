package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Who is killed when the file of a run is closed and its manifest not written yet loses nothing; where the manifest of a run that was over is
// gone, nothing goes on with what is left.
func TestARunThatIsJustBeingSealedIsNoneThatLostItsManifest(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	whole, last := taken(t, f, 0, 3, 0), taken(t, f, 1, 4, 0)
	if err := os.Remove(f.path(last.ID, manifestExt)); err != nil {
		t.Fatal(err)
	}
	if _, m, broken, err := f.Open(""); err != nil || m.ID != whole.ID || len(broken) != 1 || broken[0] != last.ID {
		t.Errorf("without a manifest: run %s, not whole %q: %v", m.ID, broken, err)
	}
	if r, id, err := f.Unfinished(); r != nil || err != nil {
		t.Errorf("%s is not over: %v", id, err)
	}
	if err := os.WriteFile(f.sealing(last.ID), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, m, broken, err := f.Open(""); err != nil || m.ID != whole.ID || len(broken) > 0 {
		t.Errorf("while it is sealed: run %s, not whole %q: %v", m.ID, broken, err)
	}
	r, id, err := f.Unfinished()
	if err != nil || r == nil || id != last.ID {
		t.Fatalf("%s is not over: %v", id, err)
	}
	_ = r.Close()
	r, id, resumed, err := f.Begin(firstDay.AddDate(0, 0, 2), false)
	if err != nil || !resumed || id != last.ID {
		t.Fatalf("run %s, resumed %v: %v", id, resumed, err)
	}
	if _, err := f.Seal(r, Manifest{ID: id, Summary: []byte("{}")}, 0); err != nil {
		t.Fatal(err)
	}
	if _, m, broken, err := f.Open(""); err != nil || m.ID != last.ID || len(broken) > 0 {
		t.Errorf("when it is sealed: run %s, not whole %q: %v", m.ID, broken, err)
	}
	if left, _ := filepath.Glob(filepath.Join(f.Dir, ".*")); len(left) > 0 {
		t.Errorf("it left %q", left)
	}
}

// A run that lost its manifest is left as it is, and another one begins.
func TestWhatLostItsManifestIsNotGoneOnWith(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	last := taken(t, f, 0, 3, 0)
	if err := os.Remove(f.path(last.ID, manifestExt)); err != nil {
		t.Fatal(err)
	}
	r, id, resumed, err := f.Begin(firstDay.AddDate(0, 0, 1), false)
	if err != nil || resumed || id == last.ID {
		t.Fatalf("run %s, resumed %v: %v", id, resumed, err)
	}
	_ = r.Close()
	if _, err := os.Stat(rowsOf(f, last)); err != nil {
		t.Error(err)
	}
}

// rowsOf is the file of a run.
func rowsOf(f Folder, m Manifest) string { return f.path(m.ID, rowsExt) }

// The rows that a newer run took the place of are no damage; those of the newest are.
func TestRowsThatWereDeletedForNewerOnesAreNoDamage(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	var last Manifest
	for day := range 4 {
		last = taken(t, f, day, 3, 2)
	}
	if r, _, broken, err := f.Open(""); err != nil || len(broken) > 0 {
		t.Fatalf("not whole %q: %v", broken, err)
	} else if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(rowsOf(f, last)); err != nil {
		t.Fatal(err)
	}
	r, m, broken, err := f.Open("")
	if err != nil || len(broken) != 1 || broken[0] != last.ID || m.ID >= last.ID {
		t.Fatalf("run %s, not whole %q: %v", m.ID, broken, err)
	}
	_ = r.Close()
}

func TestALockThatIsNoPlainFileIsNotWaitedFor(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	if err := os.Mkdir(filepath.Join(f.Dir, "lock"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Lock(); !errors.Is(err, ErrFiles) {
		t.Error(err)
	}
}
