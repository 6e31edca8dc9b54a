package demo_test

import (
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
	for statement, want := range map[string][2]string{
		"UPDATE made.s.t SET id = NULL":                           {"23502", "[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]"},
		"UPDATE made.s.t SET id = DEFAULT":                        {"23502", "[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]"},
		"UPDATE made.s.t SET price = 'much'":                      {"22018", "[CAST_INVALID_INPUT]"},
		"UPDATE made.s.t SET nothing = 1":                         {"42703", "`nothing`"},
		"UPDATE made.s.t SET other.name = 'x'":                    {"42703", "`other`.`name`"},
		"UPDATE made.s.t SET name = nothing":                      {"42703", "`nothing`"},
		"UPDATE made.s.t SET name = 'a', NAME = 'b'":              {"42701", "[DELTA_CONFLICT_SET_COLUMN]"},
		"UPDATE made.s.t SET site.city = 'Oslo'":                  {"0A000", "a field of a STRUCT"},
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
