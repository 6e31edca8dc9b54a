package demo

import "testing"

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
