package engine

import (
	"slices"
	"strings"
)

// showable are the things SHOW is for, by the word that follows it.
var showable = map[string]func(*Engine, *Session, *parser) (*Result, error){
	"CATALOGS": (*Engine).showCatalogs,
	"SCHEMAS":  (*Engine).showSchemas, "DATABASES": (*Engine).showSchemas,
	"TABLES": (*Engine).showTables, "VIEWS": (*Engine).showViews, "COLUMNS": (*Engine).showColumns,
	"GRANTS": (*Engine).showGrants, "GRANT": (*Engine).showGrants,
}

// elsewhere are the things that SHOW is for in Databricks and not here.
var elsewhere = []string{
	"FUNCTIONS", "USER", "ALL", "CREATE", "TABLE", "PARTITIONS", "TBLPROPERTIES", "VOLUMES", "SHARES", "RECIPIENTS", "PROVIDERS", "GROUPS",
	"USERS", "CREDENTIALS", "CONNECTIONS", "LOCATIONS", "EXTERNAL", "PROCEDURES", "POLICIES", "METASTORES", "CURRENT",
}

// show runs the SHOW statements.
func (e *Engine) show(s *Session, p *parser) (*Result, error) {
	what := p.peek()
	if run := showable[what.value]; run != nil && what.kind == word {
		p.pos++
		return run(e, s, p)
	}
	if slices.Contains(elsewhere, what.value) && what.kind == word {
		return nil, notHere("SHOW " + what.value)
	}
	return nil, p.wrong()
}

func (e *Engine) showCatalogs(s *Session, p *parser) (*Result, error) {
	list, err := e.auth.Catalogs(s.principal)
	return listing(p, err, list, []string{"catalog"}, func(o Object) []string { return []string{o.Name} })
}

func (e *Engine) showSchemas(s *Session, p *parser) (*Result, error) {
	catalog, _ := s.Namespace()
	if p.accept("IN") || p.accept("FROM") {
		parts, err := p.name(1)
		if err != nil {
			return nil, err
		}
		catalog = parts[0]
	}
	list, err := e.auth.Schemas(s.principal, catalog)
	return listing(p, err, list, []string{"databaseName"}, func(o Object) []string { return []string{o.Name} })
}

// schemaOf reads the IN clause of SHOW TABLES and SHOW VIEWS.
func schemaOf(s *Session, p *parser) (catalog, schema string, err error) {
	catalog, schema = s.Namespace()
	if p.accept("IN") || p.accept("FROM") {
		parts, err := p.name(2)
		if err != nil {
			return "", "", err
		}
		if len(parts) == 2 {
			catalog = parts[0]
		}
		schema = parts[len(parts)-1]
	}
	return catalog, schema, nil
}

func (e *Engine) showTables(s *Session, p *parser) (*Result, error) {
	catalog, schema, err := schemaOf(s, p)
	if err != nil {
		return nil, err
	}
	list, err := e.tablesIn(s, catalog, schema)
	r, err := listing(p, err, list, []string{"database", "tableName", "isTemporary"}, func(o Object) []string {
		return []string{schema, o.Name, ""}
	})
	return withFlags(r, err, 2)
}

func (e *Engine) showViews(s *Session, p *parser) (*Result, error) {
	catalog, schema, err := schemaOf(s, p)
	if err != nil {
		return nil, err
	}
	list, err := e.tablesIn(s, catalog, schema)
	list = slices.DeleteFunc(slices.Clone(list), func(o Object) bool { return tableType(o.Kind) != "VIEW" })
	r, err := listing(p, err, list, []string{"namespace", "viewName", "isTemporary", "isMaterialized"}, func(o Object) []string {
		return []string{schema, o.Name, "", ""}
	})
	if r, err = withFlags(r, err, 2, 3); err != nil {
		return nil, err
	}
	for i, name := range r.Vectors[1].Texts {
		r.Vectors[3].Bools[i] = slices.ContainsFunc(list, func(o Object) bool { return o.Name == name && o.Kind == "MATERIALIZED_VIEW" })
	}
	return r, nil
}

