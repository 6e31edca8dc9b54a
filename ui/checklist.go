package ui

import (
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/words"
)

// CheckRow is one line of a checklist. Name and Text are plain text and may
// come from anywhere.
type CheckRow struct {
	Mark Mark
	Name string
	Text string
	// Took is how long it took, or has taken while Mark is MarkRunning; zero
	// is not shown.
	Took time.Duration
}

const (
	tookColumn    = 9
	maxNameColumn = 24
)

// Checklist draws rows with their names and times aligned. Text that does not
// fit into width cells goes on below itself.
func Checklist(theme *Theme, rows []CheckRow, width int) string {
	width = min(width, maxProse) // a time far from its line is nobody's
	column, times := 0, 0
	for _, row := range rows {
		column = max(column, cells(Clean(row.Name)))
		if row.Took > 0 {
			times = tookColumn
		}
	}
	column = min(column, maxNameColumn, max(0, width/2))
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = checkLine(theme, row, column, times, width)
	}
	return strings.Join(lines, "\n")
}

func checkLine(theme *Theme, row CheckRow, column, times, width int) string {
	mark := theme.Mark(row.Mark)
	if row.Mark == MarkRunning && row.Took > 0 {
		mark = theme.Spinner(row.Took)
	}
	name := Clean(row.Name)
	lead := cut(mark+" "+padRight(cut(name, column), column)+blanks(gap), width)
	text := strings.Split(Wrap(Clean(row.Text), width-cells(lead)-times), "\n")
	took := theme.Faint.Render(padLeft(words.Took(row.Took), times))
	first := padRight(lead+text[0], width-times) + took
	if row.Took <= 0 {
		first = strings.TrimRight(lead+text[0], " ")
	}
	lines := []string{cut(first, width)}
	for _, line := range text[1:] {
		lines = append(lines, cut(blanks(cells(lead))+line, width))
	}
	return strings.Join(lines, "\n")
}
