package ui

import (
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui/sift"
)

// The keys of a list besides those that move. Letters filter, so they are
// held with ctrl.
const (
	sortKey = "ctrl+k"
	allKey  = "ctrl+a"
)

// PickerRow is how one row of a picker looks. All text is plain and may come
// from anywhere; the picker cleans it.
type PickerRow struct {
	// Name stands first; when empty the name given to Append is shown.
	Name string
	Own  bool // the name is a word of the program's, and of no workspace
	// Cells follow in columns. The last one is the state: it is kept when
	// the others give way in narrow windows.
	Cells []string
	// Mark stands in front of the last cell.
	Mark Mark
	// Disabled rows are shown and cannot be chosen or ticked.
	Disabled bool
}

// PickerItem is what a row is found by and put in order by.
type PickerItem = sift.Row

// Picker is a list to choose from by typing parts of a name. It draws only
// the rows on screen and filters inside Key, so what is selected is always
// what the filter on screen says, however fast the keys come. Package sift
// says which rows a filter lets through, and in which order.
type Picker struct {
	theme    *Theme
	rows     sift.List
	describe func(index int) PickerRow

	cursor  int // position among the hits
	top     int // position of the first row on screen
	page    int // rows on screen when last drawn
	columns columns

	headings []string // of groups of rows, none where rows stand in no groups

	loading bool
	blurred bool
	ticking bool
	ticked  map[int]bool
}

// NewPicker makes an empty picker that has the focus.
func NewPicker(theme *Theme) *Picker {
	return &Picker{theme: theme, page: 1, ticked: map[int]bool{}}
}

// Reset empties rows and ticks, and keeps the query and what the rows are
// sorted by.
func (p *Picker) Reset() {
	p.rows.Reset()
	p.cursor, p.top = 0, 0
	p.columns = columns{}
	clear(p.ticked)
}

// Append adds rows at the end. The cursor stays on its row.
func (p *Picker) Append(items []PickerItem) { p.keeping(func() { p.rows.Append(items) }) }

// AppendNames adds rows that have a name alone.
func (p *Picker) AppendNames(names []string) { p.keeping(func() { p.rows.AppendNames(names) }) }

// keeping keeps the cursor on its row while others come or move.
func (p *Picker) keeping(change func()) {
	index, ok := p.at()
	change()
	if ok {
		p.cursor = max(0, p.rows.Find(index))
	}
}

// SetLoading says whether more names are on their way, which Count shows.
func (p *Picker) SetLoading(loading bool) { p.loading = loading }

// Describe sets the function that gives a row's looks. It is called for the
// rows on screen and for the row under the cursor, with the row's position in
// the order of Append.
func (p *Picker) Describe(describe func(index int) PickerRow) { p.describe = describe }

// Focus and Blur say whether keys go here; a picker without the focus draws
// no cursor in its filter.
func (p *Picker) Focus() { p.blurred = false }

// Blur is the opposite of Focus.
func (p *Picker) Blur() { p.blurred = true }

// Focused reports whether the picker has the focus.
func (p *Picker) Focused() bool { return !p.blurred }

// Key handles a key press and reports whether the picker used it: arrows,
// pgup and pgdown, home and end, ctrl+p and ctrl+n move; text, backspace,
// ctrl+w and ctrl+u edit the filter; ctrl+k sorts; with ticks, space toggles
// the row and ctrl+a all that the filter shows.
func (p *Picker) Key(msg tea.KeyPressMsg) bool {
	name := keyName(msg)
	if act, ok := p.acts()[name]; ok {
		act()
		return true
	}
	if step, ok := p.motion(name); ok {
		p.cursor = max(0, min(p.cursor+step, p.Hits()-1))
		return true
	}
	query := p.Query()
	switch name {
	case "backspace", "ctrl+h":
		runes := []rune(query)
		p.SetQuery(string(runes[:max(0, len(runes)-1)]))
	case "ctrl+w", "alt+backspace":
		query = strings.TrimRight(query, " ")
		p.SetQuery(query[:strings.LastIndex(query, " ")+1])
	case "ctrl+u":
		p.SetQuery("")
	default:
		text := typedText(msg)
		if text == "" {
			return false
		}
		p.SetQuery(query + text)
	}
	return true
}

// acts are the keys that neither move nor edit.
func (p *Picker) acts() map[string]func() {
	acts := map[string]func(){sortKey: p.Sort}
	if p.ticking {
		acts["space"], acts[allKey] = p.Toggle, p.ToggleAll
	}
	return acts
}

