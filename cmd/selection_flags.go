package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// selectionFlags say what is to be read.
type selectionFlags struct {
	catalog, schema, scope string
	tables                 []string
}

func (f *selectionFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.catalog, "catalog", "", "catalog to read from")
	flags.StringVar(&f.schema, "schema", "", "schema to read from, alone or as CATALOG.SCHEMA")
	flags.StringArrayVar(&f.tables, "table", nil, "table to read; may be given several times")
	flags.StringVar(&f.scope, "scope", "", "SELECT on the whole schema or on the tables alone: schema (the default) or tables")
}

func (f *selectionFlags) given() bool {
	return f.catalog+f.schema+f.scope != "" || len(f.tables) > 0
}

func (f *selectionFlags) parse() (setup.Selection, error) {
	catalog, schema := f.catalog, f.schema
	if first, rest, dotted := strings.Cut(schema, "."); dotted && catalog == "" {
		catalog, schema = first, rest
	}
	if catalog == "" || schema == "" {
		return setup.Selection{}, usage("No schema is named.", "Give --catalog and --schema.")
	}
	reads, err := setup.ParseSelection(catalog, schema, f.tables)
	if err != nil {
		return reads, err
	}
	switch scope := connector.Scope(strings.ToLower(f.scope)); scope {
	case "", connector.ScopeSchema:
	case connector.ScopeTables:
		if reads.Scope = scope; len(reads.Tables) == 0 {
			return reads, usage("SELECT on tables alone needs tables.", "Give --table.")
		}
	default:
		return reads, usage(fmt.Sprintf("%q is no scope.", connector.CleanLine(f.scope, 20)), "Give --scope schema or --scope tables.")
	}
	return reads, nil
}
