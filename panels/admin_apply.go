package panels

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/ui"
)

// applyNews is either how far a change has come or the end of it all.
type applyNews[T any] struct {
	progress admin.Progress
	end      *applied[T]
}

// applied is how the application of a plan ended.
type applied[T any] struct {
	outcome T
	err     error
}

func (p *Plan[T]) apply(plan admin.Confirmed) tea.Cmd {
	p.part, p.stop, p.halted = planApplies, make(chan struct{}), false
	p.changes = newChangeList(plan.Plan().Changes)
	p.Applying(true)
	stop, carryOut := p.stop, p.Apply
	started := p.stream.Start(p.ctx, func(ctx context.Context, emit func(applyNews[T])) error {
		tell := func(at admin.Progress) { emit(applyNews[T]{progress: at}) }
		outcome, err := carryOut(ctx, plan, admin.Watch{Stop: stop, Tell: tell})
		emit(applyNews[T]{end: &applied[T]{outcome, err}})
		return nil
	})
	return tea.Batch(started, p.pulse.Beat(nil, true))
}

// takeNews reads a message; mine is true for one that tells of the application.
func (p *Plan[T]) takeNews(msg tea.Msg) (move ui.Move, cmd tea.Cmd, mine bool) {
	news, state, next, err := p.stream.Take(msg)
	switch {
	case state == ui.StreamOther:
		return ui.Stay(), nil, false
	case state == ui.StreamEnd && err != nil:
		news.end = &applied[T]{err: err}
	case state == ui.StreamItem && news.end == nil:
		p.changes.note(news.progress, p.theme.Now())
	}
	if news.end == nil {
		return ui.Stay(), next, true
	}
	move, cmd = p.ended(*news.end)
	return move, tea.Batch(cmd, next), true
}

// ended goes on. Where a change was refused, what was made before it counts all the same.
func (p *Plan[T]) ended(end applied[T]) (ui.Move, tea.Cmd) {
	p.Applying(false)
	if end.err == nil {
		return p.Done(end.outcome)
	}
	p.fail(end.err)
	if p.Refused == nil {
		return ui.Stay(), nil
	}
	return ui.Stay(), p.Refused(end.outcome)
}
