package steps

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// homeList is the list: set-ups that were left on top, then the saved connections.
type homeList struct {
	home      *Home
	picker    *ui.Picker
	entries   []homeEntry
	damaged   []vault.Damaged
	filtering bool // letters go to the filter
	aim       aim  // where the cursor goes when the list is filled again
}

// homeEntry is a line of the list: a set-up that was left, or a saved connection.
type homeEntry struct {
	left  *Interrupted
	saved connector.Connection
}

func newHomeList(h *Home) *homeList {
	l := &homeList{home: h, picker: ui.NewPicker(h.theme)}
	l.picker.Blur()
	l.picker.Describe(func(i int) ui.PickerRow { return l.entries[i].row(h) })
	return l
}

func (l *homeList) fill(found Kept) {
	for i := range found.Waiting {
		l.entries = append(l.entries, homeEntry{left: &found.Waiting[i]})
	}
	for _, c := range found.Saved {
		l.entries = append(l.entries, homeEntry{saved: c})
	}
	l.damaged = found.Damaged
	l.show(0)
}

// show fills the picker anew and puts the cursor on an entry, or on the last where there are fewer.
func (l *homeList) show(at int) {
	names := make([]string, len(l.entries))
	for i, e := range l.entries {
		names[i] = e.name()
	}
	l.picker.Reset()
	l.picker.Append(names)
	l.picker.Select(min(at, len(names)-1))
}

func (l *homeList) replace(c connector.Connection) {
	if at := l.find(c); at >= 0 && c.ID != "" {
		l.entries[at].saved = c
	}
}

func (l *homeList) remove(c connector.Connection) { l.drop(aim{saved: c.ID}) }

func (l *homeList) find(c connector.Connection) int {
	return slices.IndexFunc(l.entries, func(e homeEntry) bool { return e.left == nil && e.saved.ID == c.ID })
}

// current is the entry under the cursor.
func (l *homeList) current() (homeEntry, bool) {
	i, ok := l.picker.Selected()
	if !ok {
		return homeEntry{}, false
	}
	return l.entries[i], true
}

func (l *homeList) selected() (connector.Connection, bool) {
	e, ok := l.current()
	return e.saved, ok && e.left == nil
}

func (l *homeList) waiting() (Interrupted, bool) {
	e, ok := l.current()
	if !ok || e.left == nil {
		return Interrupted{}, false
	}
	return *e.left, true
}

// goOn is the choice of a set-up that was left, with the saved connection that it changes. Where that is gone by now, it makes a new one.
func (l *homeList) goOn(left Interrupted) HomeChoice {
	choice := HomeChoice{Kind: HomeContinue, Left: left}
	if at := l.find(connector.Connection{ID: left.Edits()}); at >= 0 {
		choice.Saved = l.entries[at].saved
	}
	return choice
}

// press moves the cursor and edits the filter, and reports whether the key was for that.
func (l *homeList) press(msg tea.KeyPressMsg) bool {
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
func (l *homeList) escape() bool {
	was := l.filtering || l.picker.Query() != ""
	l.filtering = false
	l.picker.Blur()
	l.picker.SetQuery("")
	return was
}

func (l *homeList) keys() []key.Binding {
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
func (e homeEntry) name() string {
	if e.left == nil {
		return e.saved.Name
	}
	return cmp.Or(e.left.Draft.Name(), "Set-up that was left")
}

// leftWord says what was left: a set-up, or the change of a saved connection.
func (e homeEntry) leftWord() string {
	if e.left.Edits() != "" {
		return "edit left"
	}
	return "left"
}

// row is an entry as the picker shows it: its workspace, and how it was when last tested.
func (e homeEntry) row(h *Home) ui.PickerRow {
	now := h.env.Now()
	if e.left != nil {
		return ui.PickerRow{
			Name: e.name(), Mark: ui.MarkRunning,
			Cells: []string{e.left.Draft.Host().String(), fmt.Sprintf("%s at step %d, %s", e.leftWord(), int(e.left.Step)+1, Ago(now.Sub(e.left.LeftAt)))},
		}
	}
	row := ui.PickerRow{Name: e.name(), Cells: []string{e.saved.Host.String(), "never tested"}, Mark: ui.MarkWaiting}
	if p := e.saved.Proof; !p.At.IsZero() {
		row.Mark, row.Cells[1] = ui.MarkFail, "failed "+Ago(now.Sub(p.At))
		if p.Passed {
			row.Mark, row.Cells[1] = ui.MarkPass, "passed "+Ago(now.Sub(p.At))
		}
	}
	if _, warns := Expiry(e.saved, now); warns {
		row.Cells[1] += ", rotate"
		if row.Mark == ui.MarkPass {
			row.Mark = ui.MarkWarn
		}
	}
	return row
}

// homeFact is one line about the entry under the cursor.
type homeFact struct{ label, text string }

// facts are what is known about an entry.
func (e homeEntry) facts(h *Home) []homeFact {
	if e.left != nil {
		until := "for seven days, until " + e.left.ExpiresAt.Local().Format("2 January")
		if e.left.Session {
			until = "until you log out"
		}
		what := homeFact{"Set-up", fmt.Sprintf("left at step %d, %s", int(e.left.Step)+1, e.left.Step)}
		if e.left.Edits() == "" {
			return []homeFact{what, {"Kept", until + "; the secret is asked for again"}}
		}
		what.label, until = "Edit", until+"; the saved connection is as it was"
		return []homeFact{what, {"Kept", until}}
	}
	c, now := e.saved, h.env.Now()
	test := "never; enter tests it, to a real read of its tables"
	if !c.Proof.At.IsZero() {
		test = c.Proof.At.Local().Format("2 January 2006, 15:04") + ". " + VerdictLine(c.Proof)
	}
	facts := []homeFact{{"Reads", c.Schema.String() + ": " + TableList(c.Tables)}, {"Last test", test}}
	if c.Proof.ReadOnly != "" {
		facts = append(facts, homeFact{"Read-only", c.Proof.ReadOnly})
	}
	return append(facts, homeFact{"Secret", h.secretLine(c, now)})
}

// secretLine says when a secret ends, or how old it is where its end is not known.
func (h *Home) secretLine(c connector.Connection, now time.Time) string {
	if text, _ := Expiry(c, now); text != "" {
		return text
	}
	return "set " + Ago(now.Sub(c.SecretSetAt)) + "; when it ends is known to an admin alone"
}
