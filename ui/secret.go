package ui

import (
	"errors"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/redact"
	"github.com/draftt-io/draftt-databricks/words"
)

// SecretLimit is how many bytes a secret may have.
const SecretLimit = 4096

// SecretField takes a secret and never draws a character of it, nor a mask
// that grows with its length. The bytes are held behind a function, so that
// printing or encoding a value that contains the field shows none of them.
type SecretField struct {
	theme       *Theme
	label       string
	placeholder string
	held        func() []byte // nil when empty
	length      int           // in characters
	focused     bool
	blanks      bool // a passphrase may have blanks inside
	complete    bool // left with something in it: the next character starts anew
	problem     string
	notice      string
	mark        Mark
	note        string
	hint        string
}

// NewSecretField makes an empty field without the focus.
func NewSecretField(theme *Theme, label, placeholder string) *SecretField {
	return &SecretField{theme: theme, label: label, placeholder: placeholder}
}

// Len is the number of characters received.
func (f *SecretField) Len() int { return f.length }

// Bytes is a copy of the secret, nil when there is none.
func (f *SecretField) Bytes() []byte {
	if f.held == nil {
		return nil
	}
	return append([]byte(nil), f.held()...)
}

// Problem says why what was typed or pasted was not accepted: "has a space at
// position 5". It is empty when all is well.
func (f *SecretField) Problem() string { return f.problem }

// Notice says what was dropped from accepted text, for example blanks around
// it.
func (f *SecretField) Notice() string { return f.notice }

// Fault is Problem as an error, nil when all is well.
func (f *SecretField) Fault() error {
	if f.problem == "" {
		return nil
	}
	return errors.New("What was entered " + f.problem + ".")
}

// Typing says that letters are text: wherever the field has the cursor.
func (f *SecretField) Typing() bool { return f.focused }

// SetNote puts a line below the field, where that does not say itself what is
// wrong; an empty text takes it away.
func (f *SecretField) SetNote(mark Mark, text string) { f.mark, f.note = mark, text }

// SetHint puts one more line below the field, for advice that needs no
// answer; an empty text takes it away.
func (f *SecretField) SetHint(text string) { f.hint = text }

// SetLabel replaces label and placeholder.
func (f *SecretField) SetLabel(label, placeholder string) {
	f.label, f.placeholder = label, placeholder
}

// AllowBlanks lets a passphrase have blanks between its words.
func (f *SecretField) AllowBlanks() { f.blanks = true }

// Clear forgets the secret, overwriting the field's own copy.
func (f *SecretField) Clear() {
	if f.held != nil {
		clear(f.held())
	}
	f.held, f.length, f.complete = nil, 0, false
	f.problem, f.notice = "", ""
}

// Focus gives the field the cursor.
func (f *SecretField) Focus() { f.focused = true }

// Blur takes the cursor away. What is typed after coming back starts anew,
// because nobody can edit the middle of what they cannot see.
func (f *SecretField) Blur() {
	f.focused = false
	f.complete = f.length > 0
}

// Focused reports whether the field has the cursor.
func (f *SecretField) Focused() bool { return f.focused }

// Key handles a key press and reports whether the field used it: characters,
// backspace, and ctrl+u and ctrl+w, which clear.
func (f *SecretField) Key(msg tea.KeyPressMsg) bool {
	if !f.focused {
		return false
	}
	switch keyName(msg) {
	case "backspace", "ctrl+h":
		f.erase()
		return true
	case "ctrl+u", "ctrl+w", "alt+backspace":
		f.Clear()
		return true
	}
	text := typedText(msg)
	if text == "" {
		return false
	}
	if f.complete {
		f.Clear()
	}
	f.accept(append(f.Bytes(), text...), false)
	return true
}

// Paste replaces the secret by pasted text. Blanks and line breaks around it
// and invisible characters are dropped, with a notice; text that cannot be a
// secret is refused, with a problem, and nothing is held.
func (f *SecretField) Paste(text string) {
	if !f.focused {
		return
	}
	f.Clear()
	f.accept([]byte(text), true)
}

func (f *SecretField) erase() {
	if f.complete {
		f.Clear()
		return
	}
	kept := f.Bytes()
	_, size := utf8.DecodeLastRune(kept)
	f.hold(kept[:len(kept)-size])
	f.problem, f.notice = "", ""
}

// accept holds what a check lets through. A typed character that is refused
// leaves what was there before it.
func (f *SecretField) accept(raw []byte, trim bool) {
	kept, notice, problem := checkSecret(raw, trim, f.blanks)
	f.problem, f.notice = problem, notice
	if problem == "" {
		f.hold(kept)
	}
	clear(raw)
}

func (f *SecretField) hold(bytes []byte) {
	if f.held != nil {
		clear(f.held())
	}
	f.held, f.length = nil, utf8.RuneCount(bytes)
	if len(bytes) > 0 {
		f.held = func() []byte { return bytes }
	}
}

// View draws label, mask and, below, the problem or notice within width cells.
func (f *SecretField) View(width int) string {
	lead := labelled(f.theme, f.label, f.focused, width)
	column := cells(lead)
	mark, note := MarkNone, f.notice
	switch {
	case f.problem != "":
		mark, note = MarkFail, "What was entered "+f.problem+"."
	case f.note != "":
		mark, note = f.mark, f.note
	}
	return lead + f.value(width-column) + noteBelow(f.theme, mark, note, column, width) +
		noteBelow(f.theme, MarkNone, f.hint, column, width)
}

func (f *SecretField) value(width int) string {
	cursor := ""
	if f.focused {
		cursor = cursorMark
	}
	if f.length == 0 {
		return cursor + f.theme.Faint.Render(cut(f.placeholder, width))
	}
	received := "  " + words.Count(f.length, "character") + " received"
	return cut(redact.Mask+cursor+f.theme.Faint.Render(received), width)
}
