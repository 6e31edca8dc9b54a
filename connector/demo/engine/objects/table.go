package objects

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// InformationSchema is the schema that is in every catalog and describes it.
const InformationSchema = "information_schema"

// Table is the definition of a table or view.
//
// A table has rows: Row(i) returns the values of row i, for 0 <= i < Rows, in
// the order of the columns. It must be safe for concurrent use and always give
// the same row for the same i. A value is nil, bool, int, int32, int64,
// float64, string, []byte or time.Time; dates, timestamps and decimals may be
// given as text. A view has SQL instead, run with the rights of Owner, in
// which shorter names belong to the view's own catalog and schema.
type Table struct {
	Name    dialect.Name
	Kind    string // as DESCRIBE EXTENDED shows it: "MANAGED", "VIEW", …
	Owner   string
	Comment string
	Columns []values.Column
	Rows    int
	Row     func(i int) []any
	SQL     string
	Version int // another one where columns or rows of a table that is looked up are others

	// Sorted is how many of the first rows ascend by the first column, in which each has another whole number. A condition on that column
	// finds its place among them without walking.
	Sorted int

	// As is the key under which a query knows a table that it does not read as it is now, empty for any other.
	As string

	RowFilter string            // the full name of the function that filters rows, if any
	Masks     map[string]string // those of the functions that mask columns, by the columns' names

	Tags map[string]map[string]string // by column, those of the table itself by ""

	// Guard returns what the table's row filter and masks do to a principal's
	// reads, nil where they do nothing. They go by who runs the statement, also
	// inside a view. A table without either leaves it out.
	Guard func(principal string) *Guard
}

// Guard is what a row filter and column masks do to a table for one principal.
type Guard struct {
	Keep  func(row []any) bool    // nil keeps every row
	Masks map[int]func(v any) any // what replaces a value, by the number of its column
}

// Key is the identifier under which SQLite knows the table.
func (t *Table) Key() string { return cmp.Or(t.As, t.Name.Key()) }

// HasColumn reports whether there is a column of that name, in any case.
func (t *Table) HasColumn(name string) bool {
	return slices.ContainsFunc(t.Columns, func(c values.Column) bool { return strings.EqualFold(c.Name, name) })
}

// check refuses definitions the engine could not serve.
func (t *Table) check() error {
	switch {
	case t.Name.Catalog == "" || t.Name.Schema == "" || t.Name.Table == "":
		return fmt.Errorf("table %s: a name needs three parts", t.Name)
	case strings.ContainsRune(t.Name.Catalog+t.Name.Schema+t.Name.Table, '.'):
		return fmt.Errorf("table %s: a part contains a dot", t.Name)
	case t.SQL == "" && len(t.Columns) == 0:
		return fmt.Errorf("table %s: no columns", t.Name)
	case t.SQL == "" && t.Rows > 0 && t.Row == nil:
		return fmt.Errorf("table %s: rows without a row function", t.Name)
	}
	return nil
}
