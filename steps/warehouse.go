package steps

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// warehouse is step 2: a live list of SQL warehouses. The question before one is chosen, and the proof that it takes statements, are panels
// over it.
type warehouse struct {
	setup   *Wizard
	ctx     context.Context
	list    *listing[connector.Warehouse]
	asked   connector.Warehouse // what the question or the proof is about
	proof   *panels.Checks
	refused map[connector.WarehouseID]bool // warehouses that turned out to be without CAN_USE
	problem *check.Finding                 // why a start did not begin
	pasted  error                          // why what was pasted names no warehouse
	hints   setup.Hints
	told    string                // what an admin did
	wanted  connector.WarehouseID // the warehouse that an admin gave CAN_USE on: the cursor goes there
}

func newWarehouse(s *Wizard) *warehouse {
	w := &warehouse{setup: s, refused: map[connector.WarehouseID]bool{}, hints: setup.Hints{Draft: s.Draft()}}
	w.list = newListing(s.theme, check.StageWarehouse, w.item, w.row)
	w.proof = w.newProof()
	return w
}

// item is what a warehouse is found by and stands by: one that was tried and refused is the last to choose.
func (w *warehouse) item(item connector.Warehouse) ui.PickerItem {
	found := ui.PickerItem{Name: item.Name.String(), State: w.row(item).Cells[2]}
	if w.refused[item.ID] {
		found.Group = uint8(connector.Askable)
	}
	return found
}

// row describes a warehouse. The list does not tell whether CAN_USE holds; a warehouse that was tried and refused is marked.
func (w *warehouse) row(item connector.Warehouse) ui.PickerRow {
	row := ui.PickerRow{Name: item.Name.String(), Cells: []string{string(item.Type), item.Size.String(), "· " + item.State.Word()}}
	switch {
	case w.refused[item.ID]:
		row.Cells[2] = "✗ no CAN_USE"
	case !item.Type.Documented():
		row.Cells[2] = "! " + connector.NotAdvised
	case item.State == connector.Running:
		row.Cells[2] = "✓ " + item.State.Word()
	}
	return row
}

// Title is the step's word in the rail.
func (w *warehouse) Title() string { return setup.Warehouse.String() }

// Enter lists the warehouses anew: their states change by themselves.
func (w *warehouse) Enter(ctx context.Context) tea.Cmd {
	w.ctx, w.problem, w.told = ctx, nil, ""
	return w.load()
}

func (w *warehouse) load() tea.Cmd {
	ws, err := w.setup.Workspace()
	if err != nil {
		w.list.fail(err)
		return nil
	}
	return w.list.load(w.ctx, setup.Offered(ws.Warehouses))
}

// Escape takes away what a start was refused for, or clears the filter.
func (w *warehouse) Escape() bool {
	was := w.problem != nil || w.pasted != nil
	w.problem, w.pasted = nil, nil
	return was || w.list.clearFilter()
}

// Leaves says that esc clears the filter first.
func (w *warehouse) Leaves() string { return w.list.picker.Leaves() }

// Typing is true: letters filter the list.
func (w *warehouse) Typing() bool { return true }

// Keys lists what works now.
func (w *warehouse) Keys() []key.Binding {
	keys := []key.Binding{ui.Bind("refresh", "ctrl+r"), ui.Bind("act as admin", "ctrl+o")}
	if w.list.failed() || w.list.empty() {
		return keys
	}
	return append(w.list.picker.WithChoice(ui.Bind("choose", "enter"), keys...), w.list.keys()...)
}

// Update hands keys to the list, and takes in what is listed.
func (w *warehouse) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return w.press(msg)
	case tea.PasteMsg:
		w.paste(msg.Content)
		return ui.Stay(), nil
	}
	listed := w.list.take(msg, func() { w.list.selectWhere(w.preferred) })
	if w.setup.SawWarehouses(w.list.items); w.list.loaded && w.list.err == nil {
		w.setup.Listed(w.list.items)
	}
	return ui.Stay(), listed
}

func (w *warehouse) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	w.problem, w.pasted = nil, nil
	switch msg.String() {
	case "ctrl+o":
		return w.allow(), nil
	case ui.WholeKey:
		return w.list.whole(), nil
	case "ctrl+r":
		return ui.Stay(), w.load()
	case "enter":
		if item, ok := w.list.selected(); ok {
			return ui.Open(w.choose(item)), nil
		}
		return ui.Stay(), nil
	}
	w.list.picker.Key(msg)
	return ui.Stay(), nil
}

// choose asks what must be asked first, and otherwise proves at once.
func (w *warehouse) choose(item connector.Warehouse) ui.Panel {
	w.asked = item
	if first := setup.ConsentFor(item); first.Asks() {
		return newStartQuestion(w, first)
	}
	return w.proof
}
