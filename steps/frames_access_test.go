package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func TestAccessLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  Person
		play func(w *walk)
	}{
		{"tables", Person{Scenario: "ready"}, func(*walk) {}},
		{"tables-ticked", Person{Scenario: "ready"}, func(w *walk) {
			w.write("s")
			w.press("space", "down", "space")
		}},
		{"no-hit", Person{Scenario: "ready"}, func(w *walk) { w.write("no_such_table") }},
		{"only-these-tables", Person{Scenario: "ready"}, func(w *walk) { w.press("ctrl+t") }},
		{"row-filter", Person{Scenario: "ready"}, func(w *walk) {
			w.write("contracts")
			w.see("annual_cost")
		}},
		{"rows-read", Person{Scenario: "ready"}, func(w *walk) {
			w.press("enter")
			w.see("✓ read, 5 rows shown")
		}},
		{"rows-read-columns", Person{Scenario: "ready"}, func(w *walk) {
			w.press("enter")
			w.see("✓ read, 5 rows shown")
			w.press("tab")
		}},
		{"no-rows", Person{Scenario: "ready"}, func(w *walk) {
			w.write("decomm")
			w.press("enter")
			w.see("It can be read and gave no rows.")
		}},
		{"grant-holds", Person{Scenario: "ready"}, func(w *walk) {
			w.press("ctrl+g")
			w.see("✓ SELECT")
		}},
		{"table-not-there", Person{Scenario: "ready"}, func(w *walk) {
			w.write("no_such_table")
			w.press("enter", "enter")
			w.see("Missing Unity Catalog permissions")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.reachAssets()
			scene.play(w)
			w.calm()
			w.golden("access/" + scene.name)
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
			w.write("components")
			w.press("enter", "enter")
			w.see("✗ SELECT on inventory.assets", "Looks again in")
		}},
		{"select-missing-on-tables", func(w *walk) {
			w.press("ctrl+t")
			w.write("components")
			w.press("space", "ctrl+u")
			w.write("open_t")
			w.press("space", "ctrl+g")
			w.see("✗ SELECT on inventory.assets.components", "Looks again in")
		}},
		{"no-table-ticked", func(w *walk) { w.press("ctrl+t", "ctrl+g") }},
		{"select-granted", func(w *walk) {
			w.press("ctrl+g")
			w.see("✗ SELECT on inventory.assets", "Looks again in")
			w.actAsAdmin()
			w.see("SELECT holds.")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, Person{})
			w.signIn()
			w.chooseWarehouse()
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.press("t")
			w.actAsAdmin()
			w.see("The way to the schema is open.")
			w.press("enter")
			w.see("Scope")
			w.press("ctrl+t")
			w.calm()
			scene.play(w)
			w.calm()
			w.golden("access/" + scene.name)
		})
	}
}

// closedSchema is a workspace whose schema hr.people may be used, while nothing in it may be seen.
var closedSchema = demo.Scenario{ID: "closed", Grants: []demo.Grant{
	{On: model.OnCatalog("hr"), Privileges: []model.Privilege{model.UseCatalog}},
	{On: model.OnSchema("hr", "people"), Privileges: []model.Privilege{model.UseSchema}},
}}

func TestASchemaThatShowsNoTableSaysWhatToDo(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{World: closedSchema})
	w.signIn()
	w.chooseWarehouse()
	w.see("Not in the list?")
	w.write("hr.people")
	w.press("ctrl+e")
	w.see("The way to the schema is open.")
	w.press("enter")
	w.see("No tables to show in hr.people")
	w.settle()
	w.golden("access/empty")
	w.write("employees")
	w.settle()
	w.golden("access/empty-typed")
	w.press("enter")
	w.see("[✓] employees")
	w.settle()
	w.golden("access/typed-and-ticked")
	w.press("enter")
	w.see("SELECT on hr.people", "Looks again in")
}
