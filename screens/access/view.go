package access

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// View draws what there is to find, with what is known about the row under the cursor.
func (s *Screen) View(width, height int) string {
	head := panels.Heading(s.Theme, title, "", width)
	switch {
	case s.task.Running():
		doing := "Reading the inventory"
		if of := s.of.Load(); of > 0 {
			doing = fmt.Sprintf("Reading the inventory, %s of %s rows", words.Thousands(int(s.done.Load())), words.Thousands(int(of)))
		}
		return head + ui.Working(doing, s.task.Since()).View(s.Theme, width)
	case s.err != nil:
		return head + panels.Trouble(s.err).View(s.Theme, width)
	case s.world == nil:
		return head
	case s.world.facts == nil && s.world.Open != "":
		return head + ui.Empty(s.world.SayNone(), s.world.SayOnly(), "").View(s.Theme, width)
	case s.world.facts == nil:
		return head + ui.Empty(s.world.SayNone(), "Who can do what is told from one, and nothing is asked of the workspace then.", "Take one under Inventory, on the home screen.").View(s.Theme, width)
	}
	head = s.Theme.Title.Render(ui.Cut(title, width)) + "\n" + s.from(width) + "\n\n" + s.finder.field.View(width) + "\n" + s.Theme.Faint.Render(ui.Cut(s.finder.tally(), width)) + "\n"
	foot := s.missing(width)
	room := height - strings.Count(head, "\n") - panels.Height(foot)
	return head + ui.Split(s.Theme, width, room, s.finder.list, panels.Steady(s.Theme, s.about)) + foot
}

// from says of which run it is, who took that, and how complete it is.
func (s *Screen) from(width int) string {
	return s.Theme.Faint.Render(ui.Cut(ui.Clean(s.world.Of()), width)) + "\n" + s.Theme.Faint.Render(panels.Coverage(s.world.Seen, "What is missing is unknown, never no.", width))
}

// missing are those of ours that the inventory does not have.
func (s *Screen) missing(width int) string {
	if len(s.world.lost) == 0 {
		return ""
	}
	var names []string
	for _, name := range s.world.lost {
		names = append(names, ui.ShownName(name))
	}
	return "\n\n" + ui.Wrap(s.Theme.Mark(ui.MarkUnknown)+" Not in this inventory: "+strings.Join(names, ", ")+".", width)
}

// about is what is known about the row under the cursor.
func (s *Screen) about(width, _ int) string {
	i, ok := s.finder.selected()
	if !ok {
		return ""
	}
	e := s.world.at(i)
	return s.Theme.Title.Render(ui.Cut(ui.Clean(s.world.name(e)), width)) + "\n" + panels.Facts(s.Theme, s.world.known(e), width)
}
