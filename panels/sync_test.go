package panels

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// reader is a person whose saved connection reads tables that change.
type reader struct {
	*screentest.Walk
	panel *Sync
	saved connector.Connection
	whole int // runs that were told of
}

// ofTables is a connection that reads tables of the catalog generated.
func ofTables(t *testing.T, w *screentest.Walk, tables ...string) connector.Connection {
	t.Helper()
	host, _, err := connector.ParseHost(w.Workspace.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	who := w.Workspace.Connector()
	c := connector.Connection{
		ID: "c1", Name: "prod", Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418", Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/a3f19c0d7be24418"},
	}
	for _, name := range tables {
		table, err := connector.ParseTable("generated.sync."+name, connector.SchemaName{})
		if err != nil {
			t.Fatal(err)
		}
		c.Schema, c.Tables = table.SchemaName, append(c.Tables, table)
	}
	connector.Known().NoteConnection(c)
	return c
}

func reads(t *testing.T, scenario string, tables ...string) *reader {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	w := screentest.Prepare(t, screentest.Person{Scenario: scenario, Vault: dir})
	r := &reader{Walk: w, saved: ofTables(t, w, tables...)}
	r.open(w.Env)
	return r
}

// open opens the panel, and shows paths as they are on another machine.
func (r *reader) open(env setup.Environment) {
	r.T.Helper()
	theme, dir := ui.NewTheme(true), filepath.Dir(env.Vault.Dir())
	r.panel = NewSync(&theme, env, r.saved, func() tea.Cmd {
		r.whole++
		return nil
	})
	r.panel.shown = func(path string) string {
		return filepath.ToSlash(strings.Replace(path, dir, "/home/maria/.local/share", 1))
	}
	shows(r.Walk, &theme, r.panel)
}

func TestASyncLooksAsDrawn(t *testing.T) {
	scenes := map[string]struct {
		tables []string
		play   func(*reader)
	}{
		"plan": {[]string{"rows_1k", "rows_1m", "without_feed"}, func(*reader) {}},
		"ended": {[]string{"rows_1k", "without_feed"}, func(r *reader) {
			r.Press("enter")
			r.See("2,000 rows of 2 tables")
		}},
		"again": {[]string{"rows_1k", "without_feed"}, func(r *reader) {
			r.Press("enter")
			r.See("2,000 rows of 2 tables")
			r.Press("r")
			r.See("Read them now?")
			r.Press("enter")
			r.See("Since the run")
		}},
		"failed": {[]string{"rows_1k", "no_such_table"}, func(*reader) {}},
	}
	for name, scene := range scenes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reads(t, "sync", scene.tables...)
			r.Settle()
			scene.play(r)
			r.Settle()
			r.Golden("sync/" + name)
		})
	}
}

// Whatever an engine told last is what stands on the screen.
func TestARunUnderWayLooksAsDrawn(t *testing.T) {
	r := reads(t, "sync", "rows_1k", "rows_100k", "rows_1m", "without_feed")
	r.See("Read them now?")
	r.Settle()
	p := r.panel
	p.part, p.board, p.stop = syncReads, newSyncBoard(), make(chan struct{})
	tables := p.plan.Tables
	done := tables[0]
	done.Mode, done.Changes = string(sync.Changes), &runs.Changes{Since: "20251119T020000Z", Added: 3, Changed: 9}
	p.board.tell(sync.Event{Table: &done, State: sync.Done, Rows: 1_000, Bytes: 21_000, Files: 1, Took: 400e6})
	p.board.tell(sync.Event{Table: &tables[1], State: sync.Waiting, Fault: runs.ErrFull, Number: 1})
	p.board.tell(sync.Event{Table: &tables[2], State: sync.Reading, Rows: 341_000, Bytes: 3_100_000, Files: 1, Rate: 110_000, Left: 6e9, Number: 2})
	r.Golden("sync/reading")
	r.Press("esc")
	r.MustShow("Stopping after this piece")
	r.Golden("sync/stopping")
}

func TestEscStopsBehindThePieceAndTheNextRunGoesOn(t *testing.T) {
	t.Parallel()
	r := reads(t, "sync", "rows_100k", "rows_1k")
	r.See("Read them now?")
	r.Press("enter", "esc") // the second table is not begun yet
	r.MustShow("Stopping after this piece")
	r.See("The sync was stopped")
	r.Press("enter")
	r.See("Read them now?")
	r.Press("enter")
	r.See("101,000 rows of 2 tables")
	if r.whole != 1 {
		t.Errorf("it was told of %d whole runs", r.whole)
	}
}

func TestASecondEscLeavesAtOnceAndTheFolderIsFree(t *testing.T) {
	t.Parallel()
	r := reads(t, "sync", "rows_1m")
	r.See("Read them now?")
	r.Press("enter")
	r.Until("it is read", func() bool {
		e, told := r.panel.board.of("generated.sync.rows_1m")
		return told && e.Rows > 0
	})
	r.Press("esc", "esc")
	r.MustShow("Nothing is open.")
	r.Settle()
	r.open(r.Env)
	r.See("Read them now?")
}

// A plan that nobody said yes to leaves nothing behind.
func TestNothingIsReadUnasked(t *testing.T) {
	t.Parallel()
	r := reads(t, "sync", "rows_1k")
	r.See("Read them now?")
	r.Press("esc")
	r.MustShow("Nothing is open.")
	dir := filepath.Join(r.Env.Vault.Dir(), "sync", "c1")
	r.panel.hold.close()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != ".lock" {
			t.Errorf("%s was left", e.Name())
		}
	}
}

func TestAStoppedWarehouseIsStartedOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "warehouse-stopped", Vault: filepath.Join(t.TempDir(), "vault")})
	target, err := w.Workspace.Target()
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{Walk: w, saved: ofTables(t, w, "rows_1k")}
	r.saved.Warehouse.ID, r.saved.Warehouse.HTTPPath = target.WarehouseID, target.WarehouseID.HTTPPath()
	r.saved.Schema, r.saved.Tables = target.Table.SchemaName, []connector.TableName{target.Table}
	r.open(w.Env)
	r.See("costs money while it runs", "start it and go on")
	r.Settle()
	r.Golden("sync/stopped-warehouse")
}

func TestNoNameShowsOfASyncThatIsShared(t *testing.T) {
	ui.UseAliases(Aliases())
	t.Cleanup(func() { connector.Share(false); ui.UseAliases(nil) })
	r := reads(t, "sync", "rows_1k", "without_feed")
	connector.Share(true)
	for range 2 {
		r.See("Read them now?")
		r.MustNotShow("rows_1k", "without_feed", "prod", "Starter", "generated")
		r.Press("enter")
		r.See("2,000 rows of 2 tables")
		r.MustNotShow("rows_1k", "without_feed", "prod", "Starter", "generated")
		r.Press("r")
	}
}
