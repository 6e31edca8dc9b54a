package sync_test

import (
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

// orders is a table in which rows change later than they came, and some never had a time.
const orders = "generated.sync.orders"

func (w *world) orders(columnType string, values ...string) {
	w.Helper()
	w.admin("GRANT ALL PRIVILEGES ON CATALOG generated TO `" + demo.AdminID + "`")
	w.admin("CREATE TABLE " + orders + " (id BIGINT, name STRING, `changed ``at` " + columnType + ") TBLPROPERTIES (delta.enableChangeDataFeed = true)")
	w.admin("INSERT INTO " + orders + " VALUES " + strings.Join(values, ", "))
}

func (w *world) byCursor(o sync.Options) sync.Options {
	w.Helper()
	o.Format, o.Key, o.Cursors = format.NDJSON, []string{"id"}, []sync.Cursor{{Table: w.table(orders), Column: "changed `at"}}
	return o
}

// TestOnlyNewerRowsAreReadByACursor has rows change, come at the very boundary, come without a value, and be removed, for each type that has
// an order. The rows of the run are those of the table, but for what a cursor cannot see.
func TestOnlyNewerRowsAreReadByACursor(t *testing.T) {
	for columnType, at := range map[string][3]string{
		"TIMESTAMP": {"TIMESTAMP'2026-01-01 00:00:00.000001Z'", "TIMESTAMP'2026-06-01 12:00:00.123456Z'", "TIMESTAMP'2026-06-01 12:00:00.123457Z'"},
		"DATE":      {"DATE'2026-01-01'", "DATE'2026-06-01'", "DATE'2026-06-02'"}, "BIGINT": {"-1", "9007199254740993", "9007199254740994"},
		"DECIMAL(20,4)": {"-1.5", "1234567890123456.0001", "1234567890123456.0002"}, "STRING": {"'a'", `'it\'s \\ b'`, `'it\'s \\ c'`}, "SMALLINT": {"1", "2", "3"},
	} {
		t.Run(columnType, func(t *testing.T) {
			w := newWorld(t)
			w.orders(columnType, "(1, 'old', "+at[0]+")", "(2, 'top', "+at[1]+")", "(3, 'none', NULL)", "(4, 'gone', "+at[0]+")")
			o := w.byCursor(sync.Options{})
			first := w.run(o, orders)
			if got := first.Manifest.Find(orders); got.Mode != string(sync.Full) || got.Cursor == nil || got.Cursor.Highest == nil {
				t.Fatalf("%s: %s: %+v", got.Mode, got.Reason, got.Cursor)
			}
			w.admin("UPDATE " + orders + " SET name = 'new', `changed ``at` = " + at[2] + " WHERE id = 1")
			w.admin("DELETE FROM " + orders + " WHERE id = 4")
			w.admin("UPDATE " + orders + " SET name = 'still none' WHERE id = 3")
			w.admin("INSERT INTO " + orders + " VALUES (5, 'at the boundary', " + at[1] + "), (6, 'none either', NULL)")
			before := w.statements("IS NULL")
			second := w.run(o, orders)
			got := second.Manifest.Find(orders)
			if c := got.Changes; got.Mode != string(sync.Newer) || c == nil || c.Added != 2 || c.Changed != 2 || c.Removed != 0 || w.statements("IS NULL") != before+1 {
				t.Fatalf("%s: %s: %+v by %s", got.Mode, got.Reason, got.Changes, got.Statements)
			}
			if len(got.Statements) != 1 || !strings.Contains(got.Statements[0], "(`changed ``at` >= ") || !strings.Contains(got.Statements[0], " OR `changed ``at` IS NULL)") {
				t.Errorf("%s", got.Statements)
			}
			var names []string
			for _, row := range w.rows(second, orders) {
				_, rest, _ := strings.Cut(row, `"name":"`)
				name, _, _ := strings.Cut(rest, `"`)
				names = append(names, name)
			}
			if want := []string{"at the boundary", "gone", "new", "none either", "still none", "top"}; !slices.Equal(sorted(names), want) {
				t.Errorf("%q", names)
			}
			told, err := os.ReadFile(second.Path(got.Changes.File))
			if err != nil {
				t.Fatal(err)
			}
			if lines := applied(w.rows(first, orders), string(told)); !slices.Equal(lines, sorted(w.rows(second, orders))) {
				t.Errorf("the changes lead to %q", lines)
			}
			if third := w.run(o, orders).Manifest.Find(orders); third.Mode != string(sync.Unchanged) || *third.Cursor.Highest != *got.Cursor.Highest {
				t.Errorf("%s: %s: %v", third.Mode, third.Reason, third.Cursor)
			}
		})
	}
}

// TestAViewIsReadByACursor reads what has no versions, twice without a change between.
func TestAViewIsReadByACursor(t *testing.T) {
	w := newWorld(t)
	w.orders("INT", "(1, 'a', 1)", "(2, 'b', 2)")
	w.admin("CREATE VIEW generated.sync.seen AS SELECT * FROM " + orders)
	o := sync.Options{Format: format.NDJSON, Key: []string{"id"}, Cursors: []sync.Cursor{{Table: w.table("generated.sync.seen"), Column: "changed `at"}}}
	w.run(o, "generated.sync.seen")
	second := w.run(o, "generated.sync.seen")
	if got := second.Manifest.Find("generated.sync.seen"); got.Mode != string(sync.Newer) || got.Rows != 2 || got.Changes.Added+got.Changes.Changed+got.Changes.Removed != 0 {
		t.Errorf("%s: %s: %+v", got.Mode, got.Reason, got.Changes)
	}
	w.admin("INSERT INTO " + orders + " VALUES (3, 'c', 2)")
	third := w.run(o, "generated.sync.seen")
	if got := third.Manifest.Find("generated.sync.seen"); got.Rows != 3 || got.Changes.Added != 1 {
		t.Errorf("%s: %s: %+v", got.Mode, got.Reason, got.Changes)
	}
	w.admin("INSERT INTO " + orders + " VALUES (3, 'twice', 9)") // of which none replaces the other
	fourth := w.run(o, "generated.sync.seen").Manifest.Find("generated.sync.seen")
	if fourth.Mode != string(sync.Full) || !strings.Contains(fourth.Reason, "its key is in several rows") || fourth.Rows != 4 {
		t.Errorf("%s: %s: %d rows", fourth.Mode, fourth.Reason, fourth.Rows)
	}
}

func TestRowsBelowAValueAreLeftOut(t *testing.T) {
	w := newWorld(t)
	w.orders("TIMESTAMP", "(1, 'below', TIMESTAMP'2026-01-01 00:00:00Z')", "(2, 'at', TIMESTAMP'2026-06-01 00:00:00Z')", "(3, 'none', NULL)", "(4, 'above', TIMESTAMP'2026-07-01 00:00:00Z')")
	w.run(sync.Options{Format: format.NDJSON}, orders)
	o := w.byCursor(sync.Options{Since: "2026-06-01T02:00:00+02:00", Slice: 1})
	got := w.run(o, orders)
	table := got.Manifest.Find(orders)
	if table.Rows != 3 || table.Mode != string(sync.Full) || table.Changes != nil || table.Cursor.Since != o.Since || len(table.Files) < 2 {
		t.Errorf("%s: %s: %d rows, %+v", table.Mode, table.Reason, table.Rows, table.Changes)
	}
	if rows := strings.Join(w.rows(got, orders), "\n"); strings.Contains(rows, "below") || !strings.Contains(rows, "none") {
		t.Errorf("%s", rows)
	}
	w.admin("INSERT INTO " + orders + " VALUES (5, 'below', TIMESTAMP'2026-05-31 23:59:59.999999Z'), (6, 'above', TIMESTAMP'2026-08-01 00:00:00Z')")
	if table = w.run(o, orders).Manifest.Find(orders); table.Rows != 4 || table.Changes.Added != 1 || !strings.Contains(table.Reason, "only some of its rows are read") {
		t.Errorf("%s: %s: %d rows, %+v", table.Mode, table.Reason, table.Rows, table.Changes)
	}
	for since, remedy := range map[string]string{"yesterday": "Give --since a time", "' OR 1=1": "Give --since a time", "20000-01-01": "Give --since a time"} {
		o.Since = since
		if err := w.fails(o, orders); !errors.Is(err, connector.ErrInput) || !strings.Contains(says(err), remedy) {
			t.Errorf("%s: %v", since, err)
		}
	}
}

func says(err error) string {
	what, remedy := connector.Words(err)
	return what + " " + remedy
}

func TestWhatCannotBeACursorIsRefusedByName(t *testing.T) {
	for columnType, want := range map[string]string{"BINARY": "binary, which has no exact order", "DOUBLE": "double, which", "ARRAY<INT>": "array<int>, which", "BOOLEAN": "boolean, which"} {
		w := newWorld(t)
		w.orders(columnType, "(1, 'a', NULL)")
		if err := w.fails(w.byCursor(sync.Options{}), orders); !errors.Is(err, sync.ErrCursor) || !strings.Contains(says(err), "Column changed `at is "+want) {
			t.Errorf("%s: %v", columnType, err)
		}
	}
	w := newWorld(t)
	w.orders("INT", "(1, 'a', NULL)")
	o := w.byCursor(sync.Options{})
	o.Key = nil
	if err := w.fails(o, orders); !errors.Is(err, sync.ErrCursor) || !strings.Contains(says(err), "--key") {
		t.Errorf("without a key: %v", err)
	}
	o = w.byCursor(sync.Options{})
	o.Cursors[0].Column = "other"
	if err := w.fails(o, orders); !errors.Is(err, connector.ErrInput) || !strings.Contains(says(err), "no column other") {
		t.Errorf("another column: %v", err)
	}
	o = w.byCursor(sync.Options{})
	if got := w.run(o, orders).Manifest.Find(orders); got.Cursor.Highest != nil {
		t.Errorf("the highest of no value is %q", *got.Cursor.Highest)
	}
	w.admin("INSERT INTO " + orders + " VALUES (2, 'b', 7)")
	if got := w.run(o, orders).Manifest.Find(orders); got.Mode != string(sync.Changes) || got.Rows != 2 || *got.Cursor.Highest != "7" {
		t.Errorf("%s: %s: %+v", got.Mode, got.Reason, got.Cursor)
	}
}

// TestARowThatACursorDidNotSeeGoIsGoneWithoutTheCursor leaves the cursor out, or names another one, in the run after, at once or behind one in
// which nothing changed.
func TestARowThatACursorDidNotSeeGoIsGoneWithoutTheCursor(t *testing.T) {
	for name, after := range map[string]struct {
		column string
		waits  bool
	}{"without a cursor": {"", false}, "by another cursor": {"id", false}, "after one without a change": {"", true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.orders("INT", "(1, 'a', 1)", "(4, 'gone', 2)")
			o := w.byCursor(sync.Options{})
			w.run(o, orders)
			w.admin("DELETE FROM " + orders + " WHERE id = 4")
			w.admin("INSERT INTO " + orders + " VALUES (5, 'b', 3)")
			if got := w.run(o, orders).Manifest.Find(orders); got.Mode != string(sync.Newer) || got.Rows != 3 {
				t.Fatalf("%s: %s: %d rows", got.Mode, got.Reason, got.Rows)
			}
			if after.waits {
				if got := w.run(o, orders).Manifest.Find(orders); got.Mode != string(sync.Unchanged) {
					t.Fatalf("%s: %s", got.Mode, got.Reason)
				}
				w.admin("INSERT INTO " + orders + " VALUES (6, 'c', 3)")
				w.admin("DELETE FROM " + orders + " WHERE id = 5")
			}
			o.Cursors[0].Column = after.column
			if after.column == "" {
				o.Cursors = nil
			}
			got := w.run(o, orders).Manifest.Find(orders)
			if got.Mode != string(sync.Full) || got.Rows != 2 || got.Changes.Removed == 0 || !strings.Contains(got.Reason, "the last run was read by a cursor") {
				t.Errorf("%s: %s: %d rows, %+v", got.Mode, got.Reason, got.Rows, got.Changes)
			}
			if next := w.run(o, orders).Manifest.Find(orders); next.Mode != string(sync.Unchanged) || next.Rows != 2 {
				t.Errorf("then %s: %s: %d rows", next.Mode, next.Reason, next.Rows)
			}
		})
	}
}

