package ui

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// commandsIn lists the commands a message carries, as the runtime would run
// them.
func commandsIn(msg tea.Msg) []tea.Cmd {
	list := reflect.ValueOf(msg)
	if list.Kind() != reflect.Slice || list.Type().Elem() != commandType {
		return nil
	}
	var cmds []tea.Cmd
	for i := range list.Len() {
		if cmd := list.Index(i).Interface().(tea.Cmd); cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	return cmds
}

func TestProtectedCommandsStillMeanTheSame(t *testing.T) {
	one := func() tea.Msg { return 1 }
	two := func() tea.Msg { return 2 }
	want := reflect.TypeOf(tea.Sequence(one, two)())
	msg := protect("working", tea.Sequence(one, two))()
	if reflect.TypeOf(msg) != want {
		t.Fatalf("a sequence became a %T", msg)
	}
	var got []tea.Msg
	for _, cmd := range commandsIn(msg) {
		got = append(got, cmd())
	}
	if !reflect.DeepEqual(got, []tea.Msg{1, 2}) {
		t.Fatalf("its commands gave %v", got)
	}
	if protect("working", nil) != nil {
		t.Fatal("no command must stay no command")
	}
}

func TestAPanicNeverShowsItsValue(t *testing.T) {
	const canary = "dapi-CANARY"
	boom := func() { panic(canary) }
	places := map[string]func(*scripted) tea.Msg{
		"in Update": func(s *scripted) tea.Msg {
			s.answer = func(tea.Msg) (Move, tea.Cmd) { boom(); return Stay(), nil }
			return pressOf("x")
		},
		"in View": func(s *scripted) tea.Msg {
			s.draw = func() string { boom(); return "" }
			return pressOf("x")
		},
		"in a command": func(s *scripted) tea.Msg {
			s.answer = func(tea.Msg) (Move, tea.Cmd) { return Stay(), func() tea.Msg { boom(); return nil } }
			return pressOf("x")
		},
		"in a command of a batch of a sequence": func(s *scripted) tea.Msg {
			idle := func() tea.Msg { return nil }
			s.answer = func(tea.Msg) (Move, tea.Cmd) {
				inner := tea.Batch(idle, func() tea.Msg { boom(); return nil })
				return Stay(), tea.Sequence(inner, idle)
			}
			return pressOf("x")
		},
	}
	for where, arrange := range places {
		t.Run(where, func(t *testing.T) {
			shell, steps := newScripted(t, "one")
			_, cmd := shell.Update(arrange(steps[0]))
			for shell.Err() == nil && cmd != nil {
				_, cmd = shell.Update(firstFault(cmd()))
			}
			var fault *Fault
			if !errors.As(shell.Err(), &fault) || !quits(cmd) {
				t.Fatalf("error %v", shell.Err())
			}
			shown := shell.View().Content + fault.Error()
			if strings.Contains(shown, canary) || !strings.Contains(fault.At, "fault_test.go") {
				t.Fatalf("shown: %s", shown)
			}
			if steps[0].ctx.Err() == nil {
				t.Fatal("the step's context must end")
			}
		})
	}
}

// firstFault plays the runtime: it runs commands within a message until one
// reports a fault.
func firstFault(msg tea.Msg) tea.Msg {
	if _, ok := msg.(faultMsg); ok || msg == nil {
		return msg
	}
	for _, cmd := range commandsIn(msg) {
		if inner := firstFault(cmd()); inner != nil {
			return inner
		}
	}
	return nil
}

func TestAFaultEndsTheRealProgramCleanly(t *testing.T) {
	step := &scripted{title: "one", draw: func() string { panic("dapi-CANARY") }}
	shell := NewShell(t.Context(), []Step{step}, Options{Product: "Test"})
	var out bytes.Buffer
	program := tea.NewProgram(shell, tea.WithInput(nil), tea.WithOutput(&out), tea.WithoutSignals(), tea.WithWindowSize(80, 24))
	if _, err := program.Run(); err != nil {
		t.Fatalf("the runtime ended with %v instead of quitting", err)
	}
	if shell.Err() == nil || strings.Contains(out.String(), "CANARY") {
		t.Fatalf("error %v, output %q", shell.Err(), out.String())
	}
}
