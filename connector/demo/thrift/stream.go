package thrift

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// A result of more rows than longResult is not kept: it is read while the client fetches it, in parts of partRows.
const (
	longResult = 50_000
	partRows   = 20_000
)

// part is some rows of a result, or why there are none.
type part struct {
	result *engine.Result
	more   bool
	err    error
}

// reading hands out the result of a statement while it is read.
type reading struct {
	op    *operation
	h     *Handler
	req   executeStatement
	parts chan<- part
	rows  int  // that were read
	sent  int  // how many parts were taken
	noted bool // the history has it
	full  bool // the client has all the rows that it takes
}

// errFull ends the reading of a result of which the client has all the rows that it takes.
var errFull = errors.New("the client takes no more rows")

// read executes a statement and hands out its result until nobody wants more of it. The first part always is taken.
func (op *operation) read(h *Handler, req executeStatement, parts chan<- part) {
	defer close(parts)
	r := &reading{op: op, h: h, req: req, parts: parts}
	err := op.execute(h, req, r.take)
	if r.full {
		err = nil // the error was the own one
	}
	if !r.noted {
		h.ended(op, req, r.rows, err)
	}
	switch {
	case r.sent == 0:
		parts <- part{err: err}
	case err != nil:
		select {
		case parts <- part{err: err}:
		case <-op.ctx.Done():
		}
	}
	op.stop()
}

// take hands out a page.
func (r *reading) take(page *engine.Result, more bool) error {
	r.rows += page.Rows
	full := more && r.req.rowLimit > 0 && int64(r.rows) >= r.req.rowLimit
	next := part{result: page, more: more && !full}
	if r.sent == 0 {
		if r.noted = !next.more; r.noted {
			r.h.ended(r.op, r.req, r.rows, nil) // the history has it before its client does
		}
		r.parts <- next
	} else {
		select {
		case r.parts <- next:
		case <-r.op.ctx.Done():
			return r.op.ctx.Err()
		}
	}
	r.sent++
	if r.full = full; full {
		return errFull
	}
	return nil
}

// ended tells that a statement has ended.
func (h *Handler) ended(op *operation, req executeStatement, rows int, err error) {
	ran := engine.Ran{
		ID: op.handle.guid.String(), Principal: op.session.Principal, Warehouse: op.session.Warehouse, SQL: req.sql,
		Began: op.started, Ended: h.opts.Now(), Err: err,
	}
	if err == nil {
		ran.Rows = rows
		if req.rowLimit > 0 {
			ran.Rows = int(min(int64(rows), req.rowLimit))
		}
	}
	h.opts.Ended(ran)
}

// pages says in what parts the result is read. Of one that ends at its row limit within the first part nothing follows, and it needs no place
// among the long ones.
func (req executeStatement) pages() engine.Pages {
	if 0 < req.rowLimit && req.rowLimit <= longResult {
		return engine.Pages{First: int(req.rowLimit)}
	}
	return engine.Pages{First: longResult, Next: partRows}
}

func (op *operation) execute(h *Handler, req executeStatement, take func(*engine.Result, bool) error) error {
	params, err := engine.ParseParams(req.params)
	if err != nil {
		return err
	}
	if err := op.awaitWarehouse(h); err != nil {
		return err
	}
	op.setState(wire.StateRunning)
	return h.exec.Stream(op.ctx, op.session.SQL, req.sql, req.pages(), take, params...)
}

// hold takes rows in place of those that were held before.
func (op *operation) hold(result *engine.Result, rest <-chan part) {
	op.base = op.rows
	op.result, op.rest, op.rows = result, rest, op.base+result.Rows
	if op.limit > 0 {
		op.rows = min(op.rows, op.limit)
	}
}

// held are the rows that are there now.
func (op *operation) held() *engine.Result {
	op.mu.Lock()
	defer op.mu.Unlock()
	return op.result
}

// errGone says that a client asks for rows that were given out and not kept.
var errGone = &engine.Error{Class: "INVALID_STATE", SQLState: "HY010", Message: "The rows before the last page of a long result are gone."}

// errCut is how a long result ends of which there is no last page, because it was cancelled or took too long.
var errCut = &engine.Error{Class: "OPERATION_CANCELED", SQLState: "HY008", Message: "The statement was ended before all its rows were read."}

// wanted is where the next part of a long result comes from, nil where a request is for what is held.
func (op *operation) wanted(req fetchResults) (<-chan part, error) {
	op.mu.Lock()
	defer op.mu.Unlock()
	if op.base > 0 && (req.orientation == wire.FetchPrior && op.last <= op.base || req.orientation == wire.FetchFirst || req.start >= 0 && req.start < int64(op.base)) {
		return nil, errGone
	}
	forward := req.start < 0 && req.orientation != wire.FetchPrior && req.orientation != wire.FetchFirst && op.next >= op.rows || req.start >= int64(op.rows)
	switch {
	case !forward:
		return nil, nil
	case op.broken != nil:
		return nil, op.broken
	}
	return op.rest, nil
}

// advance reads the next part of a long result where a request is for what follows. Nothing is held locked while it waits, and it waits no
// longer than whoever asked. What is not handed out to its last page has not ended well, and says so each time.
func (op *operation) advance(ctx context.Context, req fetchResults) error {
	rest, err := op.wanted(req)
	if rest == nil || err != nil {
		return err
	}
	var next part
	select {
	case next = <-rest:
	case <-op.ctx.Done():
	case <-ctx.Done():
		return ctx.Err()
	}
	op.mu.Lock()
	defer op.mu.Unlock()
	switch {
	case next.err != nil:
		op.broken = engine.AsError(next.err)
	case next.result == nil:
		op.broken = errCut
	case next.more:
		op.hold(next.result, rest)
	default:
		op.hold(next.result, nil)
	}
	return op.broken
}
