package ui

import "strings"

// splitFrom is how many columns a window needs for two panes side by side.
const splitFrom = 110

// divider stands between two panes.
const divider = " │ "

// Split draws a list and what is known about the row under its cursor: side by side where the window has 110 columns, the list on the left, and
// otherwise one below the other, where the second part gets the lines it needs, and at most half of them or those that a short list leaves. Both
// draw at most height lines of at most width cells, and neither may have full-width lines.
func Split(theme *Theme, width, height int, list, about func(width, height int) string) string {
	if theme.window < splitFrom {
		return stacked(theme, width, height, list, about)
	}
	left := (width - cells(divider)) * 11 / 20
	right := width - left - cells(divider)
	rows := fitBody(theme, list(left, height), height)
	beside := fitBody(theme, about(right, height), height)
	lines := make([]string, height)
	for i := range lines {
		row, text := "", ""
		if i < len(rows) {
			row = cut(rows[i], left)
		}
		if i < len(beside) {
			text = cut(beside[i], right)
		}
		lines[i] = strings.TrimRight(padRight(row, left)+theme.Faint.Render(divider)+text, " ")
	}
	return strings.Join(lines, "\n")
}

func stacked(theme *Theme, width, height int, list, about func(width, height int) string) string {
	room := height / 2
	below := fitBody(theme, about(width, room), room)
	if free := height - 1 - strings.Count(list(width, max(1, height-1-room)), "\n") - 1; len(below) == room && free > room { // a short list leaves more
		below = fitBody(theme, about(width, free), free)
	}
	above := fitBody(theme, list(width, height-len(below)-1), height-len(below)-1)
	return strings.Join(append(append(above, ""), below...), "\n")
}

// Wide reports whether Split puts its two parts side by side.
func (t *Theme) Wide() bool { return t.window >= splitFrom }
