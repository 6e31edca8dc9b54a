package store

import (
	"errors"
	"os"
	"testing"
)

var errOfSomebodyElse = errors.New("somebody else's")

// by begins as somebody, and gives what was begun. A run that is new is theirs.
func by(t *testing.T, f Folder, day int, who string, fresh bool) (id string, resumed bool, err error) {
	t.Helper()
	r, id, resumed, err := f.BeginAs(firstDay.AddDate(0, 0, day), fresh, func(r *Run) error {
		var whose string
		if known, err := r.Fact("who", &whose); err != nil || known && whose != who {
			return errors.Join(err, errOfSomebodyElse)
		}
		return nil
	})
	if err != nil {
		return "", false, err
	}
	if err := r.Write(func(c *Change) error { return c.Fact("who", who) }); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return id, resumed, nil
}

// there reports whether the rows of a run are there.
func there(f Folder, id string) bool {
	_, err := os.Stat(f.path(id, rowsExt))
	return err == nil
}

func TestTheRunOfSomebodyElseStaysUntilTheNewOneIsWhole(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	admins, _, err := by(t, f, 0, "admin", false)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := by(t, f, 1, "connector", false); !errors.Is(err, errOfSomebodyElse) {
		t.Errorf("somebody else goes on with it: %v", err)
	}
	fresh, resumed, err := by(t, f, 1, "connector", true)
	if err != nil || resumed || fresh == admins || !there(f, admins) {
		t.Fatalf("%s, resumed %v, the admin's is there %v: %v", fresh, resumed, there(f, admins), err)
	}
	if id, resumed, err := by(t, f, 2, "admin", false); err != nil || !resumed || id != admins {
		t.Errorf("the admin goes on with %s, resumed %v: %v", id, resumed, err)
	}
	own, resumed, err := by(t, f, 2, "connector", true)
	if err != nil || resumed || there(f, fresh) || !there(f, admins) {
		t.Errorf("their own is there %v, the admin's %v, resumed %v: %v", there(f, fresh), there(f, admins), resumed, err)
	}
	r, err := open(f.path(own, rowsExt), false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seal(r, Manifest{ID: own, Summary: []byte("{}")}, 0); err != nil {
		t.Fatal(err)
	}
	if there(f, admins) || !there(f, own) {
		t.Errorf("when the new one is whole, the admin's is there %v, and it itself %v", there(f, admins), there(f, own))
	}
}

func TestARunThatIsWholeGivesUpNoneThatBeganAfterIt(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	admins, _, err := by(t, f, 0, "admin", false)
	if err != nil {
		t.Fatal(err)
	}
	later, _, err := by(t, f, 1, "connector", true)
	if err != nil {
		t.Fatal(err)
	}
	r, err := open(f.path(admins, rowsExt), false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seal(r, Manifest{ID: admins, Summary: []byte("{}")}, 0); err != nil {
		t.Fatal(err)
	}
	if !there(f, later) {
		t.Error("the run that began later is gone")
	}
}
