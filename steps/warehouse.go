package steps

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// warehouse is step 2: a live list of SQL warehouses, and a proof that the chosen one takes statements.
type warehouse struct {
	setup   *Wizard
	ctx     context.Context
	list    *listing[connector.Warehouse]
	ask     *ui.Confirm
	asked   connector.Warehouse // what the open question is about
	starts  bool                // the question is about starting it
	ladder  *panels.Ladder
	proving bool
	copied  *ui.Snippet
	refused map[string]bool // warehouses, by ID, that turned out to be without CAN_USE
	byQuery bool            // the question is about starting it by running a query
	request ui.Task[struct{}]
	pulse   *ui.Pulse
	problem *check.Finding // why a start did not begin
	hints   setup.Hints
	told    string // what an admin did
	wanted  string // the warehouse, by ID, that an admin gave CAN_USE on: the cursor goes there
}

func newWarehouse(s *Wizard) *warehouse {
	w := &warehouse{
		setup: s, ask: ui.NewConfirm(s.theme), ladder: panels.NewLadder(s.theme),
		copied: ui.NewSnippet(s.theme, "", "warehouse-test.txt"), refused: map[string]bool{}, pulse: ui.NewPulse(s.theme), hints: setup.Hints{Draft: s.Draft()},
	}
	w.list = newListing(s.theme, check.StageWarehouse, func(item connector.Warehouse) string { return item.Name.String() }, w.row)
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
	return row
}

// Title is the step's word in the rail.
func (w *warehouse) Title() string { return setup.Warehouse.String() }

// Enter lists the warehouses anew: their states change by themselves.
func (w *warehouse) Enter(ctx context.Context) tea.Cmd {
	w.ctx, w.proving, w.problem = ctx, false, nil
	w.request.Cancel()
	w.ladder.Stop()
	w.ask.Close()
	w.told = ""
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

// Escape closes the question, the proof, or clears the filter.
func (w *warehouse) Escape() bool {
	switch {
	case w.copied.Escape(), w.ask.Close():
		return true
	case w.request.Running(), w.problem != nil:
		w.request.Cancel()
		w.problem = nil
		return true
	case w.proving:
		w.ladder.Stop()
		w.proving = false
		return true
	}
	return w.list.clearFilter()
}

// Typing is true while letters filter the list.
func (w *warehouse) Typing() bool {
	return !w.proving && !w.ask.Open() && !w.request.Running()
}

// Keys lists what works now.
func (w *warehouse) Keys() []key.Binding {
	switch {
	case w.ask.Open():
		return w.ask.Keys()
	case w.request.Running(), w.proving && w.ladder.Running():
		return []key.Binding{ui.Bind("choose another", "esc")}
	case w.proving:
		return append([]key.Binding{ui.Bind("try again", "r"), ui.Bind("choose another", "enter", "esc"), ui.Bind("act as admin", "ctrl+o"), ui.Bind("details", "d")}, w.copied.Keys()...)
	case w.list.failed() || w.list.empty():
		return []key.Binding{ui.Bind("refresh", "ctrl+r"), ui.Bind("act as admin", "ctrl+o")}
	}
	return []key.Binding{ui.Bind("choose", "enter"), ui.Bind("refresh", "ctrl+r"), ui.Bind("act as admin", "ctrl+o")}
}

// Update hands keys to the question, the proof or the list, in that order.
func (w *warehouse) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return w.press(msg)
	case tea.PasteMsg:
		if w.Typing() {
			w.paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if w.copied.Take(msg) {
		return ui.Stay(), nil
	}
	if _, err, ok := w.request.Take(msg); ok {
		return w.answered(err)
	}
	listed := tea.Batch(w.list.take(msg, func() { w.list.selectWhere(w.preferred) }), w.pulse.Beat(msg, w.request.Running()))
	if w.setup.SawWarehouses(w.list.items); w.list.loaded && w.list.err == nil {
		w.setup.Listed(w.list.items)
	}
	cmd, done := w.ladder.Take(msg)
	if !done {
		return ui.Stay(), tea.Batch(listed, cmd)
	}
	f := w.ladder.Failure()
	w.refused[w.asked.ID] = f != nil && f.Stage == check.StageCanUse
	if f != nil {
		w.copied.SetText(check.Report(*f))
		return ui.Stay(), listed
	}
	return ui.Next(), listed
}

func (w *warehouse) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if msg.String() == "ctrl+o" && !w.ask.Open() && !w.request.Running() && !w.ladder.Running() {
		return w.allow(), nil
	}
	if accepted, used := w.ask.Key(msg); used {
		if accepted {
			return w.agreed()
		}
		return ui.Stay(), nil
	}
	switch {
	case w.proving:
		return ui.Stay(), w.keyWhileProving(msg)
	case w.request.Running():
		return ui.Stay(), nil
	}
	w.problem = nil
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
	if w.ladder.Running() {
		return nil
	}
	switch msg.String() {
	case "r":
		return w.prove(w.asked)
	case "enter":
		w.Escape()
		return w.load()
	case "d":
		w.ladder.Details = !w.ladder.Details
		return nil
	}
	_, cmd := w.copied.Key(msg)
	return cmd
}

