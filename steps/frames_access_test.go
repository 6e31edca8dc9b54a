package steps

import "testing"

func TestAccessLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  person
		play func(w *walk)
	}{
		{"tables", person{scenario: "ready"}, func(*walk) {}},
		{"tables-ticked", person{scenario: "ready"}, func(w *walk) {
			w.write("s")
			w.press("space", "down", "space")
		}},
		{"no-hit", person{scenario: "ready"}, func(w *walk) { w.write("no_such_table") }},
		{"only-these-tables", person{scenario: "ready"}, func(w *walk) { w.press("ctrl+t") }},
		{"row-filter", person{scenario: "ready"}, func(w *walk) {
			w.write("contracts")
			w.see("annual_cost")
		}},
		{"rows-read", person{scenario: "ready"}, func(w *walk) {
			w.press("enter")
			w.see("✓ read, 5 rows shown")
		}},
		{"rows-read-columns", person{scenario: "ready"}, func(w *walk) {
			w.press("enter")
			w.see("✓ read, 5 rows shown")
			w.press("tab")
		}},
		{"no-rows", person{scenario: "ready"}, func(w *walk) {
			w.write("decomm")
			w.press("enter")
			w.see("It can be read and gave no rows.")
		}},
		{"grant-holds", person{scenario: "ready"}, func(w *walk) {
			w.press("ctrl+g")
			w.see("✓ SELECT")
		}},
		{"table-not-there", person{scenario: "ready"}, func(w *walk) {
			w.write("no_such_table")
			w.press("enter", "enter")
			w.see("SELECT", "holds")
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
		{"nothing-listed", func(*walk) {}},
		{"select-missing-on-schema", func(w *walk) {
			w.write("components")
			w.press("enter", "enter")
			w.see("✗ SELECT on inventory.assets", "Looks again in")
		}},
		{"select-missing-on-tables", func(w *walk) {
			w.press("ctrl+t")
			w.write("components")
			w.press("enter")
			w.write("devices")
			w.press("enter", "enter")
			w.see("✗ SELECT on inventory.assets.components", "Looks again in")
		}},
		{"no-table-ticked", func(w *walk) { w.press("ctrl+t", "ctrl+g") }},
		{"select-granted", func(w *walk) {
			w.press("ctrl+g")
			w.see("✗ SELECT on inventory.assets", "Looks again in")
			w.press("a")
			w.see("SELECT holds.")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, person{})
			w.signIn()
			w.chooseWarehouse()
			w.chooseSchema("inventory", "assets")
			w.see("Looks again in")
			w.press("a")
			w.see("The way to the schema is open.")
			w.press("enter")
			w.see("Scope")
			w.calm()
			scene.play(w)
			w.calm()
			w.golden("access/" + scene.name)
		})
	}
}
