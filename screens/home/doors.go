package home

import (
	"cmp"
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Door is an entry of the group Workspace: it leads to what an admin sees and changes in the workspace of a saved connection.
type Door struct {
	Name, About string
	// Panel is what it opens. It ends the session of the visit with itself.
	Panel func(panels.Visit) ui.Panel
	// Lines is the same line by line, in a session that is open.
	Lines func(context.Context, prompt.Asker, *admin.Session) error
	// Unsigned is that in place of Lines where it takes no session, as what is seen in a file of this machine.
	Unsigned func(context.Context, prompt.Asker, panels.Visit) error
	// Takes says what it takes, where that is not a session from the beginning.
	Takes string
}

// workspaceGroup is the group of the doors in the list.
const workspaceGroup = 2

// door is the door under the cursor.
func (l *entries) door() (Door, bool) {
	i, ok := l.picker.Selected()
	if !ok || i < len(l.entries) {
		return Door{}, false
	}
	return l.home.doors[i-len(l.entries)], true
}

// visited is the connection whose workspace the doors lead to: the one under the cursor, or the last that was. There are no doors without one.
func (l *entries) visited() connector.Connection {
	if c, ok := l.selected(); ok {
		l.last = c.ID
		return c
	}
	all := l.connections()
	for _, c := range all {
		if c.ID == l.last {
			return c
		}
	}
	return all[0]
}

// Visit is a look at the workspace of a connection.
func (h *Screen) Visit(c connector.Connection) panels.Visit {
	visit := panels.Visit{
		Env: h.env, Saved: c, All: h.list.connections(), Theme: h.theme, Applies: h.applies, Taken: func() tea.Cmd { return h.syncs.look(h) },
		Admission: h.admission,
	}
	if at := slices.IndexFunc(h.doors, func(d Door) bool { return d.Name == panels.InventoryDoor }); at >= 0 {
		there := visit
		visit.Beside = func() ui.Panel { return h.doors[at].Panel(there) }
	}
	return visit
}

// SignOut ends the session that the doors share.
func (h *Screen) SignOut() { h.admission.SignOut() }

// withDoor does what a key stands for with a door.
func (h *Screen) withDoor(name string, d Door) ui.Move {
	switch {
	case name == "enter":
		return ui.Open(d.Panel(h.Visit(h.list.visited())))
	case slices.Contains(panels.SignsOut.Keys(), name) && h.admission.Session() != nil:
		h.SignOut()
		h.say(signedOut, false)
	}
	return ui.Stay()
}

const signedOut = "Signed out. Nothing of it is kept."

// doorFacts are what is known about a door.
func (l *entries) doorFacts(d Door) []fact {
	c := l.visited()
	facts := []fact{{label: "Shows", text: d.About}, {label: "Workspace", text: c.Host.String() + ", of " + c.Name}}
	switch session := l.home.admission.Session(); {
	case session == nil:
	case session.Host().Same(c.Host):
		return append(facts, fact{label: "Signed in", text: "as " + session.Me().Label() + "; u signs out"})
	default:
		facts = append(facts, fact{label: "Signed in", text: "to " + session.Host().String() + ", which ends here"})
	}
	return append(facts, fact{label: "Takes", text: cmp.Or(d.Takes, "one sign-in for all of these; who is no admin sees less")})
}

// doorKeys are those of a door.
func (l *entries) doorKeys() []key.Binding {
	keys := []key.Binding{ui.Bind("open", "enter")}
	if l.home.admission.Session() != nil {
		keys = append(keys, panels.SignsOut)
	}
	return keys
}
