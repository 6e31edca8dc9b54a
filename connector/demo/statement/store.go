package statement

import (
	"context"
	"encoding/binary"
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
	// longest is how long a statement waits for its warehouse and runs, both together.
	longest = time.Hour
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
	s := &statement{id: newID(st.now()), principal: principal, state: pending, done: make(chan struct{})}
	s.ctx, s.stop = context.WithTimeout(context.Background(), longest)
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sweep()
	if len(st.order) >= maxStatements && !st.makeRoom() {
		s.stop()
		return nil, &Error{Status: http.StatusTooManyRequests, Code: "RESOURCE_EXHAUSTED", Message: "Too many running statements."}
	}
	st.byID[s.id] = s
	st.order = append(st.order, s)
	return s, nil
}

// sweep closes results that are old or too large beside newer ones, and forgets
// statements that have been closed for as long again.
func (st *store) sweep() {
	now, held := st.now(), 0
	for i := len(st.order) - 1; i >= 0; i-- {
		s := st.order[i]
		age, size, ended := s.measure(now)
		alone := held == 0
		if held += size; ended && (age >= st.keep || held > maxHeld && !alone) {
			s.release()
		}
		if ended && age >= 2*st.keep {
			st.forget(i)
		}
	}
}

// makeRoom forgets the oldest statement that has ended, with its result: a link would keep that otherwise, and nothing would count it.
func (st *store) makeRoom() bool {
	for i, s := range st.order {
		if _, _, ended := s.measure(st.now()); ended {
			s.release()
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

// sinceCalendar is 1970 as UUIDs count time: in steps of 100 nanoseconds from
// the first day of the Gregorian calendar.
const sinceCalendar = 0x01b21dd213814000

// newID is a UUID of version 1, as statements have: the time, and random bits
// where a machine's address would stand.
func newID(now time.Time) string {
	id := uuid.New()
	ticks := sinceCalendar + uint64(now.UnixNano()/100)
	binary.BigEndian.PutUint32(id[0:], uint32(ticks))
	binary.BigEndian.PutUint16(id[4:], uint16(ticks>>32))
	binary.BigEndian.PutUint16(id[6:], uint16(ticks>>48)&0xfff|1<<12)
	return id.String()
}

// find returns a principal's statement. One of somebody else is not found.
func (st *store) find(principal, id string) (*statement, error) {
	if uuid.Validate(id) != nil {
		return nil, invalid("Error while parsing type: statement_id.")
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sweep()
	if s := st.byID[id]; s != nil && s.principal == principal {
		return s, nil
	}
	return nil, notFound(id, "there is no such statement")
}

func (st *store) cancelAll() {
	st.mu.Lock()
	defer st.mu.Unlock()
	for _, s := range st.order {
		s.stop()
	}
}
