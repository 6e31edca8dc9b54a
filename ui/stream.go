package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/contain"
)

// StreamState says what a message meant to a stream.
type StreamState int

const (
	StreamOther StreamState = iota // not of this stream's newest run
	StreamItem                     // one item; run the next command for more
	StreamEnd                      // no more items; err is what the function returned
)

// Stream is a Task whose answer comes in pieces. The zero value is ready; use
// it through a pointer.
//
// The function waits in emit until its item is wanted, so it is never more
// than one item ahead of the screen.
type Stream[T any] struct {
	_   noCopy
	run *run
	// next receives the following piece of the newest run.
	next tea.Cmd
}

type streamMsg[T any] struct {
	run  *run
	item T
	err  error
	end  bool
}

// Start cancels the run before it and returns the command that begins fn and
// waits for its first item. fn hands over items through emit, which may be
// called from several goroutines; once the context is cancelled emit drops
// its item and returns at once, and fn should return soon.
func (s *Stream[T]) Start(ctx context.Context, fn func(ctx context.Context, emit func(T)) error) tea.Cmd {
	s.run.stop()
	current, inner := newRun(ctx)
	items := make(chan T)
	end := make(chan error, 1)
	s.run = current
	s.next = receive(current, items, end)

	return func() tea.Msg {
		contain.Go("working in the background", func() {
			defer current.cancel()
			end <- produce(inner, items, fn)
		})
		return receive(current, items, end)()
	}
}

// produce runs fn. It leaves nobody blocked: emit also returns when the
// context ends, and the context ends at the latest after fn has.
func produce[T any](ctx context.Context, items chan<- T, fn func(context.Context, func(T)) error) (err error) {
	emit := func(item T) {
		if ctx.Err() != nil {
			return
		}
		select {
		case items <- item:
		case <-ctx.Done():
		}
	}
	fault := contain.Run("working in the background", func() { err = fn(ctx, emit) })
	if fault != nil {
		return fault
	}
	return err
}

// receive waits for one item or the end. Items are handed over hand to hand,
// so when the end is there no item is left behind.
func receive[T any](current *run, items <-chan T, end <-chan error) tea.Cmd {
	return func() tea.Msg {
		select {
		case item := <-items:
			return streamMsg[T]{run: current, item: item}
		case err := <-end:
			return streamMsg[T]{run: current, err: err, end: true}
		}
	}
}

// Take hands over what msg carries when it is of the newest run. After a
// StreamItem the step returns next from its Update to receive the following
// one; otherwise next is nil.
func (s *Stream[T]) Take(msg tea.Msg) (item T, state StreamState, next tea.Cmd, err error) {
	piece, mine := msg.(streamMsg[T])
	if !mine || piece.run != s.run || !s.run.live() {
		return item, StreamOther, nil, nil
	}
	if piece.end {
		s.run.finished = true
		return item, StreamEnd, nil, piece.err
	}
	return piece.item, StreamItem, s.next, nil
}

// Cancel ends the run; nothing more of it will be handed over.
func (s *Stream[T]) Cancel() { s.run.stop() }

// Running reports whether more is still to come.
func (s *Stream[T]) Running() bool { return s.run.live() }

// Since is when the newest run began, the zero time before the first.
func (s *Stream[T]) Since() time.Time {
	if s.run == nil {
		return time.Time{}
	}
	return s.run.began
}
