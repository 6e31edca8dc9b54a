package objects

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Authority holds the privileges and answers for them. Its methods are called
// from many goroutines at once. An error of type [*values.Error] is shown to the
// client as it is; any other becomes an internal error. The constructors in
// this package, such as [InsufficientPermissions], make the usual ones.
//
// Principals are application IDs or user names, as they sign in.
type Authority interface {
	// Read returns nil when the principal may select from the table or view,
	// otherwise the first thing missing: the object itself, USE CATALOG, USE
	// SCHEMA, or SELECT.
	Read(principal string, table dialect.Name) error

	// Describe returns nil when the principal may see the table's columns.
	Describe(principal string, table dialect.Name) error

	// Write returns nil when the principal may change the table's data,
	// otherwise what is missing.
	Write(principal string, table dialect.Name) error

	// UseCatalog returns nil when the principal may name what is in the
	// catalog, otherwise that the catalog is missing, or USE CATALOG.
	UseCatalog(principal, catalog string) error

	// Metastore is the metastore of the workspace.
	Metastore() Object

	// Catalogs, Schemas and Tables list what the principal may see, in the
	// order to show.
	Catalogs(principal string) ([]Object, error)
	Schemas(principal, catalog string) ([]Object, error)
	Tables(principal, catalog, schema string) ([]Object, error)

	// Nouns are the kinds of object that statements can name, and Objects lists
	// what the principal may see of a kind in a schema, or with neither catalog
	// nor schema, of a kind that is below the metastore.
	Nouns() []Noun
	Objects(principal string, noun Noun, catalog, schema string) ([]Object, error)

	// Grants lists the privileges on an object, those of one grantee only if
	// grantee is not empty. An inherited privilege is On what it comes from.
	Grants(principal string, on Securable, grantee string) ([]Grant, error)

	// Change applies a GRANT or REVOKE if the principal may.
	Change(principal string, change Change) error

	// Create makes a catalog, schema, table or view, Drop ends one, with what is
	// in it if cascade is set, and Insert adds rows to a table, if the principal
	// may.
	Create(principal string, made Creation) error
	Drop(principal string, on Securable, cascade bool) error
	Insert(principal string, table dialect.Name, rows [][]any) error

	// Edit changes rows of a table, if the principal may. It is [ErrConflict]
	// where the table has changed since the edit's rows were numbered.
	Edit(principal string, table dialect.Name, edit Edit) error

	// Restructure gives a table other columns, and Comment an object another
	// comment, if the principal may.
	Restructure(principal string, table dialect.Name, change Restructure) error
	Comment(principal string, on Securable, comment string) error
}

// Restructure is what an ALTER TABLE statement makes of a table's columns.
type Restructure struct {
	Operation  string // as DESCRIBE HISTORY has it
	Parameters map[string]string
	Columns    []PlacedColumn // all that the table is to have
}

// PlacedColumn is a column, and its place in the table before.
type PlacedColumn struct {
	values.Column
	From int // -1 of one that is new, which is NULL in every row
}

// Creation is a CREATE statement.
type Creation struct {
	On      Securable // its Type is "CATALOG", "SCHEMA", "TABLE" or "VIEW"
	Comment string
	Replace bool // it may take the place of another

	Properties map[string]string // of a table
	Columns    []values.Column
	Rows       [][]any // of a table, as in [Table.Row]
	SQL        string  // of a view
}

// Object is an object in a listing.
type Object struct {
	Name    string // its own, without what it is in
	Kind    string // of a catalog "MANAGED_CATALOG" and the like; of a table "MANAGED", "VIEW" and the like
	Owner   string
	Comment string
	Details map[string]any // what its kind has besides, by the names of columns
}

// Securable names an object that privileges are granted on.
type Securable struct {
	Type string   // that of a Noun, such as "CATALOG", "SCHEMA", "TABLE" or "VIEW"
	Name []string // one, two or three parts, lower case
}

// Grant is one line of SHOW GRANTS.
type Grant struct {
	Principal string
	Privilege string // in SQL form, such as "USE CATALOG"
	On        Securable
}

// Change is a GRANT or REVOKE statement.
type Change struct {
	Revoke     bool
	Privileges []string // in SQL form and upper case, such as "USE CATALOG"
	On         Securable
	Principal  string
}
