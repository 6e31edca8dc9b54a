package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/pattern"
	"github.com/draftt-io/draftt-databricks/redact"
)

// radioOn leads the chosen one of few options, radioOff each of the others.
const (
	radioOn  = "(•) "
	radioOff = "( )"
)

// withRadio puts the sign of an option that is not chosen where the library
// leaves room for that of the chosen one.
func withRadio(line string) string {
	return strings.Replace(line, blanks(len(radioOff)+1)+radioOff, radioOff, 1)
}

// Huh is a field of the huh library as an Input of a Form.
//
// It is driven field by field rather than as a group or form of huh. Those
// move by messages that do not say whose they are, give every other message to
// a field twice, are blank once they are done, and take esc and ctrl+c for
// themselves. A single field needs no message at all: keys go in, the view
// comes out, and the commands it returns, which would make a cursor blink or
// leave the field, are dropped. Titles, options and descriptions that are
// functions therefore never load; whatever changes belongs into a field of the
// kit.
type Huh struct {
	theme   *Theme
	label   string
	field   huh.Field
	commit  func()                     // takes over what was held back; nil where nothing is
	ends    func(name string) bool     // an arrow that leads out of the field
	leap    func(name string) bool     // goes to either end of the field by a key that the field has not
	handle  func(tea.KeyPressMsg) bool // takes keys in place of the field; nil: it takes those it names
	typing  bool
	offered bool // the text is a proposal that nobody typed; see Propose
	focused bool
	mark    Mark
	note    string
	room    int // the width that the field was told
	sight   sight
}

// newHuh makes an input of a field without functions in it. Its texts are
// drawn as they are, so they must not come from elsewhere; an empty label
// leaves the whole width to the field and its own title.
func newHuh(theme *Theme, label string, field huh.Field) *Huh {
	field = field.WithTheme(huhTheme{theme}).WithKeyMap(huhKeys())
	field.Blur()
	return &Huh{theme: theme, label: label, field: field}
}

// Focus gives the field the keys.
func (h *Huh) Focus() {
	h.focused = true
	h.field.Focus()
}

// Blur takes the keys away, and takes over what was chosen.
func (h *Huh) Blur() {
	h.focused = false
	h.field.Blur()
	h.keep()
}

// keep takes over what was chosen; until then it only looked so.
func (h *Huh) keep() {
	if h.commit != nil {
		h.commit()
	}
}

// Focused reports whether the field has the keys.
func (h *Huh) Focused() bool { return h.focused }

// Typing says that the field takes text.
func (h *Huh) Typing() bool { return h.focused && h.typing }

// SetNote puts a line below the field; an empty text takes it away.
func (h *Huh) SetNote(mark Mark, text string) { h.mark, h.note = mark, text }

// Fault is what the field's own Validate says. The field only asks it when it
// is left, so it is left for a moment.
func (h *Huh) Fault() error {
	h.field.Blur()
	if h.focused {
		h.field.Focus()
	}
	return h.field.Error()
}

// Key hands the field the keys that it has a use for.
func (h *Huh) Key(msg tea.KeyPressMsg) bool {
	name := keyName(msg)
	switch {
	case !h.focused || name == "" && !h.typing:
		return false
	case h.handle != nil:
		return h.handle(msg)
	case h.ends != nil && h.ends(name):
		return false
	case h.leap != nil && h.leap(name):
		return true
	case !covers(h.field.KeyBinds(), name):
		return false
	}
	h.update(msg)
	return true
}

func (h *Huh) update(msg tea.Msg) {
	model, _ := h.field.Update(msg)
	h.field = model.(huh.Field)
}

// Paste hands a text field what a field of the kit would keep of it.
func (h *Huh) Paste(text string) {
	if h.Typing() {
		h.replace()
		h.update(tea.PasteMsg{Content: CleanPaste(text)})
	}
}

