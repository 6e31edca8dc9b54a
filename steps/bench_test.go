package steps

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkAccessFilter100k types a filter of twelve letters over 100,000 tables, drawing after each, until the right frame is there.
func BenchmarkAccessFilter100k(b *testing.B) {
	w := begin(b, Person{Scenario: "large", Answers: Answers{Schema: "warehouse_100k.events"}})
	w.signIn()
	w.chooseWarehouse()
	w.see("The way to the schema is open.")
	w.press("enter")
	w.see("of 100,000")
	w.settle()
	for b.Loop() {
		w.Update(pressOf(b, "ctrl+u"))
		for _, letter := range "device_histo" {
			w.Update(tea.KeyPressMsg{Code: letter, Text: string(letter)})
			w.View()
		}
	}
	b.StopTimer()
	w.mustShow("device_histo", "_device_history_")
}

// BenchmarkFrameEachStep draws a frame of each step as a person sees it.
func BenchmarkFrameEachStep(b *testing.B) {
	w := begin(b, Person{Scenario: "ready"})
	w.resize(120, 40)
	frame := func(name string) {
		w.settle()
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
				w.View()
			}
		})
	}
	frame("Connect")
	w.signIn()
	w.see("› Starter Warehouse")
	frame("Warehouse")
	w.chooseWarehouse()
	w.see("Not in the list?")
	frame("Catalog")
	w.chooseSchema("inventory", "assets")
	w.see("The way to the schema is open.")
	w.press("enter")
	w.see("Scope", "components")
	w.settle()
	w.press("enter")
	w.see("✓ read, 5 rows shown")
	frame("Access")
	w.press("enter")
	w.see("Review and save")
	frame("Review")
}
