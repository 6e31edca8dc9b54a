package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// written is a creation on one line.
func written(c engine.Creation) string {
	var columns []string
	for _, column := range c.Columns {
		columns = append(columns, strings.TrimSpace(fmt.Sprint(column.Name, " ", column.Type, map[bool]string{false: " not null"}[column.Nullable], " ", column.Comment)))
	}
	return fmt.Sprint(c.On.Type, " ", strings.Join(c.On.Name, "."), " [", strings.Join(columns, "; "), "] ", len(c.Rows), " ", c.Replace, " ", c.Comment, " ", c.SQL)
}

func TestWhatAStatementMakesGoesToTheAuthority(t *testing.T) {
	e, w := newWorld(t)
	for sql, want := range map[string]string{
		"CREATE CATALOG IF NOT EXISTS Made COMMENT 'it''s mine'": "CATALOG made [] 0 false it's mine ",
		"create schema x":                    "SCHEMA main.x [] 0 false  ",
		"CREATE DATABASE hr.x COMMENT \"y\"": "SCHEMA hr.x [] 0 false y ",
		"CREATE TABLE t (a INT)":             "TABLE main.sales.t [a int] 0 false  ",
		"CREATE TABLE main.s.t (a BIGINT NOT NULL COMMENT 'key', `b c` DECIMAL(10, 2), d ARRAY<STRUCT<x: INT, y: MAP<STRING, DATE>>>) USING DELTA COMMENT 'all'": "" +
			"TABLE main.s.t [a bigint not null key; b c decimal(10,2); d array<struct<x:int,y:map<string,date>>>] 0 false all ",
		"CREATE OR REPLACE TABLE t AS SELECT id, amount FROM main.sales.orders LIMIT 3": "TABLE main.sales.t [id bigint; amount decimal(10,2)] 3 true  ",
		"CREATE TABLE t AS VALUES (1, 'a'), (2, NULL)":                                  "TABLE main.sales.t [col1 bigint; col2 string] 2 false  ",
		"CREATE VIEW v COMMENT 'short' AS SELECT id FROM orders -- all of them":         "VIEW main.sales.v [id bigint] 0 false short SELECT id FROM orders",
		"CREATE VIEW v AS (\n SELECT id FROM orders\n)":                                 "VIEW main.sales.v [id bigint] 0 false  ( SELECT id FROM orders )",
		"CREATE VIEW hr.people.v AS SELECT id FROM main.sales.orders":                   "VIEW hr.people.v [id bigint] 0 false  SELECT id FROM main.sales.orders",
	} {
		w.made = nil
		if _, err := run(t, e, admin, sql); err != nil || len(w.made) != 1 || strings.TrimSpace(written(w.made[0])) != strings.TrimSpace(want) {
			t.Errorf("%s: %v", sql, err)
			for _, c := range w.made {
				t.Logf("%s", written(c))
			}
		}
	}
	for sql, want := range map[string]string{
		"CREATE VIEW hr.people.v AS SELECT id FROM orders": "[UNSUPPORTED_FEATURE] The embedded workspace does not run CREATE VIEW outside the view's schema",
		"CREATE TABLE t":                                     "[PARSE_SYNTAX_ERROR]",
		"CREATE TABLE t (a INT":                              "[PARSE_SYNTAX_ERROR]",
		"CREATE TABLE t (a NONSENSE)":                        "[PARSE_SYNTAX_ERROR]",
		"CREATE TABLE t (a INT) x y":                         "[UNSUPPORTED_FEATURE] The embedded workspace does not run CREATE TABLE with X",
		"CREATE SCHEMA a.b.c":                                "[PARSE_SYNTAX_ERROR]",
		"CREATE VIEW v AS DELETE FROM orders":                "[PARSE_SYNTAX_ERROR]",
		"CREATE TABLE t (a INT) AS SELECT 1":                 "[UNSUPPORTED_FEATURE]",
		"DROP SCHEMA":                                        "[PARSE_SYNTAX_ERROR]",
		"DROP TABLE t CASCADE":                               "[PARSE_SYNTAX_ERROR]",
		"INSERT INTO orders (id, nothing) VALUES (1, 2)":     "[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION]",
		"INSERT INTO lines VALUES (1)":                       "[INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS]",
		"INSERT INTO lines VALUES (1, 2, 3)":                 "[INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS]",
		"INSERT INTO lines VALUES ('x', 'y')":                "[CAST_INVALID_INPUT]",
		"INSERT INTO main.sales.lines SELECT * FROM nowhere": "[TABLE_OR_VIEW_NOT_FOUND]",
	} {
		if _, err := run(t, e, admin, sql); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestWhatAStatementDropsAndInsertsGoesToTheAuthority(t *testing.T) {
	e, w := newWorld(t)
	for _, sql := range []string{"DROP TABLE IF EXISTS t", "drop view hr.people.v", "DROP SCHEMA x CASCADE", "DROP DATABASE IF EXISTS hr.x RESTRICT", "DROP CATALOG c"} {
		if _, err := run(t, e, admin, sql); err != nil {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if got := strings.Join(w.dropped, ", "); got != "TABLE main.sales.t false, VIEW hr.people.v false, SCHEMA main.x true, SCHEMA hr.x false, CATALOG c false" {
		t.Errorf("dropped %s", got)
	}
	for sql, want := range map[string]string{
		"INSERT INTO lines VALUES (1, 'a'), ('2', 3)":                      "main.sales.lines [[1 a] [2 3]]",
		"INSERT INTO TABLE main.sales.lines (sku, order_id) SELECT 'b', 7": "main.sales.lines [[7 b]]",
		"INSERT INTO lines (order_id) VALUES (NULL)":                       "main.sales.lines [[<nil> <nil>]]",
	} {
		w.inserted = nil
		if got, err := run(t, e, admin, sql); err != nil || len(w.inserted) != 1 || w.inserted[0] != want {
			t.Errorf("%s: %s, %v: %v", sql, got, err, w.inserted)
		}
	}
	for _, sql := range []string{"INSERT INTO lines VALUES (1, 'a')", "DROP TABLE lines", "CREATE TABLE t (a INT)"} {
		if _, err := run(t, e, connector, sql); err == nil || !strings.Contains(err.Error(), "SQLSTATE: 42501") {
			t.Errorf("%s by one who may not: %v", sql, err)
		}
	}
}

// TestAViewIsMadeWithoutReadingItsQueryToTheEnd makes one over a query that has none.
func TestAViewIsMadeWithoutReadingItsQueryToTheEnd(t *testing.T) {
	e, w := newWorld(t)
	const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, 'x' AS t FROM n"
	if _, err := run(t, e, admin, "CREATE VIEW v AS "+endless); err != nil || len(w.made) != 1 {
		t.Fatalf("%d were made, %v", len(w.made), err)
	}
	if got := written(w.made[0]); !strings.HasPrefix(got, "VIEW main.sales.v [i bigint; t string]") {
		t.Errorf("made %s", got)
	}
}
