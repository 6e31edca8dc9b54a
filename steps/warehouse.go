package steps

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
)

// warehouse is step 2: a live list of SQL warehouses, and a proof that the chosen one takes statements.
type warehouse struct {
	setup   *Setup
	ctx     context.Context
	list    *listing[connector.Warehouse]
	ask     *ui.Confirm
	asked   connector.Warehouse // what the open question is about
	starts  bool                // the question is about starting it
	ladder  *ladder
	subject *check.Subject
	proving bool
	copied  *ui.Snippet
	refused map[string]bool // warehouses, by ID, that turned out to be without CAN_USE
}

func newWarehouse(s *Setup) *warehouse {
	w := &warehouse{
		setup: s, ask: ui.NewConfirm(s.theme), ladder: newLadder(s.theme),
		copied: ui.NewSnippet(s.theme, "", "warehouse-test.txt"), refused: map[string]bool{},
	}
	w.list = newListing(s.theme, func(item connector.Warehouse) string { return item.Name.String() }, w.row)
	return w
}

// row describes a warehouse. The list does not tell whether CAN_USE holds; a warehouse that was tried and refused is marked.
func (w *warehouse) row(item connector.Warehouse) ui.PickerRow {
	row := ui.PickerRow{Name: item.Name.String(), Cells: []string{string(item.Type), item.Size.String(), "· " + item.State.Word()}}
	switch {
	case w.refused[item.ID]:
		row.Cells[2] = "✗ no CAN_USE"
	case !item.Type.Documented():
		row.Cells[2] = "! not covered"
	case item.State == connector.Running:
		row.Cells[2] = "✓ " + item.State.Word()
	}
	row.Disabled = item.State == connector.Deleting || item.State == connector.Deleted
	return row
}

// Title is the step's word in the rail.
func (w *warehouse) Title() string { return Warehouse.String() }

// Enter lists the warehouses anew: their states change by themselves.
func (w *warehouse) Enter(ctx context.Context) tea.Cmd {
	w.ctx, w.proving = ctx, false
	w.ladder.stop()
	w.ask.Close()
	return w.load()
}

func (w *warehouse) load() tea.Cmd {
	ws, err := w.setup.Workspace()
	if err != nil {
		w.list.fail(err)
		return nil
	}
	return w.list.load(w.ctx, ws.Warehouses)
}

// Escape closes the question, the proof, or clears the filter.
func (w *warehouse) Escape() bool {
	switch {
	case w.copied.Escape(), w.ask.Close():
		return true
	case w.proving:
		w.ladder.stop()
		w.proving = false
		return true
	}
	return w.list.clearFilter()
}

// Typing is true while letters filter the list.
func (w *warehouse) Typing() bool { return !w.proving && !w.ask.Open() }

// Keys lists what works now.
func (w *warehouse) Keys() []key.Binding {
	switch {
	case w.ask.Open():
		return w.ask.Keys()
	case w.proving && w.ladder.running():
		return []key.Binding{ui.Bind("choose another", "esc")}
	case w.proving:
		return append([]key.Binding{ui.Bind("try again", "r"), ui.Bind("choose another", "enter", "esc"), ui.Bind("details", "d")}, w.copied.Keys()...)
	case w.list.failed() || w.list.empty():
		return []key.Binding{ui.Bind("refresh", "ctrl+r")}
	}
	return []key.Binding{ui.Bind("choose", "enter"), ui.Bind("refresh", "ctrl+r")}
}

// Update hands keys to the question, the proof or the list, in that order.
func (w *warehouse) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return w.press(msg)
	case tea.PasteMsg:
		if w.Typing() {
			w.list.picker.Paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if w.copied.Take(msg) {
		return ui.Stay(), nil
	}
	listed := w.list.take(msg, func() { w.list.selectWhere(w.preferred) })
	cmd, done := w.ladder.take(msg)
	if !done {
		return ui.Stay(), tea.Batch(listed, cmd)
	}
	if f := w.ladder.failure(); f != nil {
		w.refused[w.asked.ID] = f.Stage == "S10"
		w.copied.SetText(report(*f))
		return ui.Stay(), listed
	}
	w.refused[w.asked.ID] = false
	w.setup.draft.SetWarehouse(w.subject.Current, FromList)
	return ui.Next(), listed
}

// preferred is the warehouse to put the cursor on: the chosen one, or else the first that runs and is documented.
func (w *warehouse) preferred(item connector.Warehouse) bool {
	if chosen := w.setup.draft.Warehouse().ID; chosen != "" {
		return item.ID == chosen
	}
	return item.State == connector.Running && item.Type.Documented()
}

