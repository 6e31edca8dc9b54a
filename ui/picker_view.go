package ui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/words"
)

const (
	filterPrompt = "Type to filter"
	tickWidth    = 4
	markWidth    = 2
	// wideName and narrowName are how far a name may shrink: first to the
	// wide measure, then cells are left out, then to the narrow one.
	wideName   = 20
	narrowName = 8
)

// Count says where the cursor is among the rows that the filter lets through:
// "3 of 41", with "…" while more are loading, how many there are in all where
// the filter hides some, what they are sorted by, and the number of ticks where
// rows have them.
func (p *Picker) Count() string {
	hits := p.Hits()
	count := fmt.Sprintf("%s of %s", words.Thousands(min(p.cursor+1, hits)), words.Thousands(hits))
	if hits < p.Len() {
		count += fmt.Sprintf(" (%s)", words.Thousands(p.Len()))
	}
	if p.loading {
		count += ellipsis
	}
	if by := p.rows.Sorted().String(); by != "" {
		count = by + ", " + count
	}
	if p.ticking {
		count = fmt.Sprintf("%s ticked, %s", words.Thousands(len(p.ticked)), count)
	}
	return count
}

// View draws the filter with the count on its right, then as many rows as fit
// into height lines of width cells.
func (p *Picker) View(width, height int) string {
	if width < 1 || height < 1 {
		return ""
	}
	rows := p.rowLines(width, height-1)
	return strings.Join(append([]string{p.filterLine(p.breadth(width))}, rows...), "\n")
}

// breadth is how wide the list is. A count or a bar far from its rows is
// nobody's, so it is no wider than they are where there is more room.
func (p *Picker) breadth(width int) int {
	return min(width, max(maxProse, p.columns.total()+p.lead()+barWidth))
}

func (p *Picker) filterLine(width int) string {
	count := p.Count()
	room := width - cells(count) - gap
	mark := cursorMark
	if p.blurred {
		mark = ""
	}
	text := mark + p.theme.Faint.Render(cut(filterPrompt, room))
	if p.Query() != "" {
		text = tail(shownTyped(p.Query()), room-1) + mark
	}
	return cut(spread(text, p.theme.Faint.Render(count), width), width)
}

// tail keeps the end of text, which is where one types.
func tail(text string, width int) string {
	over := cells(text) - width
	if over <= 0 {
		return text
	}
	if width < 1 {
		return ""
	}
	return ansi.TruncateLeft(text, over+1, ellipsis)
}

// headingLines are those of the heading at the top, and of one within with the blank line above it.
const headingLines = 3

func (p *Picker) rowLines(width, height int) []string {
	if height < 1 {
		return nil
	}
	hits := p.Hits()
	if hits == 0 {
		return p.nothing(width)
	}
	p.cursor = max(0, min(p.cursor, hits-1))
	p.top = max(0, min(p.top, hits-height))
	p.top = min(p.top, p.cursor)
	p.top = max(p.top, p.cursor-height+1)
	for p.grouped() && p.top < p.cursor && p.top+p.fits(height) <= p.cursor {
		p.top++
	}
	shown := min(height, hits-p.top)
	p.page = shown
	if p.grouped() { // as far down as up, whatever headings stand in between
		shown, p.page = p.fits(height), max(1, height-headingLines)
	}
	rows := make([]PickerRow, shown)
	for i := range rows {
		rows[i] = cleanRow(p.row(p.rows.Hit(p.top + i)))
	}
	p.measure(rows)
	width = p.breadth(width)
	if hits > shown {
		width -= barWidth
	}
	fitted := p.columns.fit(width - p.lead())
	lines := make([]string, 0, height)
	for i, row := range rows {
		position := p.top + i
		for _, heading := range p.above(position, p.top) {
			lines = append(lines, p.theme.Title.Render(cut(Clean(heading), width)))
		}
		lines = append(lines, cut(p.rowLine(row, position, fitted), width))
	}
	lines = lines[max(0, len(lines)-height):] // a heading alone is worth less than its row
	return withBar(p.theme, lines, width, p.top, len(lines)+hits-shown)
}

