package panels

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// changeList are the changes of a plan that is being applied, and how far each has come.
type changeList struct {
	changes []admin.Change
	states  []changeState
}

// changeState is how far a change has come.
type changeState struct {
	event admin.Event // empty while it waits
	began time.Time
	took  time.Duration
}

// newChangeList keeps its own copy: applying a plan fills in what only turns out on the way.
func newChangeList(changes []admin.Change) changeList {
	return changeList{slices.Clone(changes), make([]changeState, len(changes))}
}

// begun reports that changes were to be made.
func (l changeList) begun() bool { return len(l.changes) > 0 }

func (l changeList) note(p admin.Progress, now time.Time) {
	c := &l.states[p.Step]
	if c.event = p.Event; p.Event == admin.Started {
		c.began = now
		return
	}
	if !c.began.IsZero() {
		c.took = now.Sub(c.began)
	}
}

// row is the line of a change. One that was under way when nobody looked on any more has an unknown end.
func (l changeList) row(i int, running bool, now time.Time) ui.CheckRow {
	c := l.states[i]
	said := ChangeWords[c.event]
	row := ui.CheckRow{Mark: said.Mark, Name: strconv.Itoa(i + 1), Took: c.took, Text: l.changes[i].Text() + ": " + said.Word}
	switch {
	case c.event == admin.Started && running:
		row.Took = now.Sub(c.began)
	case c.event == admin.Started:
		row.Mark, row.Text = ui.MarkUnknown, strings.TrimSuffix(row.Text, said.Word)+string(check.Unknown)
	}
	return row
}

// view is a line for each change. Where there is no room for all, those that have ended go first.
func (l changeList) view(theme *ui.Theme, running bool, width, room int) string {
	rows := make([]ui.CheckRow, len(l.changes))
	for i := range rows {
		rows[i] = l.row(i, running, theme.Now())
	}
	hidden, view := 0, ui.Checklist(theme, rows, width)
	for Height(view)+min(hidden, 1) > room && hidden < l.ended() {
		hidden++
		view = ui.Checklist(theme, rows[hidden:], width)
	}
	if hidden > 0 {
		view = theme.Faint.Render("… "+words.Count(hidden, "change")+" above done") + "\n" + view
	}
	return view
}

// ended counts the changes at the front that are over and done with.
func (l changeList) ended() int {
	i := slices.IndexFunc(l.states, func(c changeState) bool { return c.event != admin.Done && c.event != admin.Already })
	if i < 0 {
		return len(l.states)
	}
	return i
}
