package sync_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

// begun is a sync of the made table that stopped behind its first slices.
func (w *world) begun(o sync.Options) {
	w.Helper()
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "AS OF 1 WHERE", After: 2, Status: http.StatusServiceUnavailable}})
	_ = w.fails(o, made)
	w.d.Play(nil)
}

// anotherID has the table have the ID of one that was made anew, which the embedded workspace keeps by its name.
func anotherID(id string) []relay.Rule {
	return []relay.Rule{{Path: "/api/2.1/unity-catalog/tables/*", Rewrite: []relay.Edit{{At: "table_id", Set: json.RawMessage(`"` + id + `"`)}}}}
}

func TestATableThatIsMadeAnewIsReadAnew(t *testing.T) {
	w := newWorld(t)
	w.made("true")
	o := sync.Options{Format: format.NDJSON, Slice: 1, Mode: sync.Full}
	w.begun(o)
	w.admin("DROP TABLE " + made)
	w.made("true")
	w.admin("INSERT INTO " + made + " VALUES (70, 'other')")
	w.d.Play(anotherID("1"))
	s := w.open(o, made)
	if err := s.Begin(t.Context()); err != nil || !s.Resumed {
		t.Fatalf("resumed %v: %v", s.Resumed, err)
	}
	got, err := s.Run(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	table := got.Manifest.Find(made)
	if rows := w.rows(got, made); len(rows) != 6 || !slices.ContainsFunc(rows, func(r string) bool { return strings.Contains(r, "other") }) || !strings.Contains(table.Reason, "changed while it was read") {
		t.Errorf("%s: %q", table.Reason, rows)
	}
	s.Close()
	w.admin("DROP TABLE " + made)
	w.made("true")
	w.d.Play(anotherID("2"))
	if table := w.run(sync.Options{Format: format.NDJSON}, made).Manifest.Find(made); table.Mode != string(sync.Full) || !strings.Contains(table.Reason, "made anew since the last run") {
		t.Errorf("%s: %s", table.Mode, table.Reason)
	}
}

func TestAVersionThatIsGoneIsPlannedAnew(t *testing.T) {
	w := newWorld(t)
	w.made("true")
	o := sync.Options{Format: format.NDJSON, Slice: 1, Mode: sync.Full}
	w.begun(o)
	w.admin("INSERT INTO " + made + " VALUES (70, 'later')")
	s := w.open(o, made)
	if err := s.Begin(t.Context()); err != nil || !s.Resumed {
		t.Fatalf("resumed %v: %v", s.Resumed, err)
	}
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "AS OF 1", SQLError: "[DELTA_FILE_NOT_FOUND_DETAILED] x SQLSTATE: 42K03", SQLState: "42K03"}})
	got, err := s.Run(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if table := got.Manifest.Find(made); table.Rows != 6 || *table.Version != 2 || !strings.Contains(table.Reason, "planned anew") || len(within(t, got.Folder)) != len(table.Files)+1 {
		t.Errorf("%s: %d rows of version %d", table.Reason, table.Rows, *table.Version)
	}
}

func TestAFeedThatIsRefusedGivesAFullRead(t *testing.T) {
	w := newWorld(t)
	w.made("true")
	o := sync.Options{Format: format.NDJSON, Key: []string{"id"}}
	w.run(o, made)
	w.admin("INSERT INTO " + made + " VALUES (70, 'later')")
	w.d.Play([]relay.Rule{{
		Path: "/sql/*", RPC: "ExecuteStatement", Holds: "table_changes", SQLError: "[DELTA_CHANGELOG_SCHEMA_CHANGE_IN_RANGE] x SQLSTATE: 0AKDE", SQLState: "0AKDE",
	}})
	got := w.run(o, made).Manifest.Find(made)
	if got.Mode != string(sync.Full) || got.Reason != "version 2, its change feed was refused" || got.Rows != 6 || got.Changes == nil || got.Changes.Added != 1 {
		t.Errorf("%s: %s: %+v", got.Mode, got.Reason, got.Changes)
	}
}

func TestOnlySomeColumnsAreReadWithoutTheKey(t *testing.T) {
	w := newWorld(t)
	o := sync.Options{Format: format.NDJSON, Columns: []string{"name", "kind"}}
	first := w.run(o, thousand)
	if got := first.Manifest.Find(thousand); len(got.Columns) != 2 || got.Rows != 1000 {
		t.Errorf("%v", got.Columns)
	}
	o.Key = []string{"id"}
	if err := w.fails(o, thousand); err == nil || !strings.Contains(err.Error(), "no column id that is read") {
		t.Errorf("a key that was named: %v", err)
	}
}

func TestATableWithoutRowsIsAFileWithItsColumns(t *testing.T) {
	w := newWorld(t)
	w.made("true")
	for _, f := range format.All {
		w.dir = t.TempDir()
		w.run(sync.Options{Format: f}, made)
	}
	w.admin("DELETE FROM " + made)
	for _, how := range []sync.Mode{sync.Auto, sync.Full} {
		got := w.run(sync.Options{Format: format.Arrow, Mode: how}, made).Manifest.Find(made)
		if got.Rows != 0 || len(got.Files) != 1 {
			t.Errorf("%s: %d rows in %v", got.Mode, got.Rows, got.Files)
		}
	}
}