// lead is how much room the cursor and the tick take before a name.
func (p *Picker) lead() int {
	if p.ticking {
		return markWidth + tickWidth
	}
	return markWidth
}

// Whole is the name under the cursor when a row of width cells has no room
// for all of it, empty otherwise. Draw it where there is room for more lines.
func (p *Picker) Whole(width int) string {
	index, ok := p.at()
	if !ok {
		return ""
	}
	row := cleanRow(p.row(index))
	all := p.columns
	all.cells = slices.Clone(all.cells)
	all.measure(row)
	if p.Hits() > p.page {
		width -= barWidth
	}
	if cells(row.Name) <= all.fit(width-p.lead()).name {
		return ""
	}
	return row.Name
}

// WholeKey opens what a row or a table has no room for.
const WholeKey = "f4"

// RowPage is a page with all of the row under the cursor, nil where there is
// none: its name and its cells, however long they are, and what is known of it
// besides.
func (p *Picker) RowPage(beside ...string) *Page {
	index, ok := p.at()
	if !ok {
		return nil
	}
	row := p.row(index)
	lines := []string{row.Name}
	for _, cell := range append(slices.Clone(row.Cells), beside...) {
		if cell != "" {
			lines = append(lines, cell)
		}
	}
	return NewPage(p.theme, PageContent{Title: "The whole row", Body: func(width int) string {
		texts := make([]string, len(lines))
		for i, line := range lines {
			texts[i] = Wrap(ShownName(line), width)
		}
		return strings.Join(texts, "\n")
	}})
}

// nothing explains an empty list that is the filter's doing; an empty list
// without a filter is for the step to explain.
func (p *Picker) nothing(width int) []string {
	if p.Len() == 0 || p.Query() == "" {
		return nil
	}
	among := "the " + words.Thousands(p.Len())
	if p.loading {
		among += " read so far"
	}
	text := fmt.Sprintf("No name has %q among %s.", shownTyped(strings.TrimSpace(p.Query())), among)
	return []string{p.theme.Faint.Render(cut(text, width))}
}

func (p *Picker) rowLine(row PickerRow, position int, c columns) string {
	var b strings.Builder
	style := p.rowStyle(row, position)
	lead := MarkNone
	if position == p.cursor {
		lead = MarkCursor
	}
	b.WriteString(p.theme.Mark(lead) + " ")
	if p.ticking {
		b.WriteString(p.box(p.rows.Hit(position)))
	}
	b.WriteString(style.Render(padRight(cut(row.Name, c.name), c.name)))
	last := len(c.cells) - 1
	for i, width := range c.cells {
		if i < last && width > 0 {
			b.WriteString(blanks(gap) + style.Render(padRight(cut(cellOf(row, i), width), width)))
		}
	}
	b.WriteString(blanks(gap))
	if c.mark {
		b.WriteString(p.theme.Mark(row.Mark) + " ")
	}
	if last >= 0 {
		b.WriteString(style.Render(cut(cellOf(row, last), c.cells[last])))
	}
	return strings.TrimRight(b.String(), " ")
}

func (p *Picker) rowStyle(row PickerRow, position int) lipgloss.Style {
	switch {
	case row.Disabled:
		return p.theme.Faint
	case position == p.cursor:
		return p.theme.Selected
	}
	return lipgloss.NewStyle()
}

func (p *Picker) box(index int) string {
	if p.ticked[index] {
		return "[" + p.theme.Mark(MarkPass) + "] "
	}
	return "[ ] "
}

func cellOf(row PickerRow, i int) string {
	if i < len(row.Cells) {
		return row.Cells[i]
	}
	return ""
}

func cleanRow(row PickerRow) PickerRow {
	cells := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		cells[i] = Clean(cell)
	}
	row.Cells, row.Name = cells, row.shown()
	return row
}

func (r PickerRow) shown() string {
	if r.Own {
		return Clean(shown(r.Name))
	}
	return ShownName(r.Name)
}
