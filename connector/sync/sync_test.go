package sync_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	dbsql "github.com/databricks/databricks-sql-go"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

const starterPath = "/sql/1.0/warehouses/a3f19c0d7be24418"

// world is a workspace with tables that change, and a folder for what is read of them.
type world struct {
	testing.TB
	d   *demo.Workspace
	dir string
	now time.Time

	sleep func(time.Duration) // told how long it is waited
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOf(t)
}

func newWorldOf(t testing.TB) *world {
	t.Helper()
	scenario, err := demo.Find("sync")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(context.Background(), scenario, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return &world{TB: t, d: d, dir: filepath.Join(t.TempDir(), "sync"), now: time.Date(2026, time.November, 29, 2, 0, 0, 0, time.UTC)}
}

func (w *world) table(full string) connector.TableName {
	w.Helper()
	name, err := connector.ParseTable(full, connector.SchemaName{})
	if err != nil {
		w.Fatal(err)
	}
	return name
}

// open prepares a sync of tables as the connector.
func (w *world) open(o sync.Options, tables ...string) *sync.Sync {
	w.Helper()
	s, err := w.tryOpen(o, tables...)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(s.Close)
	return s
}

func (w *world) tryOpen(o sync.Options, tables ...string) (*sync.Sync, error) {
	w.Helper()
	for _, t := range tables {
		o.Tables = append(o.Tables, w.table(t))
	}
	if o.Format == "" {
		o.Format = format.Parquet
	}
	if o.Mode == "" {
		o.Mode = sync.Auto
	}
	return sync.Open(w.source(), o, w.dir)
}

// source is the workspace, signed in to as the connector.
func (w *world) source() sync.Source {
	w.Helper()
	ws := w.signIn(w.d.Connector())
	return sync.Source{
		Workspace: ws, Tool: "draftt-databricks test", Now: func() time.Time { return w.now },
		Connection: connector.Connection{ID: "c1", Name: "prod", Host: ws.Host(), Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418", HTTPPath: starterPath}},
		Sleep: func(ctx context.Context, d time.Duration) error {
			if w.sleep != nil {
				w.sleep(d)
			}
			return ctx.Err()
		},
	}
}

// run reads tables, and gives the whole run.
func (w *world) run(o sync.Options, tables ...string) *runs.Run {
	w.Helper()
	s, err := w.tryOpen(o, tables...)
	if err != nil {
		w.Fatal(err)
	}
	defer s.Close()
	w.now = w.now.Add(time.Hour)
	if err := s.Begin(w.Context()); err != nil {
		w.Fatal(err)
	}
	got, err := s.Run(w.Context(), nil, nil)
	if err != nil {
		w.Fatal(err)
	}
	return got
}

// rows are the rows of a table in a run, as lines of NDJSON in their order.
func (w *world) rows(r *runs.Run, table string) (lines []string) {
	w.Helper()
	t := r.Manifest.Find(table)
	if t == nil {
		w.Fatalf("the run has no %s", table)
		return nil
	}
	schema, err := columnar.Schema(t.Schema)
	if err != nil {
		w.Fatal(err)
	}
	for _, f := range t.Files {
		file, err := os.Open(r.Path(f.Path))
		if err != nil {
			w.Fatal(err)
		}
		for batch, err := range format.Read(format.Format(r.Manifest.Format), file, f.Bytes, schema) {
			if err != nil {
				w.Fatal(err)
			}
			rows := format.NewRows(batch.Record)
			for i := range int(batch.Record.NumRows()) {
				line, err := rows.Append(nil, i)
				if err != nil {
					w.Fatal(err)
				}
				lines = append(lines, string(line))
			}
		}
		if err := file.Close(); err != nil {
			w.Error(err)
		}
	}
	return lines
}

func TestATableIsReadWholeAndPinnedToOneVersion(t *testing.T) {
	for _, f := range format.All {
		t.Run(string(f), func(t *testing.T) {
			w := newWorld(t)
			got := w.run(sync.Options{Format: f, Slice: 300}, "generated.sync.rows_1k", "inventory.assets.components")
			table := got.Manifest.Find("generated.sync.rows_1k")
			if table.Rows != 1000 || len(table.Files) != 4 || table.Version == nil || !strings.Contains(table.Statements[0], "VERSION AS OF") {
				t.Errorf("%d rows in %d files, %v: %s", table.Rows, len(table.Files), table.Version, table.Statements)
			}
			lines := w.rows(got, "generated.sync.rows_1k")
			if len(lines) != 1000 || !strings.HasPrefix(lines[999], `"id":9997,`) {
				t.Errorf("%d rows, the last is %s", len(lines), lines[len(lines)-1])
			}
			latest, err := os.Readlink(filepath.Join(w.dir, "latest"))
			if err != nil || latest != filepath.Base(got.Folder) {
				t.Errorf("latest leads to %q: %v", latest, err)
			}
		})
	}
}

func TestWhatDidNotChangeIsTakenOver(t *testing.T) {
	w := newWorld(t)
	first := w.run(sync.Options{}, "generated.sync.rows_1k")
	second := w.run(sync.Options{}, "generated.sync.rows_1k")
	table := second.Manifest.Find("generated.sync.rows_1k")
	if table.Mode != string(sync.Unchanged) || len(table.Statements) > 0 || table.Rows != 1000 {
		t.Errorf("%s: %s, %d rows", table.Mode, table.Reason, table.Rows)
	}
	if !slices.Equal(w.rows(first, table.Name), w.rows(second, table.Name)) {
		t.Error("the rows are others")
	}
}

func TestOneTableGoesToAnotherProgram(t *testing.T) {
	w := newWorld(t)
	o := sync.Options{Format: format.NDJSON, Tables: []connector.TableName{w.table("generated.sync.rows_1k")}, Slice: 300}
	s, err := sync.OpenPipe(w.source(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out bytes.Buffer
	rows, err := s.Pipe(t.Context(), &out, nil)
	if err != nil || rows != 1000 || strings.Count(out.String(), "\n") != 1000 || !strings.HasPrefix(out.String(), `{"id":7,`) {
		t.Errorf("%d rows, %v: %.80s", rows, err, out.String())
	}
	o.Tables = append(o.Tables, w.table("generated.sync.rows_100k"))
	if _, err := sync.OpenPipe(w.source(), o); !errors.Is(err, connector.ErrInput) {
		t.Errorf("two tables: %v", err)
	}
}

func TestAFolderIsOneSyncs(t *testing.T) {
	w := newWorld(t)
	w.open(sync.Options{}, "generated.sync.rows_1k")
	if _, err := w.tryOpen(sync.Options{}, "generated.sync.rows_1k"); !errors.Is(err, runs.ErrBusy) {
		t.Errorf("a second sync: %v", err)
	}
}

// TestTheChangesOfAnotherClientAreFound has an admin write between two runs, with the change feed and without.
func TestTheChangesOfAnotherClientAreFound(t *testing.T) {
	for _, feed := range []bool{true, false} {
		t.Run(fmt.Sprint("feed ", feed), func(t *testing.T) {
			w := newWorld(t)
			w.admin("GRANT ALL PRIVILEGES ON CATALOG generated TO `" + demo.AdminID + "`")
			w.admin(fmt.Sprintf("CREATE TABLE generated.sync.made (id BIGINT, name STRING) TBLPROPERTIES (delta.enableChangeDataFeed = %v)", feed))
			w.admin("INSERT INTO generated.sync.made VALUES (1, 'a'), (2, 'b'), (2, 'b'), (NULL, 'n'), (5, NULL)")
			first := w.run(sync.Options{Key: []string{"id"}}, "generated.sync.made")
			w.admin("UPDATE generated.sync.made SET name = 'B' WHERE id = 1")
			w.admin("DELETE FROM generated.sync.made WHERE id IS NULL")
			w.admin("INSERT INTO generated.sync.made VALUES (9, '')")
			second := w.run(sync.Options{Key: []string{"id"}}, "generated.sync.made")
			table := second.Manifest.Find("generated.sync.made")
			if c := table.Changes; c == nil || c.Added != 1 || c.Changed != 1 || c.Removed != 1 || (table.Mode == string(sync.Changes)) != feed {
				t.Fatalf("%s (%s): %+v", table.Mode, table.Reason, table.Changes)
			}
			told, err := os.ReadFile(second.Path(table.Changes.File))
			if err != nil {
				t.Fatal(err)
			}
			if got := applied(w.rows(first, table.Name), string(told)); !slices.Equal(got, sorted(w.rows(second, table.Name))) || len(got) != 5 {
				t.Errorf("the changes lead to %q, and the run has %q\n%s", got, w.rows(second, table.Name), told)
			}
		})
	}
}

// admin runs a statement as the admin, who is another client of the workspace.
func (w *world) admin(statement string) {
	w.Helper()
	ws := w.signIn(w.d.Admin())
	driver, err := dbsql.NewConnector(
		dbsql.WithServerHostname("https://"+ws.Host().Name()), dbsql.WithPort(ws.Host().Port()), dbsql.WithHTTPPath(starterPath),
		dbsql.WithTransport(ws.RoundTripper()), dbsql.WithAuthenticator(authenticator{ws}), dbsql.WithRetries(-1, 0, 0),
	)
	if err != nil {
		w.Fatal(err)
	}
	db := sql.OpenDB(driver)
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(w.Context(), statement); err != nil {
		w.Fatalf("%s: %v", statement, err)
	}
}
