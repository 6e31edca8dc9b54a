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

// fit gives the widths that add up to at most width cells. The widest of the
// name and the columns before the state shrink first, then columns are left out
// from the right when that is not enough. What one left behind is given back.
func (c columns) fit(width int) columns {
	fitted := columns{name: min(c.name, width), mark: c.mark, cells: append([]int(nil), c.cells...)}
	between := fitted.cells[:max(0, len(fitted.cells)-1)]
	for i := range between {
		between[i] = min(between[i], width)
	}
	over := fitted.total() - width
	for over > 0 && shrinkWidest(&fitted.name, between) {
		over--
	}
	for i := len(between) - 1; i >= 0 && over > 0; i-- {
		if between[i] > 0 {
			over -= between[i] + gap
			between[i] = 0
		}
	}
	over -= shrink(&fitted.name, over, narrowName)
	if last := len(fitted.cells) - 1; last >= 0 {
		over -= shrink(&fitted.cells[last], over, 0)
	}
	over += grow(&fitted.name, -over, c.name)
	for i := range between {
		if between[i] > 0 {
			over += grow(&between[i], -over, c.cells[i])
		}
	}
	return fitted
}

// shrinkWidest takes a cell from the widest of a name and columns, and reports
// whether one was wide enough to give it.
func shrinkWidest(name *int, columns []int) bool {
	widest, spare := name, *name-wideName
	for i := range columns {
		if more := columns[i] - narrowCell; more > 0 && (spare <= 0 || columns[i] >= *widest) {
			widest, spare = &columns[i], more
		}
	}
	if spare <= 0 {
		return false
	}
	*widest--
	return true
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

// grow gives up to spare cells to width, not above top, and returns how many.
func grow(width *int, spare, top int) int {
	give := max(0, min(spare, top-*width))
	*width += give
	return give
}
