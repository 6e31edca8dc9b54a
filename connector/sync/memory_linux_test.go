package sync_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

// What a process may hold that reads rows, whatever their number, and one that reads rows as wide as rows can be, in MiB.
const (
	mostHeld = 90
	mostWide = 256
)

// holds runs a sync in a process of its own and gives the most memory that it held, in MiB.
func (w *world) holds(o sync.Options, table string) int {
	w.Helper()
	out, err := w.process(o, table).Output()
	if err != nil {
		w.Fatalf("%s: %v", table, err)
	}
	kilobytes, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		w.Fatalf("it said %q: %v", out, err)
	}
	return kilobytes >> 10
}

func TestTheMemoryOfAReaderIsBounded(t *testing.T) {
	tables := []string{"rows_100k"}
	if *full {
		tables = append(tables, "rows_1m", "rows_10m", "rows_100m")
	}
	for _, f := range []format.Format{format.Parquet, format.NDJSON} {
		for _, table := range tables {
			w := newWorld(t)
			held := w.holds(sync.Options{Format: f, Mode: sync.Full}, "generated.sync."+table)
			t.Logf("%s as %s: %d MiB", table, f, held)
			if held > mostHeld {
				t.Errorf("%s as %s: %d MiB", table, f, held)
			}
		}
	}
}

// BenchmarkHeld gives the most memory that a process held that read a table, and how many rows it read a second; with -full of 50,000,000 rows too.
func BenchmarkHeld(b *testing.B) {
	for _, of := range []struct {
		table string
		rows  float64
		as    []format.Format
		long  bool
	}{
		{"rows_1k", 1e3, format.All, false}, {"rows_1m", 1e6, format.All, false}, {"rows_10m", 1e7, []format.Format{format.Parquet}, false},
		{"rows_50m", 5e7, []format.Format{format.Parquet}, true},
	} {
		if of.long && !*full {
			continue
		}
		for _, f := range of.as {
			b.Run(of.table+"/"+string(f), func(b *testing.B) {
				w := newWorldOf(b)
				most := 0
				for b.Loop() {
					w.dir = filepath.Join(b.TempDir(), "sync")
					most = max(most, w.holds(sync.Options{Format: f, Columns: flat}, "generated.sync."+of.table))
					if err := os.RemoveAll(w.dir); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(most), "peak-MiB")
				b.ReportMetric(of.rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

func TestTheMemoryOfAReaderOfWideRowsIsBounded(t *testing.T) {
	noise := func(n, seed int) string {
		text := []byte(strings.Repeat("0123456789abcdef", n/16))
		for i := range text {
			seed = seed*1103515245 + 12345
			text[i] = 'a' + byte(seed>>16&15)
		}
		return string(text)
	}
	thousand := []unity.Column{{Name: "id", Type: unity.BigInt, NotNull: true}}
	for i := range 1000 {
		thousand = append(thousand, unity.Column{Name: fmt.Sprintf("c%d", i), Type: unity.String})
	}
	narrow := []unity.Column{{Name: "id", Type: unity.BigInt, NotNull: true}, {Name: "text", Type: unity.String}}
	for name, made := range map[string]model.Table{
		"rows of 1 MB": {Columns: narrow, RowCount: 150, Rows: func(i int) []any { return []any{int64(i), noise(1<<20, i)} }},
		"1,000 columns": {Columns: thousand, RowCount: 4_000, Rows: func(i int) []any {
			row := []any{int64(i)}
			for c := range 1000 {
				row = append(row, "value "+strconv.Itoa(i*c))
			}
			return row
		}},
		"strings of 16 MB": {Columns: narrow, RowCount: 8, Rows: func(i int) []any { return []any{int64(i), noise(15<<20, i)} }},
	} {
		for _, f := range []format.Format{format.Parquet, format.NDJSON} {
			t.Run(name+" as "+string(f), func(t *testing.T) {
				made.Catalog, made.Schema, made.Name, made.Owner, made.Type = demo.GeneratedCatalog, demo.GeneratedSchema, "wide", demo.AdminID, model.Managed
				w := newWorldWith(t, demo.Options{Furnish: func(world *model.World) error { return world.AddTable(made) }})
				held := w.holds(sync.Options{Format: f, Mode: sync.Full}, "generated.sync.wide")
				t.Logf("%d MiB", held)
				if held > mostWide {
					t.Errorf("%d MiB", held)
				}
			})
		}
	}
}

func newWorldWith(t *testing.T, o demo.Options) *world {
	t.Helper()
	w := newWorld(t)
	scenario, err := demo.Find("sync")
	if err != nil {
		t.Fatal(err)
	}
	if w.d, err = demo.Start(context.Background(), scenario, o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.d.Close() })
	return w
}
