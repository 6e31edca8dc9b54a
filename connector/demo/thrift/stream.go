package thrift

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
	"github.com/draftt-io/draftt-databricks/contain"
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

// read executes a statement and hands out its result until nobody wants more of it. The first part always is taken.
func (op *operation) read(h *Handler, req executeStatement, parts chan<- part) {
	defer close(parts)
	rows, long := 0, false
	err := op.execute(h, req, func(page *engine.Result, more bool) error {
		rows += page.Rows
		if !long {
			long = more
			if more {
				parts <- part{result: page, more: true}
				return nil
			}
		}
		if !long {
			h.ended(op, req, rows, nil) // the history has it before its client does
			parts <- part{result: page}
			return nil
		}
		select {
		case parts <- part{result: page, more: more}:
			return nil
		case <-op.ctx.Done():
			return op.ctx.Err()
		}
	})
	switch {
	case !long && err != nil:
		h.ended(op, req, rows, err)
		parts <- part{err: err}
	case long:
		h.ended(op, req, rows, err)
		select {
		case parts <- part{err: err}:
		case <-op.ctx.Done():
		}
		op.stop()
	}
}

// ended tells that a statement has ended.
func (h *Handler) ended(op *operation, req executeStatement, rows int, err error) {
	ran := engine.Ran{
		ID: op.handle.guid.String(), Principal: op.session.principal, Warehouse: op.session.warehouse, SQL: req.sql,
		Began: op.started, Ended: h.opts.Now(), Err: err,
	}
	if err == nil {
		ran.Rows = rows
	}
	h.opts.Ended(ran)
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
	return h.exec.Stream(op.ctx, op.session.sql, req.sql, engine.Pages{First: longResult, Next: partRows}, take, params...)
}

// hold takes rows in place of those that were held before.
func (op *operation) hold(result *engine.Result, rest <-chan part) {
	op.base = op.rows
	op.result, op.rest, op.rows = result, rest, op.base+result.Rows
	if op.limit > 0 && op.rows >= op.limit {
		op.rows = op.limit
		if op.rest != nil {
			op.rest = nil
			op.stop()
		}
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

// advance reads the next part of a long result where a request is for what follows.
func (op *operation) advance(req fetchResults) error {
	if op.base > 0 && (req.orientation == wire.FetchPrior && op.last <= op.base || req.orientation == wire.FetchFirst || req.start >= 0 && req.start < int64(op.base)) {
		return errGone
	}
	forward := req.start < 0 && req.orientation != wire.FetchPrior && req.orientation != wire.FetchFirst && op.next >= op.rows || req.start >= int64(op.rows)
	if op.rest == nil || !forward {
		return nil
	}
	select {
	case next, open := <-op.rest:
		switch {
		case next.err != nil:
			return next.err
		case !open || next.result == nil:
			op.rest = nil
		case next.more:
			op.hold(next.result, op.rest)
		default:
			rest := op.rest
			op.hold(next.result, nil)
			contain.Go("ending a result", func() {
				for range rest {
				}
			})
		}
		return nil
	case <-op.ctx.Done():
		return op.ctx.Err()
	}
}
