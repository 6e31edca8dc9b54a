package engine_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// FuzzStatement runs arbitrary text as a statement of one who may do nothing. It must end, with a result or with an error that a client is
// shown, and must not give away a row of a table.
func FuzzStatement(f *testing.F) {
	for _, seed := range []string{
		"SELECT a::INT, * EXCEPT (b) FROM VALUES (1, 'x'), (2, 'y') AS t(a, b) GROUP BY ALL", "SELECT :`a b`, ? FROM orders TABLESAMPLE (5 ROWS) s",
		"MERGE INTO orders USING x ON y WHEN MATCHED THEN DELETE", "DESCRIBE TABLE EXTENDED main.sales.orders amount", "SET CATALOG 'main'",
		"SHOW GRANTS `x` ON EXTERNAL LOCATION y", "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 1", "VALUES (1), (2)", "SELECT 1 MINUS SELECT 2",
		"GRANT SELECT, USE SCHEMA ON TABLE a.b.c TO `x`", "SELECT * FROM main.information_schema.columns", "SELECT array(:p, CASE END::map<int,string>)",
	} {
		f.Add(seed)
	}
	e, _ := newWorld(f)
	text := "1"
	params, err := engine.ParseParams([]engine.Sent{{Name: "p", Kind: "INT", Value: &text}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		r, err := e.Execute(ctx, e.NewSession("nobody", "main", "sales"), sql, params...)
		var failed *engine.Error
		switch {
		case err != nil && !errors.As(err, &failed):
			t.Errorf("%q: %v", sql, err)
		case err != nil && failed.Class == "INTERNAL_ERROR":
			t.Errorf("%q: %v", sql, err)
		case err == nil && strings.Contains(show(r), "customer 9"):
			t.Errorf("%q reads what it may not", sql)
		}
	})
}
