package tokens

import (
	"cmp"
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// victims is who loses access when a line is taken off the list, before that is planned. Enter keeps somebody.
type victims struct {
	screen *Screen
	holder authorization.Principal
	ctx    context.Context
	task   ui.Task[authorization.Plan]
	pulse  *ui.Pulse
	list   *panels.List
	losing []authorization.Loss // without anybody kept, so that who is kept stays in sight
	kept   map[int]bool
	now    authorization.Plan // with those kept
	err    error
}

func newVictims(s *Screen, holder authorization.Principal) *victims {
	v := &victims{screen: s, holder: holder, pulse: ui.NewPulse(s.Theme), list: panels.NewList(s.Theme, false), kept: map[int]bool{}}
	v.list.Describe(func(i int) ui.PickerRow {
		row := ui.PickerRow{Cells: []string{v.loses(v.losing[i])}, Mark: ui.MarkFail}
		if v.kept[i] {
			row = ui.PickerRow{Cells: []string{"keeps Can Use"}, Mark: ui.MarkPass}
		}
		if s.Theme.Wide() { // else the name has the room, and the rest stands below the list
			columns := v.losing[i].Columns()
			row.Cells = append(columns[1:3:3], row.Cells...)
		}
		return row
	})
	return v
}

// loses is what somebody loses.
func (v *victims) loses(l authorization.Loss) string {
	switch n := len(l.Tokens); {
	case v.screen.object == authorization.Passwords:
		return "loses Can Use"
	case n == 0:
		return "no token"
	default:
		return words.Count(n, "token")
	}
}

func (v *victims) title() string { return "Take Can Use from the " + v.holder.Title() }

// Enter computes who it hits.
func (v *victims) Enter(ctx context.Context) tea.Cmd {
	v.ctx = ctx
	return v.compute()
}

// want is what is planned.
func (v *victims) want() authorization.Want {
	want := authorization.Want{Remove: []string{nameOf(v.holder)}}
	if v.holder.ID == "" { // gone, and on the list by its name alone
		want.Remove = []string{v.holder.Name.Raw()}
	}
	for i := range v.losing {
		if v.kept[i] {
			want.Keep = append(want.Keep, nameOf(v.losing[i].Principal))
		}
	}
	return want
}

func (v *victims) compute() tea.Cmd {
	snapshot, want := v.screen.seen.Snapshot, v.want()
	v.err = nil
	return tea.Batch(v.task.Start(v.ctx, func(context.Context) (authorization.Plan, error) {
		return snapshot.Plan(want) //nolint:wrapcheck // it has words of its own
	}), v.pulse.Beat(nil, true))
}

// Update hands keys to the list, and takes in who is hit.
func (v *victims) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return v.press(msg)
	case tea.PasteMsg:
		if v.list.Filtering() {
			v.list.Paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if plan, err, ok := v.task.Take(msg); ok {
		if v.err = err; err != nil {
			return ui.Stay(), nil
		}
		if v.now = plan; v.losing == nil {
			if v.losing = plan.Effect.Losing; len(v.losing) == 0 {
				return v.goOn()
			}
			var names []string
			for _, l := range v.losing {
				names = append(names, l.Principal.Label())
			}
			v.list.AppendNames(names)
		}
	}
	return ui.Stay(), v.pulse.Beat(msg, v.task.Running())
}

// goOn leads to the plan, over this panel where somebody could be kept: who was is still so after a look at it.
func (v *victims) goOn() (ui.Move, tea.Cmd) {
	if len(v.losing) == 0 {
		return ui.Close().Then(ui.Open(v.screen.plan(v.title(), v.want(), ui.Close()))), nil
	}
	return ui.Open(v.screen.plan(v.title(), v.want(), ui.Close().Then(ui.Close()))), nil
}

func (v *victims) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	switch name := msg.String(); {
	case v.err != nil || v.losing == nil:
	case v.list.Press(msg):
	case name == "enter":
		if i, ok := v.list.Selected(); ok {
			v.kept[i] = !v.kept[i]
			return ui.Stay(), v.compute()
		}
	case name == "p":
		return v.goOn()
	}
	return ui.Stay(), nil
}

// Keys lists what works now.
func (v *victims) Keys() []key.Binding {
	switch {
	case v.err != nil || v.losing == nil:
		return []key.Binding{ui.Bind("close", "esc")}
	case v.list.Filtering():
		return v.list.Bindings()
	}
	var keys []key.Binding
	if i, ok := v.list.Selected(); ok {
		keys = append(keys, ui.Bind(map[bool]string{true: "do not keep", false: "keep"}[v.kept[i]], "enter"))
	}
	return v.list.Bindings(append(keys, ui.Bind("plan it", "p"))...)
}

// Typing is true while letters filter.
func (v *victims) Typing() bool { return v.list.Filtering() }

// Leaves says what esc does.
func (v *victims) Leaves() string { return cmp.Or(v.list.Leaves(), "not now") }

// Escape ends the filter.
func (v *victims) Escape() bool { return v.list.Escape() }

// View draws who loses access, below what it comes to.
func (v *victims) View(width, height int) string {
	t := v.screen.Theme
	switch {
	case v.err != nil:
		return panels.Heading(t, v.title(), "", width) + panels.Trouble(v.err).View(t, width)
	case v.losing == nil:
		return panels.Heading(t, v.title(), "", width) + ui.Working("Looking who loses access", v.task.Since()).View(t, width)
	}
	head := panels.Heading(t, v.title(), "Nothing is changed yet. Enter keeps a principal: it gets Can Use of its own.", width)
	head += ui.Wrap(v.now.Headline(), width) + "\n\n"
	foot := "\n\n" + t.Faint.Render(ui.Cut(v.list.Count(), width))
	if i, ok := v.list.Selected(); ok && !t.Wide() {
		row := v.losing[i].Columns()
		foot = "\n\n" + t.Faint.Render(ui.Cut(v.list.Count()+" · "+row[1]+", by "+row[2], width))
	}
	return head + v.list.Rows(width, max(3, height-strings.Count(head, "\n")-2)) + foot
}
