package console

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Style paints with the sixteen colours of the terminal, which its owner has chosen to be readable on light or dark. The zero one leaves
// every text as it is.
type Style struct{ Colour bool }

// The numbers of ANSI escapes.
const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

func (s Style) paint(text, number string) string {
	if !s.Colour || text == "" {
		return text
	}
	return "\x1b[" + number + "m" + text + "\x1b[0m"
}

// Title paints a heading.
func (s Style) Title(text string) string { return s.paint(text, bold) }

// Bad paints the name of what went wrong.
func (s Style) Bad(text string) string { return s.paint(text, bold+";"+red) }

// marks are what a line may begin with, and their colours. Each says the same without one.
var marks = map[string]string{"✓": green, "✗": red, "!": yellow, "?": yellow, "·": faint}

var lineMark = pattern.New(`(?m)^( *)([✓✗!?·])( )`)

// Marks paints the marks that lines begin with.
func (s Style) Marks(text string) string {
	if !s.Colour {
		return text
	}
	return lineMark().ReplaceAllStringFunc(text, func(found string) string {
		mark := strings.Trim(found, " ")
		before, after, _ := strings.Cut(found, mark)
		return before + s.paint(mark, marks[mark]) + after
	})
}
