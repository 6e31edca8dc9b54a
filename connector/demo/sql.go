package demo

import (
	"errors"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
)

// newEngine makes the SQL engine over the world. It learns a table when a statement first names it.
func newEngine(world *model.World) (*engine.Engine, error) {
	return engine.New(authority{world}, engine.Options{
		Lookup: func(n engine.Name) (engine.Table, bool) {
			t, err := world.Table(n.Catalog, n.Schema, n.Table)
			if err != nil {
				return engine.Table{}, false
			}
			table, err := engineTable(n, t)
			return table, err == nil
		},
	})
}

func engineTable(n engine.Name, t model.Table) (engine.Table, error) {
	table := engine.Table{
		Name: n, Kind: string(t.Type), Owner: t.Owner, Comment: t.Comment, Rows: t.RowCount, Row: t.Rows, SQL: t.ViewDefinition,
	}
	for _, c := range t.Columns {
		kind, err := engine.ParseType(c.TypeText())
		if err != nil {
			return engine.Table{}, err
		}
		table.Columns = append(table.Columns, engine.Column{Name: c.Name, Type: kind, Nullable: !c.NotNull, Comment: c.Comment})
	}
	return table, nil
}

// newSQL makes the handler of the warehouses' SQL endpoints. Callers were signed in by the REST face.
func newSQL(world *model.World, e *engine.Engine) (*thrift.Handler, error) {
	as := func(principal string, ask func(*model.Principal) error) error {
		who, ok := world.Principal(principal)
		if !ok {
			return &thrift.Refusal{Status: http.StatusForbidden, Reason: "user not found"}
		}
		err := ask(who)
		var refused *model.Error
		if errors.As(err, &refused) {
			return &thrift.Refusal{Status: refused.Status, Reason: refused.Message}
		}
		return err
	}
	return thrift.NewHandler(e, thrift.Options{
		Principal: func(r *http.Request) (string, bool) {
			who, ok := rest.PrincipalFrom(r.Context())
			if !ok {
				return "", false
			}
			return who.Name, true
		},
		Warehouse: func(id, principal string) error {
			return as(principal, func(who *model.Principal) error { return world.CheckWarehouse(who, id) })
		},
		Ready: func(id, principal string) (running bool, err error) {
			err = as(principal, func(who *model.Principal) error {
				status, err := world.StartWarehouse(who, id)
				running = status.State == model.Running
				return err
			})
			return running, err
		},
		Now: world.Clock().Now,
	})
}
