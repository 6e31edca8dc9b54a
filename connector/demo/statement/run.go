package statement

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// state is a StatementState.
type state string

const (
	pending   state = "PENDING"
	running   state = "RUNNING"
	succeeded state = "SUCCEEDED"
	failed    state = "FAILED"
	canceled  state = "CANCELED"
	closed    state = "CLOSED"
)

// statement is one statement, from its submission until it is forgotten.
type statement struct {
	id        string
	principal string
	ctx       context.Context
	stop      context.CancelFunc
	done      chan struct{} // closed when the statement has ended

	mu      sync.Mutex
	state   state
	ended   time.Time
	failure *engine.Error
	output  *output
}

// run waits for the warehouse and executes the statement in a session. It is
// called once, in a goroutine of its own.
func (h *Handler) run(s *statement, in *engine.Session, req *request) {
	defer s.stop()
	defer close(s.done)
	began := h.opts.Now()
	out, err := h.perform(s, in, req)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = h.opts.Now()
	ran := engine.Ran{ID: s.id, Principal: s.principal, Warehouse: *req.Warehouse, SQL: *req.Statement, Began: began, Ended: s.ended, Err: err}
	if out != nil {
		ran.Rows = out.manifest.RowCount
	}
	h.opts.Ended(ran)
	switch {
	case err == nil:
		s.state, s.output = succeeded, out
	case errors.Is(err, context.Canceled):
		s.state = canceled
	case errors.Is(err, context.DeadlineExceeded):
		s.state, s.failure = failed, &engine.Error{Class: "OPERATION_CANCELED", SQLState: "HY008", Message: "The statement took longer than an hour."}
	default:
		s.state, s.failure = failed, engine.AsError(err)
	}
}

func (h *Handler) perform(s *statement, in *engine.Session, req *request) (*output, error) {
	params, err := req.params()
	if err != nil {
		return nil, err
	}
	for {
		ready, err := h.opts.Ready(*req.Warehouse, s.principal)
		if err != nil {
			return nil, err
		}
		if ready {
			break
		}
		select {
		case <-time.After(h.opts.Poll):
		case <-s.ctx.Done():
			return nil, s.ctx.Err()
		}
	}
	s.mu.Lock()
	s.state = running
	s.mu.Unlock()
	result, err := h.exec.Execute(s.ctx, in, *req.Statement, params...)
	if err != nil {
		return nil, err
	}
	if req.Disposition != inline {
		return s.newExternal(result, req, h.opts.Offer)
	}
	return newOutput(s.ctx, result, req, h.opts.ChunkRows)
}

// measure returns how long ago the statement ended and how much its result
// holds.
func (s *statement) measure(now time.Time) (age time.Duration, size int, ended bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended.IsZero() {
		return 0, 0, false
	}
	if s.output != nil {
		size = s.output.held
	}
	return now.Sub(s.ended), size, true
}

// release drops the result.
func (s *statement) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == succeeded {
		s.state, s.output = closed, nil
	}
}

func (s *statement) response() (response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := response{ID: s.id, Status: status{State: s.state}}
	if e := s.failure; e != nil {
		r.Status.Error = &statusError{errorCode(e), e.Error()}
		r.Status.SQLState = e.SQLState
	}
	if s.output != nil {
		first, err := s.output.first(s.id)
		if err != nil {
			return response{}, err
		}
		r.Manifest, r.Result = &s.output.manifest, first
	}
	return r, nil
}

// errorCode is the code of a failed statement. What the client did wrong is a
// bad request, whatever its SQLSTATE says.
func errorCode(e *engine.Error) string {
	if e.SQLState == "XX000" {
		return "INTERNAL_ERROR"
	}
	return "BAD_REQUEST"
}

func (s *statement) chunkAt(n int) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.state == closed:
		return nil, notFound(s.id, "the result is no longer available")
	case s.output == nil:
		return nil, notFound(s.id, "the statement state should be SUCCEEDED before you can start fetching the result")
	case n >= max(1, len(s.output.manifest.Chunks)):
		return nil, invalid("The chunk_index " + strconv.Itoa(n) + " is out of bounds.")
	}
	return s.output.part(s.id, n)
}