// choose asks what must be asked first.
func (w *warehouse) choose(item connector.Warehouse) tea.Cmd {
	first := setup.ConsentFor(item)
	w.asked, w.starts, w.byQuery = item, first.Starts, false
	switch {
	case !first.Asks():
		return w.prove(item)
	case !first.Starts:
		w.ask.Ask(first.Question, "use it anyway", "choose another")
	case !first.Costs:
		w.ask.Ask(strings.TrimSuffix(first.Question, ".")+"; the wait follows you, and leaving it stops nothing.", "choose it and go on", "choose another")
	default:
		w.ask.Ask(first.Question+" You can go on meanwhile.", "start and go on", "choose another")
	}
	return nil
}

// agreed goes on at once where nothing can be refused. A start is asked for first, because its refusal is best met here.
func (w *warehouse) agreed() (ui.Move, tea.Cmd) {
	s := w.setup
	switch {
	case !w.starts:
		return ui.Stay(), w.prove(w.asked)
	case w.byQuery:
		s.Draft().SetWarehouse(w.asked, setup.FromList)
		s.FollowStart(w.asked, true)
		return ui.Next(), s.watch.run(s.background, s, w.asked)
	case w.asked.State != connector.Stopped:
		return w.goOn(false)
	}
	ask, err := s.AskToStart(w.asked)
	if err != nil {
		w.list.fail(err)
		return ui.Stay(), nil
	}
	return ui.Stay(), tea.Batch(w.pulse.Beat(nil, true), w.request.Start(w.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, ask(ctx)
	}))
}

// goOn leaves for the next step while the warehouse starts.
func (w *warehouse) goOn(asked bool) (ui.Move, tea.Cmd) {
	s := w.setup
	s.Draft().SetWarehouse(w.asked, setup.FromList)
	s.FollowStart(w.asked, asked)
	return ui.Next(), s.watch.follow(s.background, s)
}

// answered goes on while the warehouse starts. Where the start alone was refused, a query can still start it.
func (w *warehouse) answered(err error) (ui.Move, tea.Cmd) {
	if err == nil {
		return w.goOn(true)
	}
	f := check.Explain(err)
	w.refused[w.asked.ID] = f.Pattern == "no-can-use"
	if !setup.StartRefused(f) {
		w.problem = &f
		return ui.Stay(), nil
	}
	w.byQuery = true
	w.ask.Ask(fmt.Sprintf("Starting %s was refused. %s", w.asked.Name, setup.QueryStarts("the warehouse")), "run one and go on", "choose another")
	return ui.Stay(), nil
}

func (w *warehouse) prove(item connector.Warehouse) tea.Cmd {
	attempt, err := w.setup.ProveWarehouse(item, false)
	if err != nil {
		w.list.fail(err)
		return nil
	}
	w.proving, w.asked = true, item
	return w.ladder.Start(w.ctx, attempt)
}
