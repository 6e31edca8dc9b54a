package setup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// warehouseSearch is what looking a SQL warehouse up by its ID or its name gave.
type warehouseSearch struct {
	wanted connector.WarehouseGiven
	names  []string // of all that were listed
	found  []connector.Warehouse
}

// searchWarehouse looks a SQL warehouse up among those that ws lists. A name counts without regard to case where none has it letter by letter.
func searchWarehouse(ctx context.Context, ws *workspace.Workspace, wanted connector.WarehouseGiven) (warehouseSearch, error) {
	all, err := workspace.Every(ctx, ws.Warehouses)
	s := warehouseSearch{wanted: wanted}
	for _, w := range all {
		s.names = append(s.names, w.Name.Raw())
	}
	matching := func(matches func(connector.Warehouse) bool) []connector.Warehouse {
		return slices.DeleteFunc(slices.Clone(all), func(w connector.Warehouse) bool { return !matches(w) })
	}
	s.found = matching(wanted.Is)
	if len(s.found) == 0 {
		s.found = matching(func(w connector.Warehouse) bool { return strings.EqualFold(w.Name.Raw(), wanted.Text) })
	}
	return s, err
}

const giveItsID = "Give the ID of the one that you mean."

// several says that a name is that of several warehouses.
func (s warehouseSearch) several() string {
	return fmt.Sprintf("%d SQL warehouses are named %q.", len(s.found), connector.CleanLine(s.wanted.Text, 100))
}

// nearest is the name that the wanted one is most like, empty where none is.
func (s warehouseSearch) nearest() string {
	if near := connector.Nearest(s.wanted.Text, s.names, 1); len(near) > 0 {
		return connector.CleanLine(near[0], 100)
	}
	return ""
}

// refusal says why not one warehouse was found to somebody who sees all of them. It is a *connector.Error of kind ErrInput.
func (s warehouseSearch) refusal() error {
	if len(s.found) > 1 {
		return incomplete(s.several(), giveItsID)
	}
	remedy := "SQL Warehouses in the workspace shows their names and IDs."
	if near := s.nearest(); near != "" {
		remedy = fmt.Sprintf("Did you mean %q?", near)
	}
	return incomplete(fmt.Sprintf("There is no SQL warehouse %q.", connector.CleanLine(s.wanted.Text, 100)), remedy)
}

// finding says why not one warehouse was found to a principal that sees only those it may use.
func (s warehouseSearch) finding() check.Finding {
	if len(s.names) == 0 {
		return check.NoWarehouses()
	}
	f := check.Finding{
		Cause: check.WarehouseAccess, Exit: check.ExitWarehouse, Pattern: "warehouse-gone",
		Reason: fmt.Sprintf("The principal sees no SQL warehouse named %q.", connector.CleanLine(s.wanted.Text, 100)),
		Remedy: check.Remedy{Text: "Grant CAN_USE on it, or name one that it sees."},
	}
	if near := s.nearest(); near != "" {
		f.Remedy.Text = fmt.Sprintf("Grant CAN_USE on it, or name one that it sees. Did you mean %q?", near)
	}
	if len(s.found) > 1 {
		f.Reason, f.Remedy.Text = s.several(), giveItsID
	}
	return f
}
