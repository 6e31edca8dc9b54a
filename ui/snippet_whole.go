package ui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Press is Key for a snippet of a panel or of a step with a stack of panels:
// v opens the text as a panel of its own.
func (s *Snippet) Press(msg tea.KeyPressMsg) (used bool, move Move, cmd tea.Cmd) {
	if keyName(msg) == "v" {
		return true, Open(s.whole()), nil
	}
	used, cmd = s.Key(msg)
	return used, Stay(), cmd
}

// whole is a snippet alone on the screen: every line from the left edge of the
// window, so that a mouse selects the text and nothing else.
type whole struct{ *Snippet }

// whole is a copy, so that the text keeps still while somebody selects it.
func (s *Snippet) whole() whole {
	alone := NewSnippet(s.theme, s.text, s.filename)
	alone.copier, alone.folder, alone.plain = s.copier, s.folder, true
	return whole{alone}
}

// Enter has nothing to begin.
func (w whole) Enter(context.Context) tea.Cmd { return nil }

// Update scrolls, copies and saves.
func (w whole) Update(msg tea.Msg) (Move, tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		w.Take(msg)
		return Stay(), nil
	case keyName(press) == "v":
		return Close(), nil
	}
	_, cmd := w.Key(press)
	return Stay(), cmd
}

// Keys are those of the snippet.
func (w whole) Keys() []key.Binding { return w.Snippet.Keys() }

// Typing is false: all letters are keys.
func (w whole) Typing() bool { return false }

// Escape has nothing to close within.
func (w whole) Escape() bool { return false }
