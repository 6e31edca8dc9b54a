package steps

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// BenchmarkAccessFilter100k types a filter of twelve letters over 100,000 tables, drawing after each, until the right frame is there.
func BenchmarkAccessFilter100k(b *testing.B) {
	w := begin(b, screentest.Person{Scenario: "large", Answers: setup.Answers{Schema: "warehouse_100k.events"}})
	w.signIn()
	w.chooseWarehouse()
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("of 100,000")
	w.Settle()
	for b.Loop() {
		w.Update(screentest.PressOf(b, "ctrl+u"))
		for _, letter := range "device_histo" {
			w.Update(tea.KeyPressMsg{Code: letter, Text: string(letter)})
			w.View()
		}
	}
	b.StopTimer()
	w.MustShow("device_histo", "_device_history_")
}

// BenchmarkFrameEachStep draws a frame of each step as a person sees it.
func BenchmarkFrameEachStep(b *testing.B) {
	w := begin(b, screentest.Person{Scenario: "ready"})
	w.Resize(120, 40)
	frame := func(name string) {
		w.Settle()
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
				w.View()
			}
		})
	}
	frame("Connect")
	w.signIn()
	w.See("› Starter Warehouse")
	frame("Warehouse")
	w.chooseWarehouse()
	w.See("Not in the list?")
	frame("Catalog")
	w.chooseSchema("inventory", "assets")
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("Scope", "components")
	w.Settle()
	w.Press("enter")
	w.See("✓ read, 5 rows shown")
	frame("Access")
	w.Press("enter")
	w.See("Review and save")
	frame("Review")
}
