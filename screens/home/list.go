package home

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// entries is the list: set-ups that were left on top, then the saved connections.
type entries struct {
	home      *Screen
	picker    *ui.Picker
	entries   []entry
	damaged   []vault.Damaged
	filtering bool // letters go to the filter
	aim       aim  // where the cursor goes when the list is filled again
}

// entry is a line of the list: a set-up that was left, or a saved connection.
type entry struct {
	left  *setup.Interrupted
	saved connector.Connection
}

func newEntries(h *Screen) *entries {
	l := &entries{home: h, picker: ui.NewPicker(h.theme)}
	l.picker.Blur()
	l.picker.Describe(func(i int) ui.PickerRow { return l.entries[i].row(h) })
	return l
}

func (l *entries) fill(found setup.Kept) {
	for i := range found.Waiting {
		l.entries = append(l.entries, entry{left: &found.Waiting[i]})
	}
	for _, c := range found.Saved {
		l.entries = append(l.entries, entry{saved: c})
	}
	l.damaged = found.Damaged
	l.show(0)
}

// show fills the picker anew and puts the cursor on an entry, or on the last where there are fewer.
func (l *entries) show(at int) {
	names := make([]string, len(l.entries))
	for i, e := range l.entries {
		names[i] = e.name()
	}
	l.picker.Reset()
	l.picker.Append(names)
	l.picker.Select(min(at, len(names)-1))
}

func (l *entries) replace(c connector.Connection) {
	if at := l.find(c); at >= 0 && c.ID != "" {
		l.entries[at].saved = c
	}
}

func (l *entries) remove(c connector.Connection) { l.drop(aim{saved: c.ID}) }

func (l *entries) find(c connector.Connection) int {
	return slices.IndexFunc(l.entries, func(e entry) bool { return e.left == nil && e.saved.ID == c.ID })
}

// current is the entry under the cursor.
func (l *entries) current() (entry, bool) {
	i, ok := l.picker.Selected()
	if !ok {
		return entry{}, false
	}
	return l.entries[i], true
}

func (l *entries) selected() (connector.Connection, bool) {
	e, ok := l.current()
	return e.saved, ok && e.left == nil
}

func (l *entries) waiting() (setup.Interrupted, bool) {
	e, ok := l.current()
	if !ok || e.left == nil {
		return setup.Interrupted{}, false
	}
	return *e.left, true
}

// goOn is the choice of a set-up that was left, with the saved connection that it changes. Where that is gone by now, it makes a new one.
func (l *entries) goOn(left setup.Interrupted) Choice {
	choice := Choice{Kind: Continue, Left: left}
	if at := l.find(connector.Connection{ID: left.Edits()}); at >= 0 {
		choice.Saved = l.entries[at].saved
	}
	return choice
}

// press moves the cursor and edits the filter, and reports whether the key was for that.
func (l *entries) press(msg tea.KeyPressMsg) bool {
	switch name := msg.String(); {
	case l.filtering && (name == "enter" || name == "tab"):
		l.filtering = false
		l.picker.Blur()
		return true
	case l.filtering:
		return l.picker.Key(msg)
	case name == "/":
		l.filtering = true
		l.picker.Focus()
		return true
	case slices.Contains([]string{"up", "down", "pgup", "pgdown", "home", "end", "ctrl+p", "ctrl+n"}, name):
		return l.picker.Key(msg)
	}
	return false
}

// escape ends the filter, and reports whether there was one.
func (l *entries) escape() bool {
	was := l.filtering || l.picker.Query() != ""
	l.filtering = false
	l.picker.Blur()
	l.picker.SetQuery("")
	return was
}

func (l *entries) keys() []key.Binding {
	if l.filtering {
		return []key.Binding{ui.Bind("done", "enter"), ui.Bind("show all", "esc")}
	}
	more := []key.Binding{ui.Bind("new", "n"), ui.Bind("filter", "/"), ui.Bind("another line", "down", "up")}
	switch e, ok := l.current(); {
	case !ok:
		return more
	case e.left != nil:
		return append([]key.Binding{ui.Bind("go on with it", "enter"), ui.Bind("forget it", "x")}, more...)
	}
	return append([]key.Binding{
		ui.Bind("test", "enter", "t"), ui.Bind("edit", "e"), ui.Bind("new", "n"), ui.Bind("rotate", "r"), ui.Bind("audit", "u"), ui.Bind("disconnect", "d"),
	}, more[1:]...)
}

// name is what an entry is called in the list.
func (e entry) name() string {
	if e.left == nil {
		return e.saved.Name
	}
	return cmp.Or(e.left.Draft.Name(), "Set-up that was left")
}

// leftWord says what was left: a set-up, or the change of a saved connection.
func (e entry) leftWord() string {
	if e.left.Edits() != "" {
		return "edit left"
	}
	return "left"
}

// row is an entry as the picker shows it: its workspace, and how it was when last tested.
func (e entry) row(h *Screen) ui.PickerRow {
	now := h.env.Now()
	if e.left != nil {
		return ui.PickerRow{
			Name: e.name(), Mark: ui.MarkRunning,
			Cells: []string{e.left.Draft.Host().String(), fmt.Sprintf("%s at step %d, %s", e.leftWord(), int(e.left.Step)+1, words.Ago(now.Sub(e.left.LeftAt)))},
		}
	}
	row := ui.PickerRow{Name: e.name(), Cells: []string{e.saved.Host.String(), "never tested"}, Mark: ui.MarkWaiting}
	if p := e.saved.Proof; !p.At.IsZero() {
		row.Mark, row.Cells[1] = ui.MarkFail, "failed "+words.Ago(now.Sub(p.At))
		if p.Passed {
			row.Mark, row.Cells[1] = ui.MarkPass, "passed "+words.Ago(now.Sub(p.At))
		}
	}
	if _, warns := setup.Expiry(e.saved, now); warns {
		row.Cells[1] += ", rotate"
		if row.Mark == ui.MarkPass {
			row.Mark = ui.MarkWarn
		}
	}
	return row
}

// fact is one line about the entry under the cursor.
type fact struct{ label, text string }

// facts are what is known about an entry.
func (e entry) facts(h *Screen) []fact {
	if e.left != nil {
		until := "for seven days, until " + e.left.ExpiresAt.Local().Format("2 January")
		if e.left.Session {
			until = "until you log out"
		}
		what := fact{"Set-up", fmt.Sprintf("left at step %d, %s", int(e.left.Step)+1, e.left.Step)}
		if e.left.Edits() == "" {
			return []fact{what, {"Kept", until + "; the secret is asked for again"}}
		}
		what.label, until = "Edit", until+"; the saved connection is as it was"
		return []fact{what, {"Kept", until}}
	}
	c, now := e.saved, h.env.Now()
	test := "never; enter tests it, to a real read of its tables"
	if !c.Proof.At.IsZero() {
		test = c.Proof.At.Local().Format("2 January 2006, 15:04") + ". " + setup.VerdictLine(c.Proof)
	}
	facts := []fact{{"Reads", c.Schema.String() + ": " + setup.TableList(c.Tables)}, {"Last test", test}}
	if c.Proof.ReadOnly != "" {
		facts = append(facts, fact{"Read-only", c.Proof.ReadOnly})
	}
	return append(facts, fact{"Secret", h.secretLine(c, now)})
}

// secretLine says when a secret ends, or how old it is where its end is not known.
func (h *Screen) secretLine(c connector.Connection, now time.Time) string {
	if text, _ := setup.Expiry(c, now); text != "" {
		return text
	}
	return "set " + words.Ago(now.Sub(c.SecretSetAt)) + "; when it ends is known to an admin alone"
}
