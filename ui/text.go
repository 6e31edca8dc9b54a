package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/ui/fold"
)

const ellipsis = "…"

// Wrap breaks text into lines of at most width cells, and of no more than can
// be read: at blanks where it can, and where a word is wider than a line behind
// a dot of it, as names have, or else behind another sign. Line breaks are
// kept; a style that spans a break ends before it and begins anew after it.
func Wrap(text string, width int) string { return wrap(text, min(width, maxProse)) }

func wrap(text string, width int) string { return fold.Text(shown(text), width) }

// cut shortens one line to width cells and shows that it did.
func cut(line string, width int) string {
	line = shown(line)
	switch {
	case width < 1:
		return ""
	case cells(line) <= width:
		return line
	}
	return ansi.Truncate(line, width, ellipsis)
}

// cells is the width of a line.
func cells(line string) int { return fold.Cells(line) }

// padRight fills a line with blanks up to width cells.
func padRight(line string, width int) string {
	line = shown(line)
	return line + blanks(width-cells(line))
}

// padLeft puts blanks in front of a line up to width cells.
func padLeft(line string, width int) string {
	line = shown(line)
	return blanks(width-cells(line)) + line
}

// spread puts left and right at both ends of a line of width cells.
func spread(left, right string, width int) string {
	if right == "" {
		return left
	}
	return left + blanks(width-cells(left)-cells(right)) + right
}

func blanks(count int) string { return strings.Repeat(" ", max(0, count)) }

// indent wraps text to width cells with the first line after lead and the
// following ones below it.
func indent(lead, text string, width int) string {
	column := cells(lead)
	lines := strings.Split(Wrap(text, width-column), "\n")
	return lead + strings.Join(lines, "\n"+blanks(column))
}

// Cut shortens text that is already clean to width cells, with an ellipsis.
func Cut(text string, width int) string { return cut(text, width) }

// BreakWords breaks lines that are longer than width cells, between words.
func BreakWords(text string, width int) string { return fold.Words(text, width) }
