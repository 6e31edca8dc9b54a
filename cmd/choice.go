package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// choiceFlags say what is to be read.
type choiceFlags struct {
	catalog, schema, scope string
	tables                 []string
}

func (f *choiceFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.catalog, "catalog", "", "catalog to read from")
	flags.StringVar(&f.schema, "schema", "", "schema to read from, alone or as CATALOG.SCHEMA")
	flags.StringArrayVar(&f.tables, "table", nil, "table to read; may be given several times")
	flags.StringVar(&f.scope, "scope", "", "SELECT on the whole schema or on the tables alone: schema (the default) or tables")
}

func (f *choiceFlags) given() bool {
	return f.catalog+f.schema+f.scope != "" || len(f.tables) > 0
}

// choice is what is to be read.
type choice struct {
	schema connector.SchemaName
	tables []connector.TableName
	scope  connector.Scope
}

func choiceOf(c connector.Connection) choice { return choice{c.Schema, c.Tables, c.Scope} }

func (f *choiceFlags) parse() (choice, error) {
	c := choice{scope: connector.ScopeSchema}
	catalog, schema := f.catalog, f.schema
	if first, rest, dotted := strings.Cut(schema, "."); dotted && catalog == "" {
		catalog, schema = first, rest
	}
	if catalog == "" || schema == "" {
		return c, usage("No schema is named.", "Give --catalog and --schema.")
	}
	var err error
	if c.schema.Catalog, err = connector.ParseIdent(catalog); err != nil {
		return c, err
	}
	if c.schema.Schema, err = connector.ParseIdent(schema); err != nil {
		return c, err
	}
	connector.Known().NoteFull(c.schema.Full())
	for _, text := range f.tables {
		name, err := connector.ParseTable(text, c.schema)
		if err != nil {
			return c, err
		}
		if name.SchemaName != c.schema {
			return c, usage(fmt.Sprintf("The table %s is in another schema than %s.", name, c.schema), "A connection reads tables of one schema.")
		}
		c.tables = append(c.tables, name)
	}
	switch scope := connector.Scope(strings.ToLower(f.scope)); scope {
	case "", connector.ScopeSchema:
	case connector.ScopeTables:
		if c.scope = scope; len(c.tables) == 0 {
			return c, usage("SELECT on tables alone needs tables.", "Give --table.")
		}
	default:
		return c, usage(fmt.Sprintf("%q is no scope.", connector.CleanLine(f.scope, 20)), "Give --scope schema or --scope tables.")
	}
	return c, nil
}

// needs are the contract's needs. kind tells what a name stands for, which a GRANT on it says; empty where it is not known.
func (c choice) needs(kind func(connector.TableName) connector.TableKind) []grants.Need {
	targets := make([]grants.Target, len(c.tables))
	for i, name := range c.tables {
		targets[i] = grants.Target{Name: name}
		if c.scope == connector.ScopeTables {
			targets[i].Kind = kind(name)
		}
	}
	return append(grants.Reach(c.schema), grants.Read(c.schema, c.scope, targets)...)
}
