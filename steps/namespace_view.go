package steps

import (
	"errors"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// roomyBody is how many lines a body needs before a title stands over what the screen is for.
const roomyBody = 16

// View draws the part of the step that is on screen.
func (n *namespace) View(width, height int) string {
	t := n.setup.theme
	if n.reach.snippet.Plain() {
		return n.reach.view(width, height)
	}
	head := t.Title.Render(ui.Wrap("Choose the catalog and schema that hold your inventory", width)) + "\n" +
		t.Faint.Render("Draftt sees nothing outside them.") + "\n\n"
	room := height - strings.Count(head, "\n")
	switch n.part {
	case pickCatalog:
		return head + listView(n, "Catalog", n.catalogs, width, room)
	case pickSchema:
		lead := "Catalog  " + t.Title.Render(n.setup.draft.Schema().Catalog.String()) + "\n"
		return head + lead + listView(n, "Schema", n.schemas, width, room-1)
	}
	schema := t.Title.Render(n.setup.draft.Schema().String()) + "\n"
	if height < roomyBody {
		head = ""
	}
	body := n.reach.view(width, height-strings.Count(head, "\n")-1)
	if n.reach.hold() && n.reach.snippet.Text() == "" {
		body += "\n\n" + ui.Wrap("The way to the schema is open.", width)
	}
	return head + schema + body
}

// listView draws a list of names with what to do when the wanted one is not in it.
func listView[T any](n *namespace, what string, list *listing[T], width, height int) string {
	t, word := n.setup.theme, strings.ToLower(what)
	nothing := list.empty() || list.hidden()
	below := n.below(width)
	typed := list.picker.Query()
	switch {
	case list.failed() && !list.hidden():
		return list.view(width, height)
	case nothing && typed == "":
		return list.picker.View(width, 1) + "\n\n" + ui.Empty("No "+word+"s to show",
			"This principal may see none. That is normal before the grants.",
			"Type the "+word+"'s name and press enter; the next screen gives you the statement that opens it.").View(t, width) + "\n\n" + below
	case below != "":
	case list.task.Running() && list.picker.Hits() == 0:
	case typed != "" && list.picker.Hits() == 0:
		below = "No " + word + " of that name is visible. enter uses it as typed."
		if near := connector.Nearest(typed, list.names(), 1); len(near) > 0 {
			below += " Did you mean " + near[0] + "?"
		}
		below = ui.Wrap(below, width)
	default:
		below = t.Faint.Render(ui.Wrap("Not in the list? Type its full name and press enter.", width))
	}
	if nothing {
		return list.picker.View(width, 2) + "\n\n" + below
	}
	return list.view(width, max(3, min(height-lines(below)-1, list.size()+2))) + "\n\n" + below
}

// below is what there is to say about the last keystroke.
func (n *namespace) below(width int) string {
	t := n.setup.theme
	var input *connector.InputError
	switch {
	case errors.As(n.problem, &input):
		return ui.Wrap(t.Mark(ui.MarkWarn)+" "+input.What+" "+input.Remedy, width)
	case n.problem != nil:
		return ui.Wrap(t.Mark(ui.MarkWarn)+" "+n.problem.Error(), width)
	case n.changed != "":
		return ui.Wrap(n.changed, width)
	}
	return ""
}