// TestAHighestValueThatIsNotKnownIsTheReason has nothing but NULL in the column at first, and no change feed.
func TestAHighestValueThatIsNotKnownIsTheReason(t *testing.T) {
	w := newWorld(t)
	w.orders("INT", "(1, 'a', NULL)")
	w.admin("ALTER TABLE " + orders + " SET TBLPROPERTIES (delta.enableChangeDataFeed = false)")
	o := w.byCursor(sync.Options{})
	w.run(o, orders)
	w.admin("INSERT INTO " + orders + " VALUES (2, 'b', NULL)")
	if got := w.run(o, orders).Manifest.Find(orders); got.Mode != string(sync.Full) || !strings.HasSuffix(got.Reason, "the last run found no highest value of its cursor") {
		t.Errorf("%s: %s", got.Mode, got.Reason)
	}
}

// TestACursorIsNamedWithItsTable reads what a person typed.
func TestACursorIsNamedWithItsTable(t *testing.T) {
	w := newWorld(t)
	one, other := w.table("generated.sync.rows_1k"), w.table("generated.sync.without_feed")
	for text, want := range map[string]sync.Cursor{
		"rows_1k=id": {Table: one, Column: "id"}, "generated.sync.without_feed=a=b": {Table: other, Column: "a=b"}, "id": {}, "rows=id": {}, "": {}, "rows_1k=": {},
	} {
		got, err := sync.ParseCursor(text, []connector.TableName{one, other})
		if got != want || (err != nil) != (want == sync.Cursor{}) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	twice := []connector.TableName{w.table("a.x.orders"), w.table("a.y.orders")}
	if got, err := sync.ParseCursor("orders=at", twice); !errors.Is(err, connector.ErrInput) || !strings.Contains(says(err), "a.x.orders=at") {
		t.Errorf("of two tables: %v, %v", got, err)
	}
	if got, err := sync.ParseCursor("a.y.orders=at", twice); err != nil || got.Table != twice[1] {
		t.Errorf("of the second: %v, %v", got, err)
	}
	if got, err := sync.ParseCursor("a=b", []connector.TableName{one}); err != nil || got.Column != "a=b" {
		t.Errorf("of one table: %v, %v", got, err)
	}
}

// TestARunByACursorGoesOnAfterAStop stops while the newer rows are read.
func TestARunByACursorGoesOnAfterAStop(t *testing.T) {
	w := newWorld(t)
	w.orders("INT", "(1, 'a', 1)", "(2, 'b', 2)")
	o := w.byCursor(sync.Options{Slice: 300})
	w.run(o, orders)
	w.admin("INSERT INTO " + orders + " VALUES (3, 'c', 3)")
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "``at` >= ", Status: http.StatusServiceUnavailable}})
	_ = w.fails(o, thousand, orders)
	w.d.Play(nil)
	w.admin("INSERT INTO " + orders + " VALUES (4, 'd', 3)")
	got := w.run(o, thousand, orders)
	if table := got.Manifest.Find(orders); table.Rows != 3 || *table.Version != 2 {
		t.Errorf("it went on with %d rows of version %d", table.Rows, *table.Version)
	}
	if table := w.run(o, thousand, orders).Manifest.Find(orders); table.Mode != string(sync.Newer) || table.Rows != 4 || *table.Cursor.Highest != "3" {
		t.Errorf("%s: %s: %d rows", table.Mode, table.Reason, table.Rows)
	}
}
