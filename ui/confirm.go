package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Confirm asks a question that enter accepts and esc declines. A step closes
// it in its Escape.
type Confirm struct {
	theme    *Theme
	question string
	accept   string
	decline  string
	open     bool
}

// NewConfirm makes a closed question.
func NewConfirm(theme *Theme) *Confirm { return &Confirm{theme: theme} }

// Ask opens the question. accept and decline say what enter and esc do:
// "start and go on", "choose another".
func (c *Confirm) Ask(question, accept, decline string) {
	*c = Confirm{theme: c.theme, question: question, accept: accept, decline: decline, open: true}
}

// Open reports whether the question is on the screen.
func (c *Confirm) Open() bool { return c.open }

// Close takes the question away without an answer and reports whether there
// was one, as a step's Escape wants to know.
func (c *Confirm) Close() bool {
	wasOpen := c.open
	c.open = false
	return wasOpen
}

// Key handles a key press while the question is open: enter accepts and
// closes it. Every other key is used up, so that nothing below moves.
func (c *Confirm) Key(msg tea.KeyPressMsg) (accepted, used bool) {
	if !c.open {
		return false, false
	}
	if keyName(msg) == "enter" {
		c.open = false
		return true, true
	}
	return false, true
}

// Keys are the two answers, for the footer.
func (c *Confirm) Keys() []key.Binding {
	return []key.Binding{Bind(c.accept, "enter"), Bind(c.decline, "esc")}
}

// View draws the question within width cells, nothing when it is closed. Its
// answers stand in the footer.
func (c *Confirm) View(width int) string {
	if !c.open {
		return ""
	}
	return Wrap(c.theme.Title.Render(c.question), width)
}
