package engine_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

func TestWhatDatabricksSpellsInAWayOfItsOwnRuns(t *testing.T) {
	e, _ := newWorld(t)
	for _, c := range []struct{ sql, rows, types string }{
		{"SELECT '7'::INT, (1 + 1)::string, id::decimal(5,1), o.id::string::bigint, DATE '2024-01-02'::timestamp FROM orders o WHERE id = 7",
			"7 | 2 | 7.0 | 7 | 2024-01-02 00:00:00", "int string decimal(5,1) bigint timestamp"},
		{"SELECT concat('a', id::string), abs(id - 9)::int FROM orders WHERE id::string = '7' AND id IN (7)", "a7 | 2", "string int"},
		{"SELECT * EXCEPT (amount, `Created_At`) FROM main.sales.orders WHERE id < 2", "0 | customer 0\n1 | customer 1", "bigint string"},
		{"SELECT o.* EXCEPT (customer, created_at), 1 AS one FROM orders AS o WHERE id = 3 ORDER BY 1", "3 | 3.03 | 1", "bigint decimal(10,2) int"},
		{"SELECT n FROM (SELECT * EXCEPT (customer) FROM orders LIMIT 1) AS t(n, a, c)", "0", "bigint"},
		{"SELECT table_name FROM (SELECT * EXCEPT (comment) FROM main.information_schema.tables) WHERE table_type = 'VIEW' AND table_schema = 'sales'", "totals", "string"},
		{"SELECT * FROM VALUES (1, 'a'), (2, 'b')", "1 | a\n2 | b", "bigint string"},
		{"SELECT col2 FROM VALUES (1, 'a'), (2, 'b') WHERE col1 = 2", "b", "string"},
		{"SELECT t.x, y FROM VALUES (1, 'a'), (2, 'b') AS t(x, y) WHERE x = 2", "2 | b", "bigint string"},
		{"SELECT n FROM VALUES 1, 2 AS t(n)", "1\n2", "bigint"},
		{"SELECT t.col1 FROM(VALUES(1),(2))t", "1\n2", "bigint"},
		{"VALUES (1, 'a')", "1 | a", "bigint string"},
		{"SELECT a FROM (SELECT id FROM orders WHERE id < 2) AS t(a) JOIN (SELECT 1) AS u(b) ON a = b", "1", "bigint"},
		{"SELECT customer, count(*) FROM orders WHERE id < 20 GROUP BY ALL HAVING count(*) > 1 ORDER BY 1 LIMIT 1", "customer 0 | 2", "string bigint"},
		{"SELECT count(*) FROM orders GROUP BY ALL", "1000", "bigint"},
		{"SELECT id % 2, customer AS c, max(id) FROM orders WHERE id < 2 GROUP BY ALL ORDER BY 3", "0 | customer 0 | 0\n1 | customer 1 | 1", "bigint string bigint"},
		{"SELECT count(*) FROM orders TABLESAMPLE (5 ROWS)", "5", "bigint"},
		{"SELECT count(*) FROM range(2) r,orders TABLESAMPLE(5 ROWS)", "10", "bigint"},
		{"SELECT max(s.id) FROM main.sales.orders TABLESAMPLE (5 ROWS) AS s", "4", "bigint"},
		{"SELECT id FROM orders WHERE id < 3 MINUS SELECT id FROM orders WHERE id > 0", "0", "bigint"},
		{"(SELECT id FROM orders WHERE id < 2)", "0\n1", "bigint"},
		{"((SELECT 'a' AS x))", "a", "string"},
		{"(SELECT id FROM orders ORDER BY id DESC LIMIT 1) LIMIT 1", "999", "bigint"},
		{"(SELECT 1 AS x) UNION ALL (SELECT 2) ORDER BY x DESC", "2\n1", "bigint"},
		{"SELECT x FROM ((SELECT 1 AS x) EXCEPT (SELECT 2)) AS t WHERE x IN ((SELECT 1) UNION DISTINCT (SELECT 3))", "1", "bigint"},
		{"SELECT abs((SELECT min(id) FROM orders)) FROM lines WHERE order_id IN (SELECT 1) UNION SELECT 7", "0\n7", "bigint"},
		{"SELECT x FROM (WITH few AS (SELECT id AS x FROM orders LIMIT 1) SELECT x FROM few)", "0", "bigint"},
	} {
		r, err := e.Execute(t.Context(), e.NewSession(admin, "", ""), c.sql)
		if err != nil {
			t.Errorf("%s: %v", c.sql, err)
			continue
		}
		if show(r) != c.rows || types(r) != c.types {
			t.Errorf("%s:\n%s\nof types %s", c.sql, show(r), types(r))
		}
	}
	r, err := e.Execute(t.Context(), e.NewSession(admin, "", ""), "SELECT 1::string, * EXCEPT (order_id) FROM lines LIMIT 1")
	if err != nil || r.Columns[0].Name != "CAST(1 AS string)" || r.Columns[1].Name != "sku" {
		t.Errorf("names: %v, %v", r, err)
	}
}

