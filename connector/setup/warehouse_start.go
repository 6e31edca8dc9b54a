package setup

import (
	"context"
	"errors"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/contain"
)

// AskEvery is how often a starting warehouse is asked for its state.
const AskEvery = time.Second

// errStoppedAgain is a start that the workspace gave up.
var errStoppedAgain = errors.New("the SQL warehouse stopped again while it was starting")

// warehouseStart is a SQL warehouse that a person agreed to start, and that is followed while they go on to the next steps. Leaving the
// wait is not a stop.
type warehouseStart struct {
	on     bool
	asked  bool // the start was asked for; one that is still stopping cannot be asked yet
	rose   bool // it was seen starting
	now    connector.Warehouse
	began  time.Time
	err    error
	nudged error // how the statement ended that was to start it, when it did so without a warehouse
}

// StartStanding is how far the start of the chosen warehouse has come.
type StartStanding struct {
	Warehouse connector.Warehouse // zero where none was agreed to
	Going     bool
	For       time.Duration // since it began to be followed
	Err       error         // why it did not start
}

// Starting is how far the start of the chosen warehouse has come.
func (s *Setup) Starting() StartStanding {
	w := s.start
	if w.now.ID != s.draft.Warehouse().ID {
		return StartStanding{}
	}
	return StartStanding{Warehouse: w.now, Going: w.on, For: s.env.Now().Sub(w.began), Err: w.err}
}

// startAgreed reports whether a person agreed to start this warehouse.
func (s *Setup) startAgreed(id connector.WarehouseID) bool { return s.start.now.ID == id && id != "" }

// FollowStart begins to follow a chosen warehouse, which a person agreed to start. asked says that the workspace was asked to start it
// already; otherwise it is asked as soon as the warehouse can be started. Take StartLook next.
func (s *Setup) FollowStart(chosen connector.Warehouse, asked bool) {
	s.start = warehouseStart{on: true, now: chosen, began: s.env.Now(), asked: asked || chosen.State == connector.Starting}
}

// StillStarting reports whether the start is still followed. Choosing another warehouse, or another workspace, ends that.
func (s *Setup) StillStarting() bool {
	s.start.on = s.start.on && s.start.now.ID == s.draft.Warehouse().ID
	return s.start.on
}

// StartLook is the work of looking at the warehouse after a while, and of asking for its start first when that was not possible before. It
// is nil where there is nothing to look with; the start has failed then.
func (s *Setup) StartLook(after time.Duration) func(context.Context) (connector.Warehouse, error) {
	ws, err := s.Workspace()
	if err != nil {
		s.startFailed(err)
		return nil
	}
	w := &s.start
	id, start := w.now.ID, !w.asked && w.now.State == connector.Stopped
	w.asked = w.asked || start
	return func(ctx context.Context) (connector.Warehouse, error) {
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
	}
}

// StartLooked takes what a look has found, and reports whether to look again: until the warehouse runs, is gone, or was refused.
func (s *Setup) StartLooked(found connector.Warehouse, err error) (again bool) {
	if err != nil {
		s.startFailed(err)
		return false
	}
	w := &s.start
	w.now = found
	s.SawWarehouses([]connector.Warehouse{found})
	s.draft.SetWarehouse(found, s.draft.SourceOf("warehouse"))
	switch {
	case found.State == connector.Running, found.State == connector.Deleted, found.State == connector.Deleting:
		w.on = false
	case found.State == connector.Starting:
		w.rose = true
	case w.rose:
		s.startFailed(errStoppedAgain)
	case w.nudged != nil:
		s.startFailed(w.nudged)
	}
	return w.on
}

func (s *Setup) startFailed(err error) { s.start.on, s.start.err = false, err }

// StartNudged notes how the statement of StartByQuery ended. An error counts only where the warehouse does not rise after it.
func (s *Setup) StartNudged(err error) { s.start.nudged = err }

// AskToStart is the work of asking the workspace to start a warehouse. Its refusal is best met where the warehouse is chosen.
func (s *Setup) AskToStart(chosen connector.Warehouse) (func(context.Context) error, error) {
	ws, err := s.Workspace()
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error { return ws.StartWarehouse(ctx, chosen.ID) }, nil
}

// StartByQuery is the work of starting a warehouse as any query does: by running one, which CAN_USE is enough for. It waits as long as a
// start may take.
func (s *Setup) StartByQuery(chosen connector.Warehouse) (func(context.Context) error, error) {
	ws, err := s.Workspace()
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, check.StartDeadline)
		defer cancel()
		session, err := query.Open(ws, chosen.HTTPPath)
		if err != nil {
			return err
		}
		defer contain.Go("closing a session", session.Close) // closing asks the warehouse, which may not answer
		_, err = session.Ping(ctx)
		return err
	}, nil
}

// StartRefused reports whether a start was refused where running a query may still start the warehouse: CAN_USE is enough for that.
func StartRefused(f check.Finding) bool { return f.Pattern == startRefused }

// UseRefused reports whether the warehouse was refused for want of CAN_USE.
func UseRefused(f check.Finding) bool { return f.Pattern == useRefused }

// useRefused is the row of the causes table for a principal without CAN_USE.
const useRefused = "no-can-use"

// startRefused is the row of the causes table for a principal that may not start a warehouse.
const startRefused = "start-refused"
