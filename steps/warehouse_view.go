package steps

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// head is the headline of the step. Its purpose gives way in a small window.
func (w *warehouse) head(width, height int) string {
	t, words := w.setup.theme, w.setup.HeadlineOf(setup.Warehouse)
	title := t.Title.Render(words.Title) + "\n"
	if height < roomyBody {
		return title + "\n"
	}
	return title + t.Faint.Render(ui.Wrap(words.Purpose, width)) + "\n\n"
}

// View draws the list with what is known of the warehouse under the cursor.
func (w *warehouse) View(width, height int) string {
	t := w.setup.theme
	head := w.head(width, roomyBody)
	switch {
	case w.list.failed():
		return head + w.list.typedAhead(width) + w.list.state().View(t, width)
	case w.list.empty():
		none := check.NoWarehouses()
		return head + w.list.typedAhead(width) + ui.Failed(none.Headline(), setup.NoneSeen(none), none.Remedy.Text+" ctrl+r refreshes.").View(t, width)
	}
	return w.listView(width, height, w.below(width))
}

// listView draws the list, and below it what is said of the warehouse under the cursor.
func (w *warehouse) listView(width, height int, below string) string {
	head, least := w.head(width, roomyBody), 4
	room := height - panels.Height(head) + 1
	if room-panels.Height(below)-1 < least { // what is said must be in sight whole, its row of the list above it
		head, least = w.head(width, 0), 2
		room = height - panels.Height(head) + 1
	}
	return head + w.list.view(width, max(least, min(room-panels.Height(below)-1, w.list.size()+2))) + "\n\n" + below
}

func (w *warehouse) below(width int) string {
	if f := w.problem; f != nil {
		return ui.Failed(f.Headline(), f.Reason, f.Remedy.Text).View(w.setup.theme, width)
	}
	if w.pasted != nil {
		return ui.Wrap(w.setup.theme.Mark(ui.MarkWarn)+" "+connector.Sentence(w.pasted), width)
	}
	item, ok := w.list.selected()
	if !ok {
		text := w.hints.At(lint.Warehouse, w.list.picker.Query())
		return w.setup.theme.Faint.Render(ui.Wrap(strings.TrimSpace(text+" ctrl+u clears the search."), width))
	}
	about := w.setup.theme.Title.Render(ui.Wrap(ui.ShownName(item.Name.String()), width)) + "\n" + ui.Wrap(setup.DescribeWarehouse(item, w.setup.InState(item)), width)
	if w.told != "" {
		about += "\n" + w.setup.theme.Faint.Render(ui.Wrap(w.told, width))
	}
	return about
}
