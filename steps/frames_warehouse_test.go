package steps

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestWarehouseLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  screentest.Person
		play func(w *walk)
	}{
		{"list", screentest.Person{}, func(w *walk) { w.See("› Starter Warehouse") }},
		{"filtered", screentest.Person{}, func(w *walk) {
			w.See("› Starter Warehouse")
			w.Write("ana")
		}},
		{"no-hit", screentest.Person{}, func(w *walk) {
			w.See("› Starter Warehouse")
			w.Write("nothing like it")
		}},
		{"stopped-question", screentest.Person{}, func(w *walk) {
			w.See("› Starter Warehouse")
			w.Write("analytics")
			w.Press("enter")
			w.See("Analytics is stopped.")
		}},
		{"classic-question", screentest.Person{}, func(w *walk) {
			w.See("› Starter Warehouse")
			w.Write("classic")
			w.Press("enter")
			w.See("BI Classic is a classic warehouse.")
		}},
		{"no-can-use", screentest.Person{}, func(w *walk) {
			w.See("› Starter Warehouse")
			w.Write("finance")
			w.Press("enter")
			w.See("Cannot access the SQL warehouse")
		}},
		{"empty", screentest.Person{Scenario: "no-warehouse"}, func(w *walk) { w.See("Cannot access the SQL warehouse") }},
		{"all-stopped", screentest.Person{Scenario: "warehouse-stopped"}, func(w *walk) { w.See("Reporting") }},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.signIn()
			scene.play(w)
			w.Settle()
			w.Golden("warehouse/" + scene.name)
		})
	}
}

func TestAStartingWarehouseShowsInTheHeader(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "warehouse-stopped"})
	w.signIn()
	w.See("Reporting")
	w.Write("analytics")
	w.Press("enter", "enter")
	w.See("Choose the catalog and schema", "dev_inventory")
	w.Clock.Advance(100 * time.Second)
	w.See("starting 1:40 of ~4:00")
	w.Golden("warehouse/starting-chip")
}
