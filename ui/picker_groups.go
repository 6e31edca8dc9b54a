package ui

import "github.com/draftt-io/draftt-databricks/ui/sift"

// SetHeadings has the rows of each group of PickerItem stand below a heading of
// their own; an empty one is not drawn. What a filter lets through is one list,
// best first, and so are rows that one sorted.
func (p *Picker) SetHeadings(headings ...string) { p.headings = headings }

// grouped reports whether headings are drawn.
func (p *Picker) grouped() bool {
	return len(p.headings) > 0 && p.Query() == "" && p.rows.Sorted() == sift.Listed
}

// above is what stands over the row at a position: nothing within a group, and
// else a blank line, unless the row is the first in sight, and the heading.
func (p *Picker) above(position, first int) []string {
	if !p.grouped() {
		return nil
	}
	group := p.rows.Group(p.rows.Hit(position))
	if position > first && group == p.rows.Group(p.rows.Hit(position-1)) {
		return nil
	}
	var lines []string
	if position > first {
		lines = append(lines, "")
	}
	if heading := p.headings[min(group, len(p.headings)-1)]; heading != "" {
		lines = append(lines, heading)
	}
	return lines
}

// fits is how many rows from the first in sight on have room in so many lines,
// with what stands above them. It is at least one.
func (p *Picker) fits(height int) int {
	rows := 0
	for used := 0; p.top+rows < p.Hits(); rows++ {
		used += 1 + len(p.above(p.top+rows, p.top))
		if used > height {
			break
		}
	}
	return max(1, rows)
}

// Height is how many lines all rows need that the filter lets through, with
// the headings of their groups. It counts no further than most.
func (p *Picker) Height(most int) int {
	lines := 0
	for i := 0; i < p.Hits() && lines < most; i++ {
		lines += 1 + len(p.above(i, 0))
	}
	return min(lines, most)
}
