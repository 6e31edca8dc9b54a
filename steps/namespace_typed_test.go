package steps

import "testing"

func TestGoingBackFromANameTypedWholeShowsTheSchemasOfItsCatalog(t *testing.T) {
	w := begin(t, Person{Scenario: "ready"})
	w.signIn()
	w.chooseWarehouse()
	w.see("Not in the list?")
	w.write("archive")
	w.press("enter")
	w.see("Catalog  inventory_archive", "assets_2024")
	w.press("esc", "ctrl+u")
	w.write("inventory.assets")
	w.press("enter")
	w.see("The way to the schema is open.")
	w.press("esc")
	w.see("Catalog  inventory", "› assets")
	w.mustNotShow("assets_2024")
}

// The list of privileges alone would have somebody ask for grants on a catalog that is not there.
func TestACatalogThatIsMistypedOrCannotBeIsSaidToBeSo(t *testing.T) {
	for scenario, words := range map[string][]string{
		"catalog-missing":   {"The catalog does not exist", "There is one named inventory.", "GRANT USE CATALOG ON CATALOG"},
		"metastore-missing": {"Unity Catalog is not enabled here", "Ask the account admin"},
	} {
		t.Run(scenario, func(t *testing.T) {
			w := begin(t, Person{Scenario: scenario})
			w.signIn()
			w.chooseWarehouse()
			w.write("inventroy.assets")
			w.press("ctrl+e")
			for _, size := range [][2]int{{60, 18}, {80, 24}, {120, 40}} {
				w.resize(size[0], size[1])
				w.see(words...)
			}
			if scenario == "metastore-missing" {
				w.mustNotShow("GRANT ")
			}
		})
	}
}
