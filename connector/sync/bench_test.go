package sync_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// flat are ten columns without others inside them.
var flat = []string{"id", "name", "kind", "amount", "score", "price", "active", "seen_on", "updated_at", "port"}

// BenchmarkSync reads a table of 1,000,000 rows and ten columns in each format, in turns with the driver's own drain of the same rows, and gives
// both and their ratio, and the longest time in which progress did not move while rows were read. A run has its count of the rows and its files
// synced to the disk in it. What reads is a process of its own, beside that of the workspace.
func BenchmarkSync(b *testing.B) {
	for _, f := range format.All {
		b.Run(string(f), func(b *testing.B) {
			w := newWorldOf(b)
			var all timed
			for b.Loop() {
				all.add(w.timed(readInTurns, sync.Options{Format: f, Columns: flat}, "generated.sync.rows_1m"))
			}
			rows := 1_000_000 * float64(b.N)
			b.ReportMetric(rows/all.Reading.Seconds(), "rows/s")
			b.ReportMetric(rows/all.Draining.Seconds(), "drained-rows/s")
			b.ReportMetric(all.Draining.Seconds()/all.Reading.Seconds(), "of-drain")
			b.ReportMetric(float64(all.Still.Milliseconds()), "ms-without-progress")
			b.ReportMetric(all.Off, "left-off-by")
		})
	}
}

// BenchmarkLeaving leaves a sync at thirty points of its way and gives the longest time until its end.
func BenchmarkLeaving(b *testing.B) {
	w := newWorldOf(b)
	var all timed
	for b.Loop() {
		for i := range 30 {
			w.dir = filepath.Join(b.TempDir(), strconv.Itoa(i))
			all.add(w.timed(leave, sync.Options{Format: format.All[i%len(format.All)], Columns: flat}, "generated.sync.rows_1m"))
		}
	}
	b.ReportMetric(float64(all.Leaving.Milliseconds()), "longest-ms")
}

// timed is how long a reader took.
type timed struct {
	Reading, Draining time.Duration // of all
	Still, Leaving    time.Duration // the longest
	Off               float64       // by how many times the time that was left was not what was said of it, from the first quarter on
}

func (t *timed) add(o timed) {
	t.Reading, t.Draining = t.Reading+o.Reading, t.Draining+o.Draining
	t.Still, t.Leaving, t.Off = max(t.Still, o.Still), max(t.Leaving, o.Leaving), max(t.Off, o.Off)
}

// timed runs what is measured in a process of its own.
func (w *world) timed(what string, o sync.Options, table string) (t timed) {
	w.Helper()
	cmd := w.process(o, table)
	cmd.Env = append(cmd.Env, timedIn+"="+what)
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &t)
	}
	if err != nil {
		w.Fatal(err)
	}
	return t
}

// timedIn names what a process is to measure.
const (
	timedIn     = "DRAFTT_TEST_TIMED"
	readInTurns = "read"
	leave       = "leave"
)

// measure runs an errand and gives how long it took.
func (e *errand) measure(what string, source sync.Source) (t timed, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if what == readInTurns {
		began := time.Now()
		if err := drain(source.Workspace, e.Options.Tables[0]); err != nil {
			return t, err
		}
		t.Draining = time.Since(began)
	}
	began := time.Now()
	s, err := sync.Open(source, e.Options, e.Dir)
	if err != nil {
		return t, err
	}
	defer s.Close()
	if err := s.Begin(ctx); err != nil {
		return t, err
	}
	var told, left time.Time
	var guesses []guess
	rows, at := int64(0), rand.Int64N(40_000)
	_, err = s.Run(ctx, nil, func(ev sync.Event) {
		if ev.Rows <= rows {
			return
		}
		now := time.Now()
		if rows > 0 {
			t.Still = max(t.Still, now.Sub(told))
		}
		told, rows = now, ev.Rows
		if ev.Left > 0 && rows > 250_000 {
			guesses = append(guesses, guess{now, ev.Left})
		}
		if what == leave && rows >= at && left.IsZero() {
			left = now
			cancel()
		}
	})
	if what == leave {
		s.Close()
		t.Leaving = time.Since(left)
		if errors.Is(err, context.Canceled) {
			err = nil
		}
		return t, err
	}
	t.Reading = time.Since(began)
	for _, g := range guesses {
		t.Off = max(t.Off, g.off(told))
	}
	return t, err
}

// guess is the time that was said to be left.
type guess struct {
	at   time.Time
	left time.Duration
}

// off is by how many times it was wrong. What is less than a second is not told apart on any screen.
func (g guess) off(end time.Time) float64 {
	is, was := max(end.Sub(g.at), time.Second).Seconds(), max(g.left, time.Second).Seconds()
	return max(is/was, was/is)
}

// drain reads the rows as the driver hands them out, and drops them.
func drain(ws *workspace.Workspace, name connector.TableName) error {
	r, err := query.OpenReader(ws, starterPath, query.Links{})
	if err != nil {
		return err
	}
	scan := query.Scan{Table: name, At: query.NoVersion}
	for _, c := range flat {
		scan.Columns = append(scan.Columns, query.Column(c))
	}
	result, err := r.Read(context.Background(), scan.Statement(), 50_000)
	if err != nil {
		return err
	}
	defer result.Close()
	for _, err := range result.Batches() {
		if err != nil {
			return err
		}
	}
	return nil
}
