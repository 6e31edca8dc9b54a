package engine_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

func TestQueriesReturnWhatTheySay(t *testing.T) {
	e, _ := newWorld(t)
	for _, c := range []struct{ name, sql, rows, types string }{
		{"a number", "SELECT 1", "1", "int"},
		{"a number with a semicolon and comments", "-- first\nselect /* two */ 1 ;", "1", "int"},
		{"literals keep their types", "SELECT 1, 1L, 1.50, 1e3, true, DATE '2024-01-02', TIMESTAMP '2024-01-02 03:04:05', 'it\\'s', NULL",
			"1 | 1 | 1.50 | 1000 | true | 2024-01-02 | 2024-01-02 03:04:05 | it's | NULL",
			"int bigint decimal(3,2) double boolean date timestamp string string"},
		{"strings in double quotes", `SELECT "a ""b'" AS x`, `a "b'`, "string"},
		{"who and where I am", "SELECT current_user(), current_catalog(), current_schema()", admin + " | main | sales", "string string string"},
		{"three parts in back-ticks", "SELECT id FROM `main`.`sales`.`orders` LIMIT 2", "0\n1", "bigint"},
		{"three parts, bare and upper case", "SELECT ID FROM MAIN.Sales.ORDERS LIMIT 1", "0", "bigint"},
		{"two parts", "SELECT id FROM sales.orders WHERE id = 7", "7", "bigint"},
		{"one part", "SELECT orders.id FROM orders WHERE orders.id = 7", "7", "bigint"},
		{"a column by its full name", "SELECT main.sales.orders.id FROM main.sales.orders WHERE sales.orders.id = 7", "7", "bigint"},
		{"an alias", "SELECT o.id, o.* FROM main.sales.orders AS o WHERE o.id = 1", "1 | 1 | customer 1 | 1.01 | 1970-01-01 00:01:00",
			"bigint bigint string decimal(10,2) timestamp"},
		{"a star of a full name", "SELECT main.sales.lines.* FROM main.sales.lines LIMIT 1", "0 | sku-0", "bigint string"},
		{"two tables and a comma", "SELECT count(*) FROM main.sales.orders o, main.hr_free.x WHERE 1=0", "", ""},
		{"a join", "SELECT o.id, l.sku FROM main.sales.orders o JOIN main.sales.lines l ON l.order_id = o.id WHERE o.id = 3 ORDER BY l.sku LIMIT 2",
			"3 | sku-15\n3 | sku-16", "bigint string"},
		{"a join of everything", "SELECT count(*) FROM orders o JOIN lines l ON l.order_id = o.id", "5000", "bigint"},
		{"a sub-select", "SELECT max(id) FROM (SELECT id FROM orders WHERE id < 5) t", "4", "bigint"},
		{"a table expression", "WITH few AS (SELECT id FROM orders WHERE id < 3) SELECT count(*), sum(id) FROM few", "3 | 3", "bigint bigint"},
		{"a table expression with columns", "WITH few(n) AS (SELECT id FROM orders WHERE id < 3) SELECT n FROM few f ORDER BY n", "0\n1\n2", "bigint"},
		{"a union", "SELECT 1 UNION ALL SELECT 2", "1\n2", "int"},
		{"decimals compare as numbers", "SELECT count(*) FROM orders WHERE amount > 9", "991", "bigint"},
		{"the newest timestamp", "SELECT max(created_at), min(o.amount) FROM orders o", "1970-01-01 16:39:00 | 0.00", "timestamp decimal(10,2)"},
		{"casts", "SELECT CAST(1 AS STRING), CAST('2' AS BIGINT), CAST('2024-01-01' AS DATE), CAST(1 AS DECIMAL(5,2))", "1 | 2 | 2024-01-01 | 1.00",
			"string bigint date decimal(5,2)"},
		{"null-safe equality", "SELECT NULL <=> NULL", "true", "boolean"},
		{"comparisons", "SELECT id > 5, NOT id = 6, (id) FROM orders WHERE id = 6", "true | false | 6", "boolean boolean bigint"},
		{"division gives a fraction", "SELECT 1/2, 6 / 4 / 2", "0.5 | 0.75", "double double"},
		{"LIKE tells case apart", "SELECT count(*) FROM orders WHERE customer LIKE 'Customer%' OR customer LIKE '%1'", "100", "bigint"},
		{"a union of types", "SELECT 1 UNION ALL SELECT 3000000000", "1\n3000000000", "bigint"},
		{"a union of very different types", "SELECT id FROM orders WHERE id < 2 UNION ALL SELECT 'x'", "0\n1\nx", "string"},
		{"a mix of numbers", "SELECT 1 UNION ALL SELECT 2.5 UNION ALL SELECT NULL", "1\n2.5\nNULL", "double"},
		{"a view on a view's owner's rights", "SELECT * FROM main.sales.totals", "person 1 | 1000\nperson 2 | 2000", "string bigint"},
		{"a view with short names inside", "SELECT id, amount FROM main.sales.recent", "999 | 999.99\n998 | 998.98\n997 | 997.97", "bigint decimal(10,2)"},
		{"an empty table's columns", "SELECT day, tags FROM everything WHERE 1=0", "", "date array<string>"},
		{"divisors of all kinds", "SELECT 8/2/2, 8/(2+2), 1/-2, id/abs(-2), 7 % 4, 1/CASE WHEN id = 1 THEN 2 END, 6/orders.id*2 FROM orders WHERE id = 1",
			"2 | 2 | -0.5 | 0.5 | 3 | 0.5 | 12", "double double double double bigint double double"},
		{"a division that is not reached", "SELECT CASE WHEN id = 0 THEN 0 ELSE 1/id END FROM orders WHERE id < 2", "0\n1", "double"},
		{"sums of decimals", "SELECT sum(amount), avg(amount), max(amount) FROM orders WHERE id < 3", "3.03 | 1.010000 | 2.02",
			"decimal(20,2) decimal(14,6) decimal(10,2)"},
		{"sums of decimals with many digits", "SELECT sum(exact) FROM everything", "12345678901234567890.123456789012345679", "decimal(38,18)"},
		{"sums over a window", "SELECT id, sum(id) OVER (ORDER BY id ROWS 1 PRECEDING) FROM orders WHERE id < 4", "0 | 0\n1 | 1\n2 | 3\n3 | 5", "bigint bigint"},
		{"sums of nothing", "SELECT sum(id), avg(id) FROM orders WHERE 1=0", "NULL | NULL", "bigint double"},
		{"values of nested types", "SELECT array(1, NULL, 3), map('a', 1.5, 'b', 2.0), named_struct('x', true, 'when', DATE'2024-01-02', 'in', array('it''s', 'b')) s",
			`[1,null,3] | {"a":1.5,"b":2.0} | {"x":true,"when":"2024-01-02","in":["it's","b"]}`,
			"array<int> map<string,decimal(2,1)> struct<x:boolean,when:date,in:array<string>>"},
		{"nested values of a table's columns", "SELECT array(id, id), struct(id, customer, 1), map(id, amount) FROM orders WHERE id = 2",
			`[2,2] | {"id":2,"customer":"customer 2","col3":1} | {"2":2.02}`, "array<bigint> struct<id:bigint,customer:string,col3:int> map<bigint,decimal(10,2)>"},
		{"a range", "SELECT sum(id), count(*) FROM range(1000)", "499500 | 1000", "bigint bigint"},
		{"a range with an alias and steps", "SELECT r.id FROM range(10, 4, -2) AS r", "10\n8\n6", "bigint"},
		{"a range joined", "SELECT count(*) FROM range(3) a JOIN range(2, 4) b ON a.id = b.id", "1", "bigint"},
		{"casts that are tried", "SELECT TRY_CAST('abc' AS INT), TRY_CAST('7' AS INT)", "NULL | 7", "int int"},
		{"casts of all kinds", "SELECT CAST('2024-02-29T01:02:03Z' AS TIMESTAMP), CAST('2024-02-29 01:02:03' AS DATE), CAST('yes' AS BOOLEAN), " +
			"CAST(2.7 AS INT), CAST('1.005' AS DECIMAL(10,2)), CAST(1e7 AS STRING), CAST('12345678901234567890.5' AS DECIMAL(38,1))",
			"2024-02-29 01:02:03 | 2024-02-29 | true | 2 | 1.01 | 1.0E7 | 12345678901234567890.5", "timestamp date boolean int decimal(10,2) string decimal(38,1)"},
		{"a column of the wrong kind in a union", "SELECT day FROM everything WHERE ratio = 1.5 UNION ALL SELECT 'never'", "2024-02-29\nnever", "string"},
		{"a keyword of SQLite as a name", "SELECT 1 AS index, 2 AS key", "1 | 2", "int int"},
		{"distinct from", "SELECT count(*) FROM orders WHERE id IS DISTINCT FROM 5", "999", "bigint"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := e.Execute(t.Context(), e.NewSession(admin, "", ""), c.sql)
			if strings.Contains(c.sql, "hr_free") {
				if err == nil || !strings.Contains(err.Error(), "`hr_free`") {
					t.Fatalf("the second table was not looked for: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := show(r); got != c.rows {
				t.Errorf("rows:\n%s\nwant:\n%s", got, c.rows)
			}
			if got := types(r); got != c.types {
				t.Errorf("types: %s\nwant:  %s", got, c.types)
			}
		})
	}
}

func TestEveryTypeSurvivesWithItsNulls(t *testing.T) {
	e, _ := newWorld(t)
	got, err := run(t, e, admin, "SELECT * FROM main.sales.everything")
	if err != nil {
		t.Fatal(err)
	}
	want := "true | 1 | 1152921504606846976 | 1.5 | 12.50 | 12345678901234567890.123456789012345678 | naïve 'text' | 2024-02-29 | 2024-02-29 13:14:15.123456 | [0 1 255] | [\"a\",\"b\"]\n" +
		strings.TrimSuffix(strings.Repeat("NULL | ", 11), " | ") + "\n" +
		"false | -1 | -5 | -0.25 | -0.05 | 0.000000000000000001 |  | 1999-12-31 | 1970-01-01 00:00:00 | [9] | []"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestFailuresCarryDatabricksClassAndState(t *testing.T) {
	e, _ := newWorld(t)
	for _, c := range []struct{ name, sql, class, state, text string }{
		{"no such table", "SELECT * FROM main.sales.nothing", "TABLE_OR_VIEW_NOT_FOUND", "42P01", "`main`.`sales`.`nothing`"},
		{"no such table in the namespace", "SELECT * FROM nothing", "TABLE_OR_VIEW_NOT_FOUND", "42P01", "view `nothing` cannot"},
		{"no such schema", "SELECT * FROM main.nowhere.x", "TABLE_OR_VIEW_NOT_FOUND", "42P01", "view `main`.`nowhere`.`x` cannot be found. Verify the spelling and correctness of the schema " +
			"and catalog.\nSearch path: [`system`.`session`, `system`.`builtin`, `system`.`ai`, `main`.`sales`].\nIf you"},
		{"no such catalog", "SELECT * FROM void.nowhere.x", "NO_SUCH_CATALOG_EXCEPTION", "42704", "Catalog 'void' was not found"},
		{"no such column", "SELECT nope FROM orders", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703", "`nope`"},
		{"a quoted name is not a string", "SELECT `nope`", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703", "`nope`"},
		{"SQLite's row number", "SELECT rowid FROM orders", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703", "`rowid`"},
		{"no such function", "SELECT nope(1)", "UNRESOLVED_ROUTINE", "42883", "`nope` on search path [`system`.`session`, `system`.`builtin`, `system`.`ai`, `main`.`sales`]"},
		{"a function of SQLite", "SELECT load_extension('x')", "UNRESOLVED_ROUTINE", "42883", "load_extension"},
		{"not SQL", "SELEC 1", "PARSE_SYNTAX_ERROR", "42601", "at or near 'SELEC'"},
		{"nothing", "  -- only a comment", "PARSE_EMPTY_STATEMENT", "42617", "empty statement"},
		{"half a statement", "SELECT 1 +", "PARSE_SYNTAX_ERROR", "42601", ""},
		{"an open quote", "SELECT 'x", "PARSE_SYNTAX_ERROR", "42601", "'"},
		{"an open comment", "SELECT 1 /* x", "UNCLOSED_BRACKETED_COMMENT", "42601", ""},
		{"two statements", "SELECT 1; SELECT 2", "PARSE_SYNTAX_ERROR", "42601", "'SELECT'"},
		{"a pragma", "PRAGMA table_info(x)", "PARSE_SYNTAX_ERROR", "42601", "'PRAGMA'"},
		{"an attachment", "ATTACH 'x' AS y", "PARSE_SYNTAX_ERROR", "42601", "'ATTACH'"},
		{"SQLite's own table", "SELECT * FROM sqlite_master", "TABLE_OR_VIEW_NOT_FOUND", "42P01", "sqlite_master"},
		{"SQLite's own table function", "SELECT * FROM pragma_database_list()", "UNRESOLVED_TABLE_VALUED_FUNCTION", "42883", ""},
		{"a change hidden in a query", "WITH x AS (SELECT 1) DELETE FROM main.sales.orders", "PARSE_SYNTAX_ERROR", "42601", "'DELETE'"},
		{"a statement it does not run", "CREATE FUNCTION x() RETURN 1", "UNSUPPORTED_FEATURE", "0A000", "CREATE"},
		{"nothing to divide by", "SELECT id / (id - id) FROM orders", "DIVIDE_BY_ZERO", "22012", "Division by zero. Use `try_divide`"},
		{"no remainder of zero", "SELECT 5 % 0", "DIVIDE_BY_ZERO", "22012", ""},
		{"a cast of what is no number", "SELECT CAST('abc' AS INT)", "CAST_INVALID_INPUT", "22018", "The value 'abc' of the type \"STRING\" cannot be cast to \"INT\""},
		{"a cast of what is too large", "SELECT CAST(300 AS TINYINT)", "CAST_OVERFLOW", "22003", "300"},
		{"a decimal that is too large", "SELECT CAST(12345.6 AS DECIMAL(5,2))", "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", "22003", "Decimal(5, 2)"},
		{"a number with an endless exponent", "SELECT CAST('1e999999999' AS DECIMAL(38,0))", "CAST_INVALID_INPUT", "22018", ""},
		{"a cast to a type there is not", "SELECT CAST(1 AS MONEY)", "UNSUPPORTED_DATATYPE", "0A000", "MONEY"},
		{"a date that does not exist", "SELECT DATE '2023-02-29'", "INVALID_TYPED_LITERAL", "42604", "2023-02-29"},
		{"a sum that is too large", "SELECT sum(9223372036854775807) FROM orders", "ARITHMETIC_OVERFLOW", "22003", ""},
		{"a function of SQLite with another meaning", "SELECT random()", "UNSUPPORTED_FEATURE", "0A000", "function `random`"},
		{"a view of the information schema there is not", "SELECT * FROM main.information_schema.nonsense", "TABLE_OR_VIEW_NOT_FOUND", "42P01", "`nonsense`"},
		{"an information schema of nothing", "SELECT * FROM void.information_schema.tables", "NO_SUCH_CATALOG_EXCEPTION", "42704", ""},
		{"a map without a key", "SELECT map(NULL, 1)", "UNSUPPORTED_FEATURE", "0A000", "map(NULL, 1)"},
		{"a map with a key twice", "SELECT map('a', 1, 'a', 2)", "DUPLICATED_MAP_KEY", "23505", "a"},
		{"an array of things that do not go together", "SELECT array(1, 'a')", "UNSUPPORTED_FEATURE", "0A000", "array(1, 'a')"},
		{"an array where its type cannot be told", "SELECT * FROM (SELECT array(1) AS a) t", "UNSUPPORTED_FEATURE", "0A000", "`array`"},
		{"a function of Databricks", "SELECT concat_ws(',', regexp_count(customer, 'a')) FROM orders", "UNSUPPORTED_FEATURE", "0A000", "does not have the function `regexp_count`"},
		{"a table function of Databricks", "SELECT * FROM read_files('/Volumes/a')", "UNSUPPORTED_FEATURE", "0A000", "`read_files`"},
		{"a range without an end", "SELECT * FROM range()", "PARSE_SYNTAX_ERROR", "42601", "')'"},
		{"a missing parameter", "SELECT :x", "UNBOUND_SQL_PARAMETER", "42P02", "x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := run(t, e, admin, c.sql)
			var failed *engine.Error
			if !errors.As(err, &failed) {
				t.Fatalf("got %v", err)
			}
			if failed.Class != c.class || failed.SQLState != c.state || !strings.Contains(failed.Message, c.text) {
				t.Errorf("got %v", failed)
			}
			if !strings.HasPrefix(err.Error(), "["+c.class+"] ") || !strings.Contains(err.Error(), " SQLSTATE: "+c.state) {
				t.Errorf("text is %q", err)
			}
		})
	}
}

func TestParametersAreValuesAndNotSQL(t *testing.T) {
	e, _ := newWorld(t)
	got, err := run(t, e, admin, "SELECT :who, count(*) FROM orders WHERE customer = :who",
		engine.Param{Name: "who", Value: "customer 1' OR '1'='1"})
	if err != nil || got != "customer 1' OR '1'='1 | 0" {
		t.Errorf("got %q, %v", got, err)
	}
	got, err = run(t, e, admin, "SELECT id FROM orders WHERE id > ? AND id < ?", engine.Param{Value: int64(5)}, engine.Param{Value: int64(8)})
	if err != nil || got != "6\n7" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestAnEndlessQueryStopsWithItsContext(t *testing.T) {
	e, _ := newWorld(t)
	for name, sql := range map[string]string{
		"inside SQLite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
		"between rows":  "SELECT a.id FROM lines a2, lines b, lines c, orders a",
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error)
			go func() {
				_, err := e.Execute(ctx, e.NewSession(admin, "", ""), sql)
				done <- err
			}()
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if got, err := run(t, e, admin, "SELECT 1"); err != nil || got != "1" {
				t.Errorf("the connection is not usable afterwards: %q, %v", got, err)
			}
		})
	}
}

func TestAResultThatIsTooLargeIsRefused(t *testing.T) {
	_, w := newWorld(t)
	e, err := engine.New(w, engine.Options{MaxValues: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	_, err = run(t, e, admin, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
	if err == nil || !strings.Contains(err.Error(), "RESULT_SIZE_EXCEEDED") {
		t.Errorf("got %v", err)
	}
}

func TestATableIsMadeWhenItIsFirstRead(t *testing.T) {
	_, w := newWorld(t)
	made := 0
	e, err := engine.New(w, engine.Options{Lookup: func(n engine.Name) (engine.Table, bool) {
		return engine.Table{Columns: columns(t, "n int"), Rows: 2, Row: func(i int) []any { made++; return []any{i} }}, n.Table == "lazy"
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	w.tables[engine.NewName("main", "sales", "lazy")] = true
	for range 2 {
		if got, err := run(t, e, admin, "SELECT n FROM main.sales.lazy"); err != nil || got != "0\n1" {
			t.Fatalf("got %q, %v", got, err)
		}
	}
	if made != 4 {
		t.Errorf("made %d rows to read 2 rows twice", made)
	}
}

func TestRowsInsertedLaterAreSeen(t *testing.T) {
	e, _ := newWorld(t)
	name := engine.NewName("main", "sales", "everything")
	if got, err := run(t, e, admin, "SELECT count(*) FROM everything"); err != nil || got != "3" {
		t.Fatalf("got %q, %v", got, err)
	}
	if err := e.Insert(name, everything[:1]); err != nil {
		t.Fatal(err)
	}
	if got, err := run(t, e, admin, "SELECT count(*) FROM everything"); err != nil || got != "4" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := e.Insert(name, [][]any{{1}}); err == nil {
		t.Error("a row with too few values was accepted")
	}
}

func TestManyStatementsRunAtOnce(t *testing.T) {
	e, _ := newWorld(t)
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for range 3 {
				if got, err := run(t, e, admin, "SELECT count(*), sum(id) FROM orders WHERE id < 100"); err != nil || got != "100 | 4950" {
					t.Errorf("got %q, %v", got, err)
				}
			}
		})
	}
	group.Wait()
}
