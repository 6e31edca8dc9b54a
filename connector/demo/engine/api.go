package engine

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/commands"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/run"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// What the engine asks and answers with, by the rooms that it is made of.
type (
	Authority   = objects.Authority
	Change      = objects.Change
	Commit      = objects.Commit
	Creation    = objects.Creation
	Detail      = objects.Detail
	Edit        = objects.Edit
	Grant       = objects.Grant
	Guard       = objects.Guard
	Listing     = objects.Listing
	Moment      = dialect.Moment
	Name        = dialect.Name
	Noun        = objects.Noun
	Object      = objects.Object
	Param       = run.Param
	Restructure = objects.Restructure
	Sent        = run.Sent
	Securable   = objects.Securable
	Session     = objects.Session
	Table       = objects.Table
	Versions    = objects.Versions

	Column = values.Column
	Error  = values.Error
	Kind   = values.Kind
	Result = values.Result
	Type   = values.Type
	Vector = values.Vector

	Metadata     = commands.Metadata
	MetadataKind = commands.MetadataKind
)

// The kinds of data types. Array, Map and Struct travel as JSON text.
const (
	String    = values.String
	Boolean   = values.Boolean
	TinyInt   = values.TinyInt
	SmallInt  = values.SmallInt
	Int       = values.Int
	BigInt    = values.BigInt
	Float     = values.Float
	Double    = values.Double
	Decimal   = values.Decimal
	Date      = values.Date
	Timestamp = values.Timestamp
	Binary    = values.Binary
	Array     = values.Array
	Map       = values.Map
	Struct    = values.Struct
)

// The listings that drivers ask for.
const (
	ListCatalogs    = commands.ListCatalogs
	ListSchemas     = commands.ListSchemas
	ListTables      = commands.ListTables
	ListTableTypes  = commands.ListTableTypes
	ListColumns     = commands.ListColumns
	ListTypes       = commands.ListTypes
	ListFunctions   = commands.ListFunctions
	ListPrimaryKeys = commands.ListPrimaryKeys
	ListForeignKeys = commands.ListForeignKeys
)

// Types without parameters, for callers that build columns.
var (
	BigIntType    = values.BigIntType
	TimestampType = values.TimestampType
)

// ErrClosed is returned for statements after [Engine.Close].
var ErrClosed = run.ErrClosed

// ErrConflict is for an authority to say that a table changed while a statement ran.
var ErrConflict = objects.ErrConflict

// NewName returns a name in the form the engine compares.
func NewName(catalog, schema, table string) Name { return dialect.NewName(catalog, schema, table) }

// ParseType reads a type as it is written in SQL. It is an error for a text that is none.
func ParseType(text string) (Type, error) { return values.ParseType(text) }

// ParseParams reads the parameters of a statement as a client sent them, or returns an [*Error].
func ParseParams(sent []Sent) ([]Param, error) { return run.ParseParams(sent) }

// FormatValue writes a value of [Result.Value] as a cast to STRING does.
func FormatValue(v any, t Type) string { return values.FormatValue(v, t) }

// ParseDate reads a date in the form 2006-01-02 as days since 1970-01-01; ok is false for any other text.
func ParseDate(text string) (days int32, ok bool) { return values.ParseDate(text) }

// ParseTimestamp reads a timestamp in the form 2006-01-02 15:04:05.999999 as microseconds since 1970; ok is false for any other text.
func ParseTimestamp(text string) (micros int64, ok bool) { return values.ParseTimestamp(text) }

// AsError returns err as an [*Error], wrapping what has no class of its own as an internal error.
func AsError(err error) *Error { return values.AsError(err) }

// InsufficientPermissions says that the principal lacks a privilege, such as "USE CATALOG" on "Catalog" "main".
func InsufficientPermissions(privilege, securable, name string) *Error {
	return objects.InsufficientPermissions(privilege, securable, name)
}

// NotPermitted is an INSUFFICIENT_PERMISSIONS error with a text of its own.
func NotPermitted(text string) *Error { return objects.NotPermitted(text) }

// PrincipalNotFound says that a GRANT names nobody.
func PrincipalNotFound(name string) *Error { return objects.PrincipalNotFound(name) }

// TableNotFound says that a table does not exist, or is hidden.
func TableNotFound(name Name) *Error { return dialect.TableNotFound(name) }

// SchemaNotFound says that a schema does not exist, or is hidden.
func SchemaNotFound(catalog, schema string) *Error { return dialect.SchemaNotFound(catalog, schema) }

// CatalogNotFound says that a catalog does not exist, or is hidden.
func CatalogNotFound(catalog string) *Error { return dialect.CatalogNotFound(catalog) }
