package steps

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// View draws the list with what is known of the warehouse under the cursor, or the proof of the chosen one.
func (w *warehouse) View(width, height int) string {
	t := w.setup.theme
	if w.copied.Plain() {
		return w.copied.View(width, height)
	}
	head := t.Title.Render(setup.HeadlineOf(setup.Warehouse).Title) + "\n" +
		t.Faint.Render(ui.Wrap(setup.HeadlineOf(setup.Warehouse).Purpose, width)) + "\n\n"
	room := height - panels.Height(head) + 1
	switch {
	case w.proving:
		return head + t.Title.Render(w.asked.Name.String()) + "\n\n" + w.ladder.View(width, room-2, w.copied.Note())
	case w.list.failed():
		return head + w.list.state().View(t, width)
	case w.list.empty():
		none := check.NoWarehouses()
		return head + ui.Failed(string(none.Cause), setup.NoneSeen(none), none.Remedy.Text+" ctrl+r refreshes.").View(t, width)
	}
	below, least := w.below(width), 4
	if room-panels.Height(below)-1 < least { // a question must be in sight whole, its row of the list above it
		head, least = t.Title.Render(setup.HeadlineOf(setup.Warehouse).Title)+"\n\n", 2
		room = height - panels.Height(head) + 1
	}
	return head + w.list.view(width, max(least, min(room-panels.Height(below)-1, w.list.size()+2))) + "\n\n" + below
}

func (w *warehouse) below(width int) string {
	switch {
	case w.request.Running():
		return ui.Working("Asking the workspace to start "+w.asked.Name.String(), w.request.Since()).View(w.setup.theme, width)
	case w.problem != nil:
		return ui.Failed(string(w.problem.Cause), w.problem.Reason, w.problem.Remedy.Text).View(w.setup.theme, width)
	case w.ask.Open() && w.starts:
		return w.setup.theme.Title.Render(string(check.WarehouseNotRunning)) + "\n" + w.ask.View(width)
	case w.ask.Open():
		return w.ask.View(width)
	}
	item, ok := w.list.selected()
	if !ok {
		text := w.hints.At(lint.Warehouse, w.list.picker.Query())
		return w.setup.theme.Faint.Render(ui.Wrap(strings.TrimSpace(text+" ctrl+u clears the search."), width))
	}
	about := w.setup.theme.Title.Render(ui.Wrap(item.Name.String(), width)) + "\n" + ui.Wrap(setup.DescribeWarehouse(item, w.setup.InState(item)), width)
	if w.told != "" {
		about += "\n" + w.setup.theme.Faint.Render(ui.Wrap(w.told, width))
	}
	return about
}
