package setup

import (
	"context"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// findWarehouse looks the warehouse up by its name.
func (h *Headless) findWarehouse(ctx context.Context) (connector.WarehouseRef, *check.Result) {
	wanted := h.Answers.Warehouse
	connector.Known().Note(connector.KindWarehouse, wanted) // it is quoted where nothing is named so
	ws, err := h.Workspace()
	if err != nil {
		f := check.Explain(err)
		return connector.WarehouseRef{}, &check.Result{Finding: &f}
	}
	all, err := workspace.Every(ctx, ws.Warehouses)
	if err != nil {
		f := check.Explain(err)
		return connector.WarehouseRef{}, &check.Result{Evidence: "the list of warehouses was refused", Finding: &f}
	}
	var named []connector.Warehouse
	var names []string
	for _, w := range all {
		names = append(names, w.Name.Raw())
		if strings.EqualFold(w.Name.Raw(), wanted) {
			named = append(named, w)
		}
	}
	if len(named) == 1 {
		return named[0].Ref(), nil
	}
	f := notNamed(wanted, len(named), names)
	return connector.WarehouseRef{}, &check.Result{Evidence: words.Count(len(all), "SQL warehouse") + " visible", Finding: &f}
}

// notNamed is the finding for a name that no warehouse has, or several.
func notNamed(wanted string, holders int, names []string) check.Finding {
	if len(names) == 0 {
		return check.NoWarehouses()
	}
	f := check.Finding{
		Cause: check.WarehouseAccess, Exit: check.ExitWarehouse, Pattern: "warehouse-gone",
		Reason: fmt.Sprintf("The principal sees no SQL warehouse named %q.", connector.CleanLine(wanted, 100)),
		Remedy: check.Remedy{Text: "Grant CAN_USE on it, or name one that it sees."},
	}
	if near := connector.Nearest(wanted, names, 1); len(near) > 0 {
		f.Remedy.Text = fmt.Sprintf("Grant CAN_USE on it, or name one that it sees. Did you mean %q?", connector.CleanLine(near[0], 100))
	}
	if holders > 1 {
		f.Reason = fmt.Sprintf("%d SQL warehouses are named %q.", holders, connector.CleanLine(wanted, 100))
		f.Remedy.Text = "Give the ID of the one that you mean."
	}
	return f
}
