package ui

import (
	"fmt"
	"slices"
	"strings"
)

// The bar beside rows of which only some are in sight.
const (
	barWidth = 2 // a blank and the bar
	barTrack = "│"
	barThumb = "┃"
)

// scroll is how far a body is scrolled that is taller than the window. Steps
// and panels fit lists and pages into the room themselves; what is left over
// is seen with the paging keys, so that nothing is out of reach.
type scroll struct {
	top, room, hidden int
	paged             bool // by hand, so that the cursor need not be in sight
}

// press moves by what is in sight, where something is hidden, and reports
// whether the key was for that.
func (s *scroll) press(name string) bool {
	by := map[string]int{"pgup": -s.room, "pgdown": s.room}[name]
	s.paged = by != 0 && s.hidden > 0
	if s.paged {
		s.top = max(0, min(s.top+by, s.hidden))
	}
	return s.paged
}

// show cuts a body to height lines, and says in the last of them which they
// are.
func (s *scroll) show(theme *Theme, body string, height int) []string {
	lines := strings.Split(strings.TrimRight(body, "\n"), "\n")
	if len(lines) <= height || height < 2 {
		*s = scroll{}
		return lines[:min(len(lines), max(0, height))]
	}
	s.room = height - 1
	s.hidden = len(lines) - s.room
	if at := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, cursorMark) }); at >= 0 && !s.paged {
		s.top = max(min(s.top, at), at-s.room+1)
	}
	s.top = max(0, min(s.top, s.hidden))
	where := fmt.Sprintf("%d–%d of %d lines · pgup and pgdown show the rest", s.top+1, s.top+s.room, len(lines))
	return append(slices.Clone(lines[s.top:s.top+s.room]), theme.Faint.Render(where))
}

// withBar puts a bar to the right of lines, which are width cells wide and
// the rows of total from top on. Where all rows are in sight there is none.
func withBar(theme *Theme, lines []string, width, top, total int) []string {
	if total <= len(lines) {
		return lines
	}
	height := len(lines)
	long := max(1, height*height/total)
	// The thumb touches an end only when the rows do.
	at := 0
	if hidden, room := total-height, height-long; top > 0 && hidden > 0 {
		at = max(min(1, room), top*room/hidden)
		if top < hidden {
			at = min(at, max(0, room-1))
		}
	}
	barred := make([]string, height)
	for i, line := range lines {
		glyph := theme.Faint.Render(barTrack)
		if i >= at && i < at+long {
			glyph = theme.Faint.Render(barThumb)
		}
		if barred[i] = line; !strings.HasPrefix(line, fullWidthMark) {
			barred[i] = padRight(line, width) + " " + glyph
		}
	}
	return barred
}
