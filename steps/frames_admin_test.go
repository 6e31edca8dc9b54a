package steps

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestTheAdminsPanelsLookAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  screentest.Person
		play func(w *walk)
	}{
		{"principals", screentest.Person{}, func(w *walk) {
			w.Press("ctrl+o")
			w.See("Make a new one")
		}},
		{"principal-plan", screentest.Person{}, func(w *walk) {
			w.Press("ctrl+o")
			w.See("Make a new one")
			w.Press("enter")
			w.See("Display name")
			w.Press("ctrl+u")
			w.Write("draftt-inventory")
			w.Press("enter")
			w.See("This makes 3 changes")
		}},
		{"taken-name", screentest.Person{}, func(w *walk) {
			w.Press("ctrl+o")
			w.See("Make a new one")
			w.Press("enter", "enter")
			w.See("Pick it by its application ID")
		}},
		{"ways", screentest.Person{Own: true}, func(w *walk) {
			w.Press("ctrl+o")
			w.See("a personal access token")
		}},
		{"sign-in", screentest.Person{Own: true}, func(w *walk) {
			w.Press("ctrl+o")
			w.See("a personal access token")
			w.Write("oauth")
			w.Press("enter")
			w.See("never kept")
		}},
		{"warehouses", screentest.Person{}, func(w *walk) {
			w.signIn()
			w.See("Starter Warehouse")
			w.Press("ctrl+o")
			w.See("CAN_USE on a SQL warehouse", "Analytics")
		}},
		{"grants-plan", screentest.Person{}, func(w *walk) {
			w.signIn()
			w.chooseWarehouse()
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
			w.Press("a")
			w.See("This makes 2 changes")
		}},
		{"grants-not-confirmed", screentest.Person{}, func(w *walk) {
			w.signIn()
			w.chooseWarehouse()
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
			w.Press("a")
			w.See("To go on")
			w.Write("yes")
			w.Press("enter")
		}},
		{"who-signs-in", screentest.Person{}, func(w *walk) {
			w.Press("enter")
			w.See("Signed in as")
			w.Press("esc", "f3")
			w.See("SCIM id")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			scene.play(w)
			w.Until("nothing moves", func() bool { return w.Pending <= 2 })
			w.Golden("admin/" + scene.name)
		})
	}
}

func TestAHandOffWritesOnePageForTheOwnerAndNoSecret(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{})
	folder := t.TempDir()
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("Looks again in")
	file := filepath.Join(folder, "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.Press("h", "ctrl+u")
	w.Write(file)
	w.Press("enter")
	w.See("The files could not be written")
	folder = filepath.Join(folder, "not there", "yet")
	w.Press("ctrl+u")
	w.Write(folder)
	w.Press("enter")
	w.See("Send each page to its owner")
	pages, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(pages) != 1 || !strings.Contains(pages[0], "data-governance") {
		t.Errorf("written: %q, %v", pages, err)
	}
	w.Press("esc")
	w.See("GRANT USE CATALOG")
}

func TestTheOtherScopeAnswersAtOnce(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("GRANT SELECT ON SCHEMA", "Looks again in")
	w.Press("t")
	if w.Shows("GRANT SELECT") || !w.Shows("GRANT USE SCHEMA") {
		t.Errorf("the statements are still those of the other scope:\n%s", w.Screen())
	}
}
