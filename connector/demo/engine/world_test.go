package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

const (
	admin     = "admin@example.com"
	owner     = "data-governance"
	connector = "6d1a7c2e-52d3-4a7a-9d0e-0c7f0b6f5a11"
)

// world is an authority with a flat idea of privileges: a set of
// "privilege principal object" lines. Admin may do everything.
type world struct {
	mu     sync.Mutex
	held   map[string]bool
	tables map[engine.Name]bool
	reads  int
	blind  bool // nobody may read
	faster int  // how often another client changes a table first

	made              []engine.Creation
	dropped, inserted []string
}

func (w *world) has(who, privilege string, object ...string) bool {
	return who == admin || w.held[privilege+" "+who+" "+strings.Join(object, ".")]
}

func (w *world) give(who, privilege, object string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held[privilege+" "+who+" "+object] = true
}

func (w *world) Read(who string, t engine.Name) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reads++
	switch {
	case !slices.Contains([]string{"main", "hr"}, t.Catalog):
		return engine.CatalogNotFound(t.Catalog)
	case !w.has(who, "USE CATALOG", t.Catalog):
		return engine.InsufficientPermissions("USE CATALOG", "Catalog", t.Catalog)
	case t.Schema != "sales" && t.Schema != "people":
		return engine.SchemaNotFound(t.Catalog, t.Schema)
	case !w.has(who, "USE SCHEMA", t.Catalog, t.Schema):
		return engine.InsufficientPermissions("USE SCHEMA", "Schema", t.Catalog+"."+t.Schema)
	case !w.tables[t]:
		return engine.TableNotFound(t)
	case w.blind, !w.has(who, "SELECT", t.Catalog, t.Schema, t.Table):
		return engine.InsufficientPermissions("SELECT", "Table", t.String())
	}
	return nil
}

func (w *world) Describe(who string, t engine.Name) error { return w.Read(who, t) }

func (w *world) Write(who string, t engine.Name) error {
	if who == admin {
		return nil
	}
	return engine.InsufficientPermissions("MODIFY", "Table", t.String())
}

func (w *world) UseCatalog(who, catalog string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case !slices.Contains([]string{"main", "hr"}, catalog):
		return engine.CatalogNotFound(catalog)
	case !w.has(who, "USE CATALOG", catalog):
		return engine.InsufficientPermissions("USE CATALOG", "Catalog", catalog)
	}
	return nil
}

func objects(kind string, names ...string) []engine.Object {
	var list []engine.Object
	for _, n := range names {
		list = append(list, engine.Object{Name: n, Kind: kind, Owner: owner})
	}
	return list
}

func (w *world) Metastore() engine.Object {
	return engine.Object{Name: "primary", Owner: owner, Details: map[string]any{"metastore_id": "m-1", "region": "westeurope"}}
}

func (w *world) Catalogs(string) ([]engine.Object, error) {
	return objects("MANAGED_CATALOG", "hr", "main"), nil
}

func (w *world) Schemas(_, catalog string) ([]engine.Object, error) {
	if catalog != "main" {
		return nil, engine.CatalogNotFound(catalog)
	}
	return objects("", "default", "sales"), nil
}

func (w *world) Tables(_, catalog, schema string) ([]engine.Object, error) {
	if catalog != "main" || schema != "sales" && schema != "default" {
		return nil, engine.SchemaNotFound(catalog, schema)
	}
	return append(objects("MANAGED", "everything", "orders"), objects("VIEW", "totals")...), nil
}

