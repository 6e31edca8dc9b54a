package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/redact"
)

const (
	// labelColumn is where the values of fields, choices and secrets start.
	labelColumn = 17
	fieldLimit  = 2048
)

// Field is a labelled text input on one line with a note below it.
type Field struct {
	theme       *Theme
	label       string
	placeholder string
	input       textinput.Model
	sight       sight
	mark        Mark
	note        string
	hint        string
}

// NewField makes an empty field without the focus.
func NewField(theme *Theme, label, placeholder string) *Field {
	input := textinput.New()
	input.SetVirtualCursor(false)
	input.CharLimit = fieldLimit
	// The terminal's own paste arrives as a message. Reading the clipboard by
	// running helper programs, which this key would do, reaches the wrong
	// machine over SSH.
	input.KeyMap.Paste.SetEnabled(false)
	return &Field{theme: theme, label: label, placeholder: placeholder, input: input}
}

// Value is the text without blanks around it.
func (f *Field) Value() string { return strings.TrimSpace(f.input.Value()) }

// SetValue replaces the text, cleaned as pasted text is, and puts the cursor
// at its end.
func (f *Field) SetValue(text string) {
	f.input.SetValue(CleanPaste(text))
	f.input.CursorEnd()
}

// Focus gives the field the cursor.
func (f *Field) Focus() { f.input.Focus() }

// Blur takes the cursor away.
func (f *Field) Blur() { f.input.Blur() }

// Focused reports whether the field has the cursor.
func (f *Field) Focused() bool { return f.input.Focused() }

// Typing says that letters are text: wherever the field has the cursor.
func (f *Field) Typing() bool { return f.Focused() }

// Fault is nil: a text can be anything.
func (f *Field) Fault() error { return nil }

// SetNote puts a line below the field; an empty text takes it away.
func (f *Field) SetNote(mark Mark, text string) { f.mark, f.note = mark, text }

// SetHint puts one more line below the field and its note, for advice that
// needs no answer; an empty text takes it away.
func (f *Field) SetHint(text string) { f.hint = text }

// Key handles a key press and reports whether the field used it: text, the
// usual editing keys, and neither enter nor tab nor up and down.
func (f *Field) Key(msg tea.KeyPressMsg) bool {
	if !f.Focused() {
		return false
	}
	if text := typedText(msg); text != "" {
		f.insert(text)
		return true
	}
	if !f.edits(msg) {
		return false
	}
	if key.Matches(msg, f.input.KeyMap.DeleteWordForward) && f.input.Position() == len([]rune(f.input.Value()))-1 {
		msg = tea.KeyPressMsg{Code: tea.KeyDelete} // the library looks for the word's end behind the last character, and panics
	}
	f.input, _ = f.input.Update(msg)
	return true
}

// insert goes the way of a paste, so that text is never taken for the name of
// a key.
func (f *Field) insert(text string) {
	f.input, _ = f.input.Update(tea.PasteMsg{Content: text})
}

func (f *Field) edits(msg tea.KeyPressMsg) bool {
	k := f.input.KeyMap
	return keyName(msg) != "" && key.Matches(msg,
		k.CharacterForward, k.CharacterBackward, k.WordForward, k.WordBackward,
		k.DeleteWordBackward, k.DeleteWordForward, k.DeleteAfterCursor, k.DeleteBeforeCursor,
		k.DeleteCharacterBackward, k.DeleteCharacterForward, k.LineStart, k.LineEnd)
}

// Paste inserts pasted text at the cursor, without blanks around it, line
// breaks or invisible characters. It never submits anything.
func (f *Field) Paste(text string) {
	if f.Focused() {
		f.insert(CleanPaste(text))
	}
}

// View draws label, value and note within width cells.
func (f *Field) View(width int) string {
	lead := labelled(f.theme, f.label, f.Focused(), width)
	room := width - cells(lead)
	return lead + f.value(room) + noteBelow(f.theme, f.mark, f.note, cells(lead), width) +
		noteBelow(f.theme, MarkNone, f.hint, cells(lead), width)
}

func (f *Field) value(width int) string {
	value := []rune(shownTyped(f.input.Value()))
	switch {
	case redact.Holds(f.input.Value()): // nobody edits the middle of what they cannot see
		return f.concealed(width)
	case len(value) == 0 && f.Focused():
		return cursorMark + f.theme.Faint.Render(cut(f.placeholder, width))
	case len(value) == 0:
		return f.theme.Faint.Render(cut(f.placeholder, width))
	case !f.Focused():
		return cut(string(value), width)
	}
	return f.sight.show(value, f.input.Position(), width)
}

// concealed draws a text that holds a secret, the cursor behind it.
func (f *Field) concealed(width int) string {
	text := redact.Text(f.input.Value())
	if !redact.Holds(f.input.Value()) || text == f.input.Value() {
		text = redact.Mask // by its place in an input alone
	}
	if !f.Focused() {
		return cut(shownTyped(text), width)
	}
	return tail(shownTyped(text), width-1) + cursorMark
}

// labelled is the column in front of a value, narrower where there is little
// room.
func labelled(theme *Theme, label string, focused bool, width int) string {
	if label == "" {
		return ""
	}
	column := min(labelColumn, max(0, width/3))
	style := theme.Label
	if focused {
		style = theme.Selected
	}
	return padRight(style.Render(cut(label, column-1)), column)
}

// noteBelow is a note on the lines under a value, with the break before it.
func noteBelow(theme *Theme, mark Mark, note string, column, width int) string {
	if note == "" {
		return ""
	}
	lead := ""
	if mark != MarkNone {
		lead = theme.Mark(mark) + " "
	}
	text := strings.Split(indent(lead, theme.Faint.Render(Clean(note)), width-column), "\n")
	return "\n" + blanks(column) + strings.Join(text, "\n"+blanks(column))
}
