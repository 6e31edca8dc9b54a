package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Metadata says what a call for metadata asks, as JDBC and ODBC drivers do. A
// nil pattern matches everything; in the others % stands for any text, _ for
// any character, and a backslash takes their meaning away.
type Metadata struct {
	Kind     MetadataKind
	Catalog  *string // a name, not a pattern, for schemas, columns and functions
	Schema   *string
	Table    *string
	Column   *string
	Function *string
	Types    []string // the types of table to list, "TABLE" and "VIEW"; all if empty
}

// MetadataKind is one of the listings that drivers ask for.
type MetadataKind int

// The listings. There are no keys, so those are empty.
const (
	ListCatalogs MetadataKind = iota
	ListSchemas
	ListTables
	ListTableTypes
	ListColumns
	ListTypes
	ListFunctions
	ListPrimaryKeys
	ListForeignKeys
)

// listings gives each listing its columns, which are those of JDBC's
// DatabaseMetaData, and what fills it.
var listings = map[MetadataKind]struct {
	columns string
	fill    func(*survey, Metadata) error
}{
	ListCatalogs: {"TABLE_CAT string", (*survey).listCatalogs},
	ListSchemas:  {"TABLE_SCHEM string, TABLE_CATALOG string", (*survey).listSchemas},
	ListTables: {"TABLE_CAT string, TABLE_SCHEM string, TABLE_NAME string, TABLE_TYPE string, REMARKS string, TYPE_CAT string, " +
		"TYPE_SCHEM string, TYPE_NAME string, SELF_REFERENCING_COL_NAME string, REF_GENERATION string", (*survey).listTables},
	ListTableTypes: {"TABLE_TYPE string", (*survey).listTableTypes},
	ListColumns: {"TABLE_CAT string, TABLE_SCHEM string, TABLE_NAME string, COLUMN_NAME string, DATA_TYPE int, TYPE_NAME string, " +
		"COLUMN_SIZE int, BUFFER_LENGTH tinyint, DECIMAL_DIGITS int, NUM_PREC_RADIX int, NULLABLE int, REMARKS string, COLUMN_DEF string, " +
		"SQL_DATA_TYPE int, SQL_DATETIME_SUB int, CHAR_OCTET_LENGTH int, ORDINAL_POSITION int, IS_NULLABLE string, SCOPE_CATALOG string, " +
		"SCOPE_SCHEMA string, SCOPE_TABLE string, SOURCE_DATA_TYPE smallint, IS_AUTO_INCREMENT string", (*survey).listColumns},
	ListTypes: {"TYPE_NAME string, DATA_TYPE int, PRECISION int, LITERAL_PREFIX string, LITERAL_SUFFIX string, CREATE_PARAMS string, " +
		"NULLABLE smallint, CASE_SENSITIVE boolean, SEARCHABLE smallint, UNSIGNED_ATTRIBUTE boolean, FIXED_PREC_SCALE boolean, " +
		"AUTO_INCREMENT boolean, LOCAL_TYPE_NAME string, MINIMUM_SCALE smallint, MAXIMUM_SCALE smallint, SQL_DATA_TYPE int, " +
		"SQL_DATETIME_SUB int, NUM_PREC_RADIX int", (*survey).listTypes},
	ListFunctions:   {"FUNCTION_CAT string, FUNCTION_SCHEM string, FUNCTION_NAME string, REMARKS string, FUNCTION_TYPE int, SPECIFIC_NAME string", (*survey).listFunctions},
	ListPrimaryKeys: {"TABLE_CAT string, TABLE_SCHEM string, TABLE_NAME string, COLUMN_NAME string, KEQ_SEQ int, PK_NAME string", nil},
	ListForeignKeys: {"PKTABLE_CAT string, PKTABLE_SCHEM string, PKTABLE_NAME string, PKCOLUMN_NAME string, FKTABLE_CAT string, " +
		"FKTABLE_SCHEM string, FKTABLE_NAME string, FKCOLUMN_NAME string, KEQ_SEQ int, UPDATE_RULE int, DELETE_RULE int, FK_NAME string, " +
		"PK_NAME string, DEFERRABILITY int", nil},
}

// List answers a call for metadata with what the session's principal sees.
// What does not exist or is hidden is left out and is no error.
func (d *Desk) List(ctx context.Context, s *objects.Session, ask Metadata) (*values.Result, error) {
	listing, known := listings[ask.Kind]
	if !known {
		return nil, values.AsError(fmt.Errorf("unknown listing %d", ask.Kind))
	}
	columns, err := columnList(listing.columns)
	if err != nil {
		return nil, values.AsError(err)
	}
	walk := d.survey(ctx, s.Principal(), systemCatalog)
	if listing.fill != nil {
		err = listing.fill(walk, ask)
	}
	if err == nil {
		err = walk.look()
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("%w (%w)", values.Canceled(), ctx.Err())
		}
		return nil, values.AsError(err)
	}
	return values.NewResult(columns, walk.rows)
}

