package bundle

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// LinesOf is what a bundle tells of a saved connection, with its names as they are: Make puts aliases in their place.
func LinesOf(s connector.Connection) []Line {
	tables := make([]string, len(s.Tables))
	for i, t := range s.Tables {
		tables[i] = t.String()
	}
	return []Line{
		{Label: "Workspace", Text: s.Host.String() + " (" + string(s.Host.Cloud()) + ")"},
		{Label: "Sign-in", Text: s.Credentials.Method.Label() + " of " + s.Principal.Label()},
		{Label: "Warehouse", Text: s.Warehouse.Name.String() + " (" + string(s.Warehouse.Type) + ")"},
		{Label: "Schema", Text: s.Schema.String()},
		{Label: "Reads", Text: strings.Join(tables, ", ")},
		{Label: "Scope", Text: string(s.Scope)},
	}
}
