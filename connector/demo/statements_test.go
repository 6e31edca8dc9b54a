package demo_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/service/catalog"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// TestATableIsMadeFilledReadAndDropped goes the way of a tool that writes, through the SQL driver and REST.
func TestATableIsMadeFilledReadAndDropped(t *testing.T) {
	w, admin, _ := people(t)
	db := open(t, w, w.Admin(), starter)
	for _, statement := range []string{
		"CREATE CATALOG made COMMENT 'in SQL'",
		"CREATE SCHEMA made.s",
		"CREATE SCHEMA IF NOT EXISTS made.s",
		"CREATE TABLE made.s.t (id BIGINT NOT NULL COMMENT 'key', price DECIMAL(10,2), day DATE, at TIMESTAMP, ok BOOLEAN, tags ARRAY<STRING>) COMMENT 'prices'",
		"INSERT INTO made.s.t SELECT 1, 2.5, '2026-11-28', '2026-11-28 10:00:00', true, array('a', 'b')",
		"INSERT INTO made.s.t VALUES (2, NULL, NULL, NULL, NULL, NULL)",
		"INSERT INTO made.s.t (id, ok) SELECT 3, false",
		"CREATE TABLE made.s.kept AS SELECT id, price FROM made.s.t WHERE id < 3",
		"CREATE VIEW made.s.cheap AS SELECT id FROM made.s.t WHERE price < 10",
	} {
		exec(t, db, statement)
	}
	for query, want := range map[string]string{
		"SELECT count(*), sum(id) FROM made.s.t":                                           "3 6",
		"SELECT * FROM made.s.t WHERE id = 1":                                              `1 2.50 2026-11-28T00:00:00 2026-11-28T10:00:00 true ["a","b"]`,
		"SELECT ok FROM made.s.t WHERE id = 3":                                             "false",
		"SELECT count(price), count(*) FROM made.s.kept":                                   "1 2",
		"SELECT id FROM made.s.cheap":                                                      "1",
		"SELECT table_type FROM made.information_schema.tables WHERE table_name = 'cheap'": "VIEW",
	} {
		if got := strings.Join(lines(t, db, query), ", "); got != want {
			t.Errorf("%s: %s", query, got)
		}
	}
	info, err := tables(admin).GetByFullName(ctx, "made.s.t")
	if err != nil || len(info.Columns) != 6 || info.Columns[0].Comment != "key" || info.Columns[0].Nullable || info.Comment != "prices" || info.Owner != demo.AdminID {
		t.Errorf("REST says %+v, %v", info, err)
	}
	if view, err := tables(admin).GetByFullName(ctx, "made.s.cheap"); err != nil || view.TableType != catalog.TableTypeView || !strings.HasPrefix(view.ViewDefinition, "SELECT id") {
		t.Errorf("REST says %+v, %v", view, err)
	}
	for statement, want := range map[string][2]string{
		"CREATE CATALOG made":                     {"42P06", "[CATALOG_ALREADY_EXISTS]"},
		"CREATE SCHEMA made.s":                    {"42P06", "[SCHEMA_ALREADY_EXISTS]"},
		"CREATE TABLE made.s.t (a INT)":           {"42P07", "[TABLE_OR_VIEW_ALREADY_EXISTS]"},
		"DROP SCHEMA made.s":                      {"2BP01", "[SCHEMA_NOT_EMPTY]"},
		"DROP TABLE made.s.cheap":                 {"42809", "[WRONG_COMMAND_FOR_OBJECT_TYPE]"},
		"DROP VIEW made.s.t":                      {"42809", "Use DROP TABLE instead."},
		"DROP TABLE made.s.nothing":               {"42P01", "[TABLE_OR_VIEW_NOT_FOUND]"},
		"DROP CATALOG nothing":                    {"42704", "[NO_SUCH_CATALOG_EXCEPTION]"},
		"INSERT INTO made.s.t (ok) VALUES (true)": {"23502", "NOT NULL constraint violated for column: id."},
		"INSERT INTO made.s.cheap VALUES (1)":     {"22023", "Nothing can be inserted"},
		"DROP CATALOG samples CASCADE":            {"22023", "samples"},
	} {
		_, err := db.ExecContext(ctx, statement)
		expectState(t, err, want[0], want[1])
	}
	for _, statement := range []string{
		"CREATE OR REPLACE TABLE made.s.t (other STRING)", "INSERT INTO made.s.t VALUES ('new')", "DROP VIEW made.s.cheap", "DROP VIEW IF EXISTS made.s.cheap",
	} {
		exec(t, db, statement)
	}
	if got := strings.Join(lines(t, db, "SELECT * FROM made.s.t"), ", "); got != "new" {
		t.Errorf("after it was replaced: %s", got)
	}
	exec(t, db, "DROP TABLE made.s.t")
	exec(t, db, "CREATE TABLE made.s.t (a INT)")
	if got := lines(t, db, "SELECT * FROM made.s.t"); len(got) != 0 {
		t.Errorf("made again it has %q", got)
	}
	exec(t, db, "DROP CATALOG made CASCADE")
	if _, err := tables(admin).GetByFullName(ctx, "made.s.kept"); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("after its catalog was dropped: %v", err)
	}
}

// TestAStatementThatMakesTakesWhatIsDocumentedForIt grants one privilege after another.
func TestAStatementThatMakesTakesWhatIsDocumentedForIt(t *testing.T) {
	w, _, _ := people(t)
	db, own := open(t, w, w.Admin(), starter), open(t, w, w.Connector(), starter)
	walk := func(statement string, steps ...string) {
		t.Helper()
		for i := 0; i < len(steps); i += 2 {
			_, err := own.ExecContext(ctx, statement)
			expectState(t, err, "42501", "does not have "+steps[i])
			exec(t, db, "GRANT "+steps[i+1]+" TO `"+demo.ConnectorID+"`")
		}
		exec(t, own, statement)
	}
	walk("CREATE SCHEMA sales.mine", "USE CATALOG on Catalog 'sales'", "USE CATALOG ON CATALOG sales", "CREATE SCHEMA on Catalog 'sales'", "CREATE SCHEMA ON CATALOG sales")
	exec(t, own, "CREATE TABLE sales.mine.t AS SELECT 1 AS a")
	walk("CREATE TABLE sales.crm.mine (a INT)", "USE SCHEMA on Schema 'sales.crm'", "USE SCHEMA ON SCHEMA sales.crm",
		"CREATE TABLE on Schema 'sales.crm'", "CREATE TABLE ON SCHEMA sales.crm")
	walk("CREATE VIEW sales.crm.seen AS SELECT * FROM sales.crm.accounts", "SELECT on Table 'sales.crm.accounts'", "SELECT ON TABLE sales.crm.accounts")
	walk("INSERT INTO sales.crm.accounts (id) VALUES (4711)", "MODIFY on Table 'sales.crm.accounts'", "MODIFY ON TABLE sales.crm.accounts")
	if n, err := count(own, "SELECT count(*) FROM sales.crm.seen WHERE id = 4711"); err != nil || n != 1 {
		t.Errorf("through the view: %d, %v", n, err)
	}
	walk("DROP TABLE sales.crm.accounts", "MANAGE on Table 'sales.crm.accounts'", "MANAGE ON TABLE sales.crm.accounts")
	exec(t, own, "DROP SCHEMA sales.mine CASCADE")
	walk("CREATE CATALOG mine", "CREATE CATALOG on Metastore 'metastore'", "CREATE CATALOG ON METASTORE")
	exec(t, own, "DROP CATALOG mine")
}
