package thrift

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// operation is one statement, from its submission until it is closed.
type operation struct {
	handle  handle
	kind    wire.OperationType
	session *session
	native  nativeTypes // how Arrow results are written
	arrow   bool        // results are written as Arrow, else in columns
	ctx     context.Context
	stop    context.CancelFunc
	done    chan struct{} // closed when the statement has ended
	started time.Time

	mu        sync.Mutex
	state     wire.OperationState
	completed time.Time
	result    *engine.Result
	failure   *engine.Error
	rows      int // of the result, after the client's limit
	last      int // where the page before began
	next      int // where the next page begins
}

// status is what the outside sees of an operation at one moment.
type status struct {
	state     wire.OperationState
	failure   *engine.Error
	started   time.Time
	completed time.Time
}

func (op *operation) status() status {
	op.mu.Lock()
	defer op.mu.Unlock()
	return status{op.state, op.failure, op.started, op.completed}
}

func (op *operation) ended() bool {
	select {
	case <-op.done:
		return true
	default:
		return false
	}
}

// cancel stops the statement if it is at work. It does not wait for it.
func (op *operation) cancel() { op.stop() }

func (op *operation) setState(s wire.OperationState) {
	op.mu.Lock()
	defer op.mu.Unlock()
	op.state = s
}

// run waits for the warehouse and executes the statement. It is called once,
// in a goroutine of its own.
func (op *operation) run(h *Handler, req submission, work work) {
	defer op.stop()
	defer close(op.done)
	op.setState(wire.StatePending)
	result, err := work(op)
	op.mu.Lock()
	defer op.mu.Unlock()
	op.completed = h.opts.Now()
	switch {
	case err == nil:
		op.state, op.result, op.rows = wire.StateFinished, result, result.Rows
		if req.rowLimit > 0 && int64(op.rows) > req.rowLimit {
			op.rows = int(req.rowLimit)
		}
		return
	case errors.Is(err, context.DeadlineExceeded):
		op.state = wire.StateTimedOut
	case errors.Is(err, context.Canceled):
		op.state = wire.StateCanceled
	default:
		op.state = wire.StateError
	}
	op.failure = engine.AsError(err)
}

// work is what an operation does to get its result.
type work func(*operation) (*engine.Result, error)

// statement is the work of a SQL statement.
func (h *Handler) statement(req executeStatement) work {
	return func(op *operation) (*engine.Result, error) {
		result, err := op.execute(h, req)
		ran := engine.Ran{
			ID: op.handle.guid.String(), Principal: op.session.principal, Warehouse: op.session.warehouse, SQL: req.sql,
			Began: op.started, Ended: h.opts.Now(), Err: err,
		}
		if err == nil {
			ran.Rows = result.Rows
		}
		h.opts.Ended(ran)
		return result, err
	}
}

func (op *operation) execute(h *Handler, req executeStatement) (*engine.Result, error) {
	params, err := engine.ParseParams(req.params)
	if err != nil {
		return nil, err
	}
	if err := op.awaitWarehouse(h); err != nil {
		return nil, err
	}
	op.setState(wire.StateRunning)
	return h.exec.Execute(op.ctx, op.session.sql, req.sql, params...)
}

// awaitWarehouse returns when the warehouse runs.
func (op *operation) awaitWarehouse(h *Handler) error {
	for {
		ready, err := h.opts.Ready(op.session.warehouse, op.session.principal)
		if err != nil || ready {
			return err
		}
		select {
		case <-time.After(h.opts.Poll):
		case <-op.ctx.Done():
			return op.ctx.Err()
		}
	}
}

// maxPage is the most rows a page has, whatever the client asks for.
const maxPage = 100_000

// page is a part of a result, from row first up to row end.
type page struct {
	op         *operation
	result     *engine.Result
	first, end int
	more       bool
}

// page moves to the next page, or where the request says. Asking for the
// previous page repeats the last one: a client does so when its reply was lost
// and the one after it arrived.
func (op *operation) page(req fetchResults) page {
	op.mu.Lock()
	defer op.mu.Unlock()
	size := maxPage
	if req.maxRows > 0 && req.maxRows < maxPage {
		size = int(req.maxRows)
	}
	first := op.next
	switch {
	case req.start >= 0:
		first = int(min(req.start, int64(op.rows)))
	case req.orientation == wire.FetchPrior:
		first = max(0, op.last-size)
		size = max(1, op.last-first)
	case req.orientation == wire.FetchFirst:
		first = 0
	}
	end := min(first+size, op.rows)
	op.last, op.next = first, end
	return page{op, op.result, first, end, end < op.rows}
}
