package run

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// open is an authority that lets everybody read and nobody write.
type open struct{ objects.Authority }

func (open) Read(string, dialect.Name) error { return nil }
func (open) Write(who string, t dialect.Name) error {
	return objects.InsufficientPermissions("MODIFY", "Table", t.String())
}

// TestSQLiteItselfRefusesWhatTheFrontEndWouldStop hands statements to SQLite
// that never get that far, to see that the second fence stands on its own.
func TestSQLiteItselfRefusesWhatTheFrontEndWouldStop(t *testing.T) {
	c, err := openConn()
	if err != nil {
		t.Fatal(err)
	}
	defer c.sqlite.Close()
	c.run = &statement{ctx: t.Context(), principal: "somebody", auth: open{}, decided: map[readKey]error{}}
	table := &objects.Table{Name: dialect.NewName("c", "s", "t"), Columns: []values.Column{{Name: "id", Type: values.IntType}}, Rows: 1, Row: func(int) []any { return []any{1} }}
	if err := c.declare(table, ""); err != nil {
		t.Fatal(err)
	}
	collect := func(sql string) error {
		return c.collect(t.Context(), &dialect.Query{SQL: sql}, nil, Pages{}.within(100, 1000), func(*values.Result, bool) error { return nil })
	}
	if err := collect(`SELECT id FROM "c.s.t"`); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		`DELETE FROM "c.s.t"`, `INSERT INTO "c.s.t" VALUES (1)`, `UPDATE "c.s.t" SET id = 2`, `DROP TABLE "c.s.t"`,
		`CREATE TABLE x (a)`, `CREATE TEMP TABLE x (a)`, `CREATE VIEW v AS SELECT 1`, `CREATE VIRTUAL TABLE x USING workspace_table`,
		`ATTACH ':memory:' AS x`, `PRAGMA database_list`, `PRAGMA case_sensitive_like = 0`, `VACUUM`, `BEGIN`, `SAVEPOINT x`, `ANALYZE`,
		`SELECT * FROM sqlite_master`, `SELECT * FROM pragma_database_list`, `SELECT * FROM json_each('[1]')`,
		`SELECT load_extension('x')`, `SELECT length(zeroblob(100000000))`, `ALTER TABLE "c.s.t" RENAME TO x`,
	} {
		c.run.denied = nil
		if err := collect(sql); err == nil || !strings.Contains(err.Error(), "authoriz") && !strings.Contains(err.Error(), "prohibited") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	c.run = nil
	if err := collect(`SELECT 1`); err == nil {
		t.Error("a statement ran without anybody being asked")
	}
}
