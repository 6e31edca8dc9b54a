package thrift

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/ipc"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
	"github.com/draftt-io/draftt-databricks/contain"
)

// operation is one statement, from its submission until it is closed.
type operation struct {
	handle  handle
	kind    wire.OperationType
	session *session
	native  ipc.Native // how Arrow results are written
	arrow   bool       // results are written as Arrow, else in columns
	offer   Offer      // puts them on the storage host, nil for a client that takes no links
	links   bool       // and that they are there
	ctx     context.Context
	stop    context.CancelFunc
	done    chan struct{} // closed when the statement has ended
	turn    chan struct{} // held by whoever fetches a page, one after the other
	started time.Time

	mu        sync.Mutex
	state     wire.OperationState
	completed time.Time
	result    *engine.Result
	failure   *engine.Error
	rest      <-chan part // what follows the result, nil where nothing does
	broken    error       // why what follows never comes, nil where it may
	limit     int         // the most rows that the client takes, if not zero
	base      int         // how many rows were before those of result
	rows      int         // with those of result, after the client's limit
	last      int         // where the page before began
	next      int         // where the next page begins
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
	defer close(op.done)
	op.setState(wire.StatePending)
	result, rest, err := work(op)
	if rest == nil {
		defer op.stop()
	}
	op.mu.Lock()
	defer op.mu.Unlock()
	op.completed, op.limit = h.opts.Now(), int(min(req.rowLimit, math.MaxInt32))
	switch {
	case err == nil:
		op.state = wire.StateFinished
		op.hold(result, rest)
		op.links = op.arrow && op.offer != nil && op.isLong(result)
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
type work func(*operation) (result *engine.Result, rest <-chan part, err error)

// statement is the work of a SQL statement.
func (h *Handler) statement(req executeStatement) work {
	return func(op *operation) (*engine.Result, <-chan part, error) {
		parts := make(chan part)
		contain.Go("reading a result", func() { op.read(h, req, parts) })
		first := <-parts
		if first.more {
			return first.result, parts, nil
		}
		return first.result, nil, first.err
	}
}

// awaitWarehouse returns when the warehouse runs.
func (op *operation) awaitWarehouse(h *Handler) error {
	for {
		ready, err := h.opts.Ready(op.session.Warehouse, op.session.Principal)
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

// page is a part of a result, from row first up to row end, behind base others.
type page struct {
	op         *operation
	result     *engine.Result
	base       int
	first, end int
	more       bool
}

// page moves to the next page, or where the request says. Asking for the
// previous page repeats the last one: a client does so when its reply was lost
// and the one after it arrived. Of a result that is too long to keep, what was
// read is gone.
func (op *operation) page(ctx context.Context, req fetchResults) (page, error) {
	select {
	case op.turn <- struct{}{}:
		defer func() { <-op.turn }()
	case <-ctx.Done():
		return page{}, ctx.Err()
	}
	if err := op.advance(ctx, req); err != nil {
		return page{}, err
	}
	op.mu.Lock()
	defer op.mu.Unlock()
	size := maxPage
	if req.maxRows > 0 && req.maxRows < maxPage {
		size = int(req.maxRows)
	}
	first := op.next
	switch {
	case req.start >= 0:
		first = int(max(int64(op.base), min(req.start, int64(op.rows))))
	case req.orientation == wire.FetchPrior:
		first = max(op.base, op.last-size)
		size = max(1, op.last-first)
	case req.orientation == wire.FetchFirst:
		first = op.base
	}
	end := min(first+size, op.rows)
	op.last, op.next = first, end
	return page{op, op.result, op.base, first - op.base, end - op.base, end < op.rows || op.rest != nil}, nil
}

// format is how rows of a client that reads Arrow are written.
func (op *operation) format() int32 {
	if op.links {
		return wire.RowSetURLBased
	}
	return wire.RowSetArrowBased
}
