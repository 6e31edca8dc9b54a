package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

const (
	radioOn  = "(•) "
	radioOff = "( ) "
)

// Choice is a labelled choice of one among few options, all in sight.
type Choice struct {
	theme      *Theme
	label      string
	options    []string
	selected   int
	focused    bool
	horizontal bool
}

// NewChoice makes a vertical choice with the first option selected.
func NewChoice(theme *Theme, label string, options ...string) *Choice {
	return &Choice{theme: theme, label: label, options: options}
}

// SetHorizontal puts the options side by side where they fit.
func (c *Choice) SetHorizontal(on bool) { c.horizontal = on }

// SetOptions replaces the options and selects the first.
func (c *Choice) SetOptions(options ...string) { c.options, c.selected = options, 0 }

// Focus gives the choice the keys.
func (c *Choice) Focus() { c.focused = true }

// Blur takes the keys away.
func (c *Choice) Blur() { c.focused = false }

// Focused reports whether the choice has the keys.
func (c *Choice) Focused() bool { return c.focused }

// Selected is the index of the selected option.
func (c *Choice) Selected() int { return c.selected }

// Select selects the option at index; an index without an option is ignored.
func (c *Choice) Select(index int) {
	if index >= 0 && index < len(c.options) {
		c.selected = index
	}
}

// Key handles a key press and reports whether the choice used it. Arrows
// move; at either end they are left to the step, which may move the focus.
// Space goes round.
func (c *Choice) Key(msg tea.KeyPressMsg) bool {
	if !c.focused || len(c.options) == 0 {
		return false
	}
	before := c.selected
	switch keyName(msg) {
	case "up", "left", "ctrl+p":
		c.Select(c.selected - 1)
	case "down", "right", "ctrl+n":
		c.Select(c.selected + 1)
	case "space":
		c.selected = (c.selected + 1) % len(c.options)
		return true
	}
	return c.selected != before
}

// View draws label and options within width cells.
func (c *Choice) View(width int) string {
	lead := labelled(c.theme, c.label, c.focused, width)
	column := cells(lead)
	drawn := make([]string, len(c.options))
	for i, option := range c.options {
		drawn[i] = cut(c.option(i, Clean(option)), width-column)
	}
	if c.horizontal {
		line := strings.Join(drawn, blanks(gap))
		if cells(line) <= width-column {
			return lead + line
		}
	}
	return lead + strings.Join(drawn, "\n"+blanks(column))
}

func (c *Choice) option(i int, text string) string {
	switch {
	case i != c.selected:
		return radioOff + text
	case c.focused:
		return c.theme.Selected.Render(radioOn + text)
	}
	return radioOn + text
}
