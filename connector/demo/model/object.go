package model

import "fmt"

// Catalog is a catalog of the metastore.
type Catalog struct {
	Name, Comment, Owner string
	Type                 string // catalog_type of the REST API, MANAGED_CATALOG when empty
	// Isolated marks a catalog that is open in the workspaces of Bindings only; elsewhere no grant opens it.
	Isolated bool
	Bindings []Binding
	// FixedGrants marks a catalog whose privileges cannot be changed, as that of the samples.
	FixedGrants bool
	// NoInheritance marks a catalog whose own grants do not reach its schemas, as that of the system tables.
	NoInheritance bool
	// Legacy marks the Hive metastore, where table access control applies instead of Unity Catalog.
	Legacy bool
}

// Schema is a schema of a catalog.
type Schema struct {
	Catalog, Name, Comment, Owner string
}

// TableType is the table_type of the REST API.
type TableType string

// The table types of this workspace.
const (
	Managed          TableType = "MANAGED"
	External         TableType = "EXTERNAL"
	View             TableType = "VIEW"
	MaterializedView TableType = "MATERIALIZED_VIEW"
	StreamingTable   TableType = "STREAMING_TABLE"
	Foreign          TableType = "FOREIGN"
)

// Table is a table or a view.
type Table struct {
	Catalog, Schema, Name, Comment, Owner string
	Type                                  TableType
	Columns                               []Column
	ViewDefinition                        string // the SELECT of a view, over three-part names; it runs with the owner's rights
	RowFilter                             string // full name of the function that filters rows, if any
	Refusal                               string // why nobody reads the rows although the privileges are held: the text of the SQL error

	// RowCount is how many rows there are, and Rows gives row i (from 0), one value for each column, always the same for the same i.
	// Values are nil, bool, int64, float64, string (also DECIMAL, in plain notation), []byte and time.Time (DATE and TIMESTAMP, UTC).
	// Rows is nil for a view and for a table without data.
	RowCount int
	Rows     func(i int) []any
}

// Securable names the table.
func (t Table) Securable() Securable { return OnTable(t.Catalog, t.Schema, t.Name) }

// ColumnType is a data type in the spelling of SQL, without parameters.
type ColumnType string

// The data types of this workspace.
const (
	Boolean   ColumnType = "BOOLEAN"
	Int       ColumnType = "INT"
	BigInt    ColumnType = "BIGINT"
	Double    ColumnType = "DOUBLE"
	Decimal   ColumnType = "DECIMAL"
	String    ColumnType = "STRING"
	Date      ColumnType = "DATE"
	Timestamp ColumnType = "TIMESTAMP"
	Binary    ColumnType = "BINARY"
)

// typeNames has the type_name of the REST API where it is not the SQL spelling.
var typeNames = map[ColumnType]string{BigInt: "LONG"}

var typeTexts = map[ColumnType]string{
	Boolean: "boolean", Int: "int", BigInt: "bigint", Double: "double", Decimal: "decimal",
	String: "string", Date: "date", Timestamp: "timestamp", Binary: "binary",
}

// Column is a column of a table.
type Column struct {
	Name             string
	Type             ColumnType
	Precision, Scale int // of a DECIMAL
	NotNull          bool
	Comment          string
	Mask             string // full name of the function that masks the column, if any
}

// TypeName is the type_name of the REST API, for example "LONG".
func (c Column) TypeName() string {
	if name, ok := typeNames[c.Type]; ok {
		return name
	}
	return string(c.Type)
}

// TypeText is the type as Databricks writes it, for example "decimal(10,2)".
func (c Column) TypeText() string {
	text := typeTexts[c.Type]
	if c.Type == Decimal {
		return fmt.Sprintf("%s(%d,%d)", text, c.Precision, c.Scale)
	}
	return text
}

// Generated is a set of tables too large to keep: they are made when somebody looks at them.
type Generated struct {
	Count int
	// Make gives table i, from 0; the catalog and schema are filled in by the world.
	Make func(i int) Table
	// Find gives the number of the table with this name, if there is one.
	Find func(name string) (int, bool)
}
