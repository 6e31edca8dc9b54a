package engine_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

func TestPrivilegesAreMissedOneAtATime(t *testing.T) {
	e, w := newWorld(t)
	const read = "SELECT id FROM main.sales.orders LIMIT 1"
	for _, step := range []struct{ missing, privilege, object string }{
		{"USE CATALOG on Catalog 'main'", "USE CATALOG", "main"},
		{"USE SCHEMA on Schema 'main.sales'", "USE SCHEMA", "main.sales"},
		{"SELECT on Table 'main.sales.orders'", "SELECT", "main.sales.orders"},
	} {
		_, err := run(t, e, connector, read)
		want := "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have " + step.missing + ". SQLSTATE: 42501"
		if err == nil || err.Error() != want {
			t.Fatalf("got %v\nwant %s", err, want)
		}
		w.give(connector, step.privilege, step.object)
	}
	if got, err := run(t, e, connector, read); err != nil || got != "0" {
		t.Errorf("with every privilege: %q, %v", got, err)
	}
}

func TestNoFormOfQueryReachesAClosedTable(t *testing.T) {
	e, w := newWorld(t)
	for _, grant := range []string{"USE CATALOG|main", "USE CATALOG|hr", "USE SCHEMA|main.sales", "USE SCHEMA|hr.people", "SELECT|main.sales.orders"} {
		privilege, object, _ := strings.Cut(grant, "|")
		w.give(connector, privilege, object)
	}
	for name, sql := range map[string]string{
		"plainly":               "SELECT * FROM hr.people.salaries",
		"by counting":           "SELECT count(*) FROM hr.people.salaries",
		"in a sub-select":       "SELECT id FROM main.sales.orders WHERE id IN (SELECT salary FROM hr.people.salaries)",
		"in a scalar":           "SELECT (SELECT max(salary) FROM hr.people.salaries)",
		"in a table expression": "WITH s AS (SELECT * FROM hr.people.salaries) SELECT 1 FROM s",
		"in an unused one":      "WITH s AS (SELECT * FROM hr.people.salaries) SELECT 1",
		"in a union":            "SELECT id FROM main.sales.orders UNION SELECT salary FROM hr.people.salaries",
		"after a comma":         "SELECT 1 FROM main.sales.orders, hr.people.salaries",
		"in a join":             "SELECT 1 FROM main.sales.orders JOIN (hr.people.salaries) ON 1=1",
		"in an order":           "SELECT id FROM main.sales.orders ORDER BY (SELECT count(*) FROM hr.people.salaries)",
		"in back-ticks":         "SELECT * FROM `HR`.`People`.`salaries`",
		"behind a comment":      "SELECT * FROM hr./**/people.--\nsalaries",
		"under its stored name": "SELECT * FROM main.sales.orders o, `hr.people.salaries`",
		"after a condition":     "SELECT 1 FROM main.sales.orders a JOIN main.sales.orders b ON a.id IS NOT DISTINCT FROM b.id, hr.people.salaries",
		"without reading":       "SELECT 1 FROM hr.people.salaries WHERE 1=0",
		"in brackets":           "(((SELECT name FROM hr.people.salaries)))",
	} {
		t.Run(name, func(t *testing.T) {
			// The admin reads it first, so that the table is known to the connection.
			if _, err := run(t, e, admin, "SELECT count(*) FROM hr.people.salaries"); err != nil {
				t.Fatal(err)
			}
			got, err := run(t, e, connector, sql)
			var refused *engine.Error
			if !errors.As(err, &refused) {
				t.Fatalf("got %q, %v", got, err)
			}
			if refused.SQLState != "42501" && refused.SQLState != "42601" {
				t.Errorf("refused with %v", refused)
			}
		})
	}
}

func TestAViewNeedsSelectOnItselfAndItsOwnersRights(t *testing.T) {
	e, w := newWorld(t)
	w.give(connector, "USE CATALOG", "main")
	w.give(connector, "USE SCHEMA", "main.sales")
	if _, err := run(t, e, connector, "SELECT * FROM main.sales.totals"); err == nil || !strings.Contains(err.Error(), "SELECT on Table 'main.sales.totals'") {
		t.Fatalf("without SELECT on the view: %v", err)
	}
	w.give(connector, "SELECT", "main.sales.totals")
	if got, err := run(t, e, connector, "SELECT count(*) FROM main.sales.totals"); err != nil || got != "2" {
		t.Fatalf("with SELECT on the view alone: %q, %v", got, err)
	}
	if _, err := run(t, e, connector, "SELECT count(*) FROM main.sales.totals JOIN hr.people.salaries"); err == nil {
		t.Error("the view opened the table it stands on")
	}
	w.mu.Lock()
	w.held["SELECT "+owner+" hr.people.salaries"] = false
	w.mu.Unlock()
	if _, err := run(t, e, connector, "SELECT * FROM main.sales.totals"); err == nil || !strings.Contains(err.Error(), "hr.people.salaries") {
		t.Errorf("when the owner lost the right: %v", err)
	}
}

