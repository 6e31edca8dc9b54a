package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

const benchRows = 100_000

func BenchmarkPickerType(b *testing.B) {
	p := newPicker(manyNames(benchRows)...)
	for b.Loop() {
		p.SetQuery("")
		typeInto(p, "orders_0999")
	}
}

func BenchmarkPickerView(b *testing.B) {
	p := newPicker(manyNames(benchRows)...)
	p.Describe(func(int) PickerRow {
		return PickerRow{Cells: []string{"table", "11 columns", "read"}, Mark: MarkPass}
	})
	for b.Loop() {
		p.Key(pressOf("down"))
		p.View(101, 30)
	}
}

func BenchmarkPickerAppendPage(b *testing.B) {
	names := manyNames(benchRows)
	p := newPicker(names...)
	p.SetQuery("orders_0")
	for b.Loop() {
		p.Append(names[:1])
	}
}

func BenchmarkFrame(b *testing.B) {
	o := newOrder(b, 80, 24)
	o.Update(pressOf("ctrl+g"))
	for b.Loop() {
		o.Update(tea.KeyPressMsg{Code: tea.KeyDown})
		o.View()
	}
}
