package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Onward is where a person goes from the finish screen.
type Onward int

// The ways on. Away is out of the program, or back to where the set-up was opened from.
const (
	Away Onward = iota
	ToHome
	ToAnother
)

// finish comes after Save: what is true now, and what to enter in Draftt's dashboard.
type finish struct {
	setup  *Wizard
	ctx    context.Context
	values *panels.Values // of the dashboard
	keep   ui.Task[connector.Connection]
	trust  *certifying
	note   string
}

func newFinish(s *Wizard) *finish { return &finish{setup: s, trust: newCertifying(s)} }

// Title is what stands in a window too narrow for the rail, where all five steps are behind.
func (f *finish) Title() string { return "Saved" }

// Enter takes what was saved.
func (f *finish) Enter(ctx context.Context) tea.Cmd {
	f.ctx, f.note = ctx, ""
	f.values = panels.NewValues(f.setup.theme, f.setup.Environment(), f.setup.Saved())
	if f.setup.Certified() == nil {
		return f.trust.start(ctx)
	}
	return nil
}

// Escape has nothing to close within, and leads out: what is saved is saved.
func (f *finish) Escape() bool { return f.values.Escape() }

// Typing is false: all letters are keys.
func (f *finish) Typing() bool { return false }

// Keys lists what works now.
func (f *finish) Keys() []key.Binding {
	if f.values.Plain() {
		return f.values.Rest()
	}
	keys := slices.Insert(f.values.First(), 1, ui.Bind("leave", "esc"))
	for _, a := range f.actions() {
		keys = append(keys, a.Key)
	}
	return append(keys, f.values.Rest()...)
}

// actions are the ways on from here. The demo has no other workspace.
func (f *finish) actions() []ui.Action {
	actions := []ui.Action{{Key: ui.Bind("home", "h"), Do: f.goes(ToHome)}} // first, where a narrow footer has room for one
	if !f.setup.Demo() {
		actions = append(actions, ui.Action{Key: ui.Bind("another", "n"), Do: f.goes(ToAnother)})
	}
	actions = append(actions, ui.Action{Key: ui.Bind("read the tables now", "p"), Do: ui.Opens(f.newSync)}, ui.Action{Key: ui.Bind("test", "t"), Do: ui.Opens(f.newRead)})
	if f.setup.Certified() != nil {
		actions = append(actions, ui.Action{Key: ui.Bind("certificate", "u"), Do: ui.Opens(f.trust.page)})
	}
	return append(actions, ui.Action{Key: ui.Bind("details", "d"), Do: ui.Opens(f.details)})
}

// details are all facts whole, for a window that has no room for them.
func (f *finish) details() ui.Panel {
	title, _ := setup.FinishTitles(f.setup.Saved())
	return ui.NewPage(f.setup.theme, ui.PageContent{Title: title, Body: func(width int) string { return strings.Join(f.whole(width), "\n") }})
}

func (f *finish) goes(to Onward) func() (ui.Move, tea.Cmd) {
	return func() (ui.Move, tea.Cmd) {
		f.setup.onwards = to
		return ui.Next(), nil
	}
}

// Update hands keys to the values and the ways on, and takes in the certificate.
func (f *finish) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return f.press(press)
	}
	f.trust.take(msg)
	f.values.Take(msg)
	if _, err, ok := f.keep.Take(msg); ok && err != nil {
		f.note = saved.NotKept(f.setup.Saved(), err)
	}
	return ui.Stay(), nil
}

func (f *finish) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if !f.values.Plain() {
		for _, action := range f.actions() {
			if key.Matches(msg, action.Key) {
				return action.Do()
			}
		}
	}
	return f.values.Press(msg)
}

// newSync reads the tables into files.
func (f *finish) newSync() ui.Panel {
	return panels.NewSync(f.setup.theme, f.setup.Environment(), f.setup.Saved(), nil)
}

// newRead reads a row of each table once more, as the saved connection does from now on, and keeps how that ended.
func (f *finish) newRead() ui.Panel {
	return panels.NewTest(f.setup.theme, f.setup.Environment(), f.setup.Saved(), func(test *setup.Test, _ []check.Result) tea.Cmd {
		return f.keep.Start(f.ctx, test.Keep)
	})
}

// View draws what is true, and what to enter in Draftt. Whole lines count more than blank ones, and what to enter more than the facts.
func (f *finish) View(width, height int) string {
	if f.values.Plain() {
		return f.values.PlainView(width, height)
	}
	title, short := setup.FinishTitles(f.setup.Saved())
	if len([]rune(title)) > width {
		title = short
	}
	head := strings.Split(f.setup.theme.Title.Render(ui.Wrap(title, width)), "\n")
	values, note := f.values.Lines(width), f.noteLines(width)
	if len(head)+len(values)+len(note) > height { // how copying or saving went is not looked for out of sight
		values, note = note, values
	}
	for blanks := 2; blanks >= 0; blanks-- {
		facts := f.whole(width)
		if view := parted(blanks, head, facts, values, note); len(view) <= height {
			return strings.Join(view, "\n")
		}
	}
	room := height - len(head) - len(values) - len(note)
	return strings.Join(parted(0, head, f.known(width, room), values, note), "\n")
}

func (f *finish) noteLines(width int) []string {
	note := f.note + f.values.Note()
	if note == "" {
		return nil
	}
	return strings.Split(strings.TrimRight(ui.Wrap(note, width), "\n"), "\n")
}

// parted are parts below each other, with two kinds of blank lines, with one, or with none: the one between head and facts goes first.
func parted(blanks int, head []string, parts ...[]string) []string {
	view := slices.Clone(head)
	for i, part := range parts {
		if len(part) > 0 && (blanks > 1 || blanks == 1 && i > 0) {
			view = append(view, "")
		}
		view = append(view, part...)
	}
	return view
}

// whole are all facts with nothing left out.
func (f *finish) whole(width int) (lines []string) {
	for _, fact := range f.setup.Finished() {
		lines = append(lines, strings.Split(labelled(fact.Label, fact.Text, width, ui.Wrap), "\n")...)
	}
	return lines
}

// known are the facts within so many lines. Where they do not fit, the ends of those go first that stand above, each with a mark, and then
// whole facts; what is left out is counted, with the key that shows it, also where there is no room at all.
func (f *finish) known(width, room int) []string {
	facts := f.setup.Finished()
	lines, used := make([][]string, len(facts)), len(facts)
	for i, fact := range facts {
		lines[i] = []string{labelled(fact.Label, fact.Text, width, ui.Cut)}
	}
	for i, fact := range slices.Backward(facts) {
		whole := strings.Split(labelled(fact.Label, fact.Text, width, ui.Wrap), "\n")
		if used+len(whole)-1 <= room {
			lines[i], used = whole, used+len(whole)-1
		}
	}
	all := slices.Concat(lines...)
	if used <= room {
		return all
	}
	left := max(0, room-1)
	more := f.setup.theme.Faint.Render(ui.Cut(fmt.Sprintf("  … %d more, d shows them whole", len(facts)-left), width))
	return append(all[:left:left], more)
}

// labelled is a line behind its label; fit makes it as long as there is room.
func labelled(label, text string, width int, fit func(string, int) string) string {
	const column = 18
	lines := strings.Split(fit(ui.Clean(text), width-column), "\n")
	for i := range lines {
		name := ""
		if i == 0 {
			name = label
		}
		lines[i] = fmt.Sprintf("  %-16s%s", name, lines[i])
	}
	return strings.Join(lines, "\n")
}
