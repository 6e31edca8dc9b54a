package engine_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

func TestTheInformationSchemaDescribesWhatThePrincipalSees(t *testing.T) {
	e, _ := newWorld(t)
	for _, c := range []struct{ sql, want string }{
		{"SELECT catalog_name, catalog_owner FROM main.information_schema.catalogs", "main | " + owner},
		{"SELECT schema_name FROM main.information_schema.schemata ORDER BY schema_name", "default\nsales"},
		{"SELECT table_name, table_type FROM main.information_schema.tables WHERE table_schema = 'sales'", "everything | MANAGED\norders | MANAGED\ntotals | VIEW"},
		{"SELECT column_name, ordinal_position, is_nullable, full_data_type, data_type, numeric_precision, numeric_scale, comment " +
			"FROM main.information_schema.columns WHERE table_schema = 'sales' AND table_name = 'orders' AND ordinal_position > 1",
			"amount | 2 | YES | decimal(10,2) | DECIMAL | 10 | 2 | the amount\ncreated_at | 3 | YES | timestamp | TIMESTAMP | NULL | NULL | the created_at"},
		{"SELECT grantee, privilege_type, inherited_from FROM main.information_schema.table_privileges WHERE table_name = 'orders' LIMIT 1",
			connector + " | USE_CATALOG | NONE"},
		{"SELECT catalog_name, grantee, privilege_type, inherited_from FROM main.information_schema.catalog_privileges", "main | " + connector + " | USE_CATALOG | NONE"},
		{"SELECT schema_name, privilege_type FROM information_schema.schema_privileges ORDER BY 1", "default | USE_CATALOG\nsales | USE_CATALOG"},
		{"SELECT metastore_name, grantee, privilege_type FROM information_schema.metastore_privileges", "primary | " + connector + " | USE_CATALOG"},
		{"SELECT * FROM main.information_schema.information_schema_catalog_name", "main"},
		{"SELECT table_schema, table_name, is_updatable FROM information_schema.views WHERE table_schema = 'sales'", "sales | totals | NO"},
		{"SELECT metastore_id, metastore_name, metastore_owner, region FROM information_schema.metastores", "m-1 | primary | " + owner + " | westeurope"},
		{"SELECT count(*) FROM information_schema.table_constraints c JOIN information_schema.key_column_usage k ON c.constraint_name = k.constraint_name", "0"},
		{"SELECT tag_name, tag_value FROM information_schema.table_tags", ""},
		{"SELECT volume_name, tag_value FROM information_schema.volume_tags", ""},
		{"SELECT count(*) FROM information_schema.tables t JOIN information_schema.schemata s ON s.schema_name = t.table_schema", "6"},
	} {
		got, err := run(t, e, admin, c.sql)
		if err != nil || got != c.want {
			t.Errorf("%s: %v\n%s", c.sql, err, got)
		}
	}
	_, err := run(t, e, admin, "SELECT * FROM main.information_schema.external_locations")
	if err == nil || !strings.Contains(err.Error(), "[UNSUPPORTED_FEATURE] The embedded workspace does not have the view external_locations") {
		t.Errorf("a view that is not served: %v", err)
	}
	_, err = run(t, e, connector, "SELECT * FROM main.information_schema.tables")
	if err == nil || !strings.Contains(err.Error(), "USE CATALOG on Catalog 'main'") {
		t.Errorf("without USE CATALOG: %v", err)
	}
}

func TestARowFilterAndAMaskApplyToThoseTheyAreFor(t *testing.T) {
	e, w := newWorld(t)
	guarded := engine.Table{
		Name: engine.NewName("main", "sales", "guarded"), Owner: owner, Rows: 10, Columns: columns(t, "id bigint; region string; secret string"),
		Row: func(i int) []any { return []any{i, []string{"EMEA", "APAC"}[i%2], "hidden"} },
		Guard: func(who string) *engine.Guard {
			if who == admin {
				return nil
			}
			return &engine.Guard{
				Keep:  func(row []any) bool { return row[1] == "EMEA" },
				Masks: map[int]func(any) any{2: func(any) any { return "****" }},
			}
		},
	}
	view := engine.Table{Name: engine.NewName("main", "sales", "overview"), Kind: "VIEW", Owner: admin, SQL: "SELECT * FROM guarded", Columns: guarded.Columns}
	for _, def := range []engine.Table{guarded, view} {
		w.tables[def.Name] = true
		if err := e.CreateTable(def); err != nil {
			t.Fatal(err)
		}
		w.give(connector, "SELECT", def.Name.String())
	}
	w.give(connector, "USE CATALOG", "main")
	w.give(connector, "USE SCHEMA", "main.sales")
	for _, c := range []struct{ who, sql, want string }{
		{admin, "SELECT count(*), max(secret) FROM guarded", "10 | hidden"},
		{connector, "SELECT count(*), max(secret), min(region) FROM guarded", "5 | **** | EMEA"},
		{connector, "SELECT id FROM guarded WHERE id IN (1, 2)", "2"},
		{connector, "SELECT count(*) FROM guarded WHERE secret = 'hidden'", "0"},
		{connector, "SELECT count(*) FROM guarded a JOIN guarded b ON a.secret = b.secret AND a.id = b.id", "5"},
		{connector, "SELECT count(*), max(secret) FROM overview", "5 | ****"},
	} {
		if got, err := run(t, e, c.who, c.sql); err != nil || got != c.want {
			t.Errorf("%s as %s: %q, %v", c.sql, c.who, got, err)
		}
	}
}

