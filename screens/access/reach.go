package access

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// side is one of the lists of what is around an end.
type side int

const (
	reaches side = iota // of a principal, what it can reach; of an object, who can reach it
	groups              // of a principal, the groups it is in
	members             // of a group, who is in it
	holds               // of an object, what is in it
	liesIn              // of an object, what it is in
)

// around is what is around an end, computed once.
type around struct {
	sides   []side
	held    []access.Holder // those with a right for certain before the others
	certain int             // how many of them have one
	people  map[side][]access.Principal
	things  map[side][]access.Object
	untold  []access.Doubt // why of some it cannot be told
}

// reach walks from one end: what a principal can reach, or who can reach an object.
type reach struct {
	theme  *ui.Theme
	world  *world
	end    end
	ctx    context.Context
	task   ui.Task[*around]
	pulse  *ui.Pulse
	err    error
	around *around
	at     int       // the side in sight
	lists  []*finder // one for each side
	typing bool      // letters go to the list in sight
	ways   bool      // there is room for them in the list; what is known about a row has its own anyway
	paths  map[int][]access.Step
	waits  func(*reach) (ui.Move, tea.Cmd) // what is done with the row that is looked for
}

func newReach(theme *ui.Theme, w *world, e end) *reach {
	return &reach{theme: theme, world: w, end: e, pulse: ui.NewPulse(theme), paths: map[int][]access.Step{}}
}

// Enter looks around in the background.
func (r *reach) Enter(ctx context.Context) tea.Cmd {
	r.ctx, r.err = ctx, nil
	w, e := r.world, r.end
	return tea.Batch(r.task.Start(ctx, func(ctx context.Context) (*around, error) { return look(ctx, w, e) }), r.pulse.Beat(nil, true))
}

