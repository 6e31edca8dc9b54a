package sync_test

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

const thousand = "generated.sync.rows_1k"

// slices4 is a sync of a table in four slices, in the format that is the quickest to write.
var slices4 = sync.Options{Format: format.Arrow, Slice: 250, Mode: sync.Full}

// sqlFault are faults of one request for rows that pass by themselves.
func sqlFaults() map[string]relay.Rule {
	rows := relay.Rule{Path: "/sql/*", RPC: "FetchResults"}
	run := relay.Rule{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "VERSION AS OF"}
	with := func(r relay.Rule, change func(*relay.Rule)) relay.Rule { change(&r); return r }
	return map[string]relay.Rule{
		"cut":              with(rows, func(r *relay.Rule) { r.Cut = 1 + rand.IntN(2000) }),
		"cut answer":       with(run, func(r *relay.Rule) { r.Cut = 1 + rand.IntN(200) }),
		"closed":           with(rows, func(r *relay.Rule) { r.Close = true }),
		"closed statement": with(run, func(r *relay.Rule) { r.Close = true }),
		"reset":            with(rows, func(r *relay.Rule) { r.Reset = true }),
		"reset on the way": with(rows, func(r *relay.Rule) { r.Reset, r.Cut = true, 1+rand.IntN(2000) }),
		"429":              with(run, func(r *relay.Rule) { r.RetryAfter = 7 * time.Second }),
		"503":              with(rows, func(r *relay.Rule) { r.Status = http.StatusServiceUnavailable }),
		"502 page":         with(rows, func(r *relay.Rule) { r.Status, r.Body = http.StatusBadGateway, "<html>Bad Gateway</html>" }),
		"gone": with(rows, func(r *relay.Rule) {
			r.Status, r.Body = http.StatusNotFound, `{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Session not found."}`
		}),
		"exhausted": with(run, func(r *relay.Rule) { r.SQLError = "RESOURCE_EXHAUSTED: Too many statements." }),
		"memory":    with(run, func(r *relay.Rule) { r.SQLError, r.SQLState = "[UNABLE_TO_ACQUIRE_MEMORY] x SQLSTATE: 53200", "53200" }),
		"internal":  with(run, func(r *relay.Rule) { r.SQLError, r.SQLState = "[INTERNAL_ERROR] x SQLSTATE: XX000", "XX000" }),
		"token": with(run, func(r *relay.Rule) {
			r.Status, r.Body = http.StatusForbidden, `{"error_code":"403","message":"Invalid access token: token is expired"}`
		}),
	}
}

func TestAFaultThatPassesIsReadPast(t *testing.T) {
	w := newWorld(t)
	const table = thousand
	paged := sync.Options{Format: format.Arrow, Slice: 250, Mode: sync.Full, Keep: 2}
	want := sorted(w.rows(w.run(paged, table), table))
	faults := sqlFaults()
	waits := 0
	w.sleep = func(time.Duration) { waits++ }
	names := slices.Sorted(maps.Keys(faults))
	for i := range counted(len(names), 200) {
		name := names[i%len(names)]
		rule := faults[name]
		rule.After, rule.Times = rand.IntN(4), 1
		w.d.Play([]relay.Rule{rule})
		waits = 0
		got := w.run(paged, table)
		w.d.Play(nil)
		if rows := sorted(w.rows(got, table)); !slices.Equal(rows, want) {
			t.Errorf("%s: %d rows", name, len(rows))
		}
		if waits == 0 && name != "token" && !strings.HasPrefix(name, "closed") { // which nobody notices
			t.Errorf("%s met nobody", name)
		}
		if n := len(within(t, got.Folder)); n != 5 {
			t.Errorf("%s: the run has %q", name, within(t, got.Folder))
		}
	}
}

