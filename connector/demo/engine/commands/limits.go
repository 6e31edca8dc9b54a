package commands

import (
	"fmt"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// The limits of a table's columns: SQLite declares no more of them, and Unity Catalog has no longer names.
const (
	mostColumns   = 2000
	longestColumn = 255 // characters
)

// declarable refuses columns that no query could be made of.
func declarable(columns []values.Column) error {
	refused := func(text string, most int) error {
		return &values.Error{Class: "INVALID_PARAMETER_VALUE", SQLState: "22023", Message: fmt.Sprintf(text, most)}
	}
	if len(columns) > mostColumns {
		return refused("A table of the embedded workspace has at most %d columns.", mostColumns)
	}
	for _, c := range columns {
		if utf8.RuneCountInString(c.Name) > longestColumn {
			return refused("The name of a column has at most %d characters.", longestColumn)
		}
	}
	return nil
}
