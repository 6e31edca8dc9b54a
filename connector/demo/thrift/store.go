package thrift

import (
	"context"
	"crypto/subtle"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// maxOperations is how many operations a session keeps. Clients do not close
// failed ones, so the oldest that has ended makes room for the next.
const maxOperations = 64

// session is what OpenSession opened. It belongs to one principal and one
// warehouse, and nobody else can use its handle.
type session struct {
	handle    handle
	principal string
	warehouse string
	sql       *engine.Session
	protocol  int32

	// Guarded by the store's mutex.
	used       time.Time
	operations []*operation // oldest first
}

// store keeps the sessions and their operations.
type store struct {
	mu         sync.Mutex
	max        int
	idle       time.Duration
	now        func() time.Time
	sessions   map[uuid.UUID]*session
	operations map[uuid.UUID]*operation
}

func newStore(limit int, idle time.Duration, now func() time.Time) *store {
	return &store{
		max: limit, idle: idle, now: now,
		sessions:   map[uuid.UUID]*session{},
		operations: map[uuid.UUID]*operation{},
	}
}

// sweep ends the sessions that nobody used for long, and what they read.
func (st *store) sweep() {
	now := st.now()
	for _, old := range st.sessions {
		if now.Sub(old.used) > st.idle {
			st.remove(old)
		}
	}
}

// add keeps a new session.
func (st *store) add(s *session) error {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sweep()
	if len(st.sessions) >= st.max {
		return &Refusal{http.StatusTooManyRequests, "Too many open sessions."}
	}
	s.used = st.now()
	st.sessions[s.handle.guid] = s
	return nil
}

// session finds a caller's session. A handle that is unknown and one that
// belongs to somebody else get the same answer, which makes drivers open a new
// session.
func (st *store) session(c *call, h handle) (*session, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sweep()
	s := st.sessions[h.guid]
	if s == nil || !s.owns(c) || !same(s.handle, h) {
		return nil, &Refusal{http.StatusNotFound, "Invalid SessionHandle: SessionHandle [" + h.guid.String() + "]"}
	}
	s.used = st.now()
	return s, nil
}

func (s *session) owns(c *call) bool { return s.principal == c.principal && s.warehouse == c.warehouse }

func same(a, b handle) bool { return subtle.ConstantTimeCompare(a.secret[:], b.secret[:]) == 1 }

// close ends a session and everything it runs.
func (st *store) close(s *session) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.remove(s)
}

func (st *store) closeAll() {
	st.mu.Lock()
	defer st.mu.Unlock()
	for _, s := range st.sessions {
		st.remove(s)
	}
}

func (st *store) remove(s *session) {
	for _, op := range s.operations {
		op.cancel()
		delete(st.operations, op.handle.guid)
	}
	s.operations = nil
	delete(st.sessions, s.handle.guid)
}

// begin starts an operation in a session. It fails when the session has ended
// meanwhile, and when it runs too many already.
func (st *store) begin(s *session, kind wire.OperationType, timeout time.Duration) (*operation, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.sessions[s.handle.guid] != s {
		return nil, &Refusal{http.StatusNotFound, "Invalid SessionHandle: SessionHandle [" + s.handle.guid.String() + "]"}
	}
	if len(s.operations) >= maxOperations && !st.makeRoom(s) {
		return nil, &Refusal{http.StatusTooManyRequests, "Too many running statements in this session."}
	}
	op := &operation{handle: newHandle(), kind: kind, session: s, done: make(chan struct{}), turn: make(chan struct{}, 1), started: st.now()}
	if timeout > 0 {
		op.ctx, op.stop = context.WithTimeout(context.Background(), timeout)
	} else {
		op.ctx, op.stop = context.WithCancel(context.Background())
	}
	s.operations = append(s.operations, op)
	st.operations[op.handle.guid] = op
	return op, nil
}

func (st *store) makeRoom(s *session) bool {
	for _, op := range s.operations {
		if op.ended() {
			st.forget(op)
			return true
		}
	}
	return false
}

// operation finds a caller's operation, nil if there is none for this caller.
func (st *store) operation(c *call, h handle) *operation {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sweep()
	op := st.operations[h.guid]
	if op == nil || !op.session.owns(c) || !same(op.handle, h) {
		return nil
	}
	op.session.used = st.now()
	return op
}

// knows reports whether there is a session or an operation of this handle,
// whoever it belongs to.
func (st *store) knows(h handle) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.sessions[h.guid] != nil || st.operations[h.guid] != nil
}

// end cancels an operation and forgets it.
func (st *store) end(op *operation) {
	op.cancel()
	st.mu.Lock()
	defer st.mu.Unlock()
	st.forget(op)
}

func (st *store) forget(op *operation) {
	op.cancel() // its result may not be read to its end
	delete(st.operations, op.handle.guid)
	for i, o := range op.session.operations {
		if o == op {
			op.session.operations = append(op.session.operations[:i:i], op.session.operations[i+1:]...)
			return
		}
	}
}
