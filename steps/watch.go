package steps

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// chipName is how many characters of a warehouse's name the header has room for.
const chipName = 9

// warehouseWatch looks after a warehouse that starts while the person goes on to the next steps.
type warehouseWatch struct {
	task  ui.Task[connector.Warehouse]
	query ui.Task[struct{}] // the statement that starts it, where a start was refused
	pulse *ui.Pulse
}

// follow begins to look after the warehouse that the set-up follows. ctx is the wizard's own, since the wait outlives the step.
func (w *warehouseWatch) follow(ctx context.Context, s *Wizard) tea.Cmd {
	w.query.Cancel()
	if w.pulse == nil {
		w.pulse = ui.NewPulse(s.theme)
	}
	return tea.Batch(w.pulse.Beat(nil, true), w.ask(ctx, s, 0))
}

// run starts the warehouse by running a query, and looks after it.
func (w *warehouseWatch) run(ctx context.Context, s *Wizard, chosen connector.Warehouse) tea.Cmd {
	start, err := s.StartByQuery(chosen)
	following := w.follow(ctx, s)
	if err != nil {
		return following // which meets the same error
	}
	return tea.Batch(following, w.query.Start(ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, start(ctx) }))
}

func (w *warehouseWatch) ask(ctx context.Context, s *Wizard, after time.Duration) tea.Cmd {
	look := s.StartLook(after)
	if look == nil {
		w.query.Cancel()
		return nil
	}
	return w.task.Start(ctx, look)
}

// take is offered every message of the program.
func (w *warehouseWatch) take(ctx context.Context, msg tea.Msg, s *Wizard) tea.Cmd {
	if w.pulse == nil {
		return nil
	}
	if !s.StillStarting() {
		w.task.Cancel()
		w.query.Cancel()
		return w.pulse.Beat(msg, false)
	}
	if _, err, ok := w.query.Take(msg); ok {
		s.StartNudged(err)
	}
	var next tea.Cmd
	if found, err, ok := w.task.Take(msg); ok {
		if s.StartLooked(found, err) {
			next = w.ask(ctx, s, setup.AskEvery)
		} else {
			w.query.Cancel()
		}
	}
	return tea.Batch(next, w.pulse.Beat(msg, s.StillStarting()))
}

// chip is the short form for the header: what is starting, for how long, and how long that usually takes.
func (w *warehouseWatch) chip(s *Wizard) ui.Chip {
	what, at := "", s.Starting()
	switch {
	case at.Going:
		what = fmt.Sprintf("starting %s of ~%s", setup.Clock(at.For), setup.Clock(at.Warehouse.Type.UsualStart()))
	case at.Err != nil:
		what = "did not start"
	case at.Warehouse.State == connector.Running:
		what = "running"
	default:
		return ui.Chip{}
	}
	return ui.Chip{Text: connector.CleanLine(at.Warehouse.Name.Raw(), chipName) + " " + what, Short: what}
}
