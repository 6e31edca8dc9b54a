package engine_test

import (
	"strings"
	"testing"
)

// TestWholeCatalogsAreListedByTheStatementsOfDrivers runs what drivers run that speak the statement API, where over Thrift there are calls.
func TestWholeCatalogsAreListedByTheStatementsOfDrivers(t *testing.T) {
	e, _ := newWorld(t)
	s := admin
	for sql, want := range map[string]string{
		"SHOW SCHEMAS IN ALL CATALOGS LIKE 's*'":                                     "sales | main",
		"SHOW TABLES IN CATALOG `main` SCHEMA LIKE 'sa.es' LIKE 'o.ders'":            "sales | orders | false |  | main | TABLE | ",
		"SHOW TABLES IN ALL CATALOGS SCHEMA LIKE 'sales' LIKE 'totals'":              "sales | totals | false |  | main | VIEW | ",
		"SHOW TABLES IN CATALOG main SCHEMA LIKE 'sa_es'":                            "",
		"SHOW COLUMNS IN CATALOG main SCHEMA LIKE '*' TABLE LIKE 'orders' LIKE 'a*'": "amount | main | sales | orders | DECIMAL(10,2) | 10 | 2 | 10 | true | the amount | 3 | NO | NO",
		"SHOW FUNCTIONS IN CATALOG main SCHEMA LIKE 'sales' LIKE 'my*'":              "my_function | sales | main | mine | 1 | my_function",
		"SHOW USER FUNCTIONS IN ALL CATALOGS LIKE 'nothing'":                         "",
		"SHOW KEYS IN CATALOG main IN SCHEMA sales IN TABLE orders":                  "",
		"SHOW FOREIGN KEYS IN CATALOG main IN SCHEMA sales IN TABLE orders":          "",
	} {
		if got, err := run(t, e, s, sql); err != nil || got != want {
			t.Errorf("%s: %v\n%s", sql, err, got)
		}
	}
	for sql, want := range map[string]string{
		"SHOW TABLES IN CATALOG void":             "SQLSTATE: 42704",
		"SHOW TABLES IN CATALOG main LIKE":        "SQLSTATE: 42601",
		"SHOW USER TABLES IN ALL CATALOGS":        "SQLSTATE: 42601",
		"SHOW TABLES IN CATALOG main TABLE":       "SQLSTATE: 42601",
		"SHOW KEYS IN CATALOG main IN SCHEMA 7":   "SQLSTATE: 42601",
		"SHOW COLUMNS IN ALL CATALOGS LIKE 'a' b": "SQLSTATE: 42601",
	} {
		if _, err := run(t, e, s, sql); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", sql, err)
		}
	}
}
