package demo_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// TestATableIsChangedWithItsRows changes the columns of a table with rows in it: they go along, the log has each change, and a version of before has
// the columns of before.
func TestATableIsChangedWithItsRows(t *testing.T) {
	w, _ := start(t, "ready")
	db := open(t, w, w.Admin(), starter)
	for _, statement := range []string{
		"CREATE CATALOG made", "CREATE SCHEMA made.s", "CREATE TABLE made.s.t (a INT, b STRING)", "INSERT INTO made.s.t VALUES (1, 'one'), (NULL, 'none')",
		"ALTER TABLE made.s.t ADD COLUMNS (c DOUBLE COMMENT 'new', d STRING FIRST)", "INSERT INTO made.s.t VALUES ('x', 2, 'two', 2.5)",
		"ALTER TABLE made.s.t SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')", "ALTER TABLE made.s.t DROP COLUMN d",
		"ALTER TABLE made.s.t RENAME COLUMN b TO name", "COMMENT ON SCHEMA made.s IS 'it is made'",
		"GRANT ALL PRIVILEGES ON CATALOG inventory TO `" + demo.AdminID + "`", "COMMENT ON TABLE made.s.t IS NULL",
	} {
		exec(t, db, statement)
	}
	for query, want := range map[string]string{
		"SELECT coalesce(a, -1), name, coalesce(c, -1) FROM made.s.t ORDER BY name":    "-1 none -1;1 one -1;2 two 2.5",
		"SELECT b FROM made.s.t VERSION AS OF 1 ORDER BY b":                            "none;one",
		"SELECT comment FROM made.information_schema.schemata WHERE schema_name = 's'": "it is made",
	} {
		if got := strings.Join(lines(t, db, query), ";"); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	history := "CREATE TABLE;WRITE;ADD COLUMNS;WRITE;SET TBLPROPERTIES;DROP COLUMNS;RENAME COLUMN"
	if got := operations(t, db, "made.s.t"); got != history {
		t.Errorf("the log has %s, not %s", got, history)
	}
	for query, want := range map[string]string{
		"ALTER TABLE made.s.t ALTER COLUMN a SET NOT NULL":        "[DELTA_NEW_NOT_NULL_VIOLATION] 1 rows in made.s.t violate",
		"ALTER TABLE made.s.t ADD COLUMN NAME STRING":             "[FIELD_ALREADY_EXISTS]",
		"ALTER TABLE made.s.t ADD COLUMN e STRING AFTER z":        "[FIELD_NOT_FOUND] No such struct field `z` in `a`, `name`, `c`",
		"ALTER TABLE made.s.t ADD COLUMN e STRING NOT NULL":       "[UNSUPPORTED_FEATURE]",
		"ALTER TABLE made.s.t DROP COLUMN z":                      "[FIELD_NOT_FOUND]",
		"ALTER TABLE made.s.t DROP COLUMNS (a, name, c)":          "[DELTA_DROP_COLUMN_ON_SINGLE_FIELD_SCHEMA]",
		"ALTER TABLE made.s.t RENAME COLUMN a TO c":               "[FIELD_ALREADY_EXISTS]",
		"ALTER TABLE made.s.t ALTER COLUMN a TYPE BIGINT":         "[UNSUPPORTED_FEATURE]",
		"ALTER TABLE made.s.t UNSET TBLPROPERTIES ('nothing')":    "[UNSET_NONEXISTENT_PROPERTIES]",
		"ALTER TABLE inventory.assets.components DROP COLUMN id":  "[DELTA_UNSUPPORTED_DROP_COLUMN]",
		"ALTER TABLE inventory.assets.contracts DROP NONSENSE":    "[UNSUPPORTED_FEATURE]",
		"ALTER TABLE inventory.assets.contracts ADD COLUMN e INT": "The columns of table 'inventory.assets.contracts' cannot be changed here.",
		"ALTER TABLE inventory.assets.components CLUSTER BY (id)": "[UNSUPPORTED_FEATURE]",
		"COMMENT ON NONSENSE x IS 'y'":                            "[UNSUPPORTED_FEATURE]",
		"COMMENT ON TABLE made.s.nothing IS 'y'":                  "[TABLE_OR_VIEW_NOT_FOUND]",
	} {
		if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", query, err)
		}
	}
	ordinary := open(t, w, w.Connector(), starter)
	for query, want := range map[string]string{
		"ALTER TABLE made.s.t ADD COLUMN e STRING": "USE CATALOG on Catalog 'made'",
		"COMMENT ON CATALOG made IS 'mine'":        "MANAGE on Catalog 'made'",
	} {
		if _, err := ordinary.Exec(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s as %s: %v", query, demo.ConnectorID, err)
		}
	}
}

// operations are what the log of a table says was done to it, the first thing first.
func operations(t *testing.T, db *sql.DB, table string) string {
	t.Helper()
	rows, err := db.QueryContext(ctx, "DESCRIBE HISTORY "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		out = append([]string{fmt.Sprint(*values[slices.Index(columns, "operation")].(*any))}, out...)
	}
	return strings.Join(out, ";")
}

// TestColumnsHaveTheirLimits has a table that could not be declared, and names that are too long.
func TestColumnsHaveTheirLimits(t *testing.T) {
	w, _ := start(t, "ready")
	db := open(t, w, w.Admin(), starter)
	columns := make([]string, 1999)
	for i := range columns {
		columns[i] = fmt.Sprintf("c%d INT", i)
	}
	for _, statement := range []string{
		"CREATE CATALOG made", "CREATE SCHEMA made.s", "CREATE TABLE made.s.t (a INT)", "ALTER TABLE made.s.t ADD COLUMNS (" + strings.Join(columns, ", ") + ")",
	} {
		exec(t, db, statement)
	}
	if got := lines(t, db, "SELECT count(a) FROM made.s.t"); !slices.Equal(got, []string{"0"}) {
		t.Errorf("the widest table has %q", got)
	}
	long := strings.Repeat("n", 256)
	for query, want := range map[string]string{
		"ALTER TABLE made.s.t ADD COLUMN one INT":                                      "at most 2000 columns",
		"CREATE TABLE made.s.wide (" + strings.Join(columns, ", ") + ", x INT, y INT)": "at most 2000 columns",
		"CREATE TABLE made.s.long (" + long + " INT)":                                  "at most 255 characters",
		"CREATE TABLE made.s.long AS SELECT 1 AS " + long:                              "at most 255 characters",
	} {
		if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v", query, err)
		}
	}
}
