package steps

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// chipName is how many characters of a warehouse's name the header has room for.
const chipName = 9

// askEvery is how often a starting warehouse is asked for its state.
const askEvery = time.Second

// warehouseWatch follows a warehouse that a person started while they go on to the next steps. Leaving the wait is not a stop.
type warehouseWatch struct {
	task  ui.Task[connector.Warehouse]
	pulse *ui.Pulse
	on    bool
	now   connector.Warehouse
	began time.Time
	err   error
}

// agreed reports whether a person agreed to start this warehouse.
func (w *warehouseWatch) agreed(id string) bool { return w.now.ID == id && id != "" }

// start asks the workspace to start the warehouse and begins to follow it. ctx is the wizard's own, since the wait outlives the step.
func (w *warehouseWatch) start(ctx context.Context, s *Setup, chosen connector.Warehouse) tea.Cmd {
	w.on, w.now, w.began, w.err = true, chosen, s.env.Now(), nil
	w.now.State = connector.Starting
	if w.pulse == nil {
		w.pulse = ui.NewPulse(s.theme)
	}
	ws, err := s.Workspace()
	if err != nil {
		w.on, w.err = false, err
		return nil
	}
	id, running := chosen.ID, chosen.State == connector.Starting
	return tea.Batch(w.pulse.Beat(nil, true), w.task.Start(ctx, func(ctx context.Context) (connector.Warehouse, error) {
		if !running {
			if err := ws.StartWarehouse(ctx, id); err != nil {
				return connector.Warehouse{}, err
			}
		}
		return ws.Warehouse(ctx, id)
	}))
}

// take is offered every message of the program. It asks again until the warehouse runs, is gone, or refuses.
func (w *warehouseWatch) take(ctx context.Context, msg tea.Msg, s *Setup) tea.Cmd {
	if !w.on {
		return nil
	}
	if w.now.ID != s.draft.Warehouse().ID { // another one was chosen, or another workspace
		w.on = false
		w.task.Cancel()
		return nil
	}
	var next tea.Cmd
	if found, err, ok := w.task.Take(msg); ok {
		switch {
		case err != nil:
			w.on, w.err = false, err
		default:
			next = w.follow(ctx, found, s)
		}
	}
	return tea.Batch(next, w.pulse.Beat(msg, w.on))
}

func (w *warehouseWatch) follow(ctx context.Context, found connector.Warehouse, s *Setup) tea.Cmd {
	w.now = found
	if s.draft.Warehouse().ID == found.ID {
		s.draft.SetWarehouse(found, s.draft.SourceOf("warehouse"))
	}
	switch found.State {
	case connector.Running, connector.Deleted, connector.Deleting:
		w.on = false
		return nil
	}
	ws, err := s.Workspace()
	if err != nil {
		w.on, w.err = false, err
		return nil
	}
	return w.task.Start(ctx, func(ctx context.Context) (connector.Warehouse, error) {
		select {
		case <-ctx.Done():
			return connector.Warehouse{}, ctx.Err()
		case <-time.After(askEvery):
		}
		return ws.Warehouse(ctx, found.ID)
	})
}

// chip is the short form for the header: what is starting, and for how long.
func (w *warehouseWatch) chip(s *Setup) string {
	name := connector.CleanLine(w.now.Name.Raw(), chipName)
	switch {
	case w.now.ID != s.draft.Warehouse().ID:
		return ""
	case w.on:
		return name + " starting " + clock(s.env.Now().Sub(w.began))
	case w.err != nil:
		return name + " did not start"
	case w.now.State == connector.Running:
		return name + " running"
	}
	return ""
}

// clock writes a wait as minutes and seconds, "1:40", which counts without flickering.
func clock(d time.Duration) string {
	seconds := int(d.Seconds())
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