func TestStatementsThatChangeDataAreRefused(t *testing.T) {
	e, _ := newWorld(t)
	for _, sql := range []string{
		"INSERT OVERWRITE TABLE main.sales.orders SELECT 1", "MERGE WITH SCHEMA EVOLUTION INTO main.sales.orders USING x ON 1=1", "TRUNCATE TABLE main.sales.orders",
		"ALTER TABLE main.sales.orders ADD COLUMN x INT",
	} {
		_, err := run(t, e, connector, sql)
		if err == nil || err.Error() != "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have MODIFY on Table 'main.sales.orders'. SQLSTATE: 42501" {
			t.Errorf("%s: %v", sql, err)
		}
		if _, err := run(t, e, admin, sql); err == nil || !strings.Contains(err.Error(), "[UNSUPPORTED_FEATURE]") {
			t.Errorf("%s by an admin: %v", sql, err)
		}
	}
}

// TestToChangeRowsTakesModifyAndSelect asks for both, also where no condition reads anything.
func TestToChangeRowsTakesModifyAndSelect(t *testing.T) {
	e, w := newWorld(t)
	for _, sql := range []string{
		"DELETE FROM main.sales.orders", "UPDATE main.sales.orders SET id = 1", "MERGE INTO main.sales.orders USING lines ON id = order_id WHEN MATCHED THEN DELETE",
	} {
		if _, err := run(t, e, connector, sql); err == nil || !strings.Contains(err.Error(), "does not have MODIFY on Table 'main.sales.orders'") {
			t.Errorf("%s without MODIFY: %v", sql, err)
		}
		w.blind = true
		if _, err := run(t, e, admin, sql); err == nil || !strings.Contains(err.Error(), "does not have SELECT on Table 'main.sales.orders'") {
			t.Errorf("%s without SELECT: %v", sql, err)
		}
		w.blind = false
		if _, err := run(t, e, admin, sql); err != nil {
			t.Errorf("%s: %v", sql, err)
		}
	}
	_, err := run(t, e, admin, "DELETE FROM main.sales.elsewhere")
	if err == nil || !strings.Contains(err.Error(), "[DELTA_UNSUPPORTED_SOURCE] DELETE destination only supports Delta sources.") {
		t.Errorf("of a foreign table: %v", err)
	}
}

// TestAStatementReadsItsTableAnewThatChangedMeanwhile has another client that is always faster, or that is once.
func TestAStatementReadsItsTableAnewThatChangedMeanwhile(t *testing.T) {
	e, w := newWorld(t)
	for times, want := range map[int]string{1: "", 100: "[DELTA_CONCURRENT_APPEND]"} {
		w.faster = times
		_, err := run(t, e, admin, "UPDATE main.sales.orders SET customer = :name WHERE id = :id", engine.Param{Name: "name", Value: "x"}, engine.Param{Name: "id", Value: int64(3)})
		if (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%d times: %v", times, err)
		}
	}
	if got := strings.Join(w.inserted, ", "); got != "main.sales.orders UPDATE false [] [3] [[3 x 3.03 1970-01-01 00:03:00 +0000 UTC]] []" {
		t.Errorf("changed %s", got)
	}
}

func TestGrantAndRevokeGoToTheAuthority(t *testing.T) {
	e, w := newWorld(t)
	for _, sql := range []string{
		"-- draftt-connector\nGRANT USE CATALOG ON CATALOG `main` TO `" + connector + "`;",
		"grant use  schema, select on schema main.sales to `" + connector + "`",
		"GRANT SELECT ON TABLE sales.orders TO `" + connector + "`",
		"GRANT SELECT ON VIEW totals TO `" + connector + "`",
		"GRANT USE_CATALOG ON CATALOG hr TO `" + connector + "`",
	} {
		if _, err := run(t, e, admin, sql); err != nil {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for _, line := range []string{"USE CATALOG|main", "USE SCHEMA|main.sales", "SELECT|main.sales", "SELECT|main.sales.orders", "SELECT|main.sales.totals", "USE CATALOG|hr"} {
		privilege, object, _ := strings.Cut(line, "|")
		if !w.held[privilege+" "+connector+" "+object] {
			t.Errorf("not granted: %s", line)
		}
	}
	if _, err := run(t, e, admin, "REVOKE SELECT ON TABLE main.sales.orders FROM `"+connector+"`"); err != nil {
		t.Fatal(err)
	}
	if w.held["SELECT "+connector+" main.sales.orders"] {
		t.Error("not revoked")
	}
	for sql, want := range map[string]string{
		"GRANT SELECT ON TABLE main.sales.orders TO `draftt-connector`":        "Could not find principal with name draftt-connector",
		"GRANT SELECT ON TABLE main.sales.orders":                              "end of input",
		"GRANT SELECT ON TABLE main.sales.orders TO draftt-connector":          "'-'",
		"GRANT ON TABLE main.sales.orders TO x":                                "'ON'",
		"GRANT SELECT ON TABLE a.b.c.d TO x":                                   "'.'",
		"GRANT SELECT ON TABLE main.sales.orders TO x; GRANT SELECT ON y TO x": "'GRANT'",
	} {
		if _, err := run(t, e, admin, sql); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if _, err := run(t, e, connector, "GRANT SELECT ON TABLE main.sales.orders TO `"+connector+"`"); err == nil || !strings.Contains(err.Error(), "42501") {
		t.Errorf("the connector granted: %v", err)
	}
}
