package ui

import (
	"reflect"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/contain"
)

// Fault is a panic that was stopped.
type Fault = contain.Fault

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
		if fault := contain.Run(during, func() { msg = cmd() }); fault != nil {
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
