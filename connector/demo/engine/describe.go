package engine

import (
	"slices"
	"strings"
)

// describable are the things that DESCRIBE is for in Databricks and not here.
var describable = []string{"FUNCTION", "QUERY", "HISTORY", "DETAIL", "VOLUME", "SHARE", "CONNECTION", "CREDENTIAL", "EXTERNAL", "RECIPIENT", "PROVIDER"}

// describe runs DESCRIBE for tables, schemas and catalogs. A table may be
// called what a kind of thing is called: then its name is the last word.
func (e *Engine) describe(s *Session, p *parser) (*Result, error) {
	if t := p.peek(); t.kind == word && p.pos+1 < len(p.tokens) && p.tokens[p.pos+1].identifier() {
		switch {
		case t.is("CATALOG"):
			return e.describeCatalog(s, p)
		case t.is("SCHEMA"), t.is("DATABASE"):
			return e.describeSchema(s, p)
		case slices.Contains(describable, t.value):
			return nil, notHere("DESCRIBE " + t.value)
		}
	}
	p.accept("TABLE")
	extended := len(p.tokens) > p.pos+1 && (p.accept("EXTENDED") || p.accept("FORMATTED"))
	name, err := p.tableName(s)
	if err != nil {
		return nil, err
	}
	if p.peek().is("AS") {
		return nil, notHere("DESCRIBE AS JSON")
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	def, err := e.described(s, name)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, c := range def.Columns {
		rows = append(rows, []string{c.Name, c.Type.Text, c.Comment})
	}
	if extended {
		rows = append(rows,
			[]string{"", "", ""},
			[]string{"# Detailed Table Information", "", ""},
			[]string{"Catalog", def.Name.Catalog, ""},
			[]string{"Database", def.Name.Schema, ""},
			[]string{"Table", def.Name.Table, ""},
			[]string{"Owner", def.Owner, ""},
			[]string{"Type", def.Kind, ""},
			[]string{"Comment", def.Comment, ""})
	}
	r := textResult([]string{"col_name", "data_type", "comment"}, rows)
	for i, c := range rows { // a column without a comment has NULL
		if i < len(def.Columns) && c[2] == "" {
			r.Vectors[2].setNull(i)
		}
	}
	return r, nil
}

// described returns a table's definition to a principal who may see it.
func (e *Engine) described(s *Session, name Name) (*Table, error) {
	if name.Schema == informationSchema {
		if err := e.auth.UseCatalog(s.principal, name.Catalog); err != nil {
			return nil, err
		}
		return informationTable(name)
	}
	if err := e.auth.Describe(s.principal, name); err != nil {
		return nil, err
	}
	return e.table(name)
}

func (e *Engine) describeCatalog(s *Session, p *parser) (*Result, error) {
	p.pos++
	p.accept("EXTENDED")
	parts, err := p.name(1)
	if err != nil {
		return nil, err
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	list, err := e.auth.Catalogs(s.principal)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(o Object) bool { return strings.EqualFold(o.Name, parts[0]) })
	if i < 0 { // hidden, or not there: the authority knows which
		if err := e.auth.UseCatalog(s.principal, parts[0]); err != nil {
			return nil, err
		}
		return nil, CatalogNotFound(parts[0])
	}
	return textResult([]string{"info_name", "info_value"}, [][]string{
		{"Catalog Name", list[i].Name}, {"Comment", list[i].Comment}, {"Owner", list[i].Owner}, {"Catalog Type", list[i].Kind},
	}), nil
}

func (e *Engine) describeSchema(s *Session, p *parser) (*Result, error) {
	p.pos++
	p.accept("EXTENDED")
	catalog, _ := s.Namespace()
	parts, err := p.name(2)
	if err != nil {
		return nil, err
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	if len(parts) == 2 {
		catalog = parts[0]
	}
	schema := parts[len(parts)-1]
	list, err := e.auth.Schemas(s.principal, catalog)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(o Object) bool { return o.Name == schema })
	if i < 0 {
		return nil, SchemaNotFound(catalog, schema)
	}
	return textResult([]string{"database_description_item", "database_description_value"}, [][]string{
		{"Catalog Name", catalog}, {"Namespace Name", list[i].Name}, {"Comment", list[i].Comment}, {"Location", ""}, {"Owner", list[i].Owner},
	}), nil
}
