package engine_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
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

// TestDriversAreToldOfTheSameFunctionsByTheCallAndByTheStatement compares the names of both.
func TestDriversAreToldOfTheSameFunctionsByTheCallAndByTheStatement(t *testing.T) {
	e, _ := newWorld(t)
	list, err := e.List(t.Context(), e.NewSession(admin, "", ""), engine.Metadata{Kind: engine.ListFunctions, Catalog: new("main"), Function: new("my%")})
	if err != nil || show(list) != "main | sales | my_function | mine | 1 | my_function" {
		t.Errorf("%v %v", list, err)
	}
	got, err := run(t, e, admin, "SHOW FUNCTIONS IN CATALOG main LIKE 'my*'")
	if err != nil || got != "my_function | sales | main | mine | 1 | my_function" {
		t.Errorf("%q %v", got, err)
	}
}

// TestAWalkOverCatalogsEndsWithItsStatement has each of the ways to ask for all that there is, by somebody who went away.
func TestAWalkOverCatalogsEndsWithItsStatement(t *testing.T) {
	e, _ := newWorld(t)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	for _, sql := range []string{
		"SHOW SCHEMAS IN ALL CATALOGS", "SHOW TABLES IN ALL CATALOGS", "SHOW TABLES IN CATALOG main", "SHOW COLUMNS IN CATALOG main", "SHOW FUNCTIONS IN ALL CATALOGS",
	} {
		if _, err := e.Execute(ctx, e.NewSession(admin, "", ""), sql); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// TestAWalkOverCatalogsThatFindsTooMuchIsRefused has them where a result may be larger than one row, and not much more.
func TestAWalkOverCatalogsThatFindsTooMuchIsRefused(t *testing.T) {
	full, w := newWorld(t)
	e, err := engine.New(w, engine.Options{MaxValues: 20, Lookup: func(n engine.Name) (engine.Table, bool) {
		return engine.Table{Columns: columns(t, "a int; b int; c int; d int; e int; f int; g int")}, w.tables[n]
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, sql := range []string{
		"SHOW TABLES IN ALL CATALOGS", "SHOW TABLES IN CATALOG main", "SHOW COLUMNS IN CATALOG main",
		"SELECT count(*) FROM main.information_schema.columns", "SELECT 1 FROM main.information_schema.tables",
	} {
		if _, err := run(t, full, admin, sql); err != nil {
			t.Errorf("%s without such a limit: %v", sql, err)
		}
		if _, err := run(t, e, admin, sql); err == nil || !strings.HasPrefix(err.Error(), "[RESULT_SIZE_EXCEEDED]") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if _, err := e.List(t.Context(), e.NewSession(admin, "", ""), engine.Metadata{Kind: engine.ListColumns}); err == nil || !strings.HasPrefix(err.Error(), "[RESULT_SIZE_EXCEEDED]") {
		t.Errorf("the columns for drivers: %v", err)
	}
	if got, err := run(t, e, admin, "SHOW SCHEMAS IN CATALOG main"); err != nil || got != "default | main\nsales | main" {
		t.Errorf("what fits: %q %v", got, err)
	}
}

func TestAPatternOfShowThatIsTooLongIsRefused(t *testing.T) {
	e, _ := newWorld(t)
	for length, refused := range map[int]bool{4096: false, 4097: true} {
		for _, sql := range []string{"SHOW TABLES LIKE '", "SHOW TABLES IN CATALOG main LIKE '"} {
			if _, err := run(t, e, admin, sql+strings.Repeat("|", length)+"'"); (err != nil) != refused {
				t.Errorf("%s with %d bytes: %v", sql, length, err)
			}
		}
	}
}
