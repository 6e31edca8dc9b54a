package ui

import "strings"

// The bar beside rows of which only some are in sight.
const (
	barWidth = 2 // a blank and the bar
	barTrack = "│"
	barThumb = "┃"
)

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
