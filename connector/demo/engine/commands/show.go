package commands

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// showable are the things SHOW is for, by the word that follows it.
var showable = map[string]func(*Desk, *objects.Session, *dialect.Parser) (*values.Result, error){
	"CATALOGS": (*Desk).showCatalogs,
	"SCHEMAS":  (*Desk).showSchemas, "DATABASES": (*Desk).showSchemas,
	"TABLES": (*Desk).showTables, "VIEWS": (*Desk).showViews, "COLUMNS": (*Desk).showColumns,
	"GRANTS": (*Desk).showGrants, "GRANT": (*Desk).showGrants, "FUNCTIONS": (*Desk).showFunctions,
}

// elsewhere are the things that SHOW is for in Databricks and not here.
const elsewhere = "USER FUNCTIONS, SYSTEM FUNCTIONS, ALL FUNCTIONS, ALL IN SHARE, CREATE TABLE, TABLES DROPPED, PARTITIONS, " +
	"TBLPROPERTIES, VOLUMES, SHARES IN PROVIDER, SHARES, RECIPIENTS, PROVIDERS, GROUPS, USERS, STORAGE CREDENTIALS, SERVICE CREDENTIALS, " +
	"CREDENTIALS, CONNECTIONS, EXTERNAL LOCATIONS, PROCEDURES, POLICIES, EFFECTIVE POLICIES, METASTORES, CURRENT SCHEMA, CURRENT NAMESPACE, " +
	"MATERIALIZED VIEWS, INDEXES, JARS, FILES, BLOOMFILTER INDEX"

// show runs the SHOW statements.
func (d *Desk) show(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	if what, known := acceptWhole(p); known {
		return d.showWhole(what, s, p)
	}
	if word := p.Peek(); word.Kind == dialect.Word && showable[word.Value] != nil && !p.Ahead(1).Is("DROPPED") {
		run := showable[word.Value]
		p.Skip()
		return run(d, s, p)
	}
	if p.Accept("TABLE", "EXTENDED") {
		return d.showTableExtended(s, p)
	}
	if d.Versions != nil && p.Accept("TBLPROPERTIES") {
		return d.showProperties(s, p)
	}
	for _, noun := range d.Authority.Nouns() {
		words := strings.Fields(noun.Show.Name)
		if inside := noun.Parts == 1 && p.Ahead(len(words)).Is("IN"); !inside && noun.Show.Name != "" && p.Accept(words...) {
			return d.showNoun(noun, s, p)
		}
	}
	if kind, known := what(p, elsewhere); known {
		return nil, notHere("SHOW " + kind)
	}
	return nil, p.Wrong()
}

func (d *Desk) showCatalogs(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	list, err := d.Authority.Catalogs(s.Principal())
	return listing(p, err, list, []string{"catalog"}, func(o objects.Object) []string { return []string{o.Name} })
}

func (d *Desk) showSchemas(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	catalog, _ := s.Namespace()
	if p.Accept("IN") || p.Accept("FROM") {
		parts, err := p.Name(1)
		if err != nil {
			return nil, err
		}
		catalog = parts[0]
	}
	list, err := d.Authority.Schemas(s.Principal(), catalog)
	return listing(p, err, list, []string{"databaseName"}, func(o objects.Object) []string { return []string{o.Name} })
}

