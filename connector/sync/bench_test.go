package sync_test

import (
	"context"
	"errors"
	"math/rand/v2"
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
// both and their ratio, and the longest time in which progress did not move while rows were read. A run has its count of the rows and its files
// synced to the disk in it.
func BenchmarkSync(b *testing.B) {
	for _, f := range format.All {
		b.Run(string(f), func(b *testing.B) {
			w := newWorldOf(b)
			name := w.table("generated.sync.rows_1m")
			var reading, draining, still time.Duration
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
				moved, rows := time.Time{}, int64(0)
				_, err := s.Run(b.Context(), nil, func(e sync.Event) {
					if e.Rows > rows {
						if rows > 0 {
							still = max(still, time.Since(moved))
						}
						moved, rows = time.Now(), e.Rows
					}
				})
				if err != nil {
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
			b.ReportMetric(float64(still.Milliseconds()), "ms-without-progress")
		})
	}
}

// BenchmarkLeaving leaves a sync at thirty points of its way and gives the longest time until its end.
func BenchmarkLeaving(b *testing.B) {
	w := newWorldOf(b)
	longest := time.Duration(0)
	for b.Loop() {
		for i := range 30 {
			w.dir = filepath.Join(b.TempDir(), "sync")
			s := w.open(sync.Options{Format: format.All[i%len(format.All)], Columns: flat}, "generated.sync.rows_1m")
			if err := s.Begin(b.Context()); err != nil {
				b.Fatal(err)
			}
			ctx, cancel := context.WithCancel(b.Context())
			var left time.Time
			at := rand.Int64N(40_000)
			_, err := s.Run(ctx, nil, func(e sync.Event) {
				if e.Rows >= at && left.IsZero() {
					left = time.Now()
					cancel()
				}
			})
			if !errors.Is(err, context.Canceled) {
				b.Fatal(err)
			}
			s.Close()
			longest = max(longest, time.Since(left))
		}
	}
	b.ReportMetric(float64(longest.Milliseconds()), "longest-ms")
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
