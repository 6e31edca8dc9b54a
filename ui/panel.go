package ui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Panel is what stands open over a step or over another panel: a sign-in, a
// plan, a page. The shell keeps a stack of them and calls every method on the
// goroutine of Update and View. A panel is known by its address, so it is a
// pointer; opening one that is open already does nothing.
type Panel interface {
	// Enter is called once each time the panel opens. The context is
	// cancelled when it closes, before those of whatever stands below it.
	Enter(ctx context.Context) tea.Cmd
	// Update gets keys and pastes while nothing stands over the panel, and
	// every other message always. Its Close closes this very panel and what
	// stands over it; a move that leaves the step closes them all.
	Update(msg tea.Msg) (Move, tea.Cmd)
	// View draws the panel in place of the step: at most height lines of at
	// most width cells.
	View(width, height int) string
	// Keys lists what works now, most useful first. The shell adds help and
	// esc where they are not among them.
	Keys() []key.Binding
	// Typing says that a text field has the focus.
	Typing() bool
	// Escape closes something within the panel. It returns false when nothing
	// was open within; the shell then closes the panel.
	Escape() bool
}

// Leaver is a panel or step that says itself in a word what esc does now, where
// that is not to close the one or to go back from the other; empty where it is.
type Leaver interface {
	Leaves() string
}

// Opener is a step or panel that has a panel over it from the beginning. The
// shell asks once, right after Enter; nil opens nothing.
type Opener interface {
	Opening() Panel
}

// Helper is a step or panel with something to look up on the help page, below
// the keys: a title, and a text within width cells.
type Helper interface {
	Helps(width int) (title, text string)
}
