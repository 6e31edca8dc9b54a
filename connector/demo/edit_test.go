package demo_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// answers runs queries and expects what each gives, its rows by commas.
func answers(t *testing.T, read func(string) []string, want map[string]string) {
	t.Helper()
	for query, want := range want {
		if got := strings.Join(read(query), ", "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// TestAnotherClientChangesRows inserts, updates and deletes, and reads every version and what changed between them.
func TestAnotherClientChangesRows(t *testing.T) {
	w, clock := start(t, "sync")
	db := open(t, w, w.Admin(), starter)
	read := func(query string) []string { return lines(t, db, query) }
	for _, statement := range []string{
		"CREATE CATALOG made", "CREATE SCHEMA made.s",
		"CREATE TABLE made.s.t (id BIGINT NOT NULL, name STRING, price DECIMAL(10,2), seen DATE, active BOOLEAN, site STRUCT<city: STRING>) " +
			"TBLPROPERTIES (delta.enableChangeDataFeed = true)",
		"INSERT INTO made.s.t (id, name, price, seen, active) VALUES (1, 'one', 1.5, DATE '2026-01-01', true), (2, NULL, 2.5, NULL, false), " +
			"(3, 'three', NULL, NULL, NULL), (4, 'four', 4, NULL, true)",
		"CREATE TABLE made.s.gone AS SELECT * FROM VALUES (3L), (9L), (NULL) AS v(id)",
		"GRANT ALL PRIVILEGES ON CATALOG inventory TO `" + demo.AdminID + "`",
	} {
		exec(t, db, statement)
	}
	for _, step := range []struct{ statement, affected, rows string }{
		{"UPDATE made.s.t SET name = upper(name), price = price + 1 WHERE id <= 2", "2", "1 ONE 2.50|2 null 3.50|3 three null|4 four 4.00"},
		{"UPDATE made.s.t AS x SET x.name = 'second', price = DEFAULT WHERE x.name IS NULL", "1", "1 ONE 2.50|2 second null|3 three null|4 four 4.00"},
		{"DELETE FROM made.s.t WHERE price > 3", "1", "1 ONE 2.50|2 second null|3 three null"},                        // NULL > 3 is not true
		{"DELETE FROM made.s.t WHERE NOT (price > 3)", "1", "2 second null|3 three null"},                             // and its opposite is not either
		{"DELETE FROM made.s.t z WHERE EXISTS (SELECT 1 FROM made.s.gone g WHERE g.id = z.id)", "1", "2 second null"}, // correlated
		{"INSERT INTO made.s.t (id, name) VALUES (5, 'five'), (6, 'six')", "2 2", "2 second null|5 five null|6 six null"},
		{"UPDATE made.s.t SET id = id + 10, name = (SELECT max(name) FROM made.s.t)", "3", "12 six null|15 six null|16 six null"},
		{"DELETE FROM made.s.t WHERE id NOT IN (SELECT id FROM made.s.gone)", "0", "12 six null|15 six null|16 six null"}, // one of them is NULL
		{"DELETE FROM made.s.t WHERE id IN (SELECT max(id) FROM made.s.t)", "1", "12 six null|15 six null"},
		{"UPDATE made.s.t SET active = id > 12, seen = '2026-02-03', price = 7", "2", "12 six 7.00|15 six 7.00"},
		{"DELETE FROM made.s.t", "2", ""},
		{"DELETE FROM made.s.t", "0", ""},
		{"INSERT INTO made.s.t (id) VALUES (20)", "1 1", "20 null null"},
	} {
		clock.Advance(time.Minute)
		if got := strings.Join(read(step.statement), "|"); got != step.affected {
			t.Errorf("%s: %s rows, want %s", step.statement, got, step.affected)
		}
		if got := strings.Join(read("SELECT id, name, price FROM made.s.t ORDER BY id"), "|"); got != step.rows {
			t.Fatalf("after %s: %s, want %s", step.statement, got, step.rows)
		}
	}
	answers(t, read, map[string]string{
		"SELECT count(*) FROM made.s.t VERSION AS OF 4":                                             "3",
		"SELECT id, name, price FROM made.s.t VERSION AS OF 1 WHERE id = 1":                         "1 one 1.50",
		"SELECT id, name, price FROM made.s.t@v2 WHERE id = 1":                                      "1 ONE 2.50",
		"SELECT id, active, seen FROM made.s.t VERSION AS OF 10 ORDER BY id":                        "12 false 2026-02-03T00:00:00, 15 true 2026-02-03T00:00:00",
		"SELECT _change_type, id, name FROM table_changes('made.s.t', 2, 2)":                        "update_preimage 1 one, update_preimage 2 null, update_postimage 1 ONE, update_postimage 2 null",
		"SELECT _change_type, id, price FROM table_changes('made.s.t', 4, 4)":                       "delete 4 4.00",
		"SELECT count(*) FROM table_changes('made.s.t', 11, 11) WHERE _change_type = 'delete'":      "2",
		"SELECT _change_type, count(*) FROM table_changes('made.s.t', 1) GROUP BY 1 ORDER BY 1":     "delete 6, insert 7, update_postimage 8, update_preimage 8",
		"SELECT DISTINCT _commit_version FROM table_changes('made.s.t', 0) ORDER BY 1 DESC LIMIT 1": "12",
	})
	changesLeadOn(t, db, "made.s.t", 1, 10)
	history := read("DESCRIBE HISTORY made.s.t")
	for n, want := range map[int][]string{
		2: {" UPDATE ", `[\"(id <= 2)\"]`, `"numUpdatedRows":"2"`, `"numCopiedRows":"2"`}, 4: {" DELETE ", `[\"(price > 3)\"]`, `"numDeletedRows":"1"`},
		11: {" DELETE ", `predicate":"[]"`, `"numDeletedRows":"2"`, `"numAddedFiles":"0"`},
	} {
		line := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(history[len(history)-1-n]) // the driver writes them so
		for _, part := range want {
			if !strings.HasPrefix(line, fmt.Sprint(n, " ")) || !strings.Contains(line, part) {
				t.Errorf("version %d has no %s: %s", n, part, line)
			}
		}
	}
	if len(history) != 13 {
		t.Errorf("%d versions: what changes nothing makes none", len(history))
	}
	for _, params := range [][]any{{"twenty", 20}, {sql.Named("name", "TWENTY"), sql.Named("id", 20)}} {
		statement := "UPDATE made.s.t SET name = ?, price = 12345678.90 WHERE id = ?"
		if _, byName := params[0].(sql.NamedArg); byName {
			statement = "UPDATE made.s.t SET name = :name WHERE id = :id"
		}
		if _, err := db.ExecContext(ctx, statement, params...); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	answers(t, read, map[string]string{
		"SELECT id, name, price FROM made.s.t": "20 TWENTY 12345678.90", "SELECT name FROM made.s.t@v13": "twenty", "SELECT name FROM made.s.t@v12": "null",
	})
	for statement, want := range map[string][2]string{
		"UPDATE made.s.t SET id = NULL":                           {"23502", "[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]"},
		"UPDATE made.s.t SET id = DEFAULT":                        {"23502", "[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]"},
		"UPDATE made.s.t SET price = 'much'":                      {"22018", "[CAST_INVALID_INPUT]"},
		"UPDATE made.s.t SET nothing = 1":                         {"42703", "`nothing`"},
		"UPDATE made.s.t SET other.name = 'x'":                    {"42703", "`other`.`name`"},
		"UPDATE made.s.t SET name = nothing":                      {"42703", "`nothing`"},
		"UPDATE made.s.t SET name = 'a', NAME = 'b'":              {"42701", "[DELTA_CONFLICT_SET_COLUMN]"},
		"UPDATE made.s.t SET site.city = 'Oslo'":                  {"0A000", "a field of a STRUCT"},
		"UPDATE inventory.assets.contracts SET region = 'x'":      {"0A000", "row filter or column masks"},
		"UPDATE made.s.t SET":                                     {"42601", "[PARSE_SYNTAX_ERROR]"},
		"UPDATE made.s.t SET name = ":                             {"42601", "[PARSE_SYNTAX_ERROR]"},
		"UPDATE made.s.t SET name = 'a' WHERE":                    {"42601", "[PARSE_SYNTAX_ERROR]"},
		"UPDATE made.s.t SET name = 'a' other":                    {"42601", "[PARSE_SYNTAX_ERROR]"},
		"UPDATE made.s.t SET name = 'a' AS other":                 {"42601", "[PARSE_SYNTAX_ERROR]"},
		"UPDATE made.s.t SET name = 'a' FROM made.s.gone":         {"42601", ""},
		"UPDATE made.s.t SET name = 'a' WHERE id = 1 ORDER BY id": {"42601", ""},
		"UPDATE made.s.t VERSION AS OF 1 SET name = 'a'":          {"42601", "[PARSE_SYNTAX_ERROR]"},
		"UPDATE made.s.t@v1 SET name = 'a'":                       {"42601", "[PARSE_SYNTAX_ERROR]"},
		"DELETE made.s.t":                                         {"42601", "[PARSE_SYNTAX_ERROR]"},
		"DELETE FROM made.s.t WHERE id = 1 LIMIT 1":               {"42601", ""},
		"DELETE FROM made.s.t WHERE id = 1 UNION SELECT 1":        {"42601", ""},
		"DELETE FROM made.s.t WHERE count(*) > 1":                 {"42000", ""},
		"DELETE FROM made.s.nothing":                              {"42P01", "`made`.`s`.`nothing`"},
		"DELETE FROM made.s.t WHERE `row number()` = 1":           {"42703", ""},
		"DELETE FROM inventory.assets.open_tickets":               {"42809", "[EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE] 'DELETE' expects a table"},
		"UPDATE inventory.assets.open_tickets SET id = 1":         {"42809", "[EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE] 'UPDATE' expects a table"},
	} {
		_, err := db.ExecContext(ctx, statement)
		expectState(t, err, want[0], want[1])
	}
}

// TestAnotherClientMergesRows brings a table up to date with another one.
func TestAnotherClientMergesRows(t *testing.T) {
	w, _ := start(t, "sync")
	db := open(t, w, w.Admin(), starter)
	read := func(query string) []string { return lines(t, db, query) }
	for _, statement := range []string{
		"CREATE CATALOG made", "CREATE SCHEMA made.s",
		"CREATE TABLE made.s.t (id BIGINT NOT NULL, name STRING, price DECIMAL(10,2)) TBLPROPERTIES (delta.enableChangeDataFeed = true)",
		"INSERT INTO made.s.t VALUES (1, 'one', 1), (2, 'two', 2), (3, 'three', 3), (4, 'four', 4), (5, 'five', NULL)",
		"CREATE TABLE made.s.new (id BIGINT, name STRING, price DECIMAL(10,2), gone BOOLEAN)",
	} {
		exec(t, db, statement)
	}
	for _, step := range []struct{ source, statement, affected, rows string }{
		{"(2, 'TWO', 22, false), (3, 'x', 0, true), (9, 'nine', 9, false), (8, 'eight', 8, true), (NULL, 'none', 0, true)",
			"MERGE INTO made.s.t AS t USING made.s.new AS n ON t.id = n.id WHEN MATCHED AND n.gone THEN DELETE " +
				"WHEN MATCHED THEN UPDATE SET t.name = n.name, price = n.price + t.price WHEN NOT MATCHED AND NOT gone THEN INSERT (id, name) VALUES (id, lower(name))",
			"3 1 1 1", "1 one 1.00|2 TWO 24.00|4 four 4.00|5 five null|9 nine null"},
		{"(1, 'first', 10, NULL), (7, 'seven', 7, NULL)",
			"MERGE INTO made.s.t USING (SELECT * FROM made.s.new) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT * " +
				"WHEN NOT MATCHED BY SOURCE AND name LIKE 'f%' THEN DELETE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET price = CASE WHEN price IS NULL THEN 0 ELSE price END",
			"6 3 2 1", "1 first 10.00|2 TWO 24.00|7 seven 7.00|9 nine 0.00"},
		{"(1, 'a', 0, true), (1, 'b', 0, true)", "MERGE INTO made.s.t USING made.s.new ON t.id = new.id WHEN MATCHED THEN DELETE",
			"1 0 1 0", "2 TWO 24.00|7 seven 7.00|9 nine 0.00"},
		{"(11, 'a', 0, true)", "MERGE INTO made.s.t USING made.s.new ON t.id = new.id WHEN MATCHED THEN DELETE", "0 0 0 0", "2 TWO 24.00|7 seven 7.00|9 nine 0.00"},
	} {
		exec(t, db, "DELETE FROM made.s.new")
		exec(t, db, "INSERT INTO made.s.new VALUES "+step.source)
		if got := strings.Join(read(step.statement), "|"); got != step.affected {
			t.Errorf("%s: %s rows, want %s", step.statement, got, step.affected)
		}
		if got := strings.Join(read("SELECT id, name, price FROM made.s.t ORDER BY id"), "|"); got != step.rows {
			t.Fatalf("after %s: %s, want %s", step.statement, got, step.rows)
		}
	}
	changesLeadOn(t, db, "made.s.t", 1, 4)
	if history := read("DESCRIBE HISTORY made.s.t"); len(history) != 5 || !strings.Contains(history[1], `"numTargetRowsUpdated":"3"`) ||
		!strings.Contains(history[1], `[\"(t.id = s.id)\"]`) || !strings.Contains(history[1], `"numSourceRows":"2"`) {
		t.Errorf("the history is\n%s", strings.Join(history, "\n"))
	}
	exec(t, db, "INSERT INTO made.s.new VALUES (2, 'x', 1, true), (2, 'y', 2, false)")
	const into = "MERGE INTO made.s.t USING made.s.new AS n ON t.id = n.id "
	for statement, want := range map[string][2]string{
		into + "WHEN MATCHED THEN UPDATE SET *":                                   {"21506", "[DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE]"},
		into + "WHEN MATCHED AND gone THEN DELETE WHEN MATCHED THEN UPDATE SET *": {"21506", ""},
		into + "WHEN NOT MATCHED THEN INSERT (name) VALUES (name)":                {"23502", "[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]"},
		into + "WHEN MATCHED THEN DELETE WHEN MATCHED THEN UPDATE SET *":          {"42613", "[NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION]"},
		into + "WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id)":                  {"42703", "`t`.`id`"},
		into + "WHEN NOT MATCHED THEN INSERT (id) VALUES (1, 2)":                  {"42601", ""},
		into + "WHEN NOT MATCHED THEN DELETE":                                     {"42601", ""},
		into + "WHEN NOT MATCHED THEN INSERT (id) VALUES (?)":                     {"0A000", ""},
		into + "THEN DELETE": {"42601", ""},
		into:                 {"42601", ""},
		"MERGE INTO made.s.t USING made.s.new AS n ON id = id WHEN NOT MATCHED THEN INSERT *": {"42704", "[AMBIGUOUS_REFERENCE]"},
		"MERGE INTO made.s.t USING made.s.none AS n ON t.id = n.id WHEN MATCHED THEN DELETE":  {"42P01", "none"},
		"MERGE INTO made.s.t USING": {"42601", ""},
		"MERGE INTO made.s.t USING (SELECT 1 AS id) AS n ON t.id = n.id WHEN MATCHED THEN UPDATE SET *": {"42703", "`name`"},
	} {
		_, err := db.ExecContext(ctx, statement)
		expectState(t, err, want[0], want[1])
	}
}

// TestALargeTableIsChangedWithoutBeingKept changes single rows of tables that nobody stores, and is refused what would take the memory.
func TestALargeTableIsChangedWithoutBeingKept(t *testing.T) {
	w, _ := start(t, "sync")
	db := open(t, w, w.Admin(), starter)
	read := func(query string) []string { return lines(t, db, query) }
	exec(t, db, "GRANT ALL PRIVILEGES ON CATALOG generated TO `"+demo.AdminID+"`")
	const table = "generated.sync.rows_100m"
	last := read("SELECT max(id) FROM " + table)[0]
	before := read("SELECT * FROM " + table + " WHERE id = " + last)
	for _, step := range [][2]string{
		{"UPDATE " + table + " SET name = 'changed', level = -1 WHERE id IN (700000007, 7)", "2"},
		{"DELETE FROM " + table + " WHERE id BETWEEN 17 AND 200007", "20000"},
		{"DELETE FROM " + table + " WHERE id = 17", "0"},
		{"UPDATE " + table + " SET amount = 4 WHERE id = 700000007", "1"},
	} {
		if got := strings.Join(read(step[0]), ", "); got != step[1] {
			t.Errorf("%s: %s, want %s", step[0], got, step[1])
		}
	}
	answers(t, read, map[string]string{
		"SELECT count(*) FROM " + table:                                                           "99980000",
		"SELECT count(*) FROM " + table + " WHERE id < 300000":                                    "10000",
		"SELECT id, name, level FROM " + table + " WHERE id IN (7, 17)":                           "7 changed -1",
		"SELECT count(*) FROM " + table + " VERSION AS OF 5":                                      "100000000",
		"SELECT id, name FROM table_changes('" + table + "', 8, 8)":                               "700000007 changed, 700000007 changed",
		"SELECT count(*) FROM table_changes('" + table + "', 6, 8) WHERE _change_type = 'delete'": "20000",
	})
	if after := read("SELECT * FROM " + table + " WHERE id = " + last); strings.Join(after, "") != strings.Join(before, "") {
		t.Errorf("the last row is %s, and was %s", after, before)
	}
	for statement, text := range map[string]string{
		"UPDATE " + table + " SET name = 'x'":           "A single UPDATE of the embedded workspace changes 100000 rows at most.",
		"DELETE FROM " + table + " WHERE id < 30000000": "A single DELETE of the embedded workspace changes 1000000 rows at most.",
		"MERGE INTO generated.sync.rows_1m t USING generated.sync.rows_1k s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE": "A single MERGE of the embedded workspace changes 100000 rows at most.",
	} {
		_, err := db.ExecContext(ctx, statement)
		expectState(t, err, "22023", text)
	}
	if got := strings.Join(read("DELETE FROM "+table), ", "); got != "99980000" {
		t.Errorf("%s rows were deleted", got)
	}
	answers(t, read, map[string]string{
		"SELECT count(*) FROM " + table: "0", "SELECT count(*) FROM " + table + " VERSION AS OF 8": "99980000",
	})
}
