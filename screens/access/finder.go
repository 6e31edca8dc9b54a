package access

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// rows are what a finder looks in. There may be a million, so that nothing is kept for each of them.
type rows struct {
	count int
	rank  func(m *access.Match, i int) (rank int, ok bool)
	row   func(i int) ui.PickerRow
}

// mostRows is how many of the rows that match can be scrolled through. Typing more finds the others.
const mostRows = 100_000

// finder is a list that is searched in the background at every key, so that no frame waits for a million names. The rows before stay in sight
// until the new ones are there; enter waits for them.
type finder struct {
	rows
	facts  *access.Facts
	ctx    context.Context
	field  *ui.Field
	picker *ui.Picker
	task   ui.Task[[]int32]
	hits   []int32 // nil: all
	wants  bool    // enter was pressed while it looked
}

func newFinder(theme *ui.Theme, facts *access.Facts) *finder {
	f := &finder{facts: facts, field: ui.NewField(theme, "Find", "a part of a name, or of a kind such as table"), picker: ui.NewPicker(theme)}
	f.picker.Blur()
	f.picker.Describe(func(at int) ui.PickerRow { return f.row(f.index(at)) })
	return f
}

// fill gives it rows to look in. What was typed stays, and is looked for in them.
func (f *finder) fill(ctx context.Context, all rows) tea.Cmd {
	f.ctx, f.rows = ctx, all
	return f.look()
}

// index is the row at a place of the list.
func (f *finder) index(at int) int {
	if f.hits == nil {
		return at
	}
	return int(f.hits[at])
}

// found is how many rows match.
func (f *finder) found() int {
	if f.hits == nil {
		return f.count
	}
	return len(f.hits)
}

// show fills the list with what was found, with the cursor on the best.
func (f *finder) show(hits []int32) {
	f.hits = hits
	f.picker.Reset()
	f.picker.AppendNames(make([]string, min(f.found(), mostRows)))
}

// look finds the rows that have what is typed.
func (f *finder) look() tea.Cmd {
	f.wants = false
	text := f.field.Value()
	if text == "" {
		f.task.Cancel()
		f.show(nil)
		return nil
	}
	facts, all := f.facts, f.rows
	return f.task.Start(f.ctx, func(ctx context.Context) ([]int32, error) { return matching(ctx, facts.Match(text), all) })
}

// matching are the rows that match, best first. It ends early with ctx.
func matching(ctx context.Context, m *access.Match, all rows) ([]int32, error) {
	const often = 4096
	var ranked [access.MatchRanks][]int32
	for i := range all.count {
		if i%often == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if rank, ok := all.rank(m, i); ok {
			ranked[rank] = append(ranked[rank], int32(i)) //nolint:gosec // there are fewer rows than that
		}
	}
	hits := slices.Concat(ranked[:]...)
	if hits == nil {
		hits = []int32{}
	}
	return hits, nil
}

// take takes in what was found, and reports whether enter waited for it.
func (f *finder) take(msg tea.Msg) (chosen bool) {
	hits, err, ok := f.task.Take(msg)
	if !ok || err != nil {
		return false
	}
	f.show(hits)
	chosen, f.wants = f.wants, false
	return chosen
}

// selected is the row under the cursor.
func (f *finder) selected() (int, bool) {
	at, ok := f.picker.Selected()
	if !ok {
		return 0, false
	}
	return f.index(at), true
}

// enter reports whether the row under the cursor is that of what is typed, and otherwise has it chosen as soon as it is.
func (f *finder) enter() bool {
	f.wants = f.task.Running()
	return !f.wants
}

var moving = []string{"up", "down", "pgup", "pgdown", "home", "end", "ctrl+p", "ctrl+n"}

// move moves the cursor, and reports whether the key was for that.
func (f *finder) move(msg tea.KeyPressMsg) bool {
	return slices.Contains(moving, msg.String()) && f.picker.Key(msg)
}

// press moves and types, and reports whether the key was for that.
func (f *finder) press(msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	if f.move(msg) {
		return true, nil
	}
	before := f.field.Value()
	used = f.field.Key(msg)
	if f.field.Value() != before {
		cmd = f.look()
	}
	return used, cmd
}

func (f *finder) paste(text string) tea.Cmd {
	before := f.field.Value()
	if f.field.Paste(text); f.field.Value() == before {
		return nil
	}
	return f.look()
}

// clear takes away what is typed, and reports whether there was something.
func (f *finder) clear() bool {
	was := f.field.Value() != ""
	f.field.SetValue("")
	if was {
		f.look()
	}
	return was
}

// tally says where the cursor is among the rows that match.
func (f *finder) tally() string {
	if f.found() == 0 {
		return ""
	}
	at, _ := f.picker.Selected()
	text := words.Thousands(at+1) + " of " + words.Thousands(f.found())
	if f.hits != nil {
		text += " (" + words.Thousands(f.count) + ")"
	}
	if f.found() > mostRows {
		text += ", the first " + words.Thousands(mostRows) + " in this list"
	}
	return text
}

// list draws the rows.
func (f *finder) list(width, height int) string {
	if f.found() == 0 && f.hits != nil {
		return ui.Wrap("Nothing here is called so. Of a name a part will do, and a kind such as warehouse or group finds all of that kind.", width)
	}
	_, below, _ := strings.Cut(f.picker.View(width, height+1), "\n")
	return below
}
