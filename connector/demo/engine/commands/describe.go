package commands

import (
	"cmp"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// describable are the things that DESCRIBE is for in Databricks and not here.
const describable = "FUNCTION, PROCEDURE, QUERY, HISTORY, DETAIL, VOLUME, SHARE, CONNECTION, STORAGE CREDENTIAL, SERVICE CREDENTIAL, CREDENTIAL, " +
	"EXTERNAL LOCATION, RECIPIENT, PROVIDER, METASTORE, POLICY"

// describe runs DESCRIBE for tables, schemas and catalogs. A table may be
// called what a kind of thing is called: then its name is the last word.
func (d *Desk) describe(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	if t := p.Peek(); t.Kind == dialect.Word && p.Ahead(1).Identifier() {
		switch {
		case t.Is("CATALOG"):
			return d.describeCatalog(s, p)
		case t.Is("SCHEMA"), t.Is("DATABASE"):
			return d.describeSchema(s, p)
		case t.Is("HISTORY") && d.Versions != nil:
			return d.describeHistory(s, p)
		case t.Is("DETAIL") && d.Versions != nil:
			return d.describeDetail(s, p)
		}
		if kind, known := what(p, describable); known {
			return nil, notHere("DESCRIBE " + kind)
		}
	}
	p.Accept("TABLE")
	extended := p.Left() > 1 && (p.Accept("EXTENDED") || p.Accept("FORMATTED"))
	name, err := p.TableName(s.Namespace())
	if err != nil {
		return nil, err
	}
	switch next := p.Peek(); {
	case next.Is("AS"):
		return nil, notHere("DESCRIBE AS JSON")
	case next.Is("PARTITION"):
		return nil, notHere("DESCRIBE PARTITION")
	case next.Identifier():
		return d.describeColumn(s, p, name)
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	def, err := d.described(s, name)
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
	r := values.TextResult([]string{"col_name", "data_type", "comment"}, rows)
	for i, c := range rows { // a column without a comment has NULL
		if i < len(def.Columns) && c[2] == "" {
			r.Vectors[2].SetNull(i)
		}
	}
	return r, nil
}

// describeColumn runs DESCRIBE for one column of a table.
func (d *Desk) describeColumn(s *objects.Session, p *dialect.Parser, table dialect.Name) (*values.Result, error) {
	column, err := p.Identifier()
	if err != nil {
		return nil, err
	}
	if p.Peek().Is(".") {
		return nil, notHere("DESCRIBE of a nested column")
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	def, err := d.described(s, table)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(def.Columns, func(c values.Column) bool { return strings.EqualFold(c.Name, column) })
	if i < 0 {
		return nil, dialect.UnresolvedColumn(column)
	}
	c := def.Columns[i]
	return values.TextResult([]string{"info_name", "info_value"}, [][]string{
		{"col_name", c.Name}, {"data_type", c.Type.Text}, {"comment", cmp.Or(c.Comment, "NULL")},
	}), nil
}

// definition is what a table is made of, or a view of the information schema.
func (d *Desk) definition(name dialect.Name) (*objects.Table, error) {
	if name.Schema == objects.InformationSchema {
		return d.informationTable(name)
	}
	return d.Store.Definition(name)
}

// Columns names the columns of a table, whoever asks; ok is false for one that
// is not there.
func (d *Desk) Columns(name dialect.Name) (names []string, ok bool) {
	def, err := d.definition(name)
	if err != nil {
		return nil, false
	}
	for _, c := range def.Columns {
		names = append(names, c.Name)
	}
	return names, true
}

// described returns a table's definition to a principal who may see it.
func (d *Desk) described(s *objects.Session, name dialect.Name) (*objects.Table, error) {
	if name.Schema == objects.InformationSchema {
		if err := d.Authority.UseCatalog(s.Principal(), name.Catalog); err != nil {
			return nil, err
		}
		return d.informationTable(name)
	}
	if err := d.Authority.Describe(s.Principal(), name); err != nil {
		return nil, err
	}
	return d.Store.Table(name)
}

func (d *Desk) describeCatalog(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	p.Skip()
	p.Accept("EXTENDED")
	parts, err := p.Name(1)
	if err != nil {
		return nil, err
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	list, err := d.Authority.Catalogs(s.Principal())
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(o objects.Object) bool { return strings.EqualFold(o.Name, parts[0]) })
	if i < 0 { // hidden, or not there: the authority knows which
		if err := d.Authority.UseCatalog(s.Principal(), parts[0]); err != nil {
			return nil, err
		}
		return nil, dialect.CatalogNotFound(parts[0])
	}
	return values.TextResult([]string{"info_name", "info_value"}, [][]string{
		{"Catalog Name", list[i].Name}, {"Comment", list[i].Comment}, {"Owner", list[i].Owner}, {"Catalog Type", list[i].Kind},
	}), nil
}

func (d *Desk) describeSchema(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	p.Skip()
	p.Accept("EXTENDED")
	catalog, _ := s.Namespace()
	parts, err := p.Name(2)
	if err != nil {
		return nil, err
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	if len(parts) == 2 {
		catalog = parts[0]
	}
	schema := parts[len(parts)-1]
	list, err := d.Authority.Schemas(s.Principal(), catalog)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(o objects.Object) bool { return o.Name == schema })
	if i < 0 {
		return nil, dialect.SchemaNotFound(catalog, schema)
	}
	return values.TextResult([]string{"database_description_item", "database_description_value"}, [][]string{
		{"Catalog Name", catalog}, {"Namespace Name", list[i].Name}, {"Comment", list[i].Comment}, {"Location", ""}, {"Owner", list[i].Owner},
	}), nil
}
