package ui

import "strings"

const (
	splitFrom  = 110   // columns that a window needs for two panes side by side
	divider    = " │ " // between them
	fewestRows = 6     // lines that a list keeps where what is known about a row stands below it
	leastAbout = 3     // fewer lines of that say too little to be worth a row
)

// Split draws a list and what is known about the row under its cursor: side by side where the window has 110 columns, the list on the left, and
// otherwise one below the other, where the second part gets the lines it needs, and at most half of them or those that a short list leaves. It gives
// way where the list would have too few. Both draw at most height lines of at most width cells, and neither may have full-width lines.
func Split(theme *Theme, width, height int, list, about func(width, height int) string) string {
	if theme.window < splitFrom {
		return stacked(theme, width, height, list, about)
	}
	left := (width - cells(divider)) * 11 / 20
	right := width - left - cells(divider)
	rows := append(fitBody(theme, list(left, height), height), make([]string, height)...)
	beside := append(fitBody(theme, about(right, height), height), make([]string, height)...)
	lines := make([]string, height)
	for i := range lines {
		lines[i] = strings.TrimRight(padRight(cut(rows[i], left), left)+theme.Faint.Render(divider)+cut(beside[i], right), " ")
	}
	return strings.Join(lines, "\n")
}

func stacked(theme *Theme, width, height int, list, about func(width, height int) string) string {
	room := max(0, min(height/2, height-1-fewestRows))
	have := strings.Count(list(width, max(1, height-1-room)), "\n") + 1
	if room = max(room, height-1-have); room < leastAbout {
		return strings.Join(fitBody(theme, list(width, height), height), "\n")
	}
	below := fitBody(theme, about(width, room), room)
	above := fitBody(theme, list(width, height-len(below)-1), height-len(below)-1)
	return strings.Join(append(append(above, ""), below...), "\n")
}

// Wide reports whether Split puts its two parts side by side.
func (t *Theme) Wide() bool { return t.window >= splitFrom }
