package demo_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	dbsdk "github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// TestATableIsReadAsItWas writes to a table while another client reads a version of it.
func TestATableIsReadAsItWas(t *testing.T) {
	w, clock := start(t, "sync")
	db, reader := open(t, w, w.Admin(), starter), open(t, w, w.Connector(), starter)
	for _, statement := range []string{
		"CREATE CATALOG made", "CREATE SCHEMA made.s",
		"CREATE TABLE made.s.t (id BIGINT, name STRING) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', owner.team = 'data')",
		"INSERT INTO made.s.t VALUES (1, 'one'), (2, 'two')",
		"INSERT INTO made.s.t VALUES (3, 'three')",
		"CREATE OR REPLACE TABLE made.s.t TBLPROPERTIES (delta.enableChangeDataFeed = true) AS SELECT id, name FROM made.s.t WHERE id > 1",
	} {
		exec(t, db, statement)
		clock.Advance(time.Minute)
	}
	for query, want := range map[string]string{
		"SELECT count(*) FROM made.s.t VERSION AS OF 0":                                       "0",
		"SELECT count(*) FROM made.s.t VERSION AS OF 1":                                       "2",
		"SELECT count(*) FROM made.s.t@v2":                                                    "3",
		"SELECT max(x.id) FROM made.s.t VERSION AS OF '1' AS x":                               "2",
		"SELECT count(*) FROM made.s.t FOR VERSION AS OF 3":                                   "2",
		"SELECT count(*) FROM made.s.t TIMESTAMP AS OF '2026-11-20 10:03:30'":                 "2",
		"SELECT count(*) FROM made.s.t@20261120100400000":                                     "3",
		"SELECT a.name FROM made.s.t@v3 a JOIN made.s.t@v1 b ON a.id = b.id":                  "two",
		"SELECT id, name FROM made.s.t EXCEPT SELECT id, name FROM made.s.t VERSION AS OF 1":  "3 three",
		"SELECT * EXCEPT (id) FROM made.s.t VERSION AS OF 1 ORDER BY id LIMIT 1":              "one",
		"SELECT _change_type, id FROM table_changes('made.s.t', 2, 2)":                        "insert 3",
		"SELECT count(*) FROM table_changes('made.s.t', 1)":                                   "8",
		"SELECT DISTINCT _commit_version FROM table_changes('made.s.t', 1, 2) c WHERE id > 2": "2",
	} {
		if got := strings.Join(lines(t, db, query), ", "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	history := lines(t, db, "DESCRIBE HISTORY made.s.t")
	if len(history) != 4 || !strings.HasPrefix(history[0], "3 2026-11-20T10:05:00") || !strings.Contains(history[0], "CREATE OR REPLACE TABLE AS SELECT") ||
		!strings.Contains(history[1], " WRITE ") || !strings.Contains(history[3], " CREATE TABLE ") {
		t.Errorf("the history is %s", strings.Join(history, "\n"))
	}
	if latest := lines(t, db, "DESCRIBE HISTORY made.s.t LIMIT 1"); len(latest) != 1 {
		t.Errorf("the latest is %s", latest)
	}
	if detail := lines(t, db, "DESCRIBE DETAIL made.s.t"); !strings.HasPrefix(detail[0], "delta ") || !strings.Contains(detail[0], " made.s.t ") {
		t.Errorf("the detail is %s", detail)
	}
	exec(t, db, "ALTER TABLE made.s.t SET TBLPROPERTIES (delta.enableChangeDataFeed = false)")
	exec(t, db, "INSERT INTO made.s.t VALUES (4, 'four')")
	for query, want := range map[string][2]string{
		"SELECT * FROM made.s.t VERSION AS OF 9":                          {"22003", "[DELTA_VERSION_NOT_FOUND] Cannot time travel Delta table to version 9. Available versions: [0, 5]."},
		"SELECT * FROM made.s.t TIMESTAMP AS OF '2027-01-01'":             {"42816", "[DELTA_TIMESTAMP_GREATER_THAN_COMMIT]"},
		"SELECT * FROM made.s.t TIMESTAMP AS OF '2020-01-01'":             {"42816", "[DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION]"},
		"SELECT * FROM made.s.t TIMESTAMP AS OF 'soon'":                   {"42816", "[DELTA_TIMESTAMP_INVALID]"},
		"SELECT * FROM made.s.t VERSION AS OF ''":                         {"0A000", ""},
		"SELECT * FROM made.s.t TIMESTAMP AS OF TIMESTAMP ''":             {"0A000", ""},
		"SELECT * FROM table_changes('made.s.t', '')":                     {"42601", ""},
		"SELECT * FROM table_changes('made.s.t', 1, '')":                  {"42601", ""},
		"SELECT * FROM table_changes('made.s.t', 3, 5)":                   {"KD002", "recorded for version [4]"},
		"SELECT * FROM table_changes('made.s.t', 6)":                      {"22003", "[DELTA_CDC_START_VERSION_AFTER_LATEST]"},
		"SELECT * FROM table_changes('made.s.t', 2, 1)":                   {"22003", "[DELTA_INVALID_CDC_RANGE]"},
		"SELECT * FROM table_changes('made.s.t', NULL)":                   {"22004", "[DELTA_CDC_READ_NULL_RANGE_BOUNDARY]"},
		"SELECT * FROM inventory.assets.open_tickets VERSION AS OF 0":     {"0AKDC", "[DELTA_UNSUPPORTED_TIME_TRAVEL_VIEWS]"},
		"SELECT * FROM table_changes('inventory.assets.open_tickets', 0)": {"0AKDC", "[DELTA_TABLE_CHANGES_VIEW_UNSUPPORTED]"},
		"DESCRIBE HISTORY inventory.assets.open_tickets":                  {"42809", "[DELTA_CANNOT_DESCRIBE_VIEW_HISTORY]"},
		"SELECT * FROM inventory.assets.contracts VERSION AS OF 1":        {"0A000", "FEATURE_NOT_SUPPORTED.TIME_TRAVEL]"},
		"SELECT * FROM table_changes('inventory.assets.contracts', 1)":    {"0AKDC", "TABLES_WITH_ACCESS_POLICIES]"},
		"SELECT * FROM made.s.nothing VERSION AS OF 1":                    {"42P01", "`made`.`s`.`nothing`"},
		"SELECT @v1": {"42601", "near '@v1'"},
	} {
		by := db
		if strings.Contains(query, "inventory.") {
			by = reader
		}
		_, err := by.QueryContext(ctx, query)
		expectState(t, err, want[0], want[1])
	}
}

// TestWhatTheWorldBeganWithHasAPast reads the versions of a table that nobody wrote to, until they are removed.
func TestWhatTheWorldBeganWithHasAPast(t *testing.T) {
	w, clock := start(t, "sync")
	db := open(t, w, w.Connector(), starter)
	operations := lines(t, db, "DESCRIBE HISTORY generated.sync.rows_1k")
	for i, want := range []string{"5 ", "4 ", "3 ", "2 ", "1 "} {
		if i >= len(operations) || !strings.HasPrefix(operations[i], want) {
			t.Fatalf("the history is\n%s", strings.Join(operations, "\n"))
		}
	}
	_, err := db.QueryContext(ctx, "SELECT * FROM generated.sync.rows_1k VERSION AS OF 1")
	expectState(t, err, "42K03", "[DELTA_FILE_NOT_FOUND_DETAILED]")
	_, err = db.QueryContext(ctx, "SELECT * FROM generated.sync.rows_1k VERSION AS OF 0")
	expectState(t, err, "22003", "Available versions: [1, 5].")
	_, err = db.QueryContext(ctx, "SELECT * FROM table_changes('generated.sync.without_feed', 3)")
	expectState(t, err, "KD002", "[DELTA_MISSING_CHANGE_DATA]")

	for _, from := range []int{2, 3, 4} {
		changesLeadOn(t, db, "generated.sync.rows_1k", from, 5)
	}
	properties := lines(t, db, "SHOW TBLPROPERTIES generated.sync.rows_1k (delta.enableChangeDataFeed)")
	info, err := tables(signIn(t, w, w.Connector())).GetByFullName(ctx, "generated.sync.rows_1k")
	if err != nil || info.Properties["delta.enableChangeDataFeed"] != "true" || properties[0] != "delta.enableChangeDataFeed true" {
		t.Errorf("the properties are %v and %v, %v", properties, info.Properties, err)
	}
	clock.Advance(8 * 24 * time.Hour)
	if _, err := warehouses(signIn(t, w, w.Connector())).Start(ctx, dbsdk.StartRequest{Id: starter}); err != nil {
		t.Fatal(err) // it stopped by itself
	}
	clock.Advance(10 * time.Minute)
	db = open(t, w, w.Connector(), starter) // the token has expired
	_, err = db.QueryContext(ctx, "SELECT * FROM generated.sync.rows_1k VERSION AS OF 3")
	expectState(t, err, "42K03", "[DELTA_FILE_NOT_FOUND_DETAILED]")
	_, err = db.QueryContext(ctx, "SELECT * FROM table_changes('generated.sync.rows_1k', 3)")
	expectState(t, err, "42K03", "[DELTA_CHANGE_DATA_FILE_NOT_FOUND]")
}

// changesLeadOn applies the changes after one version to its rows, and expects those of another.
func changesLeadOn(t *testing.T, db *sql.DB, table string, from, to int) {
	t.Helper()
	state := map[string]int{}
	for _, row := range lines(t, db, fmt.Sprintf("SELECT * FROM %s VERSION AS OF %d", table, from)) {
		state[row]++
	}
	old := len(state)
	seen := map[string]int{}
	for _, changed := range lines(t, db, fmt.Sprintf("SELECT * FROM table_changes('%s', %d, %d)", table, from+1, to)) {
		cells := strings.Split(changed, " ")
		row, kind := strings.Join(cells[:len(cells)-3], " "), cells[len(cells)-3]
		seen[kind]++
		if kind == "delete" || kind == "update_preimage" {
			if state[row]--; state[row] < 0 {
				t.Fatalf("%s of a row that was not there: %s", kind, row)
			}
			continue
		}
		state[row]++
	}
	for _, row := range lines(t, db, fmt.Sprintf("SELECT * FROM %s VERSION AS OF %d", table, to)) {
		state[row]--
	}
	for row, n := range state {
		if n != 0 {
			t.Fatalf("from version %d to %d: %d too many of %s", from, to, n, row)
		}
	}
	if old == 0 || seen["insert"] == 0 || seen["update_preimage"] != seen["update_postimage"] {
		t.Errorf("from version %d to %d: %v", from, to, seen)
	}
}

// TestAReplacedTableKeepsItsRowFilterAndMasks replaces a guarded table, whose filter hides the rows of other regions from the connector.
func TestAReplacedTableKeepsItsRowFilterAndMasks(t *testing.T) {
	w, _ := start(t, "sync")
	db, reader := open(t, w, w.Admin(), starter), open(t, w, w.Connector(), starter)
	exec(t, db, "CREATE OR REPLACE TABLE inventory.assets.contracts AS SELECT 1L AS id, 'EMEA' AS region, 7.50BD AS Annual_Cost UNION ALL SELECT 2L, 'APAC', 8.50BD")
	if got := strings.Join(lines(t, reader, "SELECT id, annual_cost FROM inventory.assets.contracts"), ", "); got != "1 0.00" {
		t.Errorf("the connector reads %s", got)
	}
	_, err := reader.QueryContext(ctx, "SELECT * FROM inventory.assets.contracts VERSION AS OF 5")
	expectState(t, err, "0A000", "FEATURE_NOT_SUPPORTED.TIME_TRAVEL]")
	_, err = reader.QueryContext(ctx, "SELECT * FROM table_changes('inventory.assets.contracts', 6)")
	expectState(t, err, "0AKDC", "TABLES_WITH_ACCESS_POLICIES]")
}

// TestAReplacedTableIsNotTakenForSorted replaces a generated table by one whose keys descend, and makes it anew.
func TestAReplacedTableIsNotTakenForSorted(t *testing.T) {
	w, _ := start(t, "sync")
	db := open(t, w, w.Admin(), starter)
	exec(t, db, "GRANT ALL PRIVILEGES ON CATALOG generated TO `"+demo.AdminID+"`")
	const made = "TABLE generated.sync.rows_1k AS SELECT * FROM VALUES (3L), (1L), (2L) AS t(id)"
	for _, statement := range []string{"CREATE OR REPLACE " + made, "DROP TABLE generated.sync.rows_1k", "CREATE " + made} {
		exec(t, db, statement)
		if strings.HasPrefix(statement, "DROP") {
			continue
		}
		for query, want := range map[string]string{
			"SELECT min(id), max(id) FROM generated.sync.rows_1k": "1 3", "SELECT id FROM generated.sync.rows_1k WHERE id = 1": "1",
			"SELECT id FROM generated.sync.rows_1k ORDER BY id LIMIT 1": "1",
		} {
			if got := strings.Join(lines(t, db, query), ", "); got != want {
				t.Errorf("after %s, %s: %s, want %s", statement, query, got, want)
			}
		}
	}
}

// TestTheBoundsOfALogAreToldToWhoMayWriteToIt sends properties that are longer than a log keeps.
func TestTheBoundsOfALogAreToldToWhoMayWriteToIt(t *testing.T) {
	w, _ := start(t, "sync")
	db, reader := open(t, w, w.Admin(), starter), open(t, w, w.Connector(), starter)
	exec(t, db, "CREATE CATALOG made")
	exec(t, db, "CREATE SCHEMA made.s")
	exec(t, db, "CREATE TABLE made.s.t (id BIGINT)")
	long := " made.s.t (id BIGINT) TBLPROPERTIES (a = '" + strings.Repeat("x", 5000) + "')"
	for _, row := range []struct {
		db          *sql.DB
		statement   string
		state, text string
	}{
		{db, "CREATE OR REPLACE TABLE", "22023", "take 4096 bytes at most"},
		{reader, "CREATE OR REPLACE TABLE", "42501", "[INSUFFICIENT_PERMISSIONS]"},
		{reader, "CREATE TABLE", "42501", "[INSUFFICIENT_PERMISSIONS]"},
		{db, "CREATE TABLE", "42P07", "[TABLE_OR_VIEW_ALREADY_EXISTS]"},
	} {
		_, err := row.db.ExecContext(ctx, row.statement+long)
		expectState(t, err, row.state, row.text)
	}
	exec(t, db, "CREATE TABLE IF NOT EXISTS"+long)
}
