package ui

// measuredWhole is how many rows a list has at the most whose columns are as
// wide as all of them ask for.
const measuredWhole = 200

// measure takes the widths of a short list from all of its rows, so that
// neither a filter nor another size of the window moves a column, and those of
// a long list from what was in sight so far: they only grow while one scrolls.
func (p *Picker) measure(rows []PickerRow) {
	if p.Len() <= measuredWhole {
		p.columns = columns{}
		for i := range p.Len() {
			p.columns.measure(cleanRow(p.row(i)))
		}
		return
	}
	most := 0
	for _, row := range rows {
		most = max(most, len(row.Cells))
	}
	if most < len(p.columns.cells) { // rows have other columns in a window of another size
		p.columns = columns{}
	}
	for _, row := range rows {
		p.columns.measure(row)
	}
}

// columns are the widths of what rows consist of.
type columns struct {
	name  int
	cells []int
	mark  bool
}

func (c *columns) measure(row PickerRow) {
	c.name = max(c.name, cells(row.Name))
	c.mark = c.mark || row.Mark != MarkNone
	for i, cell := range row.Cells {
		if i == len(c.cells) {
			c.cells = append(c.cells, 0)
		}
		c.cells[i] = max(c.cells[i], cells(cell))
	}
}

// narrowCell is how far a column shrinks before it is left out.
const narrowCell = 12

// fit gives the widths that add up to at most width cells. Names shrink
// first, then the columns before the state, which are left out from the right
// when that is not enough.
func (c columns) fit(width int) columns {
	fitted := columns{name: c.name, mark: c.mark, cells: append([]int(nil), c.cells...)}
	over := fitted.total() - width
	over -= shrink(&fitted.name, over, wideName)
	for i := len(fitted.cells) - 2; i >= 0 && over > 0; i-- {
		over -= shrink(&fitted.cells[i], over, narrowCell)
	}
	for i := len(fitted.cells) - 2; i >= 0 && over > 0; i-- {
		over -= fitted.cells[i] + gap
		fitted.cells[i] = 0
	}
	over -= shrink(&fitted.name, over, narrowName)
	if last := len(fitted.cells) - 1; last >= 0 {
		shrink(&fitted.cells[last], over, 0)
	}
	return fitted
}

func (c columns) total() int {
	total := c.name
	for _, width := range c.cells {
		if width > 0 {
			total += width + gap
		}
	}
	if c.mark {
		total += markWidth
	}
	if c.mark && len(c.cells) == 0 {
		total += gap
	}
	return total
}

// shrink takes up to over cells from width, not below floor, and returns how
// many it took.
func shrink(width *int, over, floor int) int {
	take := max(0, min(over, *width-floor))
	*width -= take
	return take
}