func TestParametersOfTheSessionAreKeptAndChangeNothing(t *testing.T) {
	e, _ := newWorld(t)
	s := e.NewSession(admin, "", "")
	for _, c := range []struct{ sql, want string }{
		{"SET ansi_mode = true", "ansi_mode | true"},
		{"SET spark.sql.shuffle.partitions=8", "spark.sql.shuffle.partitions | 8"},
		{"SET TIME ZONE 'Europe/Berlin'", "timezone | Europe/Berlin"},
		{"SET ansi_mode", "ansi_mode | true"},
		{"SET", "ansi_mode | true\nspark.sql.shuffle.partitions | 8\ntimezone | Europe/Berlin"},
		{"RESET ansi_mode", ""},
		{"SET ansi_mode", "ansi_mode | <undefined>"},
		{"RESET", ""},
		{"SET", ""},
	} {
		r, err := e.Execute(t.Context(), s, c.sql)
		if err != nil || show(r) != c.want {
			t.Errorf("%s: %v", c.sql, err)
		}
	}
	if _, err := e.Execute(t.Context(), s, "SET ansi_mode ="); err == nil || !strings.Contains(err.Error(), "PARSE_SYNTAX_ERROR") {
		t.Errorf("half a statement: %v", err)
	}
}

func TestAnErrorSaysWhereItIs(t *testing.T) {
	e, _ := newWorld(t)
	for sql, want := range map[string]string{
		"SELECT 1\nFORM x":                        "Syntax error at or near 'x'. SQLSTATE: 42601 (line 2, pos 5)\n\n== SQL ==\nSELECT 1\nFORM x\n-----^^^\n",
		"GRANT SELECT ON TABLE x FOR y":           "(line 1, pos 24)\n\n== SQL ==\nGRANT SELECT ON TABLE x FOR y\n------------------------^^^\n",
		"SELECT 1;\nSELECT 2":                     "(line 2, pos 0)",
		"SELECT id,\n  o.nope FROM orders o":      "SQLSTATE: 42703; line 2 pos 2",
		"SELECT * FROM main.sales.nothing":        "SQLSTATE: 42P01; line 1 pos 14",
		"SELECT 'nope', nope(1)":                  "SQLSTATE: 42883; line 1 pos 15",
		"SELECT * FROM orders WHERE `x``y` = 'ä'": "with name `x``y` cannot be resolved. SQLSTATE: 42703; line 1 pos 27",
	} {
		if _, err := run(t, e, admin, sql); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q", sql, err)
		}
	}
}

func text(s string) *string { return &s }

func TestListingsForDriversMatchTheirPatterns(t *testing.T) {
	e, _ := newWorld(t)
	s := e.NewSession(admin, "", "")
	for _, c := range []struct {
		name string
		ask  engine.Metadata
		want string
	}{
		{"catalogs", engine.Metadata{Kind: engine.ListCatalogs}, "hr\nmain"},
		{"schemas", engine.Metadata{Kind: engine.ListSchemas, Catalog: text("MAIN"), Schema: text("s%")}, "sales | main"},
		{"a catalog is no pattern", engine.Metadata{Kind: engine.ListSchemas, Catalog: text("m%")}, ""},
		{"a catalog that is not there", engine.Metadata{Kind: engine.ListSchemas, Catalog: text("void")}, ""},
		{"views", engine.Metadata{Kind: engine.ListTables, Schema: text("sales"), Types: []string{"VIEW"}},
			"main | sales | totals | VIEW |  | NULL | NULL | NULL | NULL | NULL"},
		{"tables", engine.Metadata{Kind: engine.ListTables, Catalog: text("m_in"), Schema: text("sales"), Table: text("%r_er_")},
			"main | sales | orders | TABLE |  | NULL | NULL | NULL | NULL | NULL"},
		{"an underscore that is meant", engine.Metadata{Kind: engine.ListTables, Table: text(`o\_ders`)}, ""},
		{"columns", engine.Metadata{Kind: engine.ListColumns, Catalog: text("main"), Schema: text("sales"), Table: text("orders"), Column: text("a%")},
			"main | sales | orders | amount | 3 | DECIMAL(10,2) | 10 | NULL | 2 | 10 | 1 | the amount | NULL | NULL | NULL | NULL | 2 | YES | NULL | NULL | NULL | NULL | NO"},
		{"functions", engine.Metadata{Kind: engine.ListFunctions}, "main | sales | my_function | mine | 1 | my_function"},
		{"functions of another schema", engine.Metadata{Kind: engine.ListFunctions, Schema: text("default")}, ""},
	} {
		r, err := e.List(t.Context(), s, c.ask)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := show(r); got != c.want {
			t.Errorf("%s:\n%s", c.name, got)
		}
	}
	r, err := e.List(t.Context(), s, engine.Metadata{Kind: engine.ListTypes})
	if err != nil || r.Rows != 15 || len(r.Columns) != 18 || r.Value(7, 0) != "DECIMAL" || r.Value(7, 2) != int64(38) {
		t.Errorf("types: %v\n%s", err, show(r))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.List(ctx, s, engine.Metadata{Kind: engine.ListTables}); !errors.Is(err, context.Canceled) {
		t.Errorf("after it was canceled: %v", err)
	}
}