// look finds what is around an end.
func look(ctx context.Context, w *world, e end) (*around, error) {
	a := &around{sides: []side{reaches}, people: map[side][]access.Principal{}, things: map[side][]access.Object{}}
	if e.on != access.Nothing {
		held, err := w.facts.Holders(e.on, w.in)
		if err != nil {
			return nil, err //nolint:wrapcheck // the panel names its cause
		}
		a.take(w.facts, held)
		a.untold = w.facts.Untold(e.on, w.in, w.facts.Rules().Asked(w.facts.Kind(e.on)))
		for s, found := range map[side][]access.Object{holds: w.facts.Inside(e.on), liesIn: w.facts.Above(e.on)} {
			if a.things[s] = found; len(found) > 0 {
				a.sides = append(a.sides, s)
			}
		}
		slices.Sort(a.sides)
		return a, nil
	}
	if !w.facts.Collected(e.who) {
		a.untold = []access.Doubt{{Group: e.who}}
	}
	var held []access.Holder
	for h := range w.facts.What(e.who, w.in) {
		if held = append(held, access.Holder{Who: e.who, Holding: h}); len(held)%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	a.take(w.facts, held)
	a.people[groups] = w.facts.GroupsOf(e.who)
	a.sides = append(a.sides, groups)
	if w.facts.Principal(e.who).Kind == access.Group {
		a.people[members] = w.facts.MembersOf(e.who)
		a.sides = append(a.sides, members)
	}
	return a, nil
}

// take puts those who can do most first: read it, or use it at all, then those with another right for certain, and then those of whom it cannot be
// told. There may be a million, so that they are counted before they are put in order.
func (a *around) take(f *access.Facts, held []access.Holder) {
	const sorts = 3
	sort := func(h access.Holder) int {
		switch {
		case h.Has(f.Rules().First(f.Kind(h.On))) == access.Yes:
			return 0
		case h.Certain():
			return 1
		}
		return sorts - 1
	}
	var next [sorts + 1]int
	for _, h := range held {
		next[sort(h)+1]++
	}
	for i := range sorts {
		next[i+1] += next[i]
	}
	a.certain = next[sorts-1]
	a.held = make([]access.Holder, len(held))
	for _, h := range held {
		at := &next[sort(h)]
		a.held[*at] = h
		*at++
	}
}

// count is how many rows a side has.
func (a *around) count(s side) int {
	if s == reaches {
		return len(a.held)
	}
	return len(a.people[s]) + len(a.things[s])
}

// unknown is how many rows of a side are of those of whom it cannot be told.
func (a *around) unknown(s side) int {
	if s == reaches {
		return len(a.held) - a.certain
	}
	return 0
}

// tally counts the rows of a side, those of whom it cannot be told apart.
func (a *around) tally(s side) string {
	unknown := a.unknown(s)
	text := words.Thousands(a.count(s) - unknown)
	if unknown > 0 {
		text += ", and " + words.Thousands(unknown) + " unknown"
	}
	return text
}

// sayUnknown says what would tell of those of whom it cannot be told, empty where there are none, or where it is said what of them is missing.
func (r *reach) sayUnknown(s side) string {
	if r.around.unknown(s) == 0 || len(r.around.untold) > 0 {
		return ""
	}
	text := "Not all was seen"
	if right, n := r.world.Seen.Next(); n > 0 {
		text += ": " + right.Holder() + " would see " + words.Thousands(n) + " more"
	}
	return text + ". The unknown stand last."
}

// other is the end at a row of a side.
func (r *reach) other(s side, i int) end {
	switch {
	case s == holds || s == liesIn:
		return end{on: r.around.things[s][i]}
	case s != reaches:
		return end{who: r.around.people[s][i]}
	case r.end.on != access.Nothing:
		return end{who: r.around.held[i].Who}
	}
	return end{on: r.around.held[i].On}
}

// show fills the lists.
func (r *reach) show(found *around) tea.Cmd {
	r.around = found
	var cmds []tea.Cmd
	for _, s := range found.sides {
		f := newFinder(r.theme, r.world.facts)
		r.lists = append(r.lists, f)
		cmds = append(cmds, f.fill(r.ctx, rows{
			count: found.count(s),
			rank:  func(m *access.Match, i int) (int, bool) { return r.world.matches(m, r.other(s, i)) },
			row:   func(i int) ui.PickerRow { return r.row(s, i) },
		}))
	}
	return tea.Batch(cmds...)
}

func (r *reach) side() side { return r.around.sides[r.at] }

func (r *reach) list() *finder { return r.lists[r.at] }

// question is what a row is about.
func (r *reach) question(i int) access.Question {
	h := r.around.held[i]
	return access.Question{Who: h.Who, Right: r.world.facts.Main(h.Holding), On: h.On, In: r.world.in}
}

// mostPaths is how many paths are remembered. Those in sight are there again at once.
const mostPaths = 2000

// path is that of a row.
func (r *reach) path(i int) []access.Step {
	steps, known := r.paths[i]
	if !known {
		if len(r.paths) >= mostPaths {
			clear(r.paths)
		}
		steps = r.world.facts.Path(r.question(i))
		r.paths[i] = steps
	}
	return steps
}

// row is a line of a list: who or what, by which way in short, and with which rights.
func (r *reach) row(s side, i int) ui.PickerRow {
	row := r.world.row(r.other(s, i))
	if s != reaches {
		return row
	}
	h := r.around.held[i]
	row.Mark = ui.MarkPass
	way := ""
	if i >= r.around.certain {
		row.Mark = ui.MarkUnknown
	} else if r.ways {
		way = r.world.facts.SayPath(r.question(i), r.path(i))
	}
	if r.end.on != access.Nothing && r.world.ours(h.Who) {
		row.Name = "our " + row.Name
	}
	if row.Cells = []string{r.world.facts.SayRights(h.Holding)}; r.ways {
		row.Cells = []string{way, row.Cells[0]}
	}
	return row
}

// Update hands keys to the list, and takes in what was found.
func (r *reach) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return r.press(msg)
	case tea.PasteMsg:
		if r.typing {
			return ui.Stay(), r.list().paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if found, err, ok := r.task.Take(msg); ok {
		if r.err = err; err == nil {
			return ui.Stay(), r.show(found)
		}
	}
	for _, f := range r.lists {
		if f.take(msg) && f == r.list() && r.hasRow() {
			return r.waits(r)
		}
	}
	return ui.Stay(), r.pulse.Beat(msg, r.task.Running())
}
