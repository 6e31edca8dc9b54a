package sessions

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// Options says how sessions are kept.
type Options struct {
	New  func(principal, catalog, schema string) *engine.Session // makes what the engine knows of one
	Now  func() time.Time                                        // the clock that Idle is measured with
	Idle time.Duration                                           // how long one lives that nobody uses: 30 minutes if zero
	Max  int                                                     // how many there may be: 1,000 if zero
}

// ErrTooMany says that there are as many sessions as there may be.
var ErrTooMany = errors.New("too many open sessions")

// Ask is what a client asks for that starts a session.
type Ask struct {
	Principal, Warehouse string
	Catalog, Schema      string            // those of the engine where they are empty
	Settings             map[string]string // its parameters at first
}

// Session is what statements run in. It belongs to one principal and one warehouse. Its face keeps in Own what it knows of it besides.
type Session[T any] struct {
	ID, Principal, Warehouse string
	SQL                      *engine.Session
	Own                      T

	ctx  context.Context
	stop context.CancelFunc

	// Guarded by the mutex of the sessions.
	used    time.Time
	running int // statements
}

// Context ends with the session.
func (s *Session[T]) Context() context.Context { return s.ctx }

// Stop ends a session that was never added.
func (s *Session[T]) Stop() { s.stop() }

// Sessions are those that are open. They are safe for use by many goroutines.
type Sessions[T any] struct {
	opts  Options
	ended func(*Session[T])

	mu   sync.Mutex
	byID map[string]*Session[T]
}

// New keeps no session yet. If ended is not nil, it is told of each that ends; it may not call the sessions.
func New[T any](opts Options, ended func(*Session[T])) *Sessions[T] {
	opts.Idle, opts.Max = cmp.Or(opts.Idle, 30*time.Minute), cmp.Or(opts.Max, 1000)
	if ended == nil {
		ended = func(*Session[T]) {}
	}
	return &Sessions[T]{opts: opts, ended: ended, byID: map[string]*Session[T]{}}
}

// longestName is how many characters the name of a catalog or a schema has at most.
const longestName = 255

// Make starts a session, which is no one's to find until it is added. The error is an [*engine.Error].
func (ss *Sessions[T]) Make(id string, ask Ask, own T) (*Session[T], error) {
	if utf8.RuneCountInString(ask.Catalog) > longestName || utf8.RuneCountInString(ask.Schema) > longestName {
		return nil, &engine.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000",
			Message: fmt.Sprintf("The name of a catalog or a schema has at most %d characters.", longestName),
		}
	}
	s := &Session[T]{ID: id, Principal: ask.Principal, Warehouse: ask.Warehouse, SQL: ss.opts.New(ask.Principal, ask.Catalog, ask.Schema), Own: own}
	for key, value := range ask.Settings {
		if err := s.SQL.SetParameter(strings.ToLower(key), value); err != nil {
			return nil, err
		}
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	return s, nil
}

// Add lets a session be found. The error is [ErrTooMany].
func (ss *Sessions[T]) Add(s *Session[T]) error {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	ss.sweep()
	if len(ss.byID) >= ss.opts.Max {
		s.stop()
		return ErrTooMany
	}
	s.used = ss.opts.Now()
	ss.byID[s.ID] = s
	return nil
}

// sweep ends the sessions that nobody used for long.
func (ss *Sessions[T]) sweep() {
	now := ss.opts.Now()
	for _, s := range ss.byID {
		if s.running == 0 && now.Sub(s.used) > ss.opts.Idle {
			ss.remove(s)
		}
	}
}

func (ss *Sessions[T]) remove(s *Session[T]) {
	s.stop()
	delete(ss.byID, s.ID)
	ss.ended(s)
}

// Find finds a session, which is used with that, or nil: one that its caller may not have is as one that is not there.
func (ss *Sessions[T]) Find(id string, may func(*Session[T]) bool) *Session[T] {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return ss.find(id, may)
}

func (ss *Sessions[T]) find(id string, may func(*Session[T]) bool) *Session[T] {
	ss.sweep()
	s := ss.byID[id]
	if s == nil || !may(s) {
		return nil
	}
	s.used = ss.opts.Now()
	return s
}

// Enter finds a session for a statement, which holds it in use until it leaves.
func (ss *Sessions[T]) Enter(id string, may func(*Session[T]) bool) *Session[T] {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	s := ss.find(id, may)
	if s != nil {
		s.running++
	}
	return s
}

// Knows reports whether there is such a session, whoever it belongs to.
func (ss *Sessions[T]) Knows(id string) bool {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return ss.byID[id] != nil
}

// Leave says that a statement has ended that entered.
func (ss *Sessions[T]) Leave(s *Session[T]) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	s.running--
	s.used = ss.opts.Now()
}

// End ends a session and what runs in it, unless it has ended.
func (ss *Sessions[T]) End(s *Session[T]) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.byID[s.ID] == s {
		ss.remove(s)
	}
}

// EndAll ends every session.
func (ss *Sessions[T]) EndAll() {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	for _, s := range ss.byID {
		ss.remove(s)
	}
}