func (s *survey) listCatalogs(Metadata) error {
	list, err := s.desk.Authority.Catalogs(s.principal)
	for _, c := range list {
		s.add(c.Name)
	}
	return err
}

// inCatalogs visits the catalogs that match, also the legacy one, which the
// information schema leaves out.
func (s *survey) inCatalogs(match func(string) bool, visit func(catalog string, schema objects.Object) error) error {
	list, err := s.desk.Authority.Catalogs(s.principal)
	if err != nil {
		return err
	}
	for _, c := range list {
		if !match(c.Name) {
			continue
		}
		schemas, err := s.desk.Authority.Schemas(s.principal, c.Name)
		if hidden(err) != nil {
			return err
		}
		for _, schema := range schemas {
			if err := s.look(); err != nil {
				return err
			}
			if err := visit(c.Name, schema); err != nil {
				return err
			}
		}
	}
	return nil
}

// exactly matches one name in any case, or everything.
func exactly(name *string) func(string) bool {
	return func(s string) bool { return name == nil || *name == "" || *name == "%" || strings.EqualFold(*name, s) }
}

// pattern matches as LIKE does, in any case, or everything.
func pattern(p *string) func(string) bool {
	if p == nil || *p == "" || *p == "%" || *p == "*" {
		return func(string) bool { return true }
	}
	want, _ := values.NewLike(strings.ToLower(*p), '\\') // a backslash before anything else is no error to drivers
	return func(s string) bool { return like(want, s) }
}

// like reports whether a name is like a pattern. Names are short, so that nothing has to stop it.
func like(want values.Like, name string) bool {
	found, _ := want.Match(context.Background(), strings.ToLower(name))
	return found
}

func (s *survey) listSchemas(ask Metadata) error {
	match := pattern(ask.Schema)
	return s.inCatalogs(exactly(ask.Catalog), func(catalog string, schema objects.Object) error {
		if match(schema.Name) {
			s.add(schema.Name, catalog)
		}
		return nil
	})
}

// matchingTables visits the tables that a call asks for.
func (s *survey) matchingTables(catalogs func(string) bool, ask Metadata, visit func(dialect.Name, objects.Object) error) error {
	schemas, tables := pattern(ask.Schema), pattern(ask.Table)
	return s.inCatalogs(catalogs, func(catalog string, schema objects.Object) error {
		if !schemas(schema.Name) {
			return nil
		}
		list, err := s.desk.tables(s.principal, catalog, schema.Name)
		if err != nil {
			return hidden(err)
		}
		for _, t := range list {
			if err := s.look(); err != nil {
				return err
			}
			if tables(t.Name) {
				if err := visit(dialect.NewName(catalog, schema.Name, t.Name), t); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// tableType is the type of a table in the words of JDBC.
func tableType(kind string) string {
	if strings.HasSuffix(kind, "VIEW") {
		return "VIEW"
	}
	return "TABLE"
}

func (s *survey) listTables(ask Metadata) error {
	return s.matchingTables(pattern(ask.Catalog), ask, func(n dialect.Name, o objects.Object) error {
		kind := tableType(o.Kind)
		if len(ask.Types) == 0 || slices.ContainsFunc(ask.Types, func(t string) bool { return strings.EqualFold(t, kind) }) {
			s.add(n.Catalog, n.Schema, n.Table, kind, o.Comment)
		}
		return nil
	})
}

func (s *survey) listTableTypes(Metadata) error {
	s.add("TABLE")
	s.add("VIEW")
	return nil
}

func (s *survey) listColumns(ask Metadata) error {
	return s.matchingColumns(ask, func(n dialect.Name, i int, c values.Column) { s.add(jdbcColumn(n, i, c)...) })
}

// matchingColumns visits the columns that a call asks for.
func (s *survey) matchingColumns(ask Metadata, visit func(n dialect.Name, i int, c values.Column)) error {
	match := pattern(ask.Column)
	return s.matchingTables(exactly(ask.Catalog), ask, func(n dialect.Name, _ objects.Object) error {
		def, err := s.desk.definition(n)
		if err != nil {
			return hidden(err)
		}
		for i, c := range def.Columns {
			if match(c.Name) {
				visit(n, i, c)
			}
		}
		return nil
	})
}
