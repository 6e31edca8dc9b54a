package demo

import (
	"runtime"
	"testing"
)

// BenchmarkStart is what a person waits for when a demo begins, without the first reading of the world's files.
func BenchmarkStart(b *testing.B) {
	scenario, err := Find("ready")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		w, err := Start(b.Context(), scenario, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStartOfTheLargestEstate starts a world at its documented limits, and tells what it keeps.
func BenchmarkStartOfTheLargestEstate(b *testing.B) {
	var before, kept runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		w, err := Start(b.Context(), estateLargeScenario, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		runtime.GC()
		runtime.ReadMemStats(&kept)
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(kept.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB-kept")
}
