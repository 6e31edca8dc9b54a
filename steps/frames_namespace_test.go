package steps

import "testing"

func TestCatalogAndSchemaLookAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  person
		play func(w *walk)
	}{
		{"catalogs", person{}, func(*walk) {}},
		{"catalogs-filtered", person{}, func(w *walk) { w.write("inv") }},
		{"catalog-typo", person{}, func(w *walk) { w.write("inventroy") }},
		{"catalog-bad-name", person{}, func(w *walk) {
			w.write("my catalog")
			w.press("enter")
		}},
		{"schemas", person{scenario: "ready"}, func(w *walk) {
			w.write("inventory")
			w.press("enter")
			w.see("Catalog  inventory", "› assets")
		}},
		{"schemas-hidden", person{}, func(w *walk) {
			w.write("hr")
			w.press("ctrl+e")
			w.see("No schemas to show")
		}},
		{"schemas-hidden-typed", person{}, func(w *walk) {
			w.write("hr")
			w.press("ctrl+e")
			w.see("No schemas to show")
			w.write("people")
		}},
		{"reach-holds", person{scenario: "ready"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("The way to the schema is open.")
		}},
		{"reach-half", person{scenario: "missing-grants"}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
		}},
		{"reach-missing", person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
		}},
		{"reach-missing-own", person{own: true}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
		}},
		{"reach-plain-view", person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.calm()
			w.press("v")
		}},
		{"reach-copied", person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.press("y")
			w.see("Sent to the clipboard")
		}},
		{"reach-granted", person{}, func(w *walk) {
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.actAsAdmin()
			w.see("The way to the schema is open.")
		}},
		{"reach-long-names", person{}, func(w *walk) {
			w.write("a_catalog_whose_name_goes_on_and_on_for_a_long_while_so_that_it_does_not_fit.a_schema_of_the_same_sort_as_its_catalog")
			w.press("enter")
			w.see("Looks again in")
		}},
		{"reach-legacy", person{}, func(w *walk) {
			w.write("hive_metastore.default")
			w.press("ctrl+e")
			w.see("Only reading a table shows")
		}},
		{"another-catalog", person{scenario: "ready"}, func(w *walk) {
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
