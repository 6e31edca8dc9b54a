package connector

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// manyTables is a registry that knows a large workspace.
func manyTables(count int) *Registry {
	r := NewRegistry()
	for i := range count {
		r.Note(KindTable, fmt.Sprintf("asset_%06d", i))
	}
	return r
}

// sharedFrame is a screen of forty lines on which names stand, some of them cut.
func sharedFrame() string {
	var frame strings.Builder
	for i := range 40 {
		fmt.Fprintf(&frame, "  [x] asset_%06d   table  14 columns  read asset_00%d… of the owner, 3 rows shown\n", i*17, i)
	}
	return frame.String()
}

func TestACutNameOfManyHasAnAlias(t *testing.T) {
	r := manyTables(2*mostFresh + 5)
	for _, text := range []string{"asset_0000…", "asset_00200…", "ASSET_0020…"} {
		if got := r.Text(text); strings.Contains(strings.ToLower(got), "asset") {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got := r.Text("assess…"); got != "assess…" {
		t.Errorf("another word became %q", got)
	}
}

func BenchmarkAFrameWithManyNames(b *testing.B) {
	r, frame := manyTables(100_000), strings.Split(sharedFrame(), "\n")
	for b.Loop() {
		for _, line := range frame {
			r.Text(line)
		}
	}
}

func BenchmarkTellingOfManyTables(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		r := manyTables(100_000)
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(r)
	}
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/(1<<20), "MB")
}
