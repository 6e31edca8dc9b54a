package demo

import (
	"context"
	"errors"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/delta"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// newEngine makes the SQL engine over the world. It learns a table when a statement first names it.
func newEngine(world *model.World, versions *delta.Store) (*engine.Engine, error) {
	return engine.New(authority{world, versions}, engine.Options{
		Versions: versions,
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
		Name: n, Kind: string(t.Type), Owner: t.Owner, Comment: t.Comment, Rows: t.RowCount, Row: t.Rows, SQL: t.ViewDefinition, Version: t.Version,
		RowFilter: t.RowFilter, Masks: map[string]string{}, Tags: t.Tags, Sorted: t.Sorted,
	}
	for _, c := range t.Columns {
		kind, err := engine.ParseType(c.TypeText())
		if err != nil {
			return engine.Table{}, err
		}
		if c.Mask != "" {
			table.Masks[c.Name] = c.Mask
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
		running = status.State == compute.Running
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

// history notes in the world what was run.
func history(world *model.World) func(engine.Ran) {
	return func(ran engine.Ran) {
		q := model.QueryRun{
			ID: ran.ID, Principal: ran.Principal, Warehouse: ran.Warehouse, SQL: ran.SQL,
			Status: "FINISHED", Began: ran.Began, Ended: ran.Ended, Rows: ran.Rows,
		}
		switch {
		case errors.Is(ran.Err, context.Canceled), errors.Is(ran.Err, context.DeadlineExceeded):
			q.Status = "CANCELED"
		case ran.Err != nil:
			q.Status, q.Failure = "FAILED", engine.AsError(ran.Err).Error()
		}
		world.NoteQuery(q)
	}
}

// newSQL makes the handler of the warehouses' SQL endpoints, for the drivers.
func newSQL(world *model.World, e *engine.Engine, storage *storageHost) (*thrift.Handler, error) {
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
		Ended:     history(world),
		Offer:     storage.drivers,
		Now:       world.Clock().Now,
	})
}

// warehouseID is the form of the ids that warehouses have.
var warehouseID = pattern.New(`^[0-9a-f]{16}$`)

// statementRefusal is how the statement API words a refusal about a warehouse: it does not tell one that is missing from one that may not
// be used.
func statementRefusal(id string, err error) error {
	var refused *model.Error
	switch {
	case !errors.As(err, &refused):
		return err
	case refused.Status == http.StatusForbidden && refused.Code == "PERMISSION_DENIED", refused.Status == http.StatusNotFound:
		return &statement.Error{
			Status: http.StatusForbidden, Code: "PERMISSION_DENIED",
			Message: "You do not have permission to use the SQL Warehouse. Please contact your administrator.",
			Detail:  statement.NewResourceInfo("warehouse", id, "user is not authorized to use this warehouse"),
		}
	}
	return &statement.Error{Status: refused.Status, Code: refused.Code, Message: refused.Message}
}

// newStatements makes the handler of the SQL statement API.
func newStatements(world *model.World, e *engine.Engine, storage *storageHost) (*statement.Handler, error) {
	v := warehouses{world}
	return statement.NewHandler(e, statement.Options{
		Principal: signedIn,
		Warehouse: func(id, principal string) error {
			if !warehouseID().MatchString(id) {
				return &statement.Error{Status: http.StatusBadRequest, Code: "INVALID_PARAMETER_VALUE", Message: id + " is not a valid endpoint id."}
			}
			return statementRefusal(id, v.check(id, principal))
		},
		Ready: func(id, principal string) (bool, error) {
			running, err := v.ready(id, principal)
			return running, statementRefusal(id, err)
		},
		Statement: rest.NoteStatement,
		Ended:     history(world),
		Offer:     storage.statements(),
		Now:       world.Clock().Now,
	})
}
