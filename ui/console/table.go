package console

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	gap       = 2 // blanks between columns
	minColumn = 6 // cells; a column gives way to others down to this
)

// Table is rows below their headings. Its texts are plain.
type Table struct {
	Indent   string
	Headings []string // empty: none
	Rows     [][]string
}

// Text draws the table, a line for each row. Columns are as wide as their content. Where that is more than width, the widest give way and
// their cells go on below, broken at blanks, dots and hyphens where they can be; nothing is cut. A width of 0 is as wide as needed.
func (t Table) Text(style Style, width int) string {
	var b strings.Builder
	widths := t.widths(width)
	if len(t.Headings) > 0 {
		for _, line := range t.lines(t.Headings, widths) {
			b.WriteString(style.Title(line) + "\n")
		}
	}
	for _, row := range t.Rows {
		for _, line := range t.lines(row, widths) {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// widths are those of the columns.
func (t Table) widths(width int) []int {
	var widths []int
	for _, row := range append([][]string{t.Headings}, t.Rows...) {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	if width == 0 {
		return widths
	}
	room := width - ansi.StringWidth(t.Indent) - gap*(len(widths)-1)
	words := t.wordWidths(len(widths))
	for sum(widths) > room {
		gives := widest(widths, words) // words stay whole where another column can give way
		if gives < 0 {
			gives = widest(widths, make([]int, len(widths)))
		}
		if gives < 0 {
			break
		}
		widths[gives]--
	}
	return widths
}

// widest is the widest column that is wider than its least, or -1.
func widest(widths, least []int) int {
	at := -1
	for i, w := range widths {
		if w > max(minColumn, least[i]) && (at < 0 || w > widths[at]) {
			at = i
		}
	}
	return at
}

// longestWord is the width up to which a word stays whole while other columns can give way. What is longer, such as an ID, is broken.
const longestWord = 20

// wordWidths are those of the longest word of each column.
func (t Table) wordWidths(columns int) []int {
	widths := make([]int, columns)
	for _, row := range append([][]string{t.Headings}, t.Rows...) {
		for i, cell := range row {
			for _, piece := range pieces(cell) {
				widths[i] = max(widths[i], min(longestWord, ansi.StringWidth(strings.TrimRight(piece, " "))))
			}
		}
	}
	return widths
}

func sum(numbers []int) (total int) {
	for _, n := range numbers {
		total += n
	}
	return total
}

// lines are those of one row.
func (t Table) lines(row []string, widths []int) []string {
	cells := make([][]string, len(row))
	tall := 1
	for i, cell := range row {
		cells[i] = broken(cell, widths[i])
		tall = max(tall, len(cells[i]))
	}
	lines := make([]string, tall)
	for n := range lines {
		line := t.Indent
		for i, cell := range cells {
			text := ""
			if n < len(cell) {
				text = cell[n]
			}
			line += text + strings.Repeat(" ", max(0, widths[i]-ansi.StringWidth(text))+gap)
		}
		lines[n] = strings.TrimRight(line, " ")
	}
	return lines
}

// broken is a text in lines of at most width cells.
func broken(text string, width int) []string {
	if ansi.StringWidth(text) <= width || width < 1 {
		return []string{text}
	}
	var lines []string
	line := ""
	for _, piece := range pieces(text) {
		if ansi.StringWidth(line+strings.TrimRight(piece, " ")) <= width {
			line += piece
			continue
		}
		if line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
		}
		parts := strings.Split(ansi.Hardwrap(piece, width, false), "\n")
		lines = append(lines, parts[:len(parts)-1]...)
		line = parts[len(parts)-1]
	}
	return append(lines, strings.TrimRight(line, " "))
}

// pieces are the parts of a text that stay together; each ends with what it may be broken behind.
func pieces(text string) []string {
	return strings.FieldsFunc(strings.NewReplacer(" ", " \x00", ".", ".\x00", "-", "-\x00", "/", "/\x00").Replace(text), func(r rune) bool { return r == 0 })
}
