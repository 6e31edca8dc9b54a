package setup

import (
	"context"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Selection is what a connection reads: a schema, tables of it, and what SELECT is granted on.
type Selection struct {
	Schema connector.SchemaName
	Tables []connector.TableName
	Scope  connector.Scope
}

// SelectionOf is what a saved connection reads.
func SelectionOf(c connector.Connection) Selection { return Selection{c.Schema, c.Tables, c.Scope} }

// ParseSelection reads the names of a schema and of tables in it, as they were typed; the scope is the schema. The error is a *connector.Error
// of kind ErrInput.
func ParseSelection(catalog, schema string, tables []string) (Selection, error) {
	name, err := connector.ParseSchemaParts(catalog, schema)
	s := Selection{Schema: name, Scope: connector.ScopeSchema}
	if err != nil {
		return s, err
	}
	connector.Known().NoteFull(name.Full())
	for _, text := range tables {
		table, err := parseTableOf(name, text)
		if err != nil {
			return s, err
		}
		s.Tables = append(s.Tables, table)
	}
	return s, nil
}

// ParseTable reads the name of a table of the chosen schema, without choosing it. The error is a *connector.Error of kind ErrInput.
func (d *Draft) ParseTable(text string) (connector.TableName, error) {
	return parseTableOf(d.schema, text)
}

// parseTableOf reads the name of a table of a schema. One of another schema is refused.
func parseTableOf(schema connector.SchemaName, text string) (connector.TableName, error) {
	table, err := connector.ParseTable(text, schema)
	if err == nil && table.SchemaName != schema {
		err = incomplete(fmt.Sprintf("The table %s is in another schema than %s.", table, schema), "A connection reads tables of one schema.")
	}
	return table, err
}

// Needs are the privileges that reading it takes. Where SELECT is on the tables, ws is asked what each is, since a GRANT names its kind; one
// that it does not show is taken for a table.
func (s Selection) Needs(ctx context.Context, ws *workspace.Workspace) []grants.Need {
	targets := make([]grants.Target, len(s.Tables))
	for i, name := range s.Tables {
		targets[i] = grants.Target{Name: name}
		if s.Scope != connector.ScopeTables {
			continue
		}
		if table, err := ws.Table(ctx, name); err == nil {
			targets[i].Kind = table.Kind
		}
	}
	return append(grants.Reach(s.Schema), grants.Read(s.Schema, s.Scope, targets)...)
}
