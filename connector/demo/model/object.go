package model

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/rows"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

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
	Extras
}

// Extras are what can be said of a catalog or schema besides, and is kept as it was said.
type Extras struct {
	Properties, Options map[string]string
	Optimization        string // enable_predictive_optimization of the REST API, empty where it is inherited
}

// Schema is a schema of a catalog.
type Schema struct {
	Catalog, Name, Comment, Owner string
	Extras
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
	Columns                               []unity.Column
	ViewDefinition                        string                       // the SELECT of a view, over three-part names; it runs with the owner's rights
	Tags                                  map[string]map[string]string // by column, those of the table itself by ""
	RowFilter                             string                       // full name of the function that filters rows, if any
	Version                               int                          // grows with every change of what the table is made of or has in it
	Refusal                               string                       // why nobody reads the rows although the privileges are held: the text of the SQL error

	// RowCount is how many rows there are, and Rows gives row i (from 0), one value for each column, always the same for the same i.
	// Values are nil, bool, int64, float64, string (also DECIMAL, in plain notation), []byte and time.Time (DATE and TIMESTAMP, UTC).
	// Rows is nil for a view and for a table without data.
	RowCount int
	Rows     func(i int) []any
	Sorted   int // how many of the first rows ascend by the first column, in which each has another whole number

	kept rows.Tree // all of them, once a statement wrote some
}

// Securable names the table.
func (t Table) Securable() unity.Securable { return unity.OnTable(t.Catalog, t.Schema, t.Name) }

// Generated is a set of tables too large to keep: they are made when somebody looks at them.
type Generated struct {
	Count int
	// Make gives table i, from 0; the catalog and schema are filled in by the world.
	Make func(i int) Table
	// Find gives the number of the table with this name, if there is one.
	Find func(name string) (int, bool)
}
