package panels

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// View draws the plan as far as it has come.
func (p *Plan[T]) View(width, height int) string {
	as := p.As
	if !p.changes.begun() {
		as += " " + setup.NothingChangesYet
	}
	head := Heading(p.theme, p.Title, as, width)
	room := height - strings.Count(head, "\n")
	switch p.part {
	case planReads:
		return head + p.readView(width, room)
	case planApplies:
		return head + p.applyView(width, room)
	case planFailed:
		return head + p.failedView(width, room)
	}
	return head + ui.Working("Looking what is there and what has to be changed", p.making.Since()).View(p.theme, width)
}

// readView shows the plan, as much of it as there is room for, above the field that confirms it.
func (p *Plan[T]) readView(width, height int) string {
	foot := ui.Wrap(p.makes(), width) + "\n" + p.form.View(width)
	var all []string
	for _, line := range p.Lines(p.plan) {
		all = append(all, hang(line, width)...)
	}
	p.rows, p.room = len(all), max(1, height-Height(foot)-1)
	p.top = max(0, min(p.top, len(all)-p.room))
	shown := all[p.top:min(len(all), p.top+p.room)]
	if below := len(all) - p.top - len(shown); below > 0 {
		more := p.theme.Faint.Render(fmt.Sprintf("… %s: down reads on", words.Count(below+1, "more line")))
		shown = append(slices.Clone(shown[:len(shown)-1]), more)
	}
	return strings.Join(shown, "\n") + "\n\n" + foot
}

// makes counts what is changed in Databricks, and says what is done here besides.
func (p *Plan[T]) makes() string {
	n := len(p.plan.Changes)
	switch makes := fmt.Sprintf("This makes %s", words.Count(n, "change")); {
	case n == 0 && p.Here == "":
		return "This changes nothing in Databricks."
	case n == 0:
		return "This changes nothing in Databricks, and " + p.Here + "."
	case p.Here == "":
		return makes + ". Each is written to the journal."
	default:
		return makes + " in Databricks, each written to the journal, and " + p.Here + "."
	}
}

func (p *Plan[T]) applyView(width, height int) string {
	foot := "esc stops after the change that is under way. " + p.Journal
	if p.halted {
		foot = "Stopping after the change that is under way; esc again leaves at once. " + p.Journal
	}
	foot = p.theme.Faint.Render(ui.Wrap(foot, width))
	return p.changes.view(p.theme, true, width, height-Height(foot)-1) + "\n\n" + foot
}

// failedView says what went wrong, below how far each change came.
func (p *Plan[T]) failedView(width, room int) string {
	problem := ui.Wrap(p.theme.Mark(p.mark)+" "+p.problem, width)
	if !p.changes.begun() {
		return problem
	}
	foot := problem + "\n\n" + p.theme.Faint.Render(ui.Wrap(p.Journal, width))
	return p.changes.view(p.theme, false, width, room-Height(foot)-1) + "\n\n" + foot
}

// planColumn is where the values of a change stand, behind their labels.
const planColumn = 12

// hang wraps a line so that what goes on stands below its value.
func hang(line string, width int) []string {
	lead := ""
	switch {
	case strings.HasPrefix(line, "   "):
		lead, line = line[:planColumn], line[planColumn:]
	case strings.HasPrefix(line, "- "):
		lead, line = line[:2], line[2:]
	}
	wrapped := strings.Split(ui.Wrap(line, max(10, width-len(lead))), "\n")
	for i := range wrapped {
		wrapped[i] = lead + wrapped[i]
		lead = strings.Repeat(" ", len(lead))
	}
	return wrapped
}
