package seed

import (
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// tablesFile is demo-tables.yaml.
type tablesFile struct{ Tables []table }

type table struct {
	Name, Comment, Owner string
	Type                 string
	View                 string // the SELECT of a view
	RowFilter            string `yaml:"row_filter"`
	Columns              []column
	Rows                 rows
	Tags                 map[string]string
	Grants               map[string][]string
}

type column struct {
	Name, Type, Comment, Mask string
	NotNull                   bool `yaml:"not_null"`
	Tags                      map[string]string
}

// rows are made by a function of the program, or stand in the file.
type rows struct {
	MadeBy  string `yaml:"made_by"`
	Seed    uint64
	Count   int
	Literal [][]any
}

// tableTypes are the values of table_type.
var tableTypes = []model.TableType{model.Managed, model.External, model.View, model.MaterializedView, model.StreamingTable, model.Foreign}

func (f tablesFile) into(s *Seed) error {
	for _, t := range f.Tables {
		if err := t.into(s); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

func (t table) into(s *Seed) error {
	on, err := unity.ParseSecurable(unity.TableKind.REST(), t.Name)
	if err != nil {
		return err
	}
	made := model.Table{
		Catalog: on.Catalog, Schema: on.Schema, Name: on.Name, Comment: t.Comment, Owner: t.Owner, Type: model.TableType(t.Type),
		ViewDefinition: t.View, RowFilter: t.RowFilter, Tags: map[string]map[string]string{"": t.Tags},
	}
	for _, c := range t.Columns {
		made.Tags[c.Name] = c.Tags
	}
	if made.Type == "" {
		made.Type = model.Managed
	}
	if !slices.Contains(tableTypes, made.Type) {
		return fmt.Errorf("%q is not a type of a table", t.Type)
	}
	if (t.View != "") != (made.Type == model.View) {
		return fmt.Errorf("a view, and nothing else, has a SELECT")
	}
	i := slices.IndexFunc(s.Catalogs, func(c model.Catalog) bool { return c.Name == on.Catalog })
	if i < 0 || !slices.ContainsFunc(s.Schemas, func(x model.Schema) bool { return x.Catalog == on.Catalog && x.Name == on.Schema }) {
		return fmt.Errorf("there is no schema %s.%s", on.Catalog, on.Schema)
	}
	if made.Owner == "" {
		made.Owner = s.Catalogs[i].Owner
	}
	if err := s.mayOwn(made.Owner); err != nil {
		return err
	}
	if made.Columns, err = s.columns(t.Columns); err != nil {
		return err
	}
	if err := s.hasFunction(t.RowFilter); err != nil {
		return err
	}
	if err := t.Rows.into(&made); err != nil {
		return err
	}
	s.Tables = append(s.Tables, made)
	return s.grant(on, t.Grants)
}

func (s *Seed) columns(list []column) ([]unity.Column, error) {
	var out []unity.Column
	for _, c := range list {
		made, err := unity.ParseColumnType(c.Type)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		if err := s.hasFunction(c.Mask); err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		made.Name, made.Comment, made.Mask, made.NotNull = c.Name, c.Comment, c.Mask, c.NotNull
		out = append(out, made)
	}
	return out, nil
}

// hasFunction returns an error for the full name of a function that is not there.
func (s *Seed) hasFunction(name string) error {
	is := func(i model.Item) bool { return i.On.Kind == unity.FunctionKind && i.On.FullName() == name }
	if name == "" || slices.ContainsFunc(s.Items, is) {
		return nil
	}
	return fmt.Errorf("there is no function %s", name)
}

// into gives the table its rows. A function of the program is held against the columns by the first row that it makes.
func (r rows) into(t *model.Table) error {
	if len(r.Literal) > 0 {
		return literal(t, r.Literal)
	}
	if r.MadeBy == "" {
		return nil
	}
	m, known := makers[r.MadeBy]
	if !known {
		return fmt.Errorf("no rows are made by %q", r.MadeBy)
	}
	if m.columns != nil {
		t.Columns = m.columns
	}
	if r.Count == 0 {
		return nil
	}
	t.RowCount, t.Rows = r.Count, m.rows(r.Seed)
	return check(t.Columns, t.Rows(0))
}
