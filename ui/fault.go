package ui

import (
	"fmt"
	"path"
	"reflect"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Fault is a panic that was stopped. It names what ran and the line of code,
// and deliberately not the panic's value: that may hold what a person typed.
type Fault struct {
	During string // what ran, for example "drawing step 2"
	At     string // file and line, for example "order.go:120"
}

// Error gives one constant sentence and the line of code.
func (f *Fault) Error() string {
	return fmt.Sprintf("a fault in the program while %s (%s)", f.During, f.At)
}

// guard runs fn and turns a panic into a Fault.
func guard(during string, fn func()) (fault *Fault) {
	defer func() {
		if recover() != nil {
			fault = &Fault{During: during, At: panicLine()}
		}
	}()
	fn()
	return nil
}

// panicLine finds the line that panicked. It must be called by the deferred
// function that recovers, while the broken frames are still on the stack.
func panicLine() string {
	var pcs [32]uintptr
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

// faultMsg carries a fault from a command's goroutine to the shell.
type faultMsg struct{ fault *Fault }

var commandType = reflect.TypeFor[tea.Cmd]()

// protect keeps a command's panic from the runtime, which would print its
// value. A command may give more commands (tea.Batch, tea.Sequence); those
// are protected too. The type of a sequence is not exported, hence reflect.
func protect(during string, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		if fault := guard(during, func() { msg = cmd() }); fault != nil {
			return faultMsg{fault}
		}
		list := reflect.ValueOf(msg)
		if msg == nil || list.Kind() != reflect.Slice || list.Type().Elem() != commandType {
			return msg
		}
		safe := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
		for i := range list.Len() {
			inner := list.Index(i).Interface().(tea.Cmd)
			safe.Index(i).Set(reflect.ValueOf(protect(during, inner)))
		}
		return safe.Interface()
	}
}
