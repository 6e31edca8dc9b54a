package engine_test

import (
	"strings"
	"testing"
)

func TestAStatementThatDatabricksKnowsIsRefusedByItsName(t *testing.T) {
	e, _ := newWorld(t)
	for sql, name := range map[string]string{
		"MERGE WITH SCHEMA EVOLUTION INTO orders t USING lines s ON t.id = s.order_id": "MERGE WITH SCHEMA EVOLUTION",
		"COPY INTO orders FROM '/Volumes/x' FILEFORMAT = CSV":                          "COPY INTO",
		"INSERT OVERWRITE TABLE orders SELECT 1":                                       "INSERT OVERWRITE",
		"TRUNCATE TABLE orders":                                                        "TRUNCATE TABLE",
		"OPTIMIZE main.sales.orders ZORDER BY (id)":                                    "OPTIMIZE",
		"VACUUM orders RETAIN 7 HOURS":                                                 "VACUUM",
		"ANALYZE TABLE orders COMPUTE STATISTICS":                                      "ANALYZE TABLE",
		"create or replace function f(x INT) returns int return x":                     "CREATE FUNCTION",
		"CREATE OR REFRESH STREAMING TABLE x AS SELECT 1":                              "CREATE STREAMING TABLE",
		"CREATE MATERIALIZED VIEW x AS SELECT 1":                                       "CREATE MATERIALIZED VIEW",
		"CREATE EXTERNAL LOCATION x URL 'abfss://a' WITH (STORAGE CREDENTIAL b)":       "CREATE EXTERNAL LOCATION",
		"CREATE EXTERNAL TABLE x (a INT)":                                              "CREATE TABLE",
		"CREATE TABLE x (a INT) LOCATION 'abfss://a'":                                  "CREATE TABLE with LOCATION",
		"CREATE TABLE x (a INT GENERATED ALWAYS AS IDENTITY)":                          "CREATE TABLE with GENERATED of a column",
		"CREATE TABLE x (a INT) TBLPROPERTIES ('a' = 'b')":                             "CREATE TABLE with TBLPROPERTIES",
		"CREATE SCHEMA x MANAGED LOCATION 'abfss://a'":                                 "CREATE SCHEMA with MANAGED",
		"CREATE VIEW x (a) AS SELECT 1":                                                "CREATE VIEW with a list of columns",
		"CREATE TEMPORARY VIEW x AS SELECT 1":                                          "CREATE VIEW",
		"ALTER TABLE orders ADD COLUMN x INT":                                          "ALTER TABLE",
		"ALTER CATALOG main SET OWNER TO x":                                            "ALTER CATALOG",
		"EXPLAIN SELECT 1":                                                             "EXPLAIN",
		"EXECUTE IMMEDIATE 'SELECT 1'":                                                 "EXECUTE IMMEDIATE",
		"REFRESH TABLE orders":                                                         "REFRESH TABLE",
		"REFRESH orders":                                                               "REFRESH",
		"FROM orders SELECT id":                                                        "FROM",
		"SET VAR x = 1":                                                                "SET VARIABLE",
		"SHOW CREATE TABLE orders":                                                     "SHOW CREATE TABLE",
		"SHOW TABLES DROPPED IN main.sales":                                            "SHOW TABLES DROPPED",
		"SHOW TBLPROPERTIES orders":                                                    "SHOW TBLPROPERTIES",
		"DESCRIBE HISTORY orders":                                                      "DESCRIBE HISTORY",
		"DESCRIBE STORAGE CREDENTIAL x":                                                "DESCRIBE STORAGE CREDENTIAL",
		"DESCRIBE TABLE EXTENDED orders AS JSON":                                       "DESCRIBE AS JSON",
	} {
		want := "[UNSUPPORTED_FEATURE] The embedded workspace does not run " + name + " statements. SQLSTATE: 0A000"
		if _, err := run(t, e, admin, sql); err == nil || err.Error() != want {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for sql, want := range map[string]string{
		"DELETE FROM orders": "42501", "MERGE WITH SCHEMA EVOLUTION INTO main.sales.orders USING x ON y": "42501", "DROP TABLE orders": "42501", // first comes what one may
		"CREATE NONSENSE x": "at or near 'NONSENSE'", "MERGE orders": "at or near 'orders'", "DROP orders": "at or near 'orders'",
	} {
		if _, err := run(t, e, connector, sql); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestACatalogIsSetAndAColumnDescribed(t *testing.T) {
	e, _ := newWorld(t)
	for _, sql := range []string{"SET CATALOG main", "SET CATALOG 'MAIN'", "USE CATALOG `main`", "USE CATALOG 'main'"} {
		s := e.NewSession(admin, "hr", "people")
		if _, err := e.Execute(t.Context(), s, sql); err != nil {
			t.Errorf("%s: %v", sql, err)
		}
		if catalog, schema := s.Namespace(); catalog != "main" || schema != "default" {
			t.Errorf("%s: now in %s.%s", sql, catalog, schema)
		}
	}
	s := e.NewSession(admin, "", "")
	if _, err := e.Execute(t.Context(), s, "USE main.information_schema"); err != nil {
		t.Error(err)
	}
	if r, err := e.Execute(t.Context(), s, "SELECT count(*) FROM schemata"); err != nil || show(r) != "2" {
		t.Errorf("inside the information schema: %v", err)
	}
	got, err := run(t, e, admin, "DESCRIBE TABLE main.sales.orders Amount")
	if want := "col_name | amount\ndata_type | decimal(10,2)\ncomment | the amount"; err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
	if _, err := run(t, e, admin, "DESC orders nope"); err == nil || !strings.Contains(err.Error(), "[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION]") {
		t.Errorf("a column there is not: %v", err)
	}
}
