package sync_test

import (
	"context"
	"errors"
	stdsync "sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

// TestWhatIsLeftIsKnownFromTheFirstQuarterOn reads a table at a steady pace, by a clock that each row moves on, and holds every word of the time
// that is left against the time that it took.
func TestWhatIsLeftIsKnownFromTheFirstQuarterOn(t *testing.T) {
	const table, total, each = "generated.sync.rows_100k", 100_000, time.Millisecond
	w := newWorld(t)
	var mu stdsync.Mutex
	now := w.now
	source := w.source()
	source.Now = func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}
	o := sync.Options{Format: format.Arrow, Mode: sync.Full, Slice: 20_000}
	o.Tables = append(o.Tables, w.table(table))
	s, err := sync.Open(source, o, w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, told := int64(0), 0
	_, err = s.Run(t.Context(), nil, func(e sync.Event) {
		mu.Lock()
		defer mu.Unlock()
		step := e.Rows - rows
		if step > total/5 {
			t.Errorf("behind %d rows it moved by %d at once", rows, step)
		}
		if rows = e.Rows; rows >= total/4 && e.State == sync.Reading && rows < total {
			told++
			if left := time.Duration(total-rows) * each; e.Left < left/2 || e.Left > 2*left {
				t.Errorf("behind %d rows there were %s left, and it said %s", rows, left, e.Left)
			}
		}
		now = now.Add(time.Duration(step) * each)
	})
	if err != nil {
		t.Fatal(err)
	}
	if told < 4 {
		t.Errorf("it said %d times what is left", told)
	}
}

// TestWhoeverLeavesDoesNotWaitForTheWarehouse has a warehouse that does not answer to the end of a session: whoever left is gone before the
// warehouse has been given up.
func TestWhoeverLeavesDoesNotWaitForTheWarehouse(t *testing.T) {
	w := newWorld(t)
	s := w.open(slices4, thousand)
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.Run(ctx, nil, func(e sync.Event) {
		if e.Rows > 0 {
			w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "CloseSession", Delay: time.Hour}})
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	s.Close()
	for _, e := range w.d.Requests() {
		if e.Status == 0 {
			t.Errorf("%s %s was given up before", e.Method, e.Path)
		}
	}
}
