package inventory

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// marks are how a resource ended, or where it is.
var marks = map[estate.State]ui.Mark{
	estate.Done: ui.MarkPass, estate.NotEnabled: ui.MarkPass, estate.Partial: ui.MarkWarn, estate.Throttled: ui.MarkWarn, estate.TimedOut: ui.MarkWarn,
	estate.Denied: ui.MarkFail, estate.Failed: ui.MarkFail, estate.Skipped: ui.MarkUnknown, estate.Waiting: ui.MarkWaiting, estate.Running: ui.MarkRunning,
}

// progress draws a run that is on: the resources in the order of the document, how fast it is, and what was seen so far.
func (s *Screen) progress(width, height int) string {
	budget := "budget " + words.Span(estate.Budget)
	how := "esc stops at once; what is whole stays, and the next run goes on from there."
	if s.taking.halting {
		how = "Stopping. What is whole stays."
	}
	how = s.Theme.Faint.Render(ui.Wrap(how, width))
	c := s.taking.board.Load()
	if c == nil {
		return panels.Heading(s.Theme, title, ui.Cut(s.As(), width), width) + ui.Working("Beginning", s.taking.task.Since()).View(s.Theme, width) + "\n\n" + how
	}
	if used := words.Took(c.Took); used != "" {
		budget += ", " + used + " used"
	}
	head := panels.Heading(s.Theme, title, ui.Cut(s.As(), width-ansi.StringWidth(" · "+budget))+" · "+budget, width)
	foot := "\n\n" + ui.Cut(c.SaySpeed(), width) + "\n" + ui.Cut(c.SayShort(), width) + "\n" + how
	room := height - strings.Count(head, "\n") - strings.Count(foot, "\n")
	lines := s.resources(c, width, room)
	return head + strings.Join(lines[:min(len(lines), max(1, room))], "\n") + foot
}

// partColumn is how wide the names of the parts are.
const partColumn = 11

// shrinking is the order in which parts give way where there is no room for each resource.
var shrinking = []estate.Part{estate.OfAccount, estate.OfWorkspace, estate.Beyond, estate.Planned}

// resources are the lines of all parts. Where there is no room for all, parts have their resources under way alone, behind how many are over:
// those that are over first.
func (s *Screen) resources(c *estate.Coverage, width, room int) []string {
	brief := map[estate.Part]bool{}
	lines := s.partLines(c, width, brief)
	for _, over := range []bool{true, false} {
		for _, p := range shrinking {
			if len(lines) > room && !brief[p] && (!over || !slices.ContainsFunc(c.Resources, func(r estate.Seen) bool { return r.Part == p && !r.State.Over() })) {
				brief[p] = true
				lines = s.partLines(c, width, brief)
			}
		}
	}
	return lines
}

// partLines are the lines of all parts, those in brief in few words.
func (s *Screen) partLines(c *estate.Coverage, width int, brief map[estate.Part]bool) (lines []string) {
	for _, p := range []estate.Part{estate.OfAccount, estate.OfWorkspace, estate.Planned, estate.Beyond} {
		var all, under []string
		over, not := 0, false
		for _, r := range c.Resources {
			if r.Part != p {
				continue
			}
			if r.NotAsked != "" {
				not = true
				continue
			}
			text := s.resource(r)
			all = append(all, text)
			if r.State == estate.Running {
				under = append(under, text)
			}
			if r.State.Over() {
				over++
			}
		}
		switch {
		case not && len(all) == 0:
			all = []string{"not asked for"}
		case brief[p]:
			all = append([]string{words.Thousands(over) + " of " + words.Thousands(len(all)) + " over"}, under...)
		}
		label := string(p) + strings.Repeat(" ", partColumn-len(p))
		for _, line := range flow(all, width-partColumn) {
			lines = append(lines, s.Theme.Faint.Render(label)+line)
			label = strings.Repeat(" ", partColumn)
		}
	}
	return lines
}

// resource is such as “✓ users 3,120” and “✗ metastores  needs account admin”.
func (s *Screen) resource(r estate.Seen) string {
	text := s.Theme.Mark(marks[r.State]) + " " + r.Title
	if r.Rows > 0 || r.State == estate.Done {
		text += " " + words.Thousands(r.Rows)
	}
	switch {
	case r.State == estate.Running && r.Of > 1:
		text += ", " + words.Thousands(r.Over) + " of " + words.Thousands(r.Of)
	case r.State.Over() && !r.State.Whole() && r.Needs != estate.Anybody:
		text += "  needs " + string(r.Needs)
	case r.State.Over() && r.State != estate.Done:
		text += "  " + string(r.State)
	}
	return text
}

// flow puts texts beside one another, as many in a line as there is room for.
func flow(all []string, width int) (lines []string) {
	const apart = "   "
	for _, text := range all {
		last := len(lines) - 1
		if last >= 0 && ansi.StringWidth(lines[last])+len(apart)+ansi.StringWidth(text) <= width {
			lines[last] += apart + text
			continue
		}
		lines = append(lines, ui.Cut(text, width))
	}
	return lines
}
