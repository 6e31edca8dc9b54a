package connector

// Catalog is a Unity Catalog catalog as the principal sees it.
type Catalog struct {
	Name       Remote
	Owner      Remote
	Comment    Remote
	BrowseOnly bool // visible through BROWSE alone: its name and comment, nothing inside
}

// Identity is what the catalog goes by in a listing.
func (c Catalog) Identity() string { return c.Name.Raw() }

// Schema is a schema as the principal sees it.
type Schema struct {
	Name       Remote
	Owner      Remote
	Comment    Remote
	BrowseOnly bool
}

// Identity is what the schema goes by in the listing of its catalog.
func (s Schema) Identity() string { return s.Name.Raw() }

// Table is a table, view or other relation as the principal sees it.
type Table struct {
	Name        Remote
	Kind        TableKind
	Owner       Remote
	Comment     Remote
	BrowseOnly  bool
	RowFilter   bool // rows are filtered by a function for whoever reads
	ColumnMasks bool // at least one column is masked
	Columns     []Column
}

// Limits names what keeps a read from showing everything, empty where nothing does.
func (t Table) Limits() string {
	switch {
	case t.RowFilter && t.ColumnMasks:
		return "a row filter and column masks"
	case t.RowFilter:
		return "a row filter"
	case t.ColumnMasks:
		return "column masks"
	}
	return ""
}

// Identity is what the table goes by in the listing of its schema.
func (t Table) Identity() string { return t.Name.Raw() }

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
