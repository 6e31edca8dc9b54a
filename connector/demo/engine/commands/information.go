package commands

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// The catalogs that are unlike others: the information schema of the system
// catalog describes all catalogs, and the legacy one has none.
const (
	systemCatalog = "system"
	legacyCatalog = "hive_metastore"
	systemUser    = "System user" // who owns what nobody made
)

// relation is one view of the information schema.
type relation struct {
	columns string              // "name type", by commas
	fill    func(*survey) error // nil of a view that is empty
}

// Information is a view of the information schema with what a principal sees.
func (d *Desk) Information(ctx context.Context, principal string, name dialect.Name) (*objects.Table, error) {
	def, err := d.informationTable(name)
	if err != nil {
		return nil, err
	}
	s := d.survey(ctx, principal, name.Catalog)
	if fill := d.relations()[name.Table].fill; fill != nil {
		if err := fill(s); err != nil {
			return nil, err
		}
	}
	if err := s.look(); err != nil {
		return nil, err
	}
	def.Rows, def.Row = len(s.rows), func(i int) []any { return s.rows[i] }
	return def, nil
}

// informationTable is the definition of a view of the information schema,
// without rows.
func (d *Desk) informationTable(name dialect.Name) (*objects.Table, error) {
	if name.Catalog == legacyCatalog {
		return nil, dialect.SchemaNotFound(name.Catalog, name.Schema)
	}
	r, err := d.relation(name)
	if err != nil {
		return nil, err
	}
	columns, err := columnList(r.columns)
	return &objects.Table{Name: name, Kind: "VIEW", Owner: systemUser, Columns: columns}, err
}

// columnList reads columns written as "name type", by commas; one without a type is a string.
func columnList(text string) ([]values.Column, error) {
	var columns []values.Column
	for _, part := range strings.Split(text, ", ") {
		name, kind, _ := strings.Cut(part, " ")
		typed, err := values.ParseType(cmp.Or(kind, "string"))
		if err != nil {
			return nil, err
		}
		columns = append(columns, values.Column{Name: name, Type: typed, Nullable: true})
	}
	return columns, nil
}

// survey walks over what a principal sees of one catalog, or of all.
type survey struct {
	desk      *Desk
	ctx       context.Context
	principal string
	catalog   string
	rows      [][]any
	left      int64 // how many values there may still be, negative if there were to be more
}

func (d *Desk) survey(ctx context.Context, principal, catalog string) *survey {
	return &survey{desk: d, ctx: ctx, principal: principal, catalog: catalog, left: d.MaxValues}
}

// add keeps a row, unless there are too many, which the next look says.
func (s *survey) add(row ...any) {
	if s.left -= int64(len(row)); s.left >= 0 {
		s.rows = append(s.rows, row)
	}
}

// look says whether the walk has to end: with its statement, or because what it found is too large.
func (s *survey) look() error {
	if s.left < 0 {
		return values.TooLarge(s.desk.MaxValues)
	}
	return s.ctx.Err()
}

func (s *survey) eachCatalog(visit func(objects.Object) error) error {
	list, err := s.desk.Authority.Catalogs(s.principal)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.Name != s.catalog && s.catalog != systemCatalog || c.Name == legacyCatalog {
			continue
		}
		if err := s.look(); err != nil {
			return err
		}
		if err := visit(c); err != nil {
			return err
		}
	}
	return nil
}

// hidden drops the error with which a catalog or schema does not open: the
// information schema leaves such things out.
func hidden(err error) error {
	var e *values.Error
	if errors.As(err, &e) {
		return nil
	}
	return err
}

func (s *survey) eachSchema(visit func(catalog string, schema objects.Object) error) error {
	return s.eachCatalog(func(c objects.Object) error {
		list, err := s.desk.Authority.Schemas(s.principal, c.Name)
		if err != nil {
			return hidden(err)
		}
		for _, schema := range list {
			if err := visit(c.Name, schema); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *survey) eachTable(visit func(dialect.Name, objects.Object) error) error {
	return s.eachSchema(func(catalog string, schema objects.Object) error {
		list, err := s.desk.tables(s.principal, catalog, schema.Name)
		if err != nil {
			return hidden(err)
		}
		for _, t := range list {
			if err := s.look(); err != nil {
				return err
			}
			if err := visit(dialect.NewName(catalog, schema.Name, t.Name), t); err != nil {
				return err
			}
		}
		return nil
	})
}

// optional is a text, or NULL where there is none.
func optional(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (s *survey) catalogs() error {
	return s.eachCatalog(func(c objects.Object) error {
		s.add(c.Name, c.Owner, optional(c.Comment))
		return nil
	})
}

func (s *survey) schemata() error {
	return s.eachSchema(func(catalog string, o objects.Object) error {
		s.add(catalog, o.Name, o.Owner, optional(o.Comment))
		return nil
	})
}

func (s *survey) tables() error {
	return s.eachTable(func(n dialect.Name, o objects.Object) error {
		insertable, format := "YES", any("DELTA")
		if strings.HasSuffix(o.Kind, "VIEW") {
			insertable, format = "NO", nil
		}
		s.add(n.Catalog, n.Schema, n.Table, o.Kind, insertable, "PRESERVE", o.Owner, optional(o.Comment), nil, nil, nil, nil, format)
		return nil
	})
}

func (s *survey) columns() error {
	return s.eachDefinition(func(n dialect.Name, def *objects.Table) {
		for i, c := range def.Columns {
			s.add(columnRow(n, i, c)...)
		}
	})
}

// eachDefinition is eachTable with what the tables are made of.
func (s *survey) eachDefinition(visit func(dialect.Name, *objects.Table)) error {
	return s.eachTable(func(n dialect.Name, _ objects.Object) error {
		def, err := s.desk.definition(n)
		if err == nil {
			visit(n, def)
		}
		return hidden(err)
	})
}

// columnRow describes a column as information_schema.columns does, which counts columns from 0.
func columnRow(n dialect.Name, i int, c values.Column) []any {
	nullable := "YES"
	if !c.Nullable {
		nullable = "NO"
	}
	row := []any{n.Catalog, n.Schema, n.Table, c.Name, i, nil, nullable, c.Type.Text, c.Type.SQLName(), nil, nil, nil, nil, nil, nil, optional(c.Comment)}
	if c.Type.Kind == values.String {
		row[9], row[10] = 0, 0
	}
	if s := c.Type.Kind.Shape(); s.Radix > 0 {
		row[11], row[12], row[13] = c.Type.Size(), s.Radix, c.Type.Scale
	}
	if c.Type.Kind == values.Timestamp {
		row[14] = 6
	}
	return row
}
