package steps

import (
	"testing"
	"time"
)

func TestWarehouseLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  Person
		play func(w *walk)
	}{
		{"list", Person{}, func(w *walk) { w.see("› Starter Warehouse") }},
		{"filtered", Person{}, func(w *walk) {
			w.see("› Starter Warehouse")
			w.write("ana")
		}},
		{"no-hit", Person{}, func(w *walk) {
			w.see("› Starter Warehouse")
			w.write("nothing like it")
		}},
		{"stopped-question", Person{}, func(w *walk) {
			w.see("› Starter Warehouse")
			w.write("analytics")
			w.press("enter")
			w.see("Analytics is stopped.")
		}},
		{"classic-question", Person{}, func(w *walk) {
			w.see("› Starter Warehouse")
			w.write("classic")
			w.press("enter")
			w.see("BI Classic is a classic warehouse.")
		}},
		{"no-can-use", Person{}, func(w *walk) {
			w.see("› Starter Warehouse")
			w.write("finance")
			w.press("enter")
			w.see("Cannot access the SQL warehouse")
		}},
		{"empty", Person{Scenario: "no-warehouse"}, func(w *walk) { w.see("Cannot access the SQL warehouse") }},
		{"all-stopped", Person{Scenario: "warehouse-stopped"}, func(w *walk) { w.see("Reporting") }},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.signIn()
			scene.play(w)
			w.settle()
			w.golden("warehouse/" + scene.name)
		})
	}
}

func TestAStartingWarehouseShowsInTheHeader(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "warehouse-stopped"})
	w.signIn()
	w.see("Reporting")
	w.write("analytics")
	w.press("enter", "enter")
	w.see("Choose the catalog and schema", "dev_inventory")
	w.clock.Advance(100 * time.Second)
	w.see("starting 1:40 of ~4:00")
	w.golden("warehouse/starting-chip")
}
