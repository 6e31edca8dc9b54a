package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestAccessLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  screentest.Person
		play func(w *walk)
	}{
		{"tables", screentest.Person{Scenario: "ready"}, func(*walk) {}},
		{"tables-ticked", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.Write("s")
			w.Press("space", "down", "space")
		}},
		{"no-hit", screentest.Person{Scenario: "ready"}, func(w *walk) { w.Write("no_such_table") }},
		{"only-these-tables", screentest.Person{Scenario: "ready"}, func(w *walk) { w.Press("ctrl+t") }},
		{"row-filter", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.Write("contracts")
			w.See("annual_cost")
		}},
		{"rows-read", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.Press("enter")
			w.See("✓ read, 5 rows shown")
		}},
		{"rows-read-columns", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.Press("enter")
			w.See("✓ read, 5 rows shown")
			w.Press("tab")
		}},
		{"no-rows", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.Write("decomm")
			w.Press("enter")
			w.See("It can be read and gave no rows.")
		}},
		{"grant-holds", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.Press("ctrl+g")
			w.See("✓ SELECT")
		}},
		{"table-not-there", screentest.Person{Scenario: "ready"}, func(w *walk) {
			w.Write("no_such_table")
			w.Press("enter", "enter", "enter")
			w.See("Missing Unity Catalog permissions")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.reachAssets()
			scene.play(w)
			w.Calm()
			w.Golden("access/" + scene.name)
		})
	}
}

func TestAccessWithoutSelectLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		play func(w *walk)
	}{
		{"visible-only", func(*walk) {}},
		{"select-missing-on-schema", func(w *walk) {
			w.Write("components")
			w.Press("enter", "enter")
			w.See("✗ SELECT on inventory.assets", "Looks again in")
		}},
		{"select-missing-on-tables", func(w *walk) {
			w.Press("ctrl+t")
			w.Write("components")
			w.Press("space", "ctrl+u")
			w.Write("open_t")
			w.Press("space", "ctrl+g")
			w.See("✗ SELECT on inventory.assets.components", "Looks again in")
		}},
		{"no-table-ticked", func(w *walk) { w.Press("ctrl+t", "ctrl+g") }},
		{"select-granted", func(w *walk) {
			w.Press("ctrl+g")
			w.See("✗ SELECT on inventory.assets", "Looks again in")
			w.actAsAdmin()
			w.See("SELECT holds.")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, screentest.Person{})
			w.signIn()
			w.chooseWarehouse()
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
			w.Press("t")
			w.actAsAdmin()
			w.See("The way to the schema is open.")
			w.Press("enter")
			w.See("Scope")
			w.Press("ctrl+t")
			w.Calm()
			scene.play(w)
			w.Calm()
			w.Golden("access/" + scene.name)
		})
	}
}

// closedSchema is a workspace whose schema hr.people may be used, while nothing in it may be seen.
var closedSchema = demo.Scenario{ID: "closed", Grants: []demo.Grant{
	{On: unity.OnCatalog("hr"), Privileges: []unity.Privilege{unity.UseCatalog}},
	{On: unity.OnSchema("hr", "people"), Privileges: []unity.Privilege{unity.UseSchema}},
}}

func TestASchemaThatShowsNoTableSaysWhatToDo(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{World: closedSchema})
	w.signIn()
	w.chooseWarehouse()
	w.See("Not in the list?")
	w.Write("hr.people")
	w.Press("ctrl+e")
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("No tables to show in hr.people")
	w.Settle()
	w.Golden("access/empty")
	w.Write("employees")
	w.Settle()
	w.Golden("access/empty-typed")
	w.Press("enter")
	w.See("[✓] employees")
	w.Settle()
	w.Golden("access/typed-and-ticked")
	w.Press("enter")
	w.See("SELECT on hr.people", "Looks again in")
}
