package panels

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Ladder runs check stages in the background and draws them as a checklist while they come in.
type Ladder struct {
	theme   *ui.Theme
	stream  ui.Stream[check.Result]
	pulse   *ui.Pulse
	Results []check.Result
	attempt *setup.Attempt
	began   time.Time
	Took    time.Duration
	begins  map[string]time.Time // when each stage began, by its name; several run side by side
	Ended   bool
	Details bool
}

// NewLadder makes a checklist without a run.
func NewLadder(theme *ui.Theme) *Ladder { return &Ladder{theme: theme, pulse: ui.NewPulse(theme)} }

// Start walks the stages of an attempt, and concludes it when the walk is over.
func (l *Ladder) Start(ctx context.Context, attempt *setup.Attempt) tea.Cmd {
	l.Results, l.Details = nil, false
	l.attempt, l.Ended = attempt, false
	l.began, l.begins = l.theme.Now(), map[string]time.Time{}
	return tea.Batch(l.pulse.Beat(nil, true), l.stream.Start(ctx, func(ctx context.Context, emit func(check.Result)) error {
		for result := range attempt.Climb(ctx) {
			emit(result)
		}
		return ctx.Err()
	}))
}

// Take reads a message. done is true once, when the last stage has ended.
func (l *Ladder) Take(msg tea.Msg) (cmd tea.Cmd, done bool) {
	result, state, next, err := l.stream.Take(msg)
	switch state {
	case ui.StreamItem:
		l.put(result)
		cmd = next
	case ui.StreamEnd:
		l.Ended, done = true, true
		if err != nil {
			l.broke(err)
		}
		l.attempt.Conclude(l.Results)
		l.Took = l.theme.Now().Sub(l.began)
	}
	return tea.Batch(cmd, l.pulse.Beat(msg, l.stream.Running())), done
}

// broke turns the stage that a fault ended into a failed one: a check that did not end proves nothing.
func (l *Ladder) broke(err error) {
	for i, r := range l.Results {
		if r.State == check.Running {
			l.Results[i] = check.Fault(r, err)
		}
	}
}

func (l *Ladder) put(result check.Result) {
	at := slices.IndexFunc(l.Results, func(r check.Result) bool { return r.Stage == result.Stage && r.Name == result.Name })
	if at >= 0 {
		l.Results[at] = result
		return
	}
	l.begins[result.Name] = l.theme.Now()
	l.Results = append(l.Results, result)
	slices.SortStableFunc(l.Results, func(a, b check.Result) int { return l.place(a) - l.place(b) })
}

func (l *Ladder) stages() []check.Stage {
	if l.attempt == nil {
		return nil
	}
	return l.attempt.Stages
}

// Running reports whether a stage is still to end.
func (l *Ladder) Running() bool { return l.stream.Running() }

// Stop ends the run and forgets it.
func (l *Ladder) Stop() {
	l.stream.Cancel()
	l.Results, l.Ended = nil, false
}

// Failure is the first stage that failed, nil before all has ended and where none did.
func (l *Ladder) Failure() *check.Result {
	if !l.Ended {
		return nil
	}
	return check.Failure(l.Results)
}

// rows are the results so far, and the stages that have not begun, so that a person sees how much is left.
func (l *Ladder) rows() []ui.CheckRow {
	var rows []ui.CheckRow
	for _, stage := range l.stages() {
		r, ok := l.of(stage)
		row := ui.CheckRow{Mark: ui.MarkWaiting, Name: stage.Name}
		if ok {
			row = CheckRow(r)
		}
		if began, knows := l.begins[stage.Name]; ok && knows && r.State == check.Running {
			row.Took = l.theme.Now().Sub(began)
		}
		rows = append(rows, row)
	}
	return rows
}

// of is the result of a stage, and false before it has begun.
func (l *Ladder) of(stage check.Stage) (check.Result, bool) {
	for _, r := range l.Results {
		if r.Stage == stage.ID && r.Name == stage.Name {
			return r, true
		}
	}
	return check.Result{}, false
}

