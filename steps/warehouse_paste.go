package steps

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
)

// paste filters by a name, and goes to a warehouse whose path, page or ID was pasted. What can be none is said to be so.
func (w *warehouse) paste(text string) {
	given, err := connector.ParseWarehouse(text)
	w.pasted = err
	if err != nil {
		return
	}
	if at := slices.IndexFunc(w.list.items, given.Is); at >= 0 {
		w.list.picker.SetQuery("")
		w.list.picker.Select(at)
		return
	}
	w.list.picker.Paste(given.Text)
}

// preferred is the warehouse to put the cursor on: the chosen one, or else the one that serves best.
func (w *warehouse) preferred(item connector.Warehouse) bool {
	if w.wanted != "" {
		return item.ID == w.wanted
	}
	if chosen := w.setup.Draft().Warehouse().ID; chosen != "" {
		return item.ID == chosen
	}
	return item.ID == connector.BestWarehouse(w.list.items).ID
}
