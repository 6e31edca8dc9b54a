package steps

import (
	"errors"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// roomyBody is how many lines a body needs before a title stands over what the screen is for.
const roomyBody = 16

func (n *namespace) head(width int) string {
	t, words := n.setup.theme, n.setup.HeadlineOf(setup.Namespace)
	return t.Title.Render(ui.Wrap(words.Title, width)) + "\n" + t.Faint.Render(words.Purpose) + "\n\n"
}

// View draws the list on screen.
func (n *namespace) View(width, height int) string {
	head := n.head(width)
	room := height - strings.Count(head, "\n")
	if n.part == pickCatalog {
		return head + listView(n, lint.Catalog, setup.CatalogList, n.catalogs, width, room)
	}
	lead := "Catalog  " + n.setup.theme.Title.Render(n.setup.Draft().Schema().Catalog.String()) + "\n"
	return head + lead + listView(n, lint.Schema, setup.SchemaList, n.schemas, width, room-1)
}

// listView draws a list of names with what to do when the wanted one is not in it.
func listView[T connector.Useful](n *namespace, field lint.Field, in setup.Contents, list *listing[T], width, height int) string {
	t := n.setup.theme
	nothing := list.empty() || list.hidden()
	below := n.below(width)
	typed := list.picker.Query()
	switch {
	case list.failed() && !list.hidden():
		return list.view(width, height)
	case nothing && typed == "":
		where := ""
		if in.Holder != "" {
			where = n.setup.Draft().Schema().Catalog.String()
		}
		return list.picker.View(width, 1) + "\n\n" + emptyState(in, in.Explain(where, n.hollow.found, list.hidden())).View(t, width) + "\n\n" + below
	case below != "":
	case list.task.Running() && list.picker.Hits() == 0:
	case typed != "" && list.picker.Hits() == 0:
		below = list.unlisted(in.Noun, n.asked)
		if near := connector.Nearest(typed, list.names(), 1); len(near) > 0 {
			below += " Did you mean " + near[0] + "?"
		}
		below = ui.Wrap(below, width)
	default:
		below = n.about(in, list.size() == 1 && list.underCursor() == connector.InformationSchema, connector.AskableAlone(list.items), list.picker.Whole(width), width)
	}
	if hint := n.hint(field, typed, list.picker.Hits(), list.underCursor()); hint != "" && n.problem == nil {
		below = strings.TrimSuffix(t.Faint.Render(ui.Wrap(hint, width))+"\n"+below, "\n")
	}
	if nothing {
		return list.picker.View(width, 2) + "\n\n" + below
	}
	return list.view(width, max(3, min(height-panels.Height(below)-1, list.size()+2))) + "\n\n" + below
}

// hint is about the name that was typed where no row has it, and otherwise about the one under the cursor.
func (n *namespace) hint(field lint.Field, typed string, hits int, row string) string {
	if hits == 0 {
		return n.hints.At(field, typed)
	}
	return n.hints.About(field, row)
}

// about stands below a list: the name under the cursor where its row had no room for all of it, and what is said of the list as a whole.
func (n *namespace) about(in setup.Contents, bare bool, browseOnly int, whole string, width int) string {
	t := n.setup.theme
	rest := "Not in the list? Type its full name and press enter."
	switch {
	case browseOnly > 0:
		rest = setup.BrowsedOnly(in.Noun, browseOnly) + " " + rest
	case bare:
		rest = setup.NotSure + "there is only information_schema, which every catalog has. Others do not exist or are hidden. " + rest
	}
	text := t.Faint.Render(ui.Wrap(rest, width))
	if whole != "" {
		text = ui.Wrap(whole, width) + "\n" + text
	}
	return text
}

// below is what there is to say about the last keystroke.
func (n *namespace) below(width int) string {
	t := n.setup.theme
	var input *connector.Error
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
