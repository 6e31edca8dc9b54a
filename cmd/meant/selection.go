package meant

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// Selection is what a command line says is to be read. The schema stands alone or as CATALOG.SCHEMA.
func Selection(catalog, schema string, tables []string, scope string) (setup.Selection, error) {
	if first, rest, dotted := strings.Cut(schema, "."); dotted && catalog == "" {
		catalog, schema = first, rest
	}
	if catalog == "" || schema == "" {
		return setup.Selection{}, refuse("No schema is named.", "Give --catalog and --schema.")
	}
	reads, err := setup.ParseSelection(catalog, schema, tables)
	if err != nil {
		return reads, err //nolint:wrapcheck // it has words of its own
	}
	switch wanted := connector.Scope(strings.ToLower(scope)); wanted {
	case "", connector.ScopeSchema:
	case connector.ScopeTables:
		if reads.Scope = wanted; len(reads.Tables) == 0 {
			return reads, refuse("SELECT on tables alone needs tables.", "Give --table.")
		}
	default:
		return reads, refuse(fmt.Sprintf("%q is no scope.", connector.CleanLine(scope, 20)), Nearest(scope, []string{string(connector.ScopeSchema), string(connector.ScopeTables)})+"Give --scope schema or --scope tables.")
	}
	return reads, nil
}
