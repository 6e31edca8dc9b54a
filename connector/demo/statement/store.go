package statement

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"
)

const (
	// maxStatements is how many statements are known at once.
	maxStatements = 1000
	// maxHeld is how many bytes of results are held; the oldest make room.
	maxHeld = 256 << 20
)

// store keeps the statements.
type store struct {
	keep time.Duration
	now  func() time.Time

	mu    sync.Mutex
	byID  map[string]*statement
	order []*statement // oldest first
}

func newStore(keep time.Duration, now func() time.Time) *store {
	return &store{keep: keep, now: now, byID: map[string]*statement{}}
}

// begin makes a statement of a principal. It fails when too many are running.
func (st *store) begin(principal string) (*statement, error) {
	s := &statement{id: uuid.NewString(), principal: principal, state: pending, done: make(chan struct{})}
	s.ctx, s.stop = context.WithCancel(context.Background())
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sweep()
	if len(st.order) >= maxStatements && !st.makeRoom() {
		s.stop()
		return nil, &Error{http.StatusTooManyRequests, "RESOURCE_EXHAUSTED", "Too many running statements."}
	}
	st.byID[s.id] = s
	st.order = append(st.order, s)
	return s, nil
}

// sweep closes results that are old or too many, and forgets statements that
// have been closed for as long again.
func (st *store) sweep() {
	now, held := st.now(), 0
	for i := len(st.order) - 1; i >= 0; i-- {
		s := st.order[i]
		age, size, ended := s.measure(now)
		if held += size; ended && (age >= st.keep || held > maxHeld) {
			s.release()
		}
		if ended && age >= 2*st.keep {
			st.forget(i)
		}
	}
}

// makeRoom forgets the oldest statement that has ended.
func (st *store) makeRoom() bool {
	for i, s := range st.order {
		if _, _, ended := s.measure(st.now()); ended {
			st.forget(i)
			return true
		}
	}
	return false
}

func (st *store) forget(i int) {
	delete(st.byID, st.order[i].id)
	st.order = append(st.order[:i:i], st.order[i+1:]...)
}

// find returns a principal's statement. One of somebody else is not found.
func (st *store) find(principal, id string) (*statement, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sweep()
	if s := st.byID[id]; s != nil && s.principal == principal {
		return s, nil
	}
	return nil, notFound(id)
}

func (st *store) cancelAll() {
	st.mu.Lock()
	defer st.mu.Unlock()
	for _, s := range st.order {
		s.stop()
	}
}
