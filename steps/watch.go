package steps

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/ui"
)

// chipName is how many characters of a warehouse's name the header has room for.
const chipName = 9

// askEvery is how often a starting warehouse is asked for its state.
const askEvery = time.Second

// errStoppedAgain is a start that the workspace gave up.
var errStoppedAgain = errors.New("the SQL warehouse stopped again while it was starting")

// warehouseWatch follows a warehouse that a person started while they go on to the next steps. Leaving the wait is not a stop.
type warehouseWatch struct {
	task   ui.Task[connector.Warehouse]
	query  ui.Task[query.Who] // the statement that starts it, where a start was refused
	pulse  *ui.Pulse
	on     bool
	asked  bool // the start was asked for; one that is still stopping cannot be asked yet
	rose   bool // it was seen starting
	now    connector.Warehouse
	began  time.Time
	err    error
	nudged error // how the statement ended, when it did so without a warehouse
}

// agreed reports whether a person agreed to start this warehouse.
func (w *warehouseWatch) agreed(id string) bool { return w.now.ID == id && id != "" }

// follow begins to follow a chosen warehouse, which a person agreed to start. asked says that the workspace was asked to start it
// already; otherwise it is asked as soon as the warehouse can be started. ctx is the wizard's own, since the wait outlives the step.
func (w *warehouseWatch) follow(ctx context.Context, s *Setup, chosen connector.Warehouse, asked bool) tea.Cmd {
	w.query.Cancel()
	w.on, w.now, w.began, w.err, w.nudged = true, chosen, s.env.Now(), nil, nil
	w.asked, w.rose = asked || chosen.State == connector.Starting, false
	if w.pulse == nil {
		w.pulse = ui.NewPulse(s.theme)
	}
	return tea.Batch(w.pulse.Beat(nil, true), w.ask(ctx, s, 0))
}

// run starts the warehouse as any query does: by running one, which CAN_USE is enough for. It waits as long as a start may take.
func (w *warehouseWatch) run(ctx context.Context, s *Setup, chosen connector.Warehouse) tea.Cmd {
	following := w.follow(ctx, s, chosen, true)
	ws, err := s.Workspace()
	if err != nil {
		w.fail(err)
		return nil
	}
	return tea.Batch(following, w.query.Start(ctx, func(ctx context.Context) (query.Who, error) {
		ctx, cancel := context.WithTimeout(ctx, check.StartDeadline)
		defer cancel()
		session, err := query.Open(ws, chosen.HTTPPath)
		if err != nil {
			return query.Who{}, err
		}
		defer func() { go session.Close() }() // closing asks the warehouse, which may not answer
		return session.Ping(ctx)
	}))
}

// ask looks at the warehouse after a while, and first asks for its start when that was not possible before.
func (w *warehouseWatch) ask(ctx context.Context, s *Setup, after time.Duration) tea.Cmd {
	ws, err := s.Workspace()
	if err != nil {
		w.fail(err)
		return nil
	}
	id, start := w.now.ID, !w.asked && w.now.State == connector.Stopped
	w.asked = w.asked || start
	return w.task.Start(ctx, func(ctx context.Context) (connector.Warehouse, error) {
		select {
		case <-ctx.Done():
			return connector.Warehouse{}, ctx.Err()
		case <-time.After(after):
		}
		if start {
			if err := ws.StartWarehouse(ctx, id); err != nil {
				return connector.Warehouse{}, err
			}
		}
		return ws.Warehouse(ctx, id)
	})
}

func (w *warehouseWatch) fail(err error) {
	w.on, w.err = false, err
	w.query.Cancel()
}

// take is offered every message of the program. It asks again until the warehouse runs, is gone, or refuses.
func (w *warehouseWatch) take(ctx context.Context, msg tea.Msg, s *Setup) tea.Cmd {
	if !w.on {
		return nil
	}
	if w.now.ID != s.draft.Warehouse().ID { // another one was chosen, or another workspace
		w.on = false
		w.task.Cancel()
		w.query.Cancel()
		return nil
	}
	if _, err, ok := w.query.Take(msg); ok {
		w.nudged = err
	}
	var next tea.Cmd
	if found, err, ok := w.task.Take(msg); ok {
		switch {
		case err != nil:
			w.fail(err)
		default:
			next = w.found(ctx, found, s)
		}
	}
	return tea.Batch(next, w.pulse.Beat(msg, w.on))
}

func (w *warehouseWatch) found(ctx context.Context, found connector.Warehouse, s *Setup) tea.Cmd {
	w.now = found
	s.saw([]connector.Warehouse{found})
	s.draft.SetWarehouse(found, s.draft.SourceOf("warehouse"))
	switch {
	case found.State == connector.Running, found.State == connector.Deleted, found.State == connector.Deleting:
		w.on = false
		return nil
	case found.State == connector.Starting:
		w.rose = true
	case w.rose:
		w.fail(errStoppedAgain)
		return nil
	case w.nudged != nil:
		w.fail(w.nudged)
		return nil
	}
	return w.ask(ctx, s, askEvery)
}

// chip is the short form for the header: what is starting, for how long, and how long that usually takes.
func (w *warehouseWatch) chip(s *Setup) ui.Chip {
	what := ""
	switch {
	case w.now.ID != s.draft.Warehouse().ID:
		return ui.Chip{}
	case w.on:
		what = fmt.Sprintf("starting %s of ~%s", clock(s.env.Now().Sub(w.began)), clock(w.now.Type.UsualStart()))
	case w.err != nil:
		what = "did not start"
	case w.now.State == connector.Running:
		what = "running"
	default:
		return ui.Chip{}
	}
	return ui.Chip{Text: connector.CleanLine(w.now.Name.Raw(), chipName) + " " + what, Short: what}
}

// clock writes a wait as minutes and seconds, "1:40", which counts without flickering.
func clock(d time.Duration) string {
	seconds := int(d.Seconds())
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
