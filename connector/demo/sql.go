package demo

import (
	"errors"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
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
			table.Guard = guard(world, t)
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

// warehouses asks the model whether a principal may use a warehouse, and starts it.
type warehouses struct{ world *model.World }

// as looks the principal up and asks. The error is the model's own.
func (v warehouses) as(principal string, ask func(*model.Principal) error) error {
	who, ok := v.world.Principal(principal)
	if !ok {
		return &model.Error{Code: "403", Status: http.StatusForbidden, Message: "user not found"}
	}
	return ask(who)
}

func (v warehouses) check(id, principal string) error {
	return v.as(principal, func(who *model.Principal) error { return v.world.CheckWarehouse(who, id) })
}

// ready reports whether the warehouse runs. One that is stopped starts, as it does for every statement.
func (v warehouses) ready(id, principal string) (running bool, err error) {
	err = v.as(principal, func(who *model.Principal) error {
		status, err := v.world.StartWarehouse(who, id)
		running = status.State == model.Running
		return err
	})
	return running, err
}

// signedIn is who the REST face signed in.
func signedIn(r *http.Request) (string, bool) {
	who, ok := rest.PrincipalFrom(r.Context())
	if !ok {
		return "", false
	}
	return who.Name, true
}

// newSQL makes the handler of the warehouses' SQL endpoints, for the drivers.
func newSQL(world *model.World, e *engine.Engine) (*thrift.Handler, error) {
	v := warehouses{world}
	refusal := func(err error) error {
		var refused *model.Error
		if errors.As(err, &refused) {
			return &thrift.Refusal{Status: refused.Status, Reason: refused.Message}
		}
		return err
	}
	return thrift.NewHandler(e, thrift.Options{
		Principal: signedIn,
		Warehouse: func(id, principal string) error { return refusal(v.check(id, principal)) },
		Ready: func(id, principal string) (bool, error) {
			running, err := v.ready(id, principal)
			return running, refusal(err)
		},
		Statement: rest.NoteStatement,
		Now:       world.Clock().Now,
	})
}

// newStatements makes the handler of the SQL statement API.
func newStatements(world *model.World, e *engine.Engine) (*statement.Handler, error) {
	v := warehouses{world}
	refusal := func(err error) error {
		var refused *model.Error
		if errors.As(err, &refused) {
			return &statement.Error{Status: refused.Status, Code: refused.Code, Message: refused.Message}
		}
		return err
	}
	return statement.NewHandler(e, statement.Options{
		Principal: signedIn,
		Warehouse: func(id, principal string) error { return refusal(v.check(id, principal)) },
		Ready: func(id, principal string) (bool, error) {
			running, err := v.ready(id, principal)
			return running, refusal(err)
		},
		Statement: rest.NoteStatement,
		Now:       world.Clock().Now,
	})
}
