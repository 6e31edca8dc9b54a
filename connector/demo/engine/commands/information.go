package commands

import (
	"context"
	"errors"
	"maps"
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
	columns string // "name type", by commas
	fill    func(*survey) error
}

// relations are the views of the information schema that there are, with the
// columns that Databricks documents for them.
var relations = map[string]relation{
	"catalogs": {"catalog_name string, catalog_owner string, comment string, created timestamp, created_by string, last_altered timestamp, " +
		"last_altered_by string", (*survey).catalogs},
	"schemata": {"catalog_name string, schema_name string, schema_owner string, comment string, created timestamp, created_by string, " +
		"last_altered timestamp, last_altered_by string", (*survey).schemata},
	"tables": {"table_catalog string, table_schema string, table_name string, table_type string, is_insertable_into string, " +
		"commit_action string, table_owner string, comment string, created timestamp, created_by string, last_altered timestamp, " +
		"last_altered_by string, data_source_format string, storage_path string", (*survey).tables},
	"columns": {"table_catalog string, table_schema string, table_name string, column_name string, ordinal_position int, " +
		"column_default string, is_nullable string, full_data_type string, data_type string, character_maximum_length bigint, " +
		"character_octet_length bigint, numeric_precision int, numeric_precision_radix int, numeric_scale int, datetime_precision int, " +
		"comment string", (*survey).columns},
	"table_privileges": {"grantor string, grantee string, table_catalog string, table_schema string, table_name string, " +
		"privilege_type string, is_grantable string, inherited_from string", (*survey).privileges},
}

// relations are the views that there are: the engine's own, and those of nouns.
func (d *Desk) relations() map[string]relation {
	all := d.nounRelations()
	maps.Copy(all, relations)
	return all
}

// Information is a view of the information schema with what a principal sees.
func (d *Desk) Information(ctx context.Context, principal string, name dialect.Name) (*objects.Table, error) {
	def, err := d.informationTable(name)
	if err != nil {
		return nil, err
	}
	s := &survey{desk: d, ctx: ctx, principal: principal, catalog: name.Catalog}
	if err := d.relations()[name.Table].fill(s); err != nil {
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
	r, known := d.relations()[name.Table]
	if !known {
		return nil, dialect.TableNotFound(name)
	}
	columns, err := columnList(r.columns)
	return &objects.Table{Name: name, Kind: "VIEW", Owner: systemUser, Columns: columns}, err
}

// columnList reads columns written as "name type", by commas.
func columnList(text string) ([]values.Column, error) {
	var columns []values.Column
	for _, part := range strings.Split(text, ", ") {
		name, kind, _ := strings.Cut(part, " ")
		typed, err := values.ParseType(kind)
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
}

// lookEvery is how many objects pass between looks at the context.
const lookEvery = 1024

func (s *survey) add(row ...any) { s.rows = append(s.rows, row) }

func (s *survey) eachCatalog(visit func(objects.Object) error) error {
	list, err := s.desk.Authority.Catalogs(s.principal)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.Name != s.catalog && s.catalog != systemCatalog || c.Name == legacyCatalog {
			continue
		}
		if err := s.ctx.Err(); err != nil {
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
		list, err := s.desk.Authority.Tables(s.principal, catalog, schema.Name)
		if err != nil {
			return hidden(err)
		}
		for i, t := range list {
			if i%lookEvery == 0 && s.ctx.Err() != nil {
				return s.ctx.Err()
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
	return s.eachTable(func(n dialect.Name, _ objects.Object) error {
		def, err := s.desk.Store.Definition(n)
		if err != nil {
			return hidden(err)
		}
		for i, c := range def.Columns {
			s.add(columnRow(n, i, c)...)
		}
		return nil
	})
}

func (s *survey) privileges() error {
	return s.eachTable(func(n dialect.Name, _ objects.Object) error {
		return s.eachPrivilege(objects.Noun{Type: "TABLE"}, []string{n.Catalog, n.Schema, n.Table}, func(g objects.Grant, from string) {
			s.add(systemUser, g.Principal, n.Catalog, n.Schema, n.Table, strings.ReplaceAll(g.Privilege, " ", "_"), "NO", from)
		})
	})
}

// columnRow describes a column as information_schema.columns does.
func columnRow(n dialect.Name, i int, c values.Column) []any {
	nullable := "YES"
	if !c.Nullable {
		nullable = "NO"
	}
	row := []any{n.Catalog, n.Schema, n.Table, c.Name, i + 1, nil, nullable, c.Type.Text, c.Type.SQLName(), nil, nil, nil, nil, nil, nil, optional(c.Comment)}
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
