package steps

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// view draws the errand as far as it has come.
func (d *desk) view(width, height int) string {
	t := d.setup.theme
	head := t.Title.Render(ui.Wrap(d.task.Title, width)) + "\n" + t.Faint.Render(ui.Wrap(d.who(), width)) + "\n\n"
	room := height - strings.Count(head, "\n")
	switch d.part {
	case deskWays, deskOffers:
		return head + d.picker.View(width, max(3, min(room, d.picker.Len()+1)))
	case deskSignIn:
		body := d.secret.View(width)
		if d.way.Method == connector.OAuth {
			body = d.client.View(width) + "\n" + body
		}
		if d.problem != "" {
			body += "\n\n" + ui.Wrap(t.Mark(ui.MarkWarn)+" "+d.problem, width)
		}
		return head + body
	case deskName:
		return head + d.name.View(width)
	case deskPlan:
		return head + d.planView(width, room)
	case deskApplies:
		return head + d.applying.view(width, room)
	case deskFailed:
		return head + d.failedView(width, room)
	}
	return head + ui.Working(d.waits, d.since()).View(t, width)
}

// failedView says what went wrong, below how far each change of a plan came.
func (d *desk) failedView(width, room int) string {
	problem := ui.Wrap(d.setup.theme.Mark(d.mark)+" "+d.problem, width)
	if len(d.applying.changes) == 0 {
		return problem
	}
	foot := problem + "\n\n" + d.setup.theme.Faint.Render(ui.Wrap(d.setup.JournalSays(), width))
	return d.applying.list(width, room-panels.Height(foot)-1) + "\n\n" + foot
}

// who says as whom the errand is done.
func (d *desk) who() string {
	if d.setup.AdminHere() == nil {
		return "Sign in as an admin. It is for this set-up alone and is never saved."
	}
	as := "As " + d.setup.AdminHere().Me().Label() + "."
	if len(d.applying.changes) > 0 {
		return as
	}
	return as + " Nothing changes before you confirm."
}

// planView shows the plan, as much of it as there is room for, above the field that confirms it.
func (d *desk) planView(width, height int) string {
	t := d.setup.theme
	foot := ui.Wrap(fmt.Sprintf("This makes %s. Each is written to the journal.", words.Count(len(d.plan.Changes), "change")), width) + "\n" + d.confirm.View(width)
	var all []string
	for _, line := range setup.PlanLines(d.plan) {
		all = append(all, hang(line, width)...)
	}
	room := max(1, height-panels.Height(foot)-1)
	d.top = max(0, min(d.top, len(all)-room))
	shown := all[d.top:min(len(all), d.top+room)]
	if below := len(all) - d.top - len(shown); below > 0 {
		shown = append(append([]string{}, shown[:len(shown)-1]...), t.Faint.Render(fmt.Sprintf("… %s: down reads on", words.Count(below+1, "more line"))))
	}
	return strings.Join(shown, "\n") + "\n\n" + foot
}

// planColumn is where the values of a change stand, behind their labels.
const planColumn = 12

// hang wraps a line so that what goes on stands below its value.
func hang(line string, width int) []string {
	lead := ""
	if strings.HasPrefix(line, "   ") {
		lead, line = line[:planColumn], line[planColumn:]
	}
	wrapped := strings.Split(ui.Wrap(line, max(10, width-len(lead))), "\n")
	for i := range wrapped {
		wrapped[i] = lead + wrapped[i]
		lead = strings.Repeat(" ", len(lead))
	}
	return wrapped
}
