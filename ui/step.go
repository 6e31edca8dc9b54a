package ui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Step is one screen of the program. The shell calls every method on the
// goroutine of Update and View, so a step needs no locks.
type Step interface {
	// Title is one word for the rail, of at most twelve cells.
	Title() string
	// Enter is called each time the step comes on. The context is cancelled
	// when the step is left, in whichever direction.
	Enter(ctx context.Context) tea.Cmd
	// Update gets every message but the window's size, the background
	// colour and the keys the shell keeps for itself. A command returned
	// together with a move that ends the program is not run.
	Update(msg tea.Msg) (Move, tea.Cmd)
	// Escape closes the innermost open thing. It returns false when nothing
	// was open; the shell then goes back.
	Escape() bool
	// Typing says that a text field has the focus, so that letters and the
	// question mark belong to it.
	Typing() bool
	// View draws the body: at most height lines of at most width cells.
	// Whatever is larger is cut.
	View(width, height int) string
	// Keys lists what works now, most useful first.
	Keys() []key.Binding
}

type moveKind int

const (
	moveStay moveKind = iota
	moveNext
	moveBack
	moveQuit
	moveGoTo
	moveOpen
	moveClose
)

// Move is what a step or panel asks of the shell. It is a returned value and
// never a message, so that no late message can navigate. The zero value stays.
type Move struct {
	kind  moveKind
	index int
	panel Panel
	then  *Move
}

// Then makes one move after the other: Close().Then(Next()) closes a panel
// and goes a step on, GoTo(2).Then(Open(panel)) opens it over that step.
// Moves behind one that ends the program do nothing.
func (m Move) Then(next Move) Move {
	if m.then != nil {
		next = m.then.Then(next)
	}
	m.then = &next
	return m
}

// Stay remains on the step.
func Stay() Move { return Move{} }

// Stays reports whether a move leads nowhere.
func (m Move) Stays() bool { return m.kind == moveStay && m.then == nil }

// Next goes one step on; on the last step it finishes the program.
func Next() Move { return Move{kind: moveNext} }

// Back goes one step back; on the first step it asks whether to leave.
func Back() Move { return Move{kind: moveBack} }

// Quit leaves the program without asking.
func Quit() Move { return Move{kind: moveQuit} }

// GoTo enters the step at index, counted from zero; the current step is left
// and entered again. An index out of range is ignored.
func GoTo(index int) Move { return Move{kind: moveGoTo, index: index} }

// Open opens a panel over everything that is open. A panel that is open
// already, and nil, are ignored.
func Open(panel Panel) Move { return Move{kind: moveOpen, panel: panel} }

// Close closes the panel that returns it, and whatever was opened over that.
// Returned by a step it closes every panel.
func Close() Move { return Move{kind: moveClose} }

// CloseMany closes as many panels, from the one that returns it down.
func CloseMany(count int) Move {
	move := Close()
	for range count - 1 {
		move = move.Then(Close())
	}
	return move
}
