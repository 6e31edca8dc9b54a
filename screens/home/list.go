package home

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// entries is the list: the saved connections, and below them the set-ups that were left.
type entries struct {
	home      *Screen
	picker    *ui.Picker
	entries   []entry
	damaged   []vault.Damaged
	filtering bool    // letters go to the filter
	returnTo  entryID // where the cursor goes when the list is filled again
	last      string  // the ID of the connection that the cursor last stood on
}

// entry is a line of the list: a set-up that was left, or a saved connection.
type entry struct {
	left  *setup.Interrupted
	saved connector.Connection
}

// entryID tells one entry from the others. The zero entryID is none.
type entryID struct{ saved, left string }

func (e entry) id() entryID {
	if e.left != nil {
		return entryID{left: e.left.ID()}
	}
	return entryID{saved: e.saved.ID}
}

// moves stands for all keys that move the cursor.
var moves = key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "another line"))

func newEntries(h *Screen) *entries {
	l := &entries{home: h, picker: ui.NewPicker(h.theme)}
	l.picker.Blur()
	l.picker.Describe(func(i int) ui.PickerRow {
		if i >= len(l.entries) {
			return ui.PickerRow{Name: h.doors[i-len(l.entries)].Name, Own: true}
		}
		return l.entries[i].row(h)
	})
	return l
}

// fill fills the list with what is there now, whatever stood in it before.
func (l *entries) fill(found setup.Kept) {
	l.entries, l.damaged = nil, found.Damaged
	for _, c := range found.Saved {
		l.entries = append(l.entries, entry{saved: c})
	}
	for i := range found.Waiting {
		l.entries = append(l.entries, entry{left: &found.Waiting[i]})
	}
	l.show(0)
}

// show fills the picker anew and puts the cursor on an entry, or on the last where there are fewer.
func (l *entries) show(at int) {
	items := make([]ui.PickerItem, len(l.entries))
	for i, e := range l.entries {
		items[i].Name = e.name()
		if e.left != nil {
			items[i].Group = 1
		}
	}
	l.picker.Reset()
	saved := len(l.connections())
	l.picker.SetHeadings("", fmt.Sprintf("Left (%s)", words.Thousands(len(items)-saved)), "Workspace")
	last := len(items) - 1
	if saved > 0 {
		for _, d := range l.home.doors {
			items = append(items, ui.PickerItem{Name: d.Name, Group: workspaceGroup})
		}
	}
	l.picker.Append(items)
	l.picker.Select(min(at, last))
}

// refill fills the list with what is there now. The cursor goes to the entry that it is to return to, or stays with the one that it is on.
func (l *entries) refill(found setup.Kept) {
	at, _ := l.picker.Selected()
	to := l.returnTo
	if e, ok := l.current(); ok && to == (entryID{}) {
		to = e.id()
	}
	l.returnTo = entryID{}
	l.fill(found)
	if i := slices.IndexFunc(l.entries, func(e entry) bool { return e.id() == to }); i >= 0 {
		at = i
	}
	l.show(max(0, at))
}

func (l *entries) drop(id entryID) {
	at := slices.IndexFunc(l.entries, func(e entry) bool { return e.id() == id })
	if at >= 0 {
		l.entries = slices.Delete(l.entries, at, at+1)
		l.show(at)
	}
}

// replace puts what was saved anew in the place of what it was.
func (l *entries) replace(c connector.Connection) {
	at := l.find(c)
	if at < 0 || c.ID == "" {
		return
	}
	renamed := l.entries[at].saved.Name != c.Name
	l.entries[at].saved = c
	if renamed {
		l.show(at)
	}
}

func (l *entries) remove(c connector.Connection) { l.drop(entryID{saved: c.ID}) }

func (l *entries) find(c connector.Connection) int {
	return slices.IndexFunc(l.entries, func(e entry) bool { return e.left == nil && e.saved.ID == c.ID })
}

// current is the entry under the cursor.
func (l *entries) current() (entry, bool) {
	i, ok := l.picker.Selected()
	if !ok || i >= len(l.entries) {
		return entry{}, false
	}
	return l.entries[i], true
}

// connections are the saved ones of the list, in its order.
func (l *entries) connections() []connector.Connection {
	var saved []connector.Connection
	for _, e := range l.entries {
		if e.left == nil {
			saved = append(saved, e.saved)
		}
	}
	return saved
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
	case name == "/" && len(l.entries) > 0:
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
	general := []key.Binding{}
	for _, w := range l.home.wides() {
		general = append(general, w.key)
	}
	if len(l.entries) == 0 {
		return general
	}
	general = append(general, ui.Bind("filter", "/"), moves)
	_, opens := l.door()
	switch e, ok := l.current(); {
	case opens:
		return append(l.doorKeys(), general...)
	case !ok:
		return general
	case e.left != nil:
		return append([]key.Binding{ui.Bind("go on with it", "enter"), ui.Bind("forget it", "x")}, general...)
	}
	keys := []key.Binding{offers[0].key, offers[1].key}
	first := min(2, len(general)) // those that matter most stand where the footer has room
	keys = append(keys, general[:first]...)
	for _, o := range offers[2:] {
		keys = append(keys, o.key)
	}
	return append(keys, general[first:]...)
}
