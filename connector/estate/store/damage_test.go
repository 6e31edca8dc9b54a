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

// A run that was damaged is none of those that stay with their rows, and goes in its turn.
func TestDamagedRunsCountAsNoneAndGoInTheirTurn(t *testing.T) {
	for name, harm := range map[string]func(Folder, Manifest) error{
		"its file is torn":        func(f Folder, m Manifest) error { return os.Truncate(rowsOf(f, m), m.Size/2) },
		"a byte is another":       func(f Folder, m Manifest) error { return os.WriteFile(rowsOf(f, m), make([]byte, m.Size), 0o600) },
		"its manifest is no JSON": func(f Folder, m Manifest) error { return os.WriteFile(f.path(m.ID, manifestExt), []byte("{"), 0o600) },
		"its manifest is gone":    func(f Folder, m Manifest) error { return os.Remove(f.path(m.ID, manifestExt)) },
	} {
		f := Folder{Dir: t.TempDir()}
		first, second := taken(t, f, 0, 3, 0), taken(t, f, 1, 3, 0)
		if err := harm(f, second); err != nil {
			t.Fatal(err)
		}
		if m, found, err := f.LastWhole(); err != nil || !found || m.ID != first.ID {
			t.Errorf("%s: the last whole one is %s, %v", name, m.ID, err)
		}
		third := taken(t, f, 2, 3, 2)
		for m, want := range map[string]bool{rowsOf(f, first): true, rowsOf(f, second): true, rowsOf(f, third): true} {
			if _, err := os.Stat(m); (err == nil) != want {
				t.Errorf("%s: with two that stay, %s: %v", name, m, err)
			}
		}
		fourth := taken(t, f, 3, 3, 2)
		for m, want := range map[string]bool{rowsOf(f, first): false, rowsOf(f, second): false, rowsOf(f, third): true, rowsOf(f, fourth): true} {
			if _, err := os.Stat(m); (err == nil) != want {
				t.Errorf("%s: a day later, %s: %v", name, m, err)
			}
		}
		if all, err := f.over(); err != nil || len(all) != 2 {
			t.Errorf("%s: %d are there, %v", name, len(all), err)
		}
	}
}