// View draws label, field and note within width cells.
func (h *Huh) View(width int) string {
	lead := labelled(h.theme, h.label, h.focused, width)
	column := cells(lead)
	if text, ok := h.field.(*huh.Input); ok {
		typed, _ := text.GetValue().(string)
		text.EchoMode(echoNow(typed))
	}
	room := max(1, width-column)
	if h.typing {
		room = fieldLimit + 2 // the field's own scrolling leaves room empty when text is deleted
	} else {
		room += len(radioOff) + 1 // which withRadio takes away again
	}
	if room != h.room {
		h.room, h.field = room, h.field.WithWidth(room)
	}
	if view, ok := h.proposal(width - column); ok {
		return lead + view + noteBelow(h.theme, h.mark, h.note, column, width)
	}
	lines := strings.Split(strings.TrimRight(h.field.View(), "\n "), "\n")
	for i, line := range lines {
		if !h.typing {
			line = withRadio(line)
		}
		lines[i] = cut(h.scrolled(strings.TrimRight(withCursor(line), " "), width-column), width-column)
	}
	return lead + strings.Join(lines, "\n"+blanks(column)) + noteBelow(h.theme, h.mark, h.note, column, width)
}

// scrolled is the part of a line that there is room for: with the cursor,
// unless a placeholder stands behind it or the field has not the keys.
func (h *Huh) scrolled(line string, width int) string {
	before, after, found := strings.Cut(line, cursorMark)
	text := strings.TrimRight(ansi.Strip(after), " ")
	switch {
	case found && before != "" || cells(text) >= width && found:
		left := []rune(ansi.Strip(before))
		return h.sight.show(append(left, []rune(text)...), len(left), width)
	case cells(strings.TrimRight(ansi.Strip(line), " ")) <= width:
		return ansi.Truncate(line, width, "") // without the sign of a cut: only blanks are
	}
	return line
}

// echoNow shows no more than the length of a secret, nor, while sharing, of
// anything: half a name has no alias.
func echoNow(typed string) huh.EchoMode {
	if sharing() == nil && !redact.Holds(typed) {
		return huh.EchoModeNormal
	}
	return huh.EchoModePassword
}

// cursorSign is a colour that nothing else has. The text input of huh paints
// its cursor, and only by this colour the place is found again where the
// terminal's own cursor belongs, which screen readers and input methods follow.
const cursorSign = "#010203"

var paintedCursor = pattern.New("\x1b\\[[0-9;]*38;2;1;2;3m(.*?)\x1b\\[m")

// withCursor puts the mark of the terminal's cursor where one is painted.
func withCursor(line string) string {
	return paintedCursor().ReplaceAllString(line, cursorMark+"$1")
}

// huhTheme draws huh in the colours of the kit. The library asks for its
// styles once for every piece of text, so they are made once and kept until
// the background changes.
type huhTheme struct{ theme *Theme }

// Theme gives the styles.
func (t huhTheme) Theme(bool) *huh.Styles {
	if t.theme.huh == nil {
		t.theme.huh = huhStyles(t.theme)
	}
	return t.theme.huh
}

func huhStyles(t *Theme) *huh.Styles {
	plain, styles := lipgloss.NewStyle(), huh.Styles{}
	focused := huh.FieldStyles{
		Title: t.Title, Description: t.Faint, ErrorMessage: t.Bad,
		SelectSelector: t.Accent.SetString(radioOn), SelectedOption: t.Selected, UnselectedOption: plain.SetString(radioOff),
		TextInput: huh.TextInputStyles{Placeholder: t.Faint, Cursor: plain.Foreground(lipgloss.Color(cursorSign))},
	}
	blurred := focused
	blurred.SelectSelector, blurred.SelectedOption = plain.SetString(radioOn), plain
	styles.Focused, styles.Blurred = focused, blurred
	return &styles
}

// huhKeys are the keys of the kit. What leaves a field, submits or quits is
// the form's and the shell's, so it has no key here; filters would take esc.
func huhKeys() *huh.KeyMap {
	bind := func(names ...string) key.Binding { return key.NewBinding(key.WithKeys(names...)) }
	up, down := bind("up", "ctrl+p"), bind("down", "ctrl+n")
	return &huh.KeyMap{
		Select: huh.SelectKeyMap{Up: up, Down: down, Left: bind("left"), Right: bind("right")},
	}
}
