package ui

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/words"
)

// minColumn is how narrow a column of a table may become before columns are
// left out.
const minColumn = 10

// DataTable draws rows below their headers in at most height lines of width
// cells. Columns are as wide as their content; when that is too much the
// widest give way first, then columns are left out from the right, and a last
// line says how many rows or columns are not shown. All text is plain and may
// come from anywhere.
func DataTable(theme *Theme, headers []string, rows [][]string, width, height int) string {
	return dataTable(theme, "row", headers, rows, width, height, shownName)
}

// LabelledTable is DataTable below headers that are words of the program, and
// never names. each is what one of its rows is.
func LabelledTable(theme *Theme, each string, headers []string, rows [][]string, width, height int) string {
	return dataTable(theme, each, headers, rows, width, height, func(text string) string { return text })
}

func dataTable(theme *Theme, each string, headers []string, rows [][]string, width, height int, header func(string) string) string {
	if width < 1 || height < 1 || len(headers) == 0 {
		return ""
	}
	table := make([][]string, 0, len(rows)+1)
	table = append(table, cleanCells(headers, len(headers), header))
	for _, row := range rows {
		table = append(table, cleanCells(row, len(headers), shownCell))
	}
	widths := tableWidths(table, width)
	hidden := len(headers) - len(widths)
	shown := len(table)
	if hidden > 0 || shown > height {
		shown = min(shown, max(1, height-1))
	}
	lines := make([]string, shown, shown+1)
	for i, row := range table[:shown] {
		lines[i] = cut(tableLine(row, widths), width)
	}
	lines[0] = theme.Title.Render(lines[0])
	if more := notShown(len(table)-shown, each, hidden); more != "" && shown < height {
		lines = append(lines, theme.Faint.Render(cut(more, width)))
	}
	return strings.Join(lines, "\n")
}

// RowsPage is a page with every cell of a table whole: below its header, one
// row after the other.
func RowsPage(theme *Theme, title string, headers []string, rows [][]string) *Page {
	return NewPage(theme, PageContent{Title: title, Body: func(width int) string {
		names := cleanCells(headers, len(headers), shownName)
		column := 0
		for _, name := range names {
			column = max(column, cells(name))
		}
		column = min(column, width/3)
		var out []string
		for i, row := range rows {
			if i > 0 {
				out = append(out, "")
			}
			for at, cell := range cleanCells(row, len(headers), shownCell) {
				name := theme.Faint.Render(padRight(cut(names[at], column), column)) + blanks(gap)
				out = append(out, indent(name, cell, width))
			}
		}
		return strings.Join(out, "\n")
	}})
}

func notShown(rows int, each string, columns int) string {
	var parts []string
	if rows > 0 {
		parts = append(parts, more(rows, each))
	}
	if columns > 0 {
		parts = append(parts, more(columns, "column"))
	}
	return strings.Join(parts, ", ")
}

func more(count int, what string) string {
	return words.Plural(count, "more "+what, "more "+what+"s")
}

func cleanCells(cells []string, count int, shown func(string) string) []string {
	cleaned := make([]string, count)
	for i := range min(count, len(cells)) {
		cleaned[i] = Clean(shown(cells[i]))
	}
	return cleaned
}

// tableWidths gives a width for each column that is shown.
func tableWidths(table [][]string, width int) []int {
	widths := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = min(width, max(widths[i], cells(cell), 1))
		}
	}
	least := func() int {
		total := -gap
		for _, w := range widths {
			total += min(w, minColumn) + gap
		}
		return total
	}
	for len(widths) > 1 && least() > width {
		widths = widths[:len(widths)-1]
	}
	narrow(widths, width-gap*(len(widths)-1))
	return widths
}

// narrow takes cells from the widest columns until all fit into room.
func narrow(widths []int, room int) {
	total := 0
	for _, w := range widths {
		total += w
	}
	for total > room {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= 1 {
			return
		}
		widths[widest]--
		total--
	}
}

func tableLine(row []string, widths []int) string {
	var b strings.Builder
	for i, width := range widths {
		b.WriteString(padRight(cut(row[i], width), width))
		b.WriteString(blanks(gap))
	}
	return strings.TrimRight(b.String(), " ")
}
