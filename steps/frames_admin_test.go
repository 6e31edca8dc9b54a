package steps

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestTheAdminsDeskLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  Person
		play func(w *walk)
	}{
		{"principals", Person{}, func(w *walk) {
			w.press("ctrl+o")
			w.see("Make a new one")
		}},
		{"principal-plan", Person{}, func(w *walk) {
			w.press("ctrl+o")
			w.see("Make a new one")
			w.press("enter")
			w.see("Display name")
			w.press("ctrl+u")
			w.write("draftt-inventory")
			w.press("enter")
			w.see("This makes 3 changes")
		}},
		{"taken-name", Person{}, func(w *walk) {
			w.press("ctrl+o")
			w.see("Make a new one")
			w.press("enter", "enter")
			w.see("Pick it by its application ID")
		}},
		{"ways", Person{Own: true}, func(w *walk) {
			w.press("ctrl+o")
			w.see("a personal access token")
		}},
		{"sign-in", Person{Own: true}, func(w *walk) {
			w.press("ctrl+o")
			w.see("a personal access token")
			w.write("oauth")
			w.press("enter")
			w.see("never kept")
		}},
		{"warehouses", Person{}, func(w *walk) {
			w.signIn()
			w.see("Starter Warehouse")
			w.press("ctrl+o")
			w.see("CAN_USE on a SQL warehouse", "Analytics")
		}},
		{"grants-plan", Person{}, func(w *walk) {
			w.signIn()
			w.chooseWarehouse()
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.press("a")
			w.see("This makes 2 changes")
		}},
		{"grants-not-confirmed", Person{}, func(w *walk) {
			w.signIn()
			w.chooseWarehouse()
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.press("a")
			w.see("To go on")
			w.write("yes")
			w.press("enter")
		}},
		{"who-signs-in", Person{}, func(w *walk) {
			w.press("enter")
			w.see("Signed in as")
			w.press("esc", "f3")
			w.see("SCIM id")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			scene.play(w)
			w.until("nothing moves", func() bool { return w.pending <= 2 })
			w.golden("admin/" + scene.name)
		})
	}
}

func TestAHandOffWritesOnePageForTheOwnerAndNoSecret(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{})
	folder := t.TempDir()
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.see("Looks again in")
	w.press("h", "ctrl+u")
	w.write(filepath.Join(folder, "missing"))
	w.press("enter")
	w.see("The files could not be written")
	w.press("ctrl+u")
	w.write(folder)
	w.press("enter")
	w.see("Send each page to its owner")
	pages, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(pages) != 1 || !strings.Contains(pages[0], "data-governance") {
		t.Errorf("written: %q, %v", pages, err)
	}
	w.press("esc")
	w.see("GRANT USE CATALOG")
}

func TestTheOtherScopeAnswersAtOnce(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.see("GRANT SELECT ON SCHEMA", "Looks again in")
	w.press("t")
	if w.shows("GRANT SELECT") || !w.shows("GRANT USE SCHEMA") {
		t.Errorf("the statements are still those of the other scope:\n%s", w.screen())
	}
}
