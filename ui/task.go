package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/contain"
)

// noCopy lets go vet find copies of what is known by its address.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Task runs one thing at a time in the background and hands over the answer
// of the newest run only. The zero value is ready; use it through a pointer,
// because an answer finds its task by address.
type Task[T any] struct {
	_   noCopy
	run *run // the newest run, nil before the first
}

// run is one start of a task or stream. An answer belongs to it by address,
// which no other run ever shares.
type run struct {
	began    time.Time
	parent   context.Context // tells whether the step that began it was left
	cancel   context.CancelFunc
	finished bool
}

// live reports whether the run may still hand something over. A deadline in
// the parent is an answer worth showing; a cancelled parent means that nobody
// waits any more.
func (r *run) live() bool {
	return r != nil && !r.finished && !errors.Is(r.parent.Err(), context.Canceled)
}

func newRun(ctx context.Context) (*run, context.Context) {
	inner, cancel := context.WithCancel(ctx)
	return &run{began: clockOf(ctx)(), parent: ctx, cancel: cancel}, inner
}

func (r *run) stop() {
	if r != nil {
		r.finished = true
		r.cancel()
	}
}

type taskMsg[T any] struct {
	run   *run
	value T
	err   error
}

// Start cancels the run before it and returns the command that runs fn. Copy
// what fn needs into its closure; it runs on a goroutine of its own. A panic
// in fn becomes a *Fault that does not hold the panic's value.
func (t *Task[T]) Start(ctx context.Context, fn func(context.Context) (T, error)) tea.Cmd {
	t.run.stop()
	current, inner := newRun(ctx)
	t.run = current
	return func() tea.Msg {
		defer current.cancel()
		answer := taskMsg[T]{run: current}
		fault := contain.Run("working in the background", func() {
			answer.value, answer.err = fn(inner)
		})
		if fault != nil {
			answer.err = fault
		}
		return answer
	}
}

// Take hands over the answer when msg is that of the newest run of this very
// task and nobody cancelled it; otherwise ok is false and msg means nothing
// to this task. err is what fn returned.
func (t *Task[T]) Take(msg tea.Msg) (value T, err error, ok bool) {
	answer, mine := msg.(taskMsg[T])
	if !mine || answer.run != t.run || !t.run.live() {
		return value, nil, false
	}
	t.run.finished = true
	return answer.value, answer.err, true
}

// Cancel ends the run; its answer will not be handed over.
func (t *Task[T]) Cancel() {
	if t.run.live() {
	}
	t.run.stop()
}

// Running reports whether an answer is still to come.
func (t *Task[T]) Running() bool { return t.run.live() }

// Since is when the newest run began, the zero time before the first.
func (t *Task[T]) Since() time.Time {
	if t.run == nil {
		return time.Time{}
	}
	return t.run.began
}
