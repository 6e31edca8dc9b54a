package steps

import (
	"regexp"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// pastedWarehouse is where the ID stands in an HTTP path, a JDBC URL and the address of the warehouse's page.
var pastedWarehouse = regexp.MustCompile(`/(?:warehouses|endpoints)/([0-9a-fA-F]+)`)

// paste filters by a name, and goes to a warehouse whose path or ID was pasted.
func (w *warehouse) paste(text string) {
	id := strings.TrimSpace(text)
	if found := pastedWarehouse.FindStringSubmatch(text); found != nil {
		id = found[1]
	}
	for i, item := range w.list.items {
		if strings.EqualFold(string(item.ID), id) {
			w.list.picker.SetQuery("")
			w.list.picker.Select(i)
			return
		}
	}
	w.list.picker.Paste(text)
}

// preferred is the warehouse to put the cursor on: the chosen one, or else the one that serves best.
func (w *warehouse) preferred(item connector.Warehouse) bool {
	if w.wanted != "" {
		return item.ID == w.wanted
	}
	if chosen := w.setup.Draft().Warehouse().ID; chosen != "" {
		return item.ID == chosen
	}
	return item.ID == setup.BestWarehouse(w.list.items).ID
}