// tablesIn lists a schema, also the information schema, which the authority
// does not know.
func (e *Engine) tablesIn(s *Session, catalog, schema string) ([]Object, error) {
	if schema != informationSchema || catalog == legacyCatalog {
		return e.auth.Tables(s.principal, catalog, schema)
	}
	if err := e.auth.UseCatalog(s.principal, catalog); err != nil {
		return nil, err
	}
	var list []Object
	for name := range relations {
		list = append(list, Object{Name: name, Kind: "VIEW", Owner: systemUser})
	}
	slices.SortFunc(list, func(a, b Object) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// withFlags makes columns of a listing booleans, all false.
func withFlags(r *Result, err error, columns ...int) (*Result, error) {
	if err != nil {
		return nil, err
	}
	for _, i := range columns {
		r.Columns[i].Type = BooleanType
		r.Vectors[i] = Vector{Bools: make([]bool, r.Rows)}
	}
	return r, nil
}

func (e *Engine) showColumns(s *Session, p *parser) (*Result, error) {
	if !p.accept("IN") && !p.accept("FROM") {
		return nil, p.wrong()
	}
	name, err := p.tableName(s)
	if err != nil {
		return nil, err
	}
	if p.accept("IN") || p.accept("FROM") { // the schema may stand apart from the table
		catalog, schema, err := name.Catalog, "", error(nil)
		parts, err := p.name(2)
		if err != nil {
			return nil, err
		}
		if schema = parts[len(parts)-1]; len(parts) == 2 {
			catalog = parts[0]
		}
		name = NewName(catalog, schema, name.Table)
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	def, err := e.described(s, name)
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(def.Columns))
	for i, c := range def.Columns {
		rows[i] = []string{c.Name}
	}
	return textResult([]string{"col_name"}, rows), nil
}

// listing makes the answer of a SHOW statement out of objects, of which an
// optional LIKE keeps some. Patterns are case-insensitive, with * for any text
// and | between alternatives.
func listing(p *parser, err error, list []Object, columns []string, row func(Object) []string) (*Result, error) {
	if p.accept("LIKE") || p.peek().kind == text {
		pattern := p.peek()
		if pattern.kind != text {
			return nil, p.wrong()
		}
		p.pos++
		list = slices.DeleteFunc(slices.Clone(list), func(o Object) bool { return !like(pattern.value, o.Name) })
	}
	if syntax := p.end(); syntax != nil {
		return nil, syntax
	}
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(list))
	for i, o := range list {
		rows[i] = row(o)
	}
	return textResult(columns, rows), nil
}

func like(pattern, name string) bool {
	name = strings.ToLower(name)
	for _, alternative := range strings.Split(strings.ToLower(pattern), "|") {
		parts := strings.Split(strings.TrimSpace(alternative), "*")
		rest, found := strings.CutPrefix(name, parts[0])
		for i := 1; found && i < len(parts); i++ {
			if i == len(parts)-1 {
				found = strings.HasSuffix(rest, parts[i])
				rest = ""
				break
			}
			_, rest, found = strings.Cut(rest, parts[i])
		}
		if found && rest == "" {
			return true
		}
	}
	return false
}

func (e *Engine) showGrants(s *Session, p *parser) (*Result, error) {
	var grantee string
	if !p.peek().is("ON") {
		p.accept("TO")
		var err error
		if grantee, err = p.identifier(); err != nil {
			return nil, err
		}
	}
	if err := p.expect("ON"); err != nil {
		return nil, err
	}
	on, err := p.securable(s)
	if err != nil {
		return nil, err
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	grants, err := e.auth.Grants(s.principal, on, grantee)
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(grants))
	for i, g := range grants {
		rows[i] = []string{g.Principal, g.Privilege, g.On.Type, strings.Join(g.On.Name, ".")}
	}
	return textResult([]string{"Principal", "ActionType", "ObjectType", "ObjectKey"}, rows), nil
}
