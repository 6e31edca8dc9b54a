package steps

import "testing"

func TestCatalogAndSchemaLookAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  Person
		play func(w *walk)
	}{
		{"catalogs", Person{}, func(*walk) {}},
		{"catalogs-filtered", Person{}, func(w *walk) { w.write("inv") }},
		{"catalog-typo", Person{}, func(w *walk) { w.write("inventroy") }},
		{"catalog-bad-name", Person{}, func(w *walk) {
			w.write("my catalog")
			w.press("enter")
		}},
		{"schemas", Person{Scenario: "ready"}, func(w *walk) {
			w.write("inventory")
			w.press("enter")
			w.see("Catalog  inventory", "› assets")
		}},
		{"schemas-hidden", Person{}, func(w *walk) {
			w.write("hr")
			w.press("ctrl+e")
			w.see("No schemas to show")
		}},
		{"schemas-hidden-typed", Person{}, func(w *walk) {
			w.write("hr")
			w.press("ctrl+e")
			w.see("No schemas to show")
			w.write("people")
		}},
		{"reach-holds", Person{Scenario: "ready"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("The way to the schema is open.")
		}},
		{"reach-half", Person{Scenario: "missing-grants"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
		}},
		{"reach-missing", Person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
		}},
		{"reach-missing-own", Person{Own: true}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
		}},
		{"reach-plain-view", Person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.calm()
			w.press("v")
		}},
		{"reach-copied", Person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.press("y")
			w.see("Sent to the clipboard")
		}},
		{"reach-granted", Person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.actAsAdmin()
			w.see("The way to the schema is open.")
		}},
		{"reach-long-names", Person{}, func(w *walk) {
			w.write("a_catalog_whose_name_goes_on_and_on_for_a_long_while_so_that_it_does_not_fit.a_schema_of_the_same_sort_as_its_catalog")
			w.press("enter")
			w.see("Looks again in")
		}},
		{"reach-legacy", Person{}, func(w *walk) {
			w.write("hive_metastore.default")
			w.press("ctrl+e")
			w.see("Only reading a table shows")
		}},
		{"another-catalog", Person{Scenario: "ready"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("The way to the schema is open.")
			w.press("enter")
			w.see("components")
			w.press("space", "esc", "esc", "esc")
			w.press("ctrl+u")
			w.see("inventory_archive", "Not in the list?")
			w.write("archive")
			w.press("enter")
			w.see("Cleared", "assets_2024")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.signIn()
			w.chooseWarehouse()
			w.see("Not in the list?")
			scene.play(w)
			if !w.shows("esc close") {
				w.calm()
			}
			w.golden("namespace/" + scene.name)
		})
	}
}