// place is the position of a result's stage: stages run side by side, and are shown in the order of the ladder.
func (l *Ladder) place(r check.Result) int {
	return slices.IndexFunc(l.stages(), func(s check.Stage) bool { return s.ID == r.Stage && s.Name == r.Name })
}

// marks are the states of results as a checklist shows them.
var marks = map[check.State]ui.Mark{
	check.Running: ui.MarkRunning, check.Passed: ui.MarkPass, check.Failed: ui.MarkFail, check.Unknown: ui.MarkUnknown,
	check.Blocked: ui.MarkWaiting, check.Skipped: ui.MarkWaiting,
}

// CheckRow is a result as a line of a checklist.
func CheckRow(r check.Result) ui.CheckRow {
	text, took := check.Seen(r)
	return ui.CheckRow{Mark: marks[r.State], Name: r.Name, Text: text, Took: took}
}

// View draws the checklist, and below it the failure. Where rows are short, the passed ones at the top give way to a count, and the
// waiting ones at the bottom to nothing: the broken line and its remedy must be in sight. note stands at the end, once all has ended.
func (l *Ladder) View(width, height int, note string) string {
	below := ""
	if f := l.Failure(); f != nil {
		below = "\n\n" + l.finding(*f, width)
	}
	if l.startingWarehouse() {
		below = "\n\n" + l.theme.Title.Render(string(check.WarehouseNotRunning)) + "\n" +
			ui.Wrap("Next: wait here, or press esc and choose another warehouse in step 2. Leaving does not stop it.", width)
	}
	if note != "" && l.Ended {
		below += "\n\n" + l.theme.Faint.Render(ui.Wrap(note, width))
	}
	rows := l.rows()
	room := height - strings.Count(below, "\n")
	list := ui.Checklist(l.theme, rows, width)
	for Height(list) > room && len(rows) > 2 && rows[len(rows)-1].Mark == ui.MarkWaiting {
		rows = rows[:len(rows)-1]
		list = ui.Checklist(l.theme, rows, width)
	}
	for folded := 0; Height(list) > room && len(rows) > 2 && rows[0].Mark == ui.MarkPass && rows[1].Mark == ui.MarkPass; {
		folded = max(folded, 1) + 1
		rows = append([]ui.CheckRow{{Mark: ui.MarkPass, Name: fmt.Sprintf("%d checks", folded), Text: "passed"}}, rows[2:]...)
		list = ui.Checklist(l.theme, rows, width)
	}
	if Height(list) > room && l.Failure() != nil { // the broken line alone
		list = ui.Checklist(l.theme, slices.DeleteFunc(rows, func(r ui.CheckRow) bool { return r.Mark != ui.MarkFail }), width)
	}
	view := list + below
	if note == "" || !l.Ended || Height(view) <= height {
		return view
	}
	// What was just done must be in sight as well: what is wrong moves together, and the checklist gives way to it.
	if view = strings.ReplaceAll(view, "\n\n", "\n"); Height(view) <= height {
		return view
	}
	return strings.TrimPrefix(strings.ReplaceAll(below, "\n\n", "\n"), "\n")
}

// startingWarehouse reports that the run waits for a warehouse to start, which can take minutes.
func (l *Ladder) startingWarehouse() bool {
	return slices.ContainsFunc(l.Results, func(r check.Result) bool {
		return r.Stage == check.StageState && r.State == check.Running && r.Evidence != ""
	})
}

func (l *Ladder) finding(r check.Result, width int) string {
	text := FindingState(r).View(l.theme, width)
	if l.Details {
		text += "\n\n" + l.theme.Faint.Render(ui.Wrap(string(r.Stage)+"  "+r.Detail, width))
	}
	return text
}

// FindingState is what a failed stage found: the cause, why, and the one thing to do.
func FindingState(r check.Result) ui.State {
	return ui.Failed(r.Finding.Headline(), r.Finding.Reason, r.Finding.Remedy.Text)
}

// Height is how many lines a text has, none where it is empty.
func Height(text string) int {
	if text == "" {
		return 0
	}
	return strings.Count(text, "\n") + 1
}