func TestAStoppedRunGoesOnBehindItsLastWholeSlice(t *testing.T) {
	w := newWorld(t)
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "VERSION AS OF", After: 4, Status: http.StatusServiceUnavailable}})
	err := w.fails(slices4, thousand)
	var table *sync.TableError
	if !errors.As(err, &table) || table.Table != thousand {
		t.Fatal(err)
	}
	w.d.Play(nil)
	before := w.slicesRead()
	s := w.open(slices4, thousand)
	if err := s.Begin(t.Context()); err != nil || !s.Resumed {
		t.Fatalf("resumed %v: %v", s.Resumed, err)
	}
	if _, err := s.Run(t.Context(), nil, nil); err != nil {
		t.Fatal(err)
	}
	// Two are read at a time, so the one beside what was refused may have been on its way.
	if read := w.slicesRead() - before; before < 2 || read > 4-(before-1) {
		t.Errorf("after %d of 4 slices were asked for, %d were read", before, read)
	}
}

func TestWhatIsRefusedIsNotTriedAgain(t *testing.T) {
	for name, rule := range map[string]relay.Rule{
		"403":        {Status: http.StatusForbidden, Body: `{"error_code":"PERMISSION_DENIED","message":"You do not have permission."}`},
		"401":        {Status: http.StatusUnauthorized, Body: `{"error_code":"401","message":"Credential was not sent or was of an unsupported type."}`},
		"permission": {SQLError: "[INSUFFICIENT_PERMISSIONS] x SQLSTATE: 42501", SQLState: "42501"},
		"ended":      {SQLError: "[QUERY_EXECUTION_CANCELED] by an admin SQLSTATE: 57014", SQLState: "57014"},
		"a page":     {Page: "<html>Sign in to the network</html>"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			waits := 0
			w.sleep = func(time.Duration) { waits++ }
			rule.Path, rule.RPC, rule.Holds, rule.After = "/sql/*", "ExecuteStatement", "VERSION AS OF", 2
			w.d.Play([]relay.Rule{rule})
			if err := w.fails(slices4, thousand); err == nil || waits > 0 {
				t.Errorf("%d tries more: %v", waits, err)
			}
		})
	}
}

func TestAWorkspaceIsGivenTheTimeItAsksFor(t *testing.T) {
	w := newWorld(t)
	var longest time.Duration
	w.sleep = func(d time.Duration) { longest = max(longest, d) }
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "VERSION AS OF", After: 2, Times: 1, RetryAfter: 90 * time.Second}})
	w.run(slices4, thousand)
	if longest != 90*time.Second {
		t.Errorf("it waited %s", longest)
	}
}

func TestAWarehouseIsStartedOnlyWhereThatWasAgreedTo(t *testing.T) {
	stopped := []relay.Rule{
		{Path: "/api/2.0/sql/warehouses/a3f19c0d7be24418", Replace: map[string]string{`"RUNNING"`: `"STOPPED"`}},
		{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "VERSION AS OF", After: 2, Times: 1, SQLError: "The warehouse was stopped."},
	}
	w := newWorld(t)
	w.d.Play(stopped)
	if err := w.fails(slices4, thousand); !errors.Is(err, sync.ErrAsleep) {
		t.Errorf("without a word of it: %v", err)
	}
	w.d.Play(stopped)
	agreed := slices4
	agreed.Start = true
	w.run(agreed, thousand)
}

func TestAFaultWhilePlanningDoesNotMakeAPlanWorse(t *testing.T) {
	w := newWorld(t)
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "DESCRIBE HISTORY", Times: 1, Close: true}})
	if got := w.run(slices4, thousand).Manifest.Find(thousand); got.Version == nil {
		t.Errorf("after a network that broke: %s", got.Reason)
	}
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "DESCRIBE HISTORY", SQLError: "[INSUFFICIENT_PERMISSIONS] x SQLSTATE: 42501", SQLState: "42501"}})
	if got := w.run(slices4, thousand).Manifest.Find(thousand); got.Version != nil || got.Reason != "its versions cannot be seen: one statement" || len(got.Files) != 1 {
		t.Errorf("where it is refused: %s", got.Reason)
	}
}

func TestAChangeFeedIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.made("true")
	w.run(sync.Options{Key: []string{"id"}}, made)
	w.admin("INSERT INTO " + made + " VALUES (9, 'i')")
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "table_changes", Times: 2, Close: true}})
	if got := w.run(sync.Options{Key: []string{"id"}}, made).Manifest.Find(made); got.Mode != string(sync.Changes) || got.Rows != 6 || got.Changes.Added != 1 {
		t.Errorf("%s (%s): %d rows", got.Mode, got.Reason, got.Rows)
	}
}

func TestACancelEndsWhateverIsUnderWay(t *testing.T) {
	for _, rpc := range []string{"OpenSession", "ExecuteStatement", "FetchResults"} {
		t.Run(rpc, func(t *testing.T) {
			w := newWorld(t)
			s := w.open(slices4, thousand)
			if err := s.Begin(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: rpc, Delay: time.Hour}})
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(50*time.Millisecond, cancel)
			if _, err := s.Run(ctx, nil, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("%v", err)
			}
			s.Close()
			w.d.Play(nil)
			if got := w.run(slices4, thousand).Manifest.Find(thousand); got.Rows != 1000 {
				t.Errorf("the next run has %d rows", got.Rows)
			}
		})
	}
}

func TestAStopEndsBehindTheSlicesUnderWay(t *testing.T) {
	w := newWorld(t)
	s := w.open(slices4, thousand)
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	stopped := false
	_, err := s.Run(t.Context(), stop, func(e sync.Event) {
		if e.Rows > 0 && !stopped {
			stopped = true
			close(stop)
		}
	})
	if !errors.Is(err, sync.ErrStopped) {
		t.Fatal(err)
	}
	s.Close()
	before := w.slicesRead()
	next := w.open(slices4, thousand)
	if err := next.Begin(t.Context()); err != nil || !next.Resumed {
		t.Fatalf("resumed %v: %v", next.Resumed, err)
	}
	if got, err := next.Run(t.Context(), nil, nil); err != nil || got.Manifest.Find(thousand).Rows != 1000 {
		t.Error(err)
	}
	if read := w.slicesRead() - before; read > 3 {
		t.Errorf("%d slices were read", read)
	}
}

// statements counts those that hold a text.
func (w *world) statements(text string) (n int) {
	for _, e := range w.d.Requests() {
		if strings.Contains(e.Statement, text) {
			n++
		}
	}
	return n
}

// fails runs a sync that does not come to its end.
func (w *world) fails(o sync.Options, tables ...string) error {
	w.Helper()
	s := w.open(o, tables...)
	defer s.Close()
	err := s.Begin(w.Context())
	var r *runs.Run
	if err == nil {
		r, err = s.Run(w.Context(), nil, nil)
	}
	if err == nil {
		w.Errorf("it came to its end: %s", r.ID)
	}
	return err
}

// TestAPageThatDoesNotComeIsNotTheEnd reads a table of which nobody counted the rows: what the driver takes for their end is not believed.
func TestAPageThatDoesNotComeIsNotTheEnd(t *testing.T) {
	w := newWorld(t)
	table := "generated.sync.rows_100k"
	refused := relay.Rule{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "DESCRIBE HISTORY", SQLError: "[X] x SQLSTATE: 42501", SQLState: "42501"}
	for after := range 3 {
		w.d.Play([]relay.Rule{refused, {Path: "/sql/*", RPC: "FetchResults", After: after, Times: 1, Status: http.StatusServiceUnavailable}})
		waits := 0
		w.sleep = func(time.Duration) { waits++ }
		if got := w.run(sync.Options{Format: format.Arrow, Mode: sync.Full}, table).Manifest.Find(table); got.Version != nil || got.Rows != 100_000 || waits != 1 {
			t.Errorf("%d rows after %d waits", got.Rows, waits)
		}
	}
	w.d.Play([]relay.Rule{refused, {Path: "/sql/*", RPC: "FetchResults", Status: http.StatusForbidden, Body: `{"error_code":"PERMISSION_DENIED","message":"no"}`}})
	if err := w.fails(sync.Options{Format: format.Arrow, Mode: sync.Full}, table); err == nil || !strings.Contains(err.Error(), "PERMISSION_DENIED") && !strings.Contains(err.Error(), "403") {
		t.Error(err)
	}
}