// Nouns are those of a workspace with volumes and external locations.
func (w *world) Nouns() []engine.Noun {
	return []engine.Noun{
		{Words: "CATALOG", Type: "CATALOG", Parts: 1}, {Words: "SCHEMA", Type: "SCHEMA", Parts: 2}, {Words: "DATABASE", Type: "SCHEMA", Parts: 2},
		{Words: "TABLE", Type: "TABLE", Parts: 3}, {Words: "VIEW", Type: "VIEW", Parts: 3}, {Words: "MATERIALIZED VIEW", Type: "VIEW", Parts: 3},
		{Words: "VOLUME", Type: "VOLUME", Parts: 3, Show: engine.Listing{Name: "VOLUMES", Columns: "database string, volume_name string"}},
		{
			Words: "FUNCTION", Type: "FUNCTION", Parts: 3,
			Information: engine.Listing{Name: "routines", Columns: "routine_schema string, routine_name string, routine_type string, comment string, created timestamp"},
			Grants:      engine.Listing{Name: "routine_privileges", Columns: "grantee string, routine_name string, privilege_type string, inherited_from string"},
		},
		{
			Words: "EXTERNAL LOCATION", Type: "EXTERNAL_LOCATION", Parts: 1,
			Show: engine.Listing{Name: "EXTERNAL LOCATIONS", Columns: "name string, url string, comment string"},
		},
	}
}

func (w *world) Objects(_ string, noun engine.Noun, catalog, schema string) ([]engine.Object, error) {
	switch {
	case noun.Type == "EXTERNAL_LOCATION":
		return []engine.Object{{Name: "landing", Owner: owner, Details: map[string]any{"url": "abfss://landing@lake/"}}}, nil
	case catalog == "main" && schema == "sales":
		kind := strings.ToLower(noun.Type)
		return []engine.Object{{Name: "my_" + kind, Owner: owner, Comment: "mine", Details: map[string]any{"routine_type": noun.Type}}}, nil
	}
	return nil, nil
}

func (w *world) Grants(_ string, on engine.Securable, grantee string) ([]engine.Grant, error) {
	return []engine.Grant{{Principal: connector, Privilege: "USE CATALOG", On: on}}, nil
}

func (w *world) Change(by string, c engine.Change) error {
	if by != admin {
		return engine.InsufficientPermissions("MANAGE", "Catalog", c.On.Name[0])
	}
	if c.Principal != connector {
		return engine.PrincipalNotFound(c.Principal)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range c.Privileges {
		w.held[p+" "+c.Principal+" "+strings.Join(c.On.Name, ".")] = !c.Revoke
	}
	return nil
}

func (w *world) Restructure(who string, t engine.Name, _ engine.Restructure) error {
	return w.Write(who, t)
}

func (w *world) Edit(_ string, t engine.Name, edit engine.Edit) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.faster > 0 {
		w.faster--
		return engine.ErrConflict
	}
	w.inserted = append(w.inserted, fmt.Sprint(t, " ", edit.Operation, " ", edit.All, edit.Deleted, edit.Updated, edit.After, edit.Inserted))
	return nil
}

func (w *world) Comment(who string, on engine.Securable, text string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inserted = append(w.inserted, "comment "+on.Type+" "+strings.Join(on.Name, ".")+": "+text)
	return nil
}

func parseType(t testing.TB, text string) engine.Type {
	t.Helper()
	typed, err := engine.ParseType(text)
	if err != nil {
		t.Fatal(err)
	}
	return typed
}

func columns(t testing.TB, list string) []engine.Column {
	var all []engine.Column
	for _, c := range strings.Split(list, "; ") {
		name, text, _ := strings.Cut(c, " ")
		all = append(all, engine.Column{Name: name, Type: parseType(t, text), Nullable: true, Comment: "the " + name})
	}
	return all
}

var everything = [][]any{
	{true, 1, int64(1) << 60, 1.5, "12.50", "12345678901234567890.123456789012345678", "naïve 'text'", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC),
		time.Date(2024, 2, 29, 13, 14, 15, 123456000, time.UTC), []byte{0, 1, 255}, `["a","b"]`},
	{nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil},
	{false, -1, int64(-5), -0.25, "-0.05", "0.000000000000000001", "", "1999-12-31", "1970-01-01 00:00:00", []byte{9}, `[]`},
}

