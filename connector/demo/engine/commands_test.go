package engine_test

import (
	"strings"
	"testing"
)

func TestShowAndDescribe(t *testing.T) {
	e, _ := newWorld(t)
	for _, c := range []struct{ sql, want string }{
		{"SHOW CATALOGS", "hr\nmain"},
		{"SHOW CATALOGS LIKE 'm*'", "main"},
		{"SHOW SCHEMAS", "default\nsales"},
		{"SHOW SCHEMAS IN `main`", "default\nsales"},
		{"show tables in main.sales", "sales | everything | false\nsales | orders | false\nsales | totals | false"},
		{"SHOW TABLES LIKE '*r*s|x'", "sales | orders | false"},
		{"SHOW TABLES IN main.information_schema LIKE 'table*s|t*tags'", "information_schema | table_constraints | false\n" +
			"information_schema | table_privileges | false\ninformation_schema | table_tags | false\ninformation_schema | tables | false"},
		{"SHOW VIEWS IN sales", "sales | totals | false | false"},
		{"SHOW COLUMNS IN main.sales.lines", "order_id\nsku"},
		{"SHOW COLUMNS IN lines FROM sales", "order_id\nsku"},
		{"DESCRIBE SCHEMA main.sales", "Catalog Name | main\nNamespace Name | sales\nComment | \nLocation | \nOwner | " + owner},
		{"DESCRIBE CATALOG hr", "Catalog Name | hr\nComment | \nOwner | " + owner + "\nCatalog Type | MANAGED_CATALOG"},
		{"DESCRIBE main.information_schema.catalogs", "catalog_name | string | NULL\ncatalog_owner | string | NULL\ncomment | string | NULL\n" +
			"created | timestamp | NULL\ncreated_by | string | NULL\nlast_altered | timestamp | NULL\nlast_altered_by | string | NULL"},
		{"SHOW GRANTS ON CATALOG main", connector + " | USE CATALOG | CATALOG | main"},
		{"SHOW GRANTS `" + connector + "` ON SCHEMA main.sales", connector + " | USE CATALOG | SCHEMA | main.sales"},
		{"DESCRIBE TABLE main.sales.lines", "order_id | bigint | the order_id\nsku | string | the sku"},
		{"DESC main.sales.totals", "name | string | the name\nsalary | bigint | the salary"},
	} {
		if got, err := run(t, e, admin, c.sql); err != nil || got != c.want {
			t.Errorf("%s: %v\n%s", c.sql, err, got)
		}
	}
	got, err := run(t, e, admin, "DESCRIBE TABLE EXTENDED main.sales.orders")
	if err != nil || !strings.Contains(got, "amount | decimal(10,2) | the amount") || !strings.Contains(got, "Owner | "+owner) || !strings.Contains(got, "Type | MANAGED") {
		t.Errorf("%v\n%s", err, got)
	}
	for sql, want := range map[string]string{
		"SHOW TABLES IN main.nowhere":       "[SCHEMA_NOT_FOUND]",
		"SHOW SYSTEM FUNCTIONS":             "[UNSUPPORTED_FEATURE]",
		"SHOW TABLE EXTENDED IN main.sales": "[PARSE_SYNTAX_ERROR]",
		"SHOW NONSENSE":                     "[PARSE_SYNTAX_ERROR]",
		"SHOW CATALOGS x":                   "[PARSE_SYNTAX_ERROR]",
		"DESCRIBE TABLE main.sales.nothing": "[TABLE_OR_VIEW_NOT_FOUND]",
		"DESCRIBE SCHEMA nowhere":           "[SCHEMA_NOT_FOUND]",
		"DESCRIBE CATALOG nowhere":          "[NO_SUCH_CATALOG_EXCEPTION]",
		"DESCRIBE HISTORY x":                "[UNSUPPORTED_FEATURE]",
	} {
		if _, err := run(t, e, admin, sql); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestATableIsShownInOneTextOfManyLines(t *testing.T) {
	e, _ := newWorld(t)
	got, err := run(t, e, admin, "SHOW TABLE EXTENDED IN main.sales LIKE 'orders|totals|x*'")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"sales | orders | false | Catalog: main\nDatabase: sales\nTable: orders\nOwner: " + owner, "Provider: delta\n",
		" |-- amount: decimal(10,2) (nullable = true)\n", "sales | totals | false | ", "Type: VIEW\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "everything") {
		t.Errorf("a table is shown that is not like the pattern:\n%s", got)
	}
}

func TestUseMovesTheSession(t *testing.T) {
	e, _ := newWorld(t)
	s := e.NewSession(admin, "", "")
	for _, c := range []struct{ sql, catalog, schema string }{
		{"USE CATALOG main", "main", "default"},
		{"USE SCHEMA sales", "main", "sales"},
		{"USE main.default", "main", "default"},
		{"USE `Sales`", "main", "sales"},
	} {
		if _, err := e.Execute(t.Context(), s, c.sql); err != nil {
			t.Fatalf("%s: %v", c.sql, err)
		}
		if catalog, schema := s.Namespace(); catalog != c.catalog || schema != c.schema {
			t.Errorf("%s: now in %s.%s", c.sql, catalog, schema)
		}
	}
	if _, err := e.Execute(t.Context(), s, "USE CATALOG void"); err == nil || !strings.Contains(err.Error(), "NO_SUCH_CATALOG_EXCEPTION") {
		t.Errorf("got %v", err)
	}
	if r, err := e.Execute(t.Context(), s, "SELECT count(*) FROM orders"); err != nil || show(r) != "1000" {
		t.Errorf("the session moved on a failure: %v", err)
	}
}
