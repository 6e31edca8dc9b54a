package thrift

import (
	"context"
	"crypto/subtle"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/sessions"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// maxOperations is how many operations a session keeps. Clients do not close
// failed ones, so the oldest that has ended makes room for the next.
const maxOperations = 64

// session is what OpenSession opened.
type session = sessions.Session[*opened]

// opened is what only this face knows of a session.
type opened struct {
	secret     uuid.UUID // of its handle: nobody else can use that
	protocol   int32
	operations []*operation // oldest first, guarded by the store's mutex
}

// store keeps the sessions and their operations.
type store struct {
	sessions   *sessions.Sessions[*opened]
	now        func() time.Time
	mu         sync.Mutex // the sessions hold their own while they take it, and not the other way round
	operations map[uuid.UUID]*operation
}

func newStore(opts sessions.Options) *store {
	st := &store{now: opts.Now, operations: map[uuid.UUID]*operation{}}
	st.sessions = sessions.New(opts, st.ended)
	return st
}

// ended forgets what ran in a session. It was canceled with that.
func (st *store) ended(s *session) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for _, op := range s.Own.operations {
		delete(st.operations, op.handle.guid)
	}
	s.Own.operations = nil
}

// open starts a session. The error is an [*engine.Error] for its client, or a [*Refusal].
func (st *store) open(ask sessions.Ask, protocol int32) (*session, error) {
	h := newHandle()
	s, err := st.sessions.Make(h.guid.String(), ask, &opened{secret: h.secret, protocol: protocol})
	if err != nil {
		return nil, err
	}
	if st.sessions.Add(s) != nil {
		return nil, &Refusal{http.StatusTooManyRequests, "Too many open sessions."}
	}
	return s, nil
}

func handleOf(s *session) handle { return handle{uuid.MustParse(s.ID), s.Own.secret} }

// session finds a caller's session. A handle that is unknown and one that
// belongs to somebody else get the same answer, which makes drivers open a new
// session.
func (st *store) session(c *call, h handle) (*session, error) {
	s := st.sessions.Find(h.guid.String(), func(s *session) bool { return owns(c, s) && same(handleOf(s), h) })
	if s == nil {
		return nil, noSession(h)
	}
	return s, nil
}

func noSession(h handle) *Refusal {
	return &Refusal{http.StatusNotFound, "Invalid SessionHandle: SessionHandle [" + h.guid.String() + "]"}
}

func owns(c *call, s *session) bool { return s.Principal == c.principal && s.Warehouse == c.warehouse }

func same(a, b handle) bool { return subtle.ConstantTimeCompare(a.secret[:], b.secret[:]) == 1 }

// begin starts an operation in a session. It fails when the session has ended
// meanwhile, and when it runs too many already.
func (st *store) begin(s *session, kind wire.OperationType, timeout time.Duration) (*operation, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if s.Context().Err() != nil {
		return nil, noSession(handleOf(s))
	}
	if len(s.Own.operations) >= maxOperations && !st.makeRoom(s) {
		return nil, &Refusal{http.StatusTooManyRequests, "Too many running statements in this session."}
	}
	op := &operation{handle: newHandle(), kind: kind, session: s, done: make(chan struct{}), turn: make(chan struct{}, 1), started: st.now()}
	if timeout > 0 {
		op.ctx, op.stop = context.WithTimeout(s.Context(), timeout)
	} else {
		op.ctx, op.stop = context.WithCancel(s.Context())
	}
	s.Own.operations = append(s.Own.operations, op)
	st.operations[op.handle.guid] = op
	return op, nil
}

func (st *store) makeRoom(s *session) bool {
	for _, op := range s.Own.operations {
		if op.ended() {
			st.forget(op)
			return true
		}
	}
	return false
}

// operation finds a caller's operation, nil if there is none for this caller. Its session is used with that.
func (st *store) operation(c *call, h handle) *operation {
	st.mu.Lock()
	op := st.operations[h.guid]
	st.mu.Unlock()
	if op == nil || !same(op.handle, h) || st.sessions.Find(op.session.ID, func(s *session) bool { return owns(c, s) }) == nil {
		return nil
	}
	return op
}

// knows reports whether there is a session or an operation of this handle,
// whoever it belongs to.
func (st *store) knows(h handle) bool {
	st.mu.Lock()
	op := st.operations[h.guid]
	st.mu.Unlock()
	return op != nil || st.sessions.Knows(h.guid.String())
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
	own := op.session.Own
	own.operations = slices.DeleteFunc(own.operations, func(o *operation) bool { return o == op })
}
