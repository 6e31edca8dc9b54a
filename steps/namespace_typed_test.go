package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestGoingBackFromANameTypedWholeShowsTheSchemasOfItsCatalog(t *testing.T) {
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.chooseWarehouse()
	w.See("Not in the list?")
	w.Write("archive")
	w.Press("enter")
	w.See("Catalog  inventory_archive", "assets_2024")
	w.Press("esc", "ctrl+u")
	w.Write("inventory.assets")
	w.Press("enter")
	w.See("The way to the schema is open.")
	w.Press("esc")
	w.See("Catalog  inventory", "› assets")
	w.MustNotShow("assets_2024")
}

// The list of privileges alone would have somebody ask for grants on a catalog that is not there.
func TestACatalogThatIsMistypedOrCannotBeIsSaidToBeSo(t *testing.T) {
	for scenario, words := range map[string][]string{
		"catalog-missing":   {"The catalog does not exist", "There is one named inventory.", "GRANT USE CATALOG ON CATALOG"},
		"metastore-missing": {"Unity Catalog is not enabled here", "Ask the account admin"},
	} {
		t.Run(scenario, func(t *testing.T) {
			w := begin(t, screentest.Person{Scenario: scenario})
			w.signIn()
			w.chooseWarehouse()
			w.Write("inventroy.assets")
			w.Press("ctrl+e")
			for _, size := range [][2]int{{60, 18}, {80, 24}, {120, 40}} {
				w.Resize(size[0], size[1])
				w.See(words...)
			}
			if scenario == "metastore-missing" {
				w.MustNotShow("GRANT ")
			}
		})
	}
}

// TestANameThatIsNotListedIsAskedAbout: what was typed for another screen is no name of a schema.
func TestANameThatIsNotListedIsAskedAbout(t *testing.T) {
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("The way to the schema is open.")
	w.Press("esc")
	w.See("Catalog  inventory", "› assets")
	w.Press("ctrl+u")
	w.Write("aapply")
	w.MustShow("No schema of that name is visible.")
	w.Press("enter")
	w.MustShow(`Use "aapply", which is not among`)
	w.Press("esc")
	w.MustShow("› assets")
	w.MustNotShow("aapply")
	w.Write("aapply")
	w.Press("enter", "enter")
	w.See("USE SCHEMA on inventory.aapply")
}
