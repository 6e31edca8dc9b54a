// Package contain keeps a panic where it can be dealt with. It is the only room that starts goroutines: a panic in a bare one ends the
// program past everything that would put a terminal in order, complete a JSON answer, or go on with the next connection.
package contain

import (
	"context"
	"fmt"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// Fault is a panic that was stopped. It names what ran and the line of code, and deliberately not the panic's value: that may hold what a
// person typed.
type Fault struct {
	During string // what ran, for example "drawing step 2"
	At     string // file and line, for example "order.go:120"
}

// Error gives one constant sentence and the line of code.
func (f *Fault) Error() string {
	return fmt.Sprintf("a fault in the program while %s (%s)", f.During, f.At)
}

// Run runs do and turns a panic into a Fault. One that was stopped before and goes on here stays what it was.
func Run(during string, do func()) (fault *Fault) {
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		if known, ok := value.(*Fault); ok {
			fault = known
			return
		}
		fault = &Fault{During: during, At: panicLine()}
	}()
	if ahead := first.Load(); ahead != nil {
		(*ahead)(during)
	}
	do()
	return nil
}

// Go runs do on a goroutine of its own. Nobody waits for it, so a panic in it is for OnFault.
func Go(during string, do func()) {
	go func() {
		if fault := Run(during, do); fault != nil {
			end(fault)
		}
	}()
}

// After runs do on a goroutine of its own once ctx has ended, unless stop is called before.
func After(ctx context.Context, during string, do func()) (stop func() bool) {
	return context.AfterFunc(ctx, func() {
		if fault := Run(during, do); fault != nil {
			end(fault)
		}
	})
}

// Answer is what a function gave that ran on a goroutine of its own.
type Answer[T any] struct {
	Value T
	Err   error // a *Fault when the function panicked
}

// Ask runs ask on a goroutine of its own and hands its answer over. Whoever no longer wants the answer leaves it.
func Ask[T any](during string, ask func() (T, error)) <-chan Answer[T] {
	answers := make(chan Answer[T], 1)
	go func() {
		var answer Answer[T]
		if fault := Run(during, func() { answer.Value, answer.Err = ask() }); fault != nil {
			answer.Err = fault
		}
		answers <- answer
	}()
	return answers
}

// Group are goroutines that one waits for. The zero value is ready.
type Group struct {
	wait  sync.WaitGroup
	fault atomic.Pointer[Fault]
}

// Go runs do on a goroutine of the group.
func (g *Group) Go(during string, do func()) {
	g.wait.Go(func() {
		if fault := Run(during, do); fault != nil {
			g.fault.CompareAndSwap(nil, fault)
		}
	})
}

// Wait waits for all of them. The first panic among them goes on in the goroutine that waits, as a *Fault.
func (g *Group) Wait() {
	g.wait.Wait()
	if fault := g.fault.Load(); fault != nil {
		panic(fault)
	}
}

var first atomic.Pointer[func(during string)]

// OnRun says what happens ahead of everything that runs here, as a part of it. The program asks for nothing: what becomes of a panic in each
// place is tried with it, in a program that a test is.
func OnRun(do func(during string)) { first.Store(&do) }

var last atomic.Pointer[func(*Fault)]

// OnFault says what becomes of the program when a goroutine panics that nobody waits for. Without it the program ends as Go ends it.
func OnFault(do func(*Fault)) { last.Store(&do) }

func end(fault *Fault) {
	do := last.Load()
	if do == nil {
		panic(fault)
	}
	(*do)(fault)
}

// panicLine finds the line that panicked. It must be called by the deferred function that recovers, while the broken frames are still on
// the stack.
func panicLine() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	panicking := false
	for {
		frame, more := frames.Next()
		inRuntime := strings.HasPrefix(frame.Function, "runtime.")
		switch {
		case frame.Function == "runtime.gopanic":
			panicking = true
		case panicking && !inRuntime:
			return fmt.Sprintf("%s:%d", path.Base(frame.File), frame.Line)
		}
		if !more {
			return "unknown line"
		}
	}
}
