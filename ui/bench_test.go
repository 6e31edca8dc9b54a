package ui

import (
	"runtime"
	"strings"
	"testing"
	"time"

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
		p.AppendNames(names[:1])
	}
}

const millionRows = 1_000_000

// BenchmarkMillionNames types twelve letters over a million names, draws after each, and holds that against one plain pass over the same
// names in the same run. It also tells what a frame takes and how much memory names and picker hold together.
func BenchmarkMillionNames(b *testing.B) {
	before := heldMemory()
	names := manyNames(millionRows)
	p := newPicker(names...)
	typeInto(p, "o")
	held := heldMemory() - before
	var plain, typing, frames time.Duration
	for b.Loop() {
		start, found := time.Now(), 0
		for _, name := range names {
			if strings.Contains(name, "orders_09999") {
				found++
			}
		}
		plain += time.Since(start)
		if p.SetQuery(""); found == 0 {
			b.Fatal("the plain pass finds nothing")
		}
		start = time.Now()
		for _, letter := range "orders_09999" {
			p.Key(pressOf(string(letter)))
			drawing := time.Now()
			p.View(101, 30)
			frames += time.Since(drawing)
		}
		typing += time.Since(start)
	}
	b.ReportMetric(float64(typing)/float64(plain), "passes/12letters")
	b.ReportMetric(float64(plain.Microseconds())/float64(b.N)/1000, "ms/plainpass")
	b.ReportMetric(float64(frames.Microseconds())/float64(12*b.N)/1000, "ms/frame")
	b.ReportMetric(float64(held)/(1<<20), "MiB")
	if p.Hits() == 0 {
		b.Fatal("nothing is found")
	}
}

// BenchmarkMillionSorted sorts a million names.
func BenchmarkMillionSorted(b *testing.B) {
	p := newPicker(manyNames(millionRows)...)
	for b.Loop() {
		p.Sort()
		p.View(101, 30)
		b.StopTimer()
		p.Sort()
		b.StartTimer()
	}
}

func heldMemory() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapInuse
}

func BenchmarkFrame(b *testing.B) {
	o := newOrder(b, 80, 24)
	o.Update(pressOf("ctrl+g"))
	for b.Loop() {
		o.Update(tea.KeyPressMsg{Code: tea.KeyDown})
		o.View()
	}
}