// schemaOf reads the IN clause of SHOW TABLES and SHOW VIEWS.
func schemaOf(s *objects.Session, p *dialect.Parser) (catalog, schema string, err error) {
	catalog, schema = s.Namespace()
	if p.Accept("IN") || p.Accept("FROM") {
		parts, err := p.Name(2)
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

func (d *Desk) showTables(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	catalog, schema, err := schemaOf(s, p)
	if err != nil {
		return nil, err
	}
	list, err := d.tablesIn(s, catalog, schema)
	r, err := listing(p, err, list, []string{"database", "tableName", "isTemporary"}, func(o objects.Object) []string {
		return []string{schema, o.Name, ""}
	})
	return withFlags(r, err, 2)
}

func (d *Desk) showViews(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	catalog, schema, err := schemaOf(s, p)
	if err != nil {
		return nil, err
	}
	list, err := d.tablesIn(s, catalog, schema)
	list = slices.DeleteFunc(slices.Clone(list), func(o objects.Object) bool { return tableType(o.Kind) != "VIEW" })
	r, err := listing(p, err, list, []string{"namespace", "viewName", "isTemporary", "isMaterialized"}, func(o objects.Object) []string {
		return []string{schema, o.Name, "", ""}
	})
	if r, err = withFlags(r, err, 2, 3); err != nil {
		return nil, err
	}
	for i, name := range r.Vectors[1].Texts {
		r.Vectors[3].Bools[i] = slices.ContainsFunc(list, func(o objects.Object) bool { return o.Name == name && o.Kind == "MATERIALIZED_VIEW" })
	}
	return r, nil
}

// tablesIn lists a schema, also the information schema, which the authority
// does not know.
func (d *Desk) tablesIn(s *objects.Session, catalog, schema string) ([]objects.Object, error) {
	list, err := d.tables(s.Principal(), catalog, schema)
	var refused *values.Error
	if errors.As(err, &refused) && refused.SQLState == "42501" && d.Authority.UseCatalog(s.Principal(), catalog) == nil {
		// Where the schema alone is closed, Databricks passes on what Unity Catalog says, which speaks of another privilege.
		return nil, &values.Error{SQLState: "42501", Message: "PERMISSION_DENIED: User does not have BROWSE on Catalog '" + catalog + "'."}
	}
	return list, err
}

func (d *Desk) tables(principal, catalog, schema string) ([]objects.Object, error) {
	if schema != objects.InformationSchema || catalog == legacyCatalog {
		return d.Authority.Tables(principal, catalog, schema)
	}
	if err := d.Authority.UseCatalog(principal, catalog); err != nil {
		return nil, err
	}
	var list []objects.Object
	for name := range d.relations() {
		list = append(list, objects.Object{Name: name, Kind: "VIEW", Owner: systemUser})
	}
	slices.SortFunc(list, func(a, b objects.Object) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// withFlags makes columns of a listing booleans, all false.
func withFlags(r *values.Result, err error, columns ...int) (*values.Result, error) {
	if err != nil {
		return nil, err
	}
	for _, i := range columns {
		r.Columns[i].Type = values.BooleanType
		r.Vectors[i] = values.Vector{Bools: make([]bool, r.Rows)}
	}
	return r, nil
}

func (d *Desk) showColumns(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	if !p.Accept("IN") && !p.Accept("FROM") {
		return nil, p.Wrong()
	}
	name, err := p.TableName(s.Namespace())
	if err != nil {
		return nil, err
	}
	if p.Accept("IN") || p.Accept("FROM") { // the schema may stand apart from the table
		catalog, schema, err := name.Catalog, "", error(nil)
		parts, err := p.Name(2)
		if err != nil {
			return nil, err
		}
		if schema = parts[len(parts)-1]; len(parts) == 2 {
			catalog = parts[0]
		}
		name = dialect.NewName(catalog, schema, name.Table)
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	def, err := d.described(s, name)
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(def.Columns))
	for i, c := range def.Columns {
		rows[i] = []string{c.Name}
	}
	return values.TextResult([]string{"col_name"}, rows), nil
}

// listing makes the answer of a SHOW statement out of objects, of which an
// optional LIKE keeps some. Patterns are case-insensitive, with * for any text,
// a dot for any character and | between alternatives.
func listing(
	p *dialect.Parser, err error, list []objects.Object, columns []string, row func(objects.Object) []string,
) (*values.Result, error) {
	if p.Accept("LIKE") || p.Peek().Kind == dialect.Text {
		pattern, unread := showPattern(p)
		if unread != nil {
			return nil, unread
		}
		matches := alternatives(pattern)
		list = slices.DeleteFunc(slices.Clone(list), func(o objects.Object) bool { return !matches(o.Name) })
	}
	if syntax := p.End(); syntax != nil {
		return nil, syntax
	}
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(list))
	for i, o := range list {
		rows[i] = row(o)
	}
	return values.TextResult(columns, rows), nil
}

// longestPattern is how long a pattern of SHOW may be: it is held against every name, by each of its alternatives.
const longestPattern = 4096

// showPattern reads the pattern that stands behind LIKE.
func showPattern(p *dialect.Parser) (string, error) {
	pattern := p.Peek()
	switch {
	case pattern.Kind != dialect.Text:
		return "", p.Wrong()
	case len(pattern.Value) > longestPattern:
		return "", &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000",
			Message: fmt.Sprintf("The embedded workspace reads patterns of SHOW of at most %d bytes.", longestPattern),
		}
	}
	p.Skip()
	return pattern.Value, nil
}

// alternatives matches what one of the parts of a pattern matches.
func alternatives(pattern string) func(name string) bool {
	var all []values.Like
	for _, alternative := range strings.Split(strings.ToLower(pattern), "|") {
		want, _ := values.NewLike(asLike(strings.TrimSpace(alternative)), '\\')
		all = append(all, want)
	}
	return func(name string) bool {
		return slices.ContainsFunc(all, func(want values.Like) bool { return like(want, name) })
	}
}