// newWorld has main.sales.orders (1,000 rows), main.sales.everything (all
// types), main.sales.lines, hr.people.salaries, and views.
func newWorld(t testing.TB) (*engine.Engine, *world) {
	t.Helper()
	w := &world{held: map[string]bool{}, tables: map[engine.Name]bool{}}
	defs := []engine.Table{
		{Name: engine.NewName("main", "sales", "orders"), Kind: "MANAGED", Owner: owner, Rows: 1000,
			Columns: columns(t, "id bigint; customer string; amount decimal(10,2); created_at timestamp"),
			Row: func(i int) []any {
				return []any{i, fmt.Sprintf("customer %d", i%10), fmt.Sprintf("%d.%02d", i, i%100), time.Unix(int64(i)*60, 0)}
			}},
		{Name: engine.NewName("main", "sales", "lines"), Owner: owner, Rows: 5000, Columns: columns(t, "order_id bigint; sku string"),
			Row: func(i int) []any { return []any{i / 5, fmt.Sprintf("sku-%d", i)} }},
		{Name: engine.NewName("main", "sales", "elsewhere"), Kind: "FOREIGN", Owner: owner, Columns: columns(t, "id bigint")},
		{Name: engine.NewName("main", "sales", "everything"), Owner: owner,
			Columns: columns(t, "flag boolean; small int; big bigint; ratio double; price decimal(10,2); exact decimal(38,18); note string; day date; at timestamp; raw binary; tags array<string>")},
		{Name: engine.NewName("hr", "people", "salaries"), Owner: owner, Rows: 3, Columns: columns(t, "name string; salary bigint"),
			Row: func(i int) []any { return []any{fmt.Sprint("person ", i), 1000 * i} }},
		{Name: engine.NewName("main", "sales", "totals"), Kind: "VIEW", Owner: owner,
			Columns: columns(t, "name string; salary bigint"), SQL: "SELECT name, salary FROM hr.people.salaries WHERE salary > 0"},
		{Name: engine.NewName("main", "sales", "recent"), Kind: "VIEW", Owner: owner,
			Columns: columns(t, "id bigint; amount decimal(10,2)"), SQL: "SELECT o.id, o.amount FROM orders o ORDER BY o.id DESC LIMIT 3"},
	}
	e, err := engine.New(w, engine.Options{Schema: "sales"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, def := range defs {
		w.tables[def.Name] = true
		if err := e.CreateTable(def); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Insert(engine.NewName("main", "sales", "everything"), everything); err != nil {
		t.Fatal(err)
	}
	for _, grant := range []string{"USE CATALOG|main", "USE CATALOG|hr", "USE SCHEMA|main.sales", "USE SCHEMA|hr.people",
		"SELECT|main.sales.orders", "SELECT|hr.people.salaries"} {
		privilege, object, _ := strings.Cut(grant, "|")
		w.give(owner, privilege, object)
	}
	return e, w
}

// run executes a statement and returns its rows as text, one line each.
func run(t testing.TB, e *engine.Engine, who, sql string, params ...engine.Param) (string, error) {
	t.Helper()
	r, err := e.Execute(t.Context(), e.NewSession(who, "", ""), sql, params...)
	if err != nil {
		return "", err
	}
	return show(r), nil
}

func show(r *engine.Result) string {
	var lines []string
	for i := range r.Rows {
		var cells []string
		for j := range r.Columns {
			v := r.Value(i, j)
			if v == nil {
				v = "NULL"
			}
			cells = append(cells, fmt.Sprint(v))
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return strings.Join(lines, "\n")
}

func types(r *engine.Result) string {
	var all []string
	for _, c := range r.Columns {
		all = append(all, c.Type.Text)
	}
	return strings.Join(all, " ")
}

func (w *world) Create(who string, made engine.Creation) error {
	if who != admin {
		return engine.InsufficientPermissions("CREATE "+made.On.Type, "Schema", strings.Join(made.On.Name, "."))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.made = append(w.made, made)
	return nil
}

func (w *world) Drop(who string, on engine.Securable, cascade bool) error {
	if who != admin {
		return engine.InsufficientPermissions("MANAGE", "Table", strings.Join(on.Name, "."))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dropped = append(w.dropped, fmt.Sprint(on.Type, " ", strings.Join(on.Name, "."), " ", cascade))
	return nil
}

func (w *world) Insert(_ string, table engine.Name, rows [][]any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inserted = append(w.inserted, fmt.Sprint(table, rows))
	return nil
}
