package ui

import (
	"strings"
	"sync/atomic"

	"charm.land/bubbles/v2/key"

	"github.com/draftt-io/draftt-databricks/redact"
)

// shareKey turns share mode on and off, in fields too.
const shareKey = "ctrl+s"

// shareBadge stands in the header and in the window's title while the screen
// is shared.
const shareBadge = "SHARING"

// Aliases are how a program shows its texts while somebody else looks on. All
// functions must be safe for use by several goroutines.
type Aliases struct {
	// Sharing reports whether aliases are shown now; Share turns that on or
	// off.
	Sharing func() bool
	Share   func(on bool)
	// Text puts aliases in place of the values within a text.
	Text func(text string) string
	// Name gives the alias of a known name that stands alone and treats any
	// other text as Text does; Value gives an alias to whatever it is given.
	Name, Value func(text string) string
}

var aliases atomic.Pointer[Aliases]

// UseAliases gives the kit its share mode. Without it there is none.
func UseAliases(a *Aliases) { aliases.Store(a) }

// sharing gives the aliases to show, nil while nobody looks on.
func sharing() *Aliases {
	if a := aliases.Load(); a != nil && a.Sharing() {
		return a
	}
	return nil
}

// shown is a text as it may be drawn now: never with a secret. Everything that
// is measured or drawn goes through it, so that what is measured is what is
// drawn.
func shown(text string) string {
	text = redact.Text(text)
	if a := sharing(); a != nil {
		return a.Text(text)
	}
	return text
}

// Shown is a text as it may be shown now, for what the kit does not draw
// itself.
func Shown(text string) string { return shown(text) }

// shownName is a name that stands alone, as it may be drawn now.
func shownName(text string) string {
	text = redact.Text(text)
	if a := sharing(); a != nil {
		return a.Name(text)
	}
	return text
}

// ShownName is a name that stands alone, cleaned, as it may be drawn now, for what the kit does not draw itself.
func ShownName(text string) string { return Clean(shownName(text)) }

// shownCell is a value of a table, as it may be drawn now.
func shownCell(text string) string {
	text = redact.Text(text)
	if a := sharing(); a != nil {
		return a.Value(text)
	}
	return text
}

// shownTyped is what a person is typing, a secret in it masked. While sharing
// it may be half of a name, which nothing could know, so only its length
// shows.
func shownTyped(text string) string {
	text = redact.Text(text)
	if sharing() == nil {
		return text
	}
	return strings.Repeat("•", len([]rune(text)))
}

// unveilQuestion is asked before real names come back, in front of whoever
// looks on. Enter, which fingers press by themselves, is not the answer.
const unveilQuestion = "Real names? y shows them · other keys keep aliases"

// share turns share mode on, or asks whether to turn it off: who looks on may
// still be there.
func (s *Shell) share() {
	if a := aliases.Load(); a != nil {
		s.theme.Notice = ""
		s.unveiling = a.Sharing()
		a.Share(true)
	}
}

// unveil takes the answer of a person who was asked whether to show real names.
func (s *Shell) unveil(name string) {
	s.unveiling = false
	if a := aliases.Load(); a != nil && name == "y" {
		a.Share(false)
	}
}

// shareHint is the key for the help page.
func shareHint() []key.Binding {
	switch {
	case aliases.Load() == nil:
		return nil
	case sharing() != nil:
		return []key.Binding{Bind("show real names again", shareKey)}
	}
	return []key.Binding{Bind("share the screen: names become aliases", shareKey)}
}

// withRealNames says what the clipboard holds while the screen shows aliases,
// and realNamesInFile the same of a file.
func withRealNames() string {
	if sharing() == nil {
		return ""
	}
	return " It was copied with real names."
}

func realNamesInFile() string {
	if sharing() == nil {
		return ""
	}
	return " The file holds real names."
}

// withShare adds the word that says that names are aliases.
func withShare(badge, separator string) string {
	switch {
	case sharing() == nil:
		return badge
	case badge == "":
		return shareBadge
	}
	return badge + separator + shareBadge
}
