package steps

import (
	"regexp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// allow has an admin give CAN_USE on a warehouse, and looks at the list again.
func (w *warehouse) allow() ui.Move {
	return ui.Open(adminWork{w.setup, w.setup.WarehouseTask(), func(out admin.Outcome, task setup.AdminTask) tea.Cmd {
		w.told, w.wanted, w.proving = w.setup.Made(out), task.Want.Warehouse, false
		w.ladder.Stop()
		delete(w.refused, w.wanted)
		return w.load()
	}}.open())
}

// pastedWarehouse is where the ID stands in an HTTP path, a JDBC URL and the address of the warehouse's page.
var pastedWarehouse = regexp.MustCompile(`/(?:warehouses|endpoints)/([0-9a-fA-F]+)`)

// paste filters by a name, and goes to a warehouse whose path or ID was pasted.
func (w *warehouse) paste(text string) {
	id := strings.TrimSpace(text)
	if found := pastedWarehouse.FindStringSubmatch(text); found != nil {
		id = found[1]
	}
	for i, item := range w.list.items {
		if strings.EqualFold(item.ID, id) {
			w.list.picker.SetQuery("")
			w.list.picker.Select(i)
			return
		}
	}
	w.list.picker.Paste(text)
}

// preferred is the warehouse to put the cursor on: the chosen one, or else the first that runs and is documented.
func (w *warehouse) preferred(item connector.Warehouse) bool {
	if w.wanted != "" {
		return item.ID == w.wanted
	}
	if chosen := w.setup.Draft().Warehouse().ID; chosen != "" {
		return item.ID == chosen
	}
	return item.State == connector.Running && item.Type.Documented()
}
