package engine

import (
	"strings"
	"testing"
)

// open is an authority that lets everybody read and nobody write.
type open struct{ Authority }

func (open) Read(string, Name) error { return nil }
func (open) Write(who string, t Name) error {
	return InsufficientPermissions("MODIFY", "Table", t.String())
}

// TestSQLiteItselfRefusesWhatTheFrontEndWouldStop hands statements to SQLite
// that never get that far, to see that the second fence stands on its own.
func TestSQLiteItselfRefusesWhatTheFrontEndWouldStop(t *testing.T) {
	c, err := openConn()
	if err != nil {
		t.Fatal(err)
	}
	defer c.sqlite.Close()
	c.run = &run{ctx: t.Context(), principal: "somebody", auth: open{}, decided: map[readKey]error{}}
	table := &Table{Name: NewName("c", "s", "t"), Columns: []Column{{Name: "id", Type: IntType}}, Rows: 1, Row: func(int) []any { return []any{1} }}
	if err := c.declare(table, ""); err != nil {
		t.Fatal(err)
	}
	collect := func(sql string) error {
		_, err := c.collect(t.Context(), sql, nil, 100, func(int, int, string) (Type, bool) { return Type{}, false })
		return err
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
