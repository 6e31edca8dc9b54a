package connector

// Catalog is a Unity Catalog catalog as the principal sees it.
type Catalog struct {
	Name       Remote
	Owner      Remote
	Comment    Remote
	BrowseOnly bool // visible through BROWSE alone: its name and comment, nothing inside
}

// Schema is a schema as the principal sees it.
type Schema struct {
	Name       Remote
	Owner      Remote
	BrowseOnly bool
}

// Table is a table, view or other relation as the principal sees it.
type Table struct {
	Name        Remote
	Kind        TableKind
	Owner       Remote
	BrowseOnly  bool
	RowFilter   bool // rows are filtered by a function for whoever reads
	ColumnMasks bool // at least one column is masked
	Columns     []Column
}

// Column is one column of a table.
type Column struct {
	Name Remote
	Type Remote // as Databricks writes it, for example decimal(10,2)
}

// TableKind is the table_type of the REST API.
type TableKind string

// Word is the kind in a word or two.
func (k TableKind) Word() string {
	words := map[TableKind]string{
		"MANAGED": "table", "EXTERNAL": "external table", "VIEW": "view", "MATERIALIZED_VIEW": "materialized view",
		"STREAMING_TABLE": "streaming table", "FOREIGN": "foreign table", "METRIC_VIEW": "metric view",
	}
	if w, ok := words[k]; ok {
		return w
	}
	return "table"
}

// SQL is the keyword that a GRANT names such an object with, after the SQL reference of securable objects.
func (k TableKind) SQL() string {
	switch k {
	case "VIEW", "METRIC_VIEW":
		return "VIEW"
	case "MATERIALIZED_VIEW":
		return "MATERIALIZED VIEW"
	}
	return "TABLE"
}