func (w *warehouse) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if accepted, used := w.ask.Key(msg); used {
		if accepted {
			return w.agreed()
		}
		return ui.Stay(), nil
	}
	if w.proving {
		return ui.Stay(), w.keyWhileProving(msg)
	}
	switch msg.String() {
	case "ctrl+r":
		return ui.Stay(), w.load()
	case "enter":
		if item, ok := w.list.selected(); ok {
			return ui.Stay(), w.choose(item)
		}
		return ui.Stay(), nil
	}
	w.list.picker.Key(msg)
	return ui.Stay(), nil
}

func (w *warehouse) keyWhileProving(msg tea.KeyPressMsg) tea.Cmd {
	if w.ladder.running() {
		return nil
	}
	switch msg.String() {
	case "r":
		return w.prove(w.asked)
	case "enter":
		w.Escape()
		return w.load()
	case "d":
		w.ladder.details = !w.ladder.details
		return nil
	}
	_, cmd := w.copied.Key(msg)
	return cmd
}

// choose asks what must be asked first: a classic warehouse is outside the documented set, a stopped one costs money when it starts.
func (w *warehouse) choose(item connector.Warehouse) tea.Cmd {
	w.asked, w.starts = item, false
	switch {
	case item.State == connector.Running && item.Type.Documented():
		return w.prove(item)
	case !item.Type.Documented() && item.State == connector.Running:
		w.ask.Ask(fmt.Sprintf("%s is a %s warehouse. The documented set is serverless and pro; it may work all the same.", item.Name, item.Type), "use it anyway", "choose another")
	case item.State == connector.Starting:
		w.starts = true
		w.ask.Ask(fmt.Sprintf("%s is starting. That usually takes %s; the wait follows you.", item.Name, item.Type.TypicalStart()), "choose it and go on", "choose another")
	default:
		w.starts = true
		outside := ""
		if !item.Type.Documented() {
			outside = " It is outside the documented set of serverless and pro."
		}
		w.ask.Ask(fmt.Sprintf("%s is %s. Starting a %s warehouse usually takes %s and costs money while it runs.%s%s",
			item.Name, item.State.Word(), item.Type, item.Type.TypicalStart(), stopsItself(item), outside), "start and go on", "choose another")
	}
	return nil
}

func stopsItself(w connector.Warehouse) string {
	if w.AutoStop <= 0 {
		return " It never stops by itself."
	}
	return fmt.Sprintf(" It stops itself after %d idle minutes.", int(w.AutoStop.Minutes()))
}

func (w *warehouse) agreed() (ui.Move, tea.Cmd) {
	if !w.starts {
		return ui.Stay(), w.prove(w.asked)
	}
	w.setup.draft.SetWarehouse(w.asked, FromList)
	return ui.Next(), w.setup.watch.start(w.setup.background, w.setup, w.asked)
}

func (w *warehouse) prove(item connector.Warehouse) tea.Cmd {
	subject, err := w.setup.subject()
	if err != nil {
		w.list.fail(err)
		return nil
	}
	subject.Warehouse = connector.WarehouseRef{ID: item.ID, Name: item.Name, Type: item.Type, HTTPPath: item.HTTPPath}
	w.subject, w.proving, w.asked = subject, true, item
	return w.ladder.start(w.ctx, check.Warehouse(), subject)
}

// View draws the list with what is known of the warehouse under the cursor, or the proof of the chosen one.
func (w *warehouse) View(width, height int) string {
	t := w.setup.theme
	if w.copied.Plain() {
		return w.copied.View(width, height)
	}
	head := t.Title.Render("Select your SQL warehouse") + "\n" +
		t.Faint.Render(ui.Wrap("Draftt runs its queries here. It needs CAN_USE, nothing more.", width)) + "\n\n"
	room := height - lines(head) + 1
	switch {
	case w.proving:
		return head + t.Title.Render(w.asked.Name.String()) + "\n\n" + w.ladder.view(width, room-2, w.copied.Note())
	case w.list.failed():
		return head + w.list.state().View(t, width)
	case w.list.empty():
		none := check.NoWarehouses()
		return head + ui.Failed(string(none.Cause), none.Reason, none.Remedy.Text+" ctrl+r refreshes.").View(t, width)
	}
	below := w.below(width)
	return head + w.list.view(width, max(4, min(room-lines(below)-1, w.list.size()+2))) + "\n\n" + below
}

func (w *warehouse) below(width int) string {
	if w.ask.Open() && w.starts {
		return w.setup.theme.Title.Render(string(check.WarehouseNotRunning)) + "\n" + w.ask.View(width)
	}
	if w.ask.Open() {
		return w.ask.View(width)
	}
	item, ok := w.list.selected()
	if !ok {
		return ""
	}
	about := fmt.Sprintf("%s, %s, %s.%s", item.Type, item.Size, item.State.Word(), stopsItself(item))
	if !item.Type.Documented() {
		about += " Not in the documented set (serverless, pro)."
	}
	if item.Health.Raw() != "" {
		about += " It reports: " + item.Health.String()
	}
	return w.setup.theme.Title.Render(item.Name.String()) + "\n" + ui.Wrap(about, width)
}