func TestWhatAQueryHasThatIsNotHereIsNamed(t *testing.T) {
	e, _ := newWorld(t)
	for sql, name := range map[string]string{
		"SELECT id FROM orders QUALIFY row_number() OVER (ORDER BY id) = 1": "QUALIFY",
		"SELECT * EXCEPT (id) FROM orders JOIN lines ON id = order_id":      "* EXCEPT",
		"WITH t AS (SELECT 1 AS a) SELECT * EXCEPT (a) FROM t":              "* EXCEPT",
		"SELECT * FROM orders TABLESAMPLE (10 PERCENT)":                     "TABLESAMPLE",
		"SELECT * FROM orders LATERAL VIEW explode(array(1)) AS x":          "LATERAL VIEW",
		"SELECT * FROM orders, LATERAL (SELECT 1)":                          "LATERAL",
		"SELECT * FROM orders PIVOT (sum(id) FOR customer IN ('a'))":        "PIVOT",
		"SELECT * FROM orders LEFT SEMI JOIN lines ON id = order_id":        "SEMI JOIN",
		"SELECT * FROM orders ANTI JOIN lines ON id = order_id":             "ANTI JOIN",
		"SELECT * FROM orders VERSION AS OF 1":                              "VERSION AS OF",
		"SELECT * FROM orders TIMESTAMP AS OF '2024-01-01'":                 "TIMESTAMP AS OF",
		"SELECT customer FROM orders WHERE customer ILIKE 'A%'":             "ILIKE",
		"SELECT customer RLIKE 'a' FROM orders":                             "RLIKE",
		"SELECT tags[0] FROM everything":                                    "[",
		"SELECT filter(tags, x -> x > 1) FROM everything":                   "->",
		"SELECT note:a.b FROM everything":                                   ":",
		"SELECT DATE '2024-01-01' + INTERVAL 1 DAY":                         "INTERVAL",
		"SELECT extract(YEAR FROM at) FROM everything":                      "EXTRACT",
		"SELECT id FROM orders DISTRIBUTE BY id":                            "DISTRIBUTE BY",
		"SELECT id, count(*) FROM orders GROUP BY id WITH ROLLUP":           "WITH ROLLUP",
		"SELECT id FROM orders EXCEPT ALL SELECT id FROM orders":            "EXCEPT ALL",
		"FROM orders |> SELECT id":                                          "",
		"SELECT *, count(*) FROM orders GROUP BY ALL":                       "GROUP BY ALL over *",
	} {
		_, err := run(t, e, admin, sql)
		want := "[UNSUPPORTED_FEATURE] The embedded workspace does not run " + name
		if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "0A000") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for sql, want := range map[string]string{
		"SELECT * EXCEPT (nope) FROM orders": "42703", "SELECT * EXCEPT (id) FROM nothing": "42P01", "SELECT ::INT": "42601", "SELECT 1 +": "42601",
		"SELECT * FROM VALUES": "42601", "SELECT 1::": "42601", "SELECT 'qualify' FORM x y z": "42601",
	} {
		if _, err := run(t, e, admin, sql); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// TestAColumnThatIsCalledLikeAKeywordCanBeLeftOut has those that a query begins with, joins queries or ends a clause with, because Databricks
// reserves none of them.
func TestAColumnThatIsCalledLikeAKeywordCanBeLeftOut(t *testing.T) {
	e, w := newWorld(t)
	words := strings.Fields("values select with from minus union except group order limit all distinct case end date timestamp cast key index")
	name := engine.NewName("main", "sales", "words")
	if err := e.CreateTable(engine.Table{Name: name, Columns: columns(t, "left_over int; "+strings.Join(words, " int; ")+" int"), Row: func(int) []any { return nil }}); err != nil {
		t.Fatal(err)
	}
	w.tables[name] = true
	names := func(sql string) string {
		t.Helper()
		r, err := e.Execute(t.Context(), e.NewSession(admin, "", ""), sql)
		if err != nil {
			t.Errorf("%s: %v", sql, err)
			return ""
		}
		var all []string
		for _, c := range r.Columns {
			all = append(all, c.Name)
		}
		return strings.Join(all, " ")
	}
	for i, word := range words {
		want := strings.Join(slices.Concat([]string{"left_over"}, words[:i], words[i+1:]), " ")
		for _, sql := range []string{"SELECT * EXCEPT (" + word + ") FROM words", "SELECT w.* EXCEPT(`" + word + "`) FROM words AS w"} {
			if got := names(sql); got != want {
				t.Errorf("%s: %s", sql, got)
			}
		}
	}
	if got := names("SELECT * EXCEPT (" + strings.Join(words, ", ") + ") FROM words UNION (SELECT 1)"); got != "left_over" {
		t.Errorf("without all of them: %s", got)
	}
}
