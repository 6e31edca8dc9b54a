package sync_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

// flat are ten columns without others inside them.
var flat = []string{"id", "name", "kind", "amount", "score", "price", "active", "seen_on", "updated_at", "port"}

// BenchmarkSync reads a table of 1,000,000 rows and ten columns in each format, in turns with the driver's own drain of the same rows, and gives
// both and their ratio. A run has its count of the rows and its files synced to the disk in it.
func BenchmarkSync(b *testing.B) {
	for _, f := range format.All {
		b.Run(string(f), func(b *testing.B) {
			w := newWorldOf(b)
			name := w.table("generated.sync.rows_1m")
			var reading, draining time.Duration
			for i := 0; b.Loop(); i++ {
				began := time.Now()
				w.drain(name)
				draining += time.Since(began)
				w.dir = filepath.Join(b.TempDir(), "sync")
				began = time.Now()
				s := w.open(sync.Options{Format: f, Columns: flat}, name.Full())
				if err := s.Begin(b.Context()); err != nil {
					b.Fatal(err)
				}
				if _, err := s.Run(b.Context(), nil, nil); err != nil {
					b.Fatal(err)
				}
				reading += time.Since(began)
				if err := os.RemoveAll(w.dir); err != nil {
					b.Fatal(err)
				}
			}
			rows := 1_000_000 * float64(b.N)
			b.ReportMetric(rows/reading.Seconds(), "rows/s")
			b.ReportMetric(rows/draining.Seconds(), "drained-rows/s")
			b.ReportMetric(draining.Seconds()/reading.Seconds(), "of-drain")
		})
	}
}

// drain reads the rows as the driver hands them out, and drops them.
func (w *world) drain(name connector.TableName) {
	w.Helper()
	source := w.source()
	defer source.Workspace.Close()
	r, err := query.OpenReader(source.Workspace, starterPath, query.Links{})
	if err != nil {
		w.Fatal(err)
	}
	scan := query.Scan{Table: name, At: query.NoVersion}
	for _, c := range flat {
		scan.Columns = append(scan.Columns, query.Column(c))
	}
	result, err := r.Read(context.Background(), scan.Statement(), 50_000)
	if err != nil {
		w.Fatal(err)
	}
	defer result.Close()
	for _, err := range result.Batches() {
		if err != nil {
			w.Fatal(err)
		}
	}
}
