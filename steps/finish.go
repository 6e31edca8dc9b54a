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
	f.values = panels.NewValues(f.setup.theme, f.setup.Saved())
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
	actions = append(actions, ui.Action{Key: ui.Bind("read the tables now", "p"), Do: ui.Opens(f.newRead)})
	if f.setup.Certified() != nil {
		actions = append(actions, ui.Action{Key: ui.Bind("certificate", "u"), Do: ui.Opens(f.trust.page)})
	}
	return actions
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

// newRead reads the tables once more, as the saved connection does from now on, and keeps how that ended.
func (f *finish) newRead() ui.Panel {
	return panels.NewTest(f.setup.theme, f.setup.Environment(), f.setup.Saved(), func(test *setup.Test, _ []check.Result) tea.Cmd {
		return f.keep.Start(f.ctx, test.Keep)
	})
}

// View draws what is true, and what to enter in Draftt.
func (f *finish) View(width, height int) string {
	if f.values.Plain() {
		return f.values.PlainView(width, height)
	}
	t := f.setup.theme
	head := []string{t.Title.Render(ui.Wrap(setup.FinishTitle(f.setup.Saved()), width)), ""}
	for _, fact := range f.setup.Finished() {
		head = append(head, strings.Split(labelled(fact.Label, fact.Text, width), "\n")...)
	}
	rows := append([]string{""}, f.values.Lines(width)...)
	note := strings.Split(strings.TrimRight(ui.Wrap(f.note+f.values.Note(), width), "\n"), "\n")
	if f.note+f.values.Note() != "" {
		note = append([]string{""}, note...)
	}
	if over := len(head) + len(rows) + len(note) - height; over > 0 { // what to enter counts more than what was said before
		head = slices.Delete(head, max(1, len(head)-over), len(head))
	}
	if f.note+f.values.Note() != "" && len(head)+len(rows)+len(note) > height { // how copying or saving went is not looked for out of sight
		rows, note = note, rows
	}
	return strings.Join(slices.Concat(head, rows, note), "\n")
}

// labelled is a line behind its label, broken where it is too long.
func labelled(label, text string, width int) string {
	const column = 18
	lines := strings.Split(ui.Wrap(ui.Clean(text), width-column), "\n")
	for i := range lines {
		name := ""
		if i == 0 {
			name = label
		}
		lines[i] = fmt.Sprintf("  %-16s%s", name, lines[i])
	}
	return strings.Join(lines, "\n")
}
