package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// held is a value that is taken over only when it is meant: a list of huh
// writes what it holds at every row that is passed.
type held[T any] struct {
	value *T
	now   T
}

// Get is what the field shows.
func (h *held[T]) Get() T { return h.now }

// Set is called by the field.
func (h *held[T]) Set(value T) { h.now = value }

// HuhOption is one of few things to choose from.
type HuhOption[T comparable] struct {
	Text  string
	Value T
}

// NewHuhSelect makes a choice of one among few options, all in sight. *value
// is the one to begin with, and is set when the field is left or the form is
// submitted. At either end an arrow leads out of it.
func NewHuhSelect[T comparable](theme *Theme, label string, value *T, options ...HuhOption[T]) *Huh {
	choice := &held[T]{value: value, now: *value}
	list := make([]huh.Option[T], len(options))
	values := make([]T, len(options))
	for i, option := range options {
		list[i], values[i] = huh.NewOption(Clean(option.Text), option.Value), option.Value
	}
	if !slices.Contains(values, choice.now) && len(values) > 0 {
		choice.now = values[0]
	}
	h := newHuh(theme, label, huh.NewSelect[T]().Accessor(choice).Options(list...))
	h.commit = func() { *choice.value = choice.now }
	h.ends = func(name string) bool {
		at := slices.Index(values, choice.now)
		return (name == "up" || name == "ctrl+p") && at <= 0 || (name == "down" || name == "ctrl+n") && at == len(values)-1
	}
	h.leap = func(name string) bool {
		arrow, leaps := map[string]rune{"home": tea.KeyUp, "pgup": tea.KeyUp, "end": tea.KeyDown, "pgdown": tea.KeyDown}[name]
		for leaps && !h.ends(tea.KeyPressMsg{Code: arrow}.String()) {
			h.update(tea.KeyPressMsg{Code: arrow})
		}
		return leaps
	}
	return h
}

// NewHuhText makes a line of text for what is no secret: a name, a folder, a
// word that confirms. *text is what it begins with, and is set as by
// NewHuhSelect, without blanks around it.
func NewHuhText(theme *Theme, label, placeholder string, text *string) *Huh {
	typed := &held[string]{value: text, now: CleanPaste(*text)}
	h := newHuh(theme, label, huh.NewInput().Prompt("").Placeholder(placeholder).CharLimit(fieldLimit).Accessor(typed))
	h.typing = true
	h.commit = func() { *typed.value = strings.TrimSpace(typed.now) }
	h.handle = h.edit
	return h
}

// edits are the editing keys of a text. Neither the clipboard, which on another
// machine is the wrong one, nor deleting the next word, where the library can
// panic, is among them.
var edits = func() []key.Binding {
	k := textinput.DefaultKeyMap()
	return []key.Binding{
		k.CharacterForward, k.CharacterBackward, k.WordForward, k.WordBackward, k.DeleteWordBackward, k.DeleteAfterCursor,
		k.DeleteBeforeCursor, k.DeleteCharacterBackward, k.DeleteCharacterForward, k.LineStart, k.LineEnd,
	}
}()

// edit types the way of a paste, so that text is never taken for the name of a
// key.
func (h *Huh) edit(msg tea.KeyPressMsg) bool {
	if text := typedText(msg); text != "" {
		h.replace()
		h.update(tea.PasteMsg{Content: text})
		return true
	}
	name := keyName(msg)
	if !covers(edits, name) {
		return false
	}
	if name == "backspace" || name == "delete" {
		h.replace()
	}
	h.offered = false
	h.update(msg)
	return true
}

// Propose says that the text which the field begins with is not what the person
// typed here. It is drawn and treated as a selected text is: what is typed or pasted replaces it,
// and a key that moves keeps it.
func (h *Huh) Propose() *Huh {
	typed, _ := h.field.GetValue().(string)
	h.offered = h.typing && typed != ""
	return h
}

// replace takes a proposal away.
func (h *Huh) replace() {
	if h.offered {
		h.offered = false
		h.update(tea.KeyPressMsg{Code: tea.KeyEnd})
		h.update(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	}
}

// What is said beside a proposal, and where there is less room.
const (
	replaces      = "  typing replaces it"
	replacesShort = "  type over it"
)

// proposal draws one, false where there is none. That typing replaces it is always said: reverse video alone would not tell.
func (h *Huh) proposal(width int) (string, bool) {
	typed, _ := h.field.GetValue().(string)
	if !h.offered || !h.focused {
		return "", false
	}
	if echoNow(typed) != huh.EchoModeNormal {
		typed = strings.Repeat("*", cells(typed)) // as huh draws what is not to be read
	}
	note := replaces
	if cells(typed)+cells(note) >= width {
		note = replacesShort
	}
	typed = cut(typed, max(1, width-cells(note)-1))
	view := lipgloss.NewStyle().Reverse(true).Render(typed) + cursorMark + h.theme.Faint.Render(note)
	return view, true
}