// Keys are those of the list itself that are worth naming, for the help page.
func (p *Picker) Keys() (keys []key.Binding) {
	if p.Len() > 0 {
		keys = append(keys, Bind("sort", sortKey))
	}
	if p.ticking && p.Hits() > 0 {
		keys = append(keys, Bind("tick all shown", allKey))
	}
	return keys
}

// motion is how far a key moves the cursor.
func (p *Picker) motion(name string) (step int, ok bool) {
	switch name {
	case "up", "ctrl+p":
		return -1, true
	case "down", "ctrl+n":
		return 1, true
	case "pgup":
		return -p.page, true
	case "pgdown":
		return p.page, true
	case "home":
		return -p.cursor, true
	case "end":
		return p.Hits() - 1 - p.cursor, true
	}
	return 0, false
}

// Paste adds pasted text to the filter, on one line and without blanks around
// it.
func (p *Picker) Paste(text string) { p.SetQuery(p.Query() + CleanPaste(text)) }

// Query is the filter as typed.
func (p *Picker) Query() string { return p.rows.Query() }

// SetQuery replaces the filter and puts the cursor on the best hit. A blank in
// front means nothing and is dropped.
func (p *Picker) SetQuery(query string) {
	query = strings.TrimLeft(keepPrintable(query), " ")
	if query == p.Query() {
		return
	}
	p.rows.Search(query)
	p.cursor, p.top = 0, 0
}

// Sort puts the rows in the next order there is: by name, owner, state, and
// again as they were appended. The cursor stays on its row.
func (p *Picker) Sort() { p.keeping(func() { p.rows.Sort(p.rows.Next()) }) }

// at is the row under the cursor, disabled or not.
func (p *Picker) at() (index int, ok bool) {
	if p.cursor >= p.Hits() {
		return -1, false
	}
	return p.rows.Hit(p.cursor), true
}

// Selected is the row under the cursor, as its position in the order of
// Append. ok is false when there is no row, and then index is -1, and when
// the row is disabled, and then index still tells which one it is.
func (p *Picker) Selected() (index int, ok bool) {
	index, ok = p.at()
	return index, ok && !p.row(index).Disabled
}

// Select moves the cursor to the row at index. A row that the filter hides
// cannot be selected; the cursor then stays.
func (p *Picker) Select(index int) {
	if at := p.rows.Find(index); at >= 0 {
		p.cursor = at
	}
}

// SelectFirst moves the cursor to the first row in sight of the filter that
// matches, in the order drawn. Where none does it stays.
func (p *Picker) SelectFirst(match func(index int) bool) {
	for position := range p.Hits() {
		if match(p.rows.Hit(position)) {
			p.cursor = position
			return
		}
	}
}

// Len is the number of rows, filtered out or not.
func (p *Picker) Len() int { return p.rows.Len() }

// Hits is the number of rows the filter lets through.
func (p *Picker) Hits() int { return p.rows.Hits() }

// row gives the looks of the row at index.
func (p *Picker) row(index int) PickerRow {
	row := PickerRow{}
	if p.describe != nil {
		row = p.describe(index)
	}
	if row.Name == "" {
		row.Name = p.rows.Name(index)
	}
	return row
}

// SetTicks gives every row a box that space ticks. Ticks survive filtering.
func (p *Picker) SetTicks(on bool) { p.ticking = on }

// Toggle ticks or unticks the row under the cursor, unless it is disabled.
func (p *Picker) Toggle() {
	if index, ok := p.Selected(); ok {
		p.Tick(index, !p.ticked[index])
	}
}

// ToggleAll ticks every row that the filter shows and that can be ticked, or
// unticks them where all of them are.
func (p *Picker) ToggleAll() {
	shown := p.Shown()
	on := slices.ContainsFunc(shown, func(index int) bool { return !p.ticked[index] })
	for _, index := range shown {
		p.Tick(index, on)
	}
}

// Shown lists the rows that the filter shows and that are not disabled, in
// the order drawn.
func (p *Picker) Shown() []int {
	shown := make([]int, 0, p.Hits())
	for position := range p.Hits() {
		if index := p.rows.Hit(position); !p.row(index).Disabled {
			shown = append(shown, index)
		}
	}
	return shown
}

// Tick ticks or unticks the row at index. An index without a row is ignored.
func (p *Picker) Tick(index int, on bool) {
	switch {
	case index < 0 || index >= p.Len():
	case on:
		p.ticked[index] = true
	default:
		delete(p.ticked, index)
	}
}

// Ticked lists the ticked rows in the order of Append, hidden ones too.
func (p *Picker) Ticked() []int { return slices.Sorted(maps.Keys(p.ticked)) }
