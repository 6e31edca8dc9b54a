package steps

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// applying is a plan while it is carried out, a line for each change. It can be stopped between two changes, or left at once.
type applying struct {
	setup    *Wizard
	stream   ui.Stream[applyNews]
	plan     admin.Plan
	changes  []changeState
	stop     chan struct{}
	stopping bool
}

// applyNews is either how far a change has come or the end of it all.
type applyNews struct {
	progress admin.Progress
	end      *setup.Applied
}

// changeState is how far a change has come.
type changeState struct {
	event admin.Event // empty while it waits
	began time.Time
	took  time.Duration
}

func newApplying(s *Wizard) *applying { return &applying{setup: s} }

func (a *applying) start(ctx context.Context, plan admin.Confirmed) tea.Cmd {
	a.plan, a.stop, a.stopping = plan.Plan(), make(chan struct{}), false
	a.changes = make([]changeState, len(a.plan.Changes))
	a.setup.Applying(true)
	stop, carryOut := a.stop, a.setup.Apply(a.setup.AdminHere(), plan)
	return a.stream.Start(ctx, func(ctx context.Context, emit func(applyNews)) error {
		end := carryOut(ctx, admin.Watch{Stop: stop, Tell: func(p admin.Progress) { emit(applyNews{progress: p}) }})
		emit(applyNews{end: &end})
		return nil
	})
}

// take reads a message; end is set once the plan has ended, one way or another.
func (a *applying) take(msg tea.Msg) (cmd tea.Cmd, end *setup.Applied, mine bool) {
	news, state, next, err := a.stream.Take(msg)
	switch {
	case state == ui.StreamOther:
		return nil, nil, false
	case state == ui.StreamEnd && err != nil:
		end = &setup.Applied{Err: err}
	case state == ui.StreamEnd:
	case news.end != nil:
		end = news.end
	default:
		a.note(news.progress)
	}
	if end != nil {
		a.setup.Applying(false)
	}
	return next, end, true
}

func (a *applying) note(p admin.Progress) {
	c, now := &a.changes[p.Step], a.setup.Environment().Now()
	if c.event = p.Event; p.Event == admin.Started {
		c.began = now
		return
	}
	if !c.began.IsZero() {
		c.took = now.Sub(c.began)
	}
}

// halt has no further change begun.
func (a *applying) halt() {
	if !a.stopping {
		a.stopping = true
		close(a.stop)
	}
}

func (a *applying) running() bool { return a.stream.Running() }

// forget ends what runs and empties the list.
func (a *applying) forget() {
	a.stream.Cancel()
	a.changes = nil
	a.setup.Applying(false)
}

func (a *applying) row(i int) ui.CheckRow {
	change, c := a.plan.Changes[i], a.changes[i]
	said := panels.ChangeWords[c.event]
	row := ui.CheckRow{Mark: said.Mark, Name: strconv.Itoa(i + 1), Took: c.took, Text: setup.ChangeText(change) + ": " + said.Word}
	switch {
	case c.event == admin.Started && a.running():
		row.Took = a.setup.Environment().Now().Sub(c.began)
	case c.event == admin.Started:
		row.Mark, row.Text = ui.MarkUnknown, strings.TrimSuffix(row.Text, said.Word)+"unknown"
	}
	return row
}

// list is a line for each change. Where there is no room for all, those that have ended go first.
func (a *applying) list(width, room int) string {
	rows := make([]ui.CheckRow, len(a.changes))
	for i := range rows {
		rows[i] = a.row(i)
	}
	hidden, view := 0, ui.Checklist(a.setup.theme, rows, width)
	for panels.Height(view)+min(hidden, 1) > room && hidden < a.ended() {
		hidden++
		view = ui.Checklist(a.setup.theme, rows[hidden:], width)
	}
	if hidden > 0 {
		view = a.setup.theme.Faint.Render("… "+words.Count(hidden, "change")+" above done") + "\n" + view
	}
	return view
}

// ended counts the changes at the front that are over and done with.
func (a *applying) ended() int {
	i := slices.IndexFunc(a.changes, func(c changeState) bool { return c.event != admin.Done && c.event != admin.Already })
	if i < 0 {
		return len(a.changes)
	}
	return i
}

func (a *applying) view(width, height int) string {
	foot := "esc stops after the change that is under way. " + a.setup.JournalSays()
	if a.stopping {
		foot = "Stopping after the change that is under way; esc again leaves at once. " + a.setup.JournalSays()
	}
	foot = a.setup.theme.Faint.Render(ui.Wrap(foot, width))
	return a.list(width, height-panels.Height(foot)-1) + "\n\n" + foot
}
