package steps

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// startQuestion asks before a warehouse is chosen that costs money or is outside the documented set, and has it started. A start is asked
// for here, because its refusal is best met here.
type startQuestion struct {
	step    *warehouse
	setup   *Wizard
	ctx     context.Context
	item    connector.Warehouse
	ask     *ui.Confirm
	starts  bool // it is about starting
	byQuery bool // it is about starting by running a query
	request ui.Task[struct{}]
	pulse   *ui.Pulse
}

func newStartQuestion(w *warehouse, first setup.Consent) *startQuestion {
	t := w.setup.theme
	q := &startQuestion{step: w, setup: w.setup, item: w.asked, starts: first.Starts, ask: ui.NewConfirm(t), pulse: ui.NewPulse(t)}
	switch {
	case !first.Starts:
		q.ask.Ask(first.Question, "use it anyway", "choose another")
	case !first.Costs:
		question := strings.TrimSuffix(first.Question, ".") + "; the wait follows you, and leaving it stops nothing."
		q.ask.Ask(question, "choose it and go on", "choose another")
	default:
		q.ask.Ask(first.Question+" You can go on meanwhile.", "start and go on", "choose another")
	}
	return q
}

// Enter has nothing to begin.
func (q *startQuestion) Enter(ctx context.Context) tea.Cmd {
	q.ctx = ctx
	return nil
}

// Update hands the answer on, and takes in that of the workspace.
func (q *startQuestion) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if accepted, _ := q.ask.Key(press); accepted {
			return q.agreed()
		}
		return ui.Stay(), nil
	}
	if _, err, ok := q.request.Take(msg); ok {
		return q.answered(err)
	}
	return ui.Stay(), q.pulse.Beat(msg, q.request.Running())
}

// agreed goes on at once where nothing can be refused.
func (q *startQuestion) agreed() (ui.Move, tea.Cmd) {
	s := q.setup
	switch {
	case !q.starts:
		return ui.Close().Then(ui.Open(q.step.proof)), nil
	case q.byQuery:
		s.Draft().SetWarehouse(q.item, setup.FromList)
		s.FollowStart(q.item, true)
		return ui.Next(), s.watch.run(s.background, s, q.item)
	case q.item.State != connector.Stopped:
		return q.goOn(false)
	}
	ask, err := s.AskToStart(q.item)
	if err != nil {
		q.step.list.fail(err)
		return ui.Close(), nil
	}
	return ui.Stay(), tea.Batch(q.pulse.Beat(nil, true), q.request.Start(q.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, ask(ctx)
	}))
}

// goOn leaves for the next step while the warehouse starts.
func (q *startQuestion) goOn(asked bool) (ui.Move, tea.Cmd) {
	s := q.setup
	s.Draft().SetWarehouse(q.item, setup.FromList)
	s.FollowStart(q.item, asked)
	return ui.Next(), s.watch.follow(s.background, s)
}

// answered goes on while the warehouse starts. Where the start alone was refused, a query can still start it.
func (q *startQuestion) answered(err error) (ui.Move, tea.Cmd) {
	if err == nil {
		return q.goOn(true)
	}
	f := check.Explain(err)
	q.step.refused[q.item.ID] = setup.UseRefused(f)
	if !setup.StartRefused(f) {
		q.step.problem = &f
		return ui.Close(), nil
	}
	q.byQuery = true
	question := fmt.Sprintf("Starting %s was refused. %s", q.item.Name, setup.QueryStarts("the warehouse"))
	q.ask.Ask(question, "run one and go on", "choose another")
	return ui.Stay(), nil
}

// Keys are the answers.
func (q *startQuestion) Keys() []key.Binding {
	if q.request.Running() {
		return []key.Binding{ui.Bind("choose another", "esc")}
	}
	return q.ask.Keys()
}

// Typing is false.
func (q *startQuestion) Typing() bool { return false }

// Escape has nothing to close within: the panel closes, which declines.
func (q *startQuestion) Escape() bool { return false }

// View draws the question below the list.
func (q *startQuestion) View(width, height int) string {
	list := q.step.list.picker
	list.Blur() // letters do not filter it now
	defer list.Focus()
	return q.step.listView(width, height, q.question(width))
}

func (q *startQuestion) question(width int) string {
	t := q.setup.theme
	switch {
	case q.request.Running():
		return ui.Working("Asking the workspace to start "+q.item.Name.String(), q.request.Since()).View(t, width)
	case q.starts:
		return t.Title.Render(check.WarehouseNotRunning.With(q.item.State.Word())) + "\n" + q.ask.View(width)
	}
	return q.ask.View(width)
}
