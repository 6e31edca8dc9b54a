package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// sight is the part of a line of text that there is room for. It follows the
// text: whatever is done to it, no room stays empty while some of it is hidden.
type sight struct{ left int } // the first character in sight

// show draws as much of a text as fits into width cells, with the cursor in
// front of the character at at. A sign tells that something stands before it.
func (s *sight) show(text []rune, at, width int) string {
	s.scroll(text, at, width)
	before := string(text[s.left:at])
	room := max(0, width-cells(before))
	if s.left > 0 && at > s.left {
		first := string(text[s.left])
		before = "…" + blanks(cells(first)-1) + strings.TrimPrefix(before, first)
	}
	return before + cursorMark + ansi.Truncate(string(text[at:]), room, "")
}

// scroll moves it so that the cursor, which needs a cell of its own behind the
// last character, is inside it.
func (s *sight) scroll(text []rune, at, width int) {
	s.left = max(0, min(s.left, at))
	for s.left > 0 && cells(string(text[s.left-1:])) < width {
		s.left--
	}
	for s.left < at && cells(string(text[s.left:at])) >= width {
		s.left++
	}
}
