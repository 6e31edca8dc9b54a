package sift

import (
	"slices"
	"strings"
)

// column is one text of every row, and the same in lower case. It takes no
// room while no row has that text.
type column struct {
	text, low []string
}

func (c *column) grow(length int) {
	c.text = slices.Grow(c.text, length-len(c.text))[:length]
	c.low = slices.Grow(c.low, length-len(c.low))[:length]
}

func (c *column) set(at, length int, text string) {
	if text == "" && c.text == nil {
		return
	}
	if c.text == nil {
		c.grow(length)
	}
	c.text[at], c.low[at] = text, strings.ToLower(text)
}

// has reports whether the text of a row contains a piece.
func (c *column) has(index int32, piece string) bool {
	return c.low != nil && strings.Contains(c.low[index], piece)
}
