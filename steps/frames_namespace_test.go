package steps

import (
	"os"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestCatalogAndSchemaLookAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  screentest.Person
		play func(w *walk)
	}{
		{"catalogs", screentest.Person{}, func(*walk) {}},
		{"catalogs-filtered", screentest.Person{}, func(w *walk) { w.Write("inv") }},
		{"catalog-typo", screentest.Person{}, func(w *walk) { w.Write("inventroy") }},
		{"catalog-bad-name", screentest.Person{}, func(w *walk) {
			w.Write("my catalog")
			w.Press("enter")
		}},
		{"schemas", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.Write("inventory")
			w.Press("enter")
			w.See("Catalog  inventory", "› assets")
		}},
		{"schemas-hidden", screentest.Person{}, func(w *walk) {
			w.Write("hr")
			w.Press("ctrl+e")
			w.See("No schemas to show")
		}},
		{"schemas-hidden-typed", screentest.Person{}, func(w *walk) {
			w.Write("hr")
			w.Press("ctrl+e")
			w.See("No schemas to show")
			w.Write("people")
		}},
		{"reach-holds", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("The way to the schema is open.")
		}},
		{"reach-half", screentest.Person{Scenario: "missing-grants"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
		}},
		{"reach-missing", screentest.Person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
		}},
		{"reach-missing-own", screentest.Person{Own: true}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
		}},
		{"reach-details", screentest.Person{Scenario: "missing-grants"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
			w.Press("d")
			w.MustShow("missing; data-governance", "owns it", "or a metastore admin, runs this")
		}},
		{"reach-plain-view", screentest.Person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
			w.Calm()
			w.Press("v")
		}},
		{"reach-copied", screentest.Person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
			w.Press("y")
			w.See("Sent to the clipboard")
		}},
		{"reach-granted", screentest.Person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
			w.actAsAdmin()
			w.See("The way to the schema is open.")
		}},
		{"reach-long-names", screentest.Person{}, func(w *walk) {
			w.Write("a_catalog_whose_name_goes_on_and_on_for_a_long_while_so_that_it_does_not_fit.a_schema_of_the_same_sort_as_its_catalog")
			w.Press("enter")
			w.See("Looks again in")
		}},
		{"reach-legacy", screentest.Person{}, func(w *walk) {
			w.Write("hive_metastore.default")
			w.Press("ctrl+e")
			w.See("Only reading a table shows")
		}},
		{"another-catalog", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.See("The way to the schema is open.")
			w.Press("enter")
			w.See("components")
			w.Press("space", "esc", "esc", "esc")
			w.Press("ctrl+u")
			w.See("inventory_archive", "Not in the list?")
			w.Write("archive")
			w.Press("enter")
			w.See("Cleared", "assets_2024")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.signIn()
			w.chooseWarehouse()
			w.See("Not in the list?")
			scene.play(w)
			if !w.Shows("esc close") {
				w.Calm()
			}
			w.Golden("namespace/" + scene.name)
		})
	}
}

func TestAHandOffLooksAsDrawn(t *testing.T) {
	room, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	w := begin(t, screentest.Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("Looks again in")
	w.Press("h", "ctrl+u")
	w.Write("/home/maria")
	w.Golden("namespace/hand-off")
	w.Press("ctrl+u")
	w.Write(".")
	t.Chdir(t.TempDir())
	w.Press("enter")
	w.See("wait here")
	t.Chdir(room)
	w.Golden("namespace/handed-off")
}
