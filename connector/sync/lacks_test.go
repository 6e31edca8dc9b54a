package sync_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// TestATableThatIsGoneDoesNotKeepTheOthersFromBeingRead drops one of two tables: the other is read and kept, the run is not whole, and the next
// one reads no more than the table that came back.
func TestATableThatIsGoneDoesNotKeepTheOthersFromBeingRead(t *testing.T) {
	w := newWorld(t)
	w.made("false")
	const other = "generated.sync.rows_1k"
	before := w.run(sync.Options{}, made, other)
	w.admin("DROP TABLE " + made)

	ahead, err := sync.Ahead(w.source(), sync.Options{Tables: []connector.TableName{w.table(made), w.table(other)}, Mode: sync.Full, Format: "parquet"}, w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ahead.Close()
	if plan, err := ahead.Forecast(t.Context()); err != nil || len(plan.Tables) != 1 || !slices.Equal(sync.FailedTables(ahead.Lacks()), []string{made}) {
		t.Errorf("the plan has %d tables and lacks %v: %v", len(plan.Tables), ahead.Lacks(), err)
	}
	full := sync.Options{Mode: sync.Full}
	for range 2 { // the second goes on with the first
		err := w.fails(full, made, other)
		if !slices.Equal(sync.FailedTables(err), []string{made}) {
			t.Errorf("it ends with %v", err)
		}
	}
	if run := runs.Last(w.dir); run == nil || run.ID != before.ID {
		t.Error("a run without one of its tables is whole")
	}
	read := w.statements("FROM `generated`.`sync`.`rows_1k` VERSION AS OF")
	w.made("false")
	run := w.run(full, made, other)
	if got := w.statements("FROM `generated`.`sync`.`rows_1k` VERSION AS OF"); got != read {
		t.Errorf("what was read of the other table was read again: %d statements, then %d", read, got)
	}
	if run.Manifest.Tables[0].Name != made || len(w.rows(run, made)) != 5 || len(w.rows(run, other)) != 1000 {
		t.Error("the run that is whole then has not the rows of both, in the order of the connection")
	}
}

// TestWhatAPersonAskedForAndCannotHaveEndsASyncBeforeAnythingIsRead although the other table could be read.
func TestWhatAPersonAskedForAndCannotHaveEndsASyncBeforeAnythingIsRead(t *testing.T) {
	w := newWorld(t)
	w.made("false")
	s := w.open(sync.Options{Columns: []string{"id"}, Mode: sync.Changes}, made, "generated.sync.rows_1k")
	if err := s.Begin(t.Context()); !errors.Is(err, sync.ErrNoChanges) || s.Lacks() != nil {
		t.Errorf("it begins with %v", err)
	}
}

// TestARunThatGoesOnSaysOfWhenItIs stops a run for a table that is gone, and goes on with it an hour later.
func TestARunThatGoesOnSaysOfWhenItIs(t *testing.T) {
	w := newWorld(t)
	w.made("false")
	const other = "generated.sync.rows_1k"
	fresh := w.open(sync.Options{}, other)
	if fresh.GoesOn() != "" || fresh.Behind() != "" {
		t.Error("a run that begins goes on with another")
	}
	fresh.Close()
	w.admin("DROP TABLE " + made)
	_ = w.fails(sync.Options{}, made, other)
	w.now = w.now.Add(time.Hour)
	s := w.open(sync.Options{}, made, other)
	if err := s.Begin(t.Context()); err != nil || !strings.Contains(s.GoesOn(), "of 2026-11-29 02:00 UTC") || !strings.Contains(s.Behind(), "since 2026-11-29 02:00 UTC") {
		t.Errorf("%v: %q, %q", err, s.GoesOn(), s.Behind())
	}
}
