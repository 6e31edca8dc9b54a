package access

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// end is a principal or an object: one end of a path.
type end struct {
	who access.Principal
	on  access.Object
}

// world is what an inventory holds, with the ends of the saved connection.
type world struct {
	estate.Standing
	facts  *access.Facts // nil where no inventory is whole
	in     access.Place  // the workspace
	people []access.Principal
	things int      // objects, by their numbers from 1
	own    []end    // our connector, and our tables
	lost   []string // those of ours that the inventory does not have
	card   stored.Card
}

// open reads the last inventory of a connection's workspace. It has no facts where none is whole.
func open(ctx context.Context, visit panels.Visit, tell func(done, of int)) (*world, error) {
	now := time.Now
	if visit.Env.Now != nil {
		now = visit.Env.Now
	}
	standing, run, err := estate.Look(estate.FolderOf(visit.Env.Vault.Dir(), visit.Saved.Host.Typed()), "", now())
	if err != nil || run == nil {
		return &world{Standing: standing}, err //nolint:wrapcheck // the screen names its cause
	}
	defer func() { _ = run.Close() }()
	facts, in, err := stored.ReadWatched(ctx, run, access.Table(), tell)
	if err != nil {
		return nil, err //nolint:wrapcheck // as above
	}
	w := newWorld(standing, facts, in, visit.Saved)
	w.card, err = stored.CardOf(run)
	return w, err //nolint:wrapcheck // as above
}

func newWorld(standing estate.Standing, facts *access.Facts, in access.Place, saved connector.Connection) *world {
	w := &world{Standing: standing, facts: facts, in: in, people: facts.Everybody()}
	_, w.things = facts.Count()
	ours := string(saved.Credentials.ClientID)
	if ours == "" {
		ours = saved.Principal.Name.Raw()
	}
	if who, err := facts.Find(in, ours); err == nil {
		w.own = append(w.own, end{who: who})
	} else if ours != "" {
		w.lost = append(w.lost, ours)
	}
	var names []string
	if saved.Scope == connector.ScopeSchema && !saved.Schema.Catalog.IsZero() {
		names = append(names, saved.Schema.Catalog.Raw()+"."+saved.Schema.Schema.Raw())
	}
	for _, t := range saved.Tables {
		names = append(names, t.Catalog.Raw()+"."+t.Schema.Raw()+"."+t.Table.Raw())
	}
	for _, name := range names {
		if on, err := facts.Seek(name, in); err == nil {
			w.own = append(w.own, end{on: on})
		} else {
			w.lost = append(w.lost, name)
		}
	}
	return w
}

// everything are all ends: ours first, then the principals, then the objects.
func (w *world) everything() rows {
	return rows{
		count: len(w.own) + len(w.people) + w.things,
		rank: func(m *access.Match, i int) (int, bool) {
			if i < len(w.own) { // they stand among the others as well
				return 0, false
			}
			return w.matches(m, w.at(i))
		},
		row: func(i int) ui.PickerRow {
			row := w.row(w.at(i))
			switch {
			case i >= len(w.own):
			case w.own[i].on == access.Nothing:
				row.Cells = []string{"our connector, a " + row.Cells[0]}
			default:
				row.Cells = []string{"our " + row.Cells[0]}
			}
			return row
		},
	}
}

// at is the end at a place among everything.
func (w *world) at(i int) end {
	switch people := i - len(w.own); {
	case people < 0:
		return w.own[i]
	case people < len(w.people):
		return end{who: w.people[people]}
	default:
		return end{on: access.Object(people - len(w.people) + 1)} //nolint:gosec // an object has 32 bits
	}
}

// ours reports whether a principal is that of the saved connection.
func (w *world) ours(who access.Principal) bool {
	return slices.ContainsFunc(w.own, func(e end) bool { return e.on == access.Nothing && e.who == who })
}

// needed says of our connector on a SQL warehouse whether what it has there is what it needs.
func (w *world) needed(h access.Holder) string {
	if w.facts.Kind(h.On) != access.WarehouseKind || !w.ours(h.Who) || !h.Certain() {
		return ""
	}
	rights := h.Rights()
	use, _ := w.facts.Rules().Named(access.WarehouseKind, "CAN_USE")
	name := w.facts.Rules().UI(use, access.WarehouseKind)
	switch top := rights[len(rights)-1]; {
	case top > use:
		return w.facts.Rules().UI(top, access.WarehouseKind) + " is more than Draftt needs, which is " + name
	case top < use:
		return "to run its queries here, Draftt needs " + name
	}
	return name + ", as Draftt needs it to run its queries here"
}

// matches tells how well an end has what is looked for.
func (w *world) matches(m *access.Match, e end) (int, bool) {
	if e.on != access.Nothing {
		return m.Object(e.on)
	}
	return m.Principal(e.who)
}

func (w *world) name(e end) string {
	if e.on != access.Nothing {
		return w.facts.ObjectName(e.on)
	}
	return w.facts.PrincipalName(e.who)
}

// called is the name with the kind, as sentences have it.
func (w *world) called(e end) string {
	if e.on != access.Nothing {
		return w.facts.CalledObject(e.on)
	}
	return w.facts.Called(e.who)
}

// heading is the same at the beginning of a line.
func (w *world) heading(e end) string {
	if e.on == access.Nothing && w.facts.Principal(e.who).Kind == access.User {
		return w.called(e)
	}
	return words.UpperFirst(w.called(e))
}

func (w *world) row(e end) ui.PickerRow {
	kind := ""
	if e.on != access.Nothing {
		kind = w.facts.KindOf(e.on)
	} else {
		kind = w.facts.PrincipalKindOf(e.who)
	}
	return ui.PickerRow{Name: w.name(e), Cells: []string{kind}}
}

// known are the facts about an end.
func (w *world) known(e end) (all []panels.Fact) {
	add := func(label, text string) {
		if text != "" && text != w.name(e) {
			all = append(all, panels.Fact{Label: label, Text: text})
		}
	}
	f := w.facts
	if e.on == access.Nothing {
		add("Kind", f.PrincipalKindOf(e.who))
		add("ID", f.PrincipalID(e.who))
		is := f.Principal(e.who)
		if is.Inactive {
			add("State", "deactivated: it can do nothing")
		}
		if is.Everybody {
			add("Members", "everybody in the account")
		} else if n := len(f.MembersOf(e.who)); n > 0 {
			add("Members", words.Thousands(n))
		}
		add("In", words.Count(len(f.GroupsOf(e.who)), "group"))
		return all
	}
	add("Kind", f.KindOf(e.on))
	if f.Title(e.on) != f.Key(e.on) {
		add("ID", connector.Shown(connector.KindID, connector.CleanLine(f.Key(e.on), 120)))
	}
	if p := f.Parent(e.on); p != access.Nothing {
		add("In", f.CalledObject(p))
	}
	if o := f.Owner(e.on); o != access.Nobody {
		add("Owner", f.Called(o))
	}
	if m, has := f.MetastoreOf(w.in); has && f.Kind(e.on) == access.MetastoreKind && f.In(e.on) == m {
		return append(all, w.metastore()...)
	}
	return all
}

// metastore is the card of the metastore: where it is, which workspaces have it, and what its owner can.
func (w *world) metastore() (all []panels.Fact) {
	if w.card.Region != "" {
		all = append(all, panels.Fact{Label: "Region", Text: strings.TrimSpace(w.card.Region + " " + w.card.Cloud)})
	}
	of := "not collected; an account admin sees which have it"
	if w.card.Whole || len(w.card.Workspaces) > 0 {
		var names []string
		for _, name := range w.card.Workspaces {
			names = append(names, connector.Shown(connector.KindWorkspace, connector.CleanLine(name, 80)))
		}
		of = words.Count(len(names), "workspace") + ": " + strings.Join(names, ", ")
	}
	all = append(all, panels.Fact{Label: "Workspaces", Text: of})
	for _, role := range w.facts.Rules().Roles.Roles {
		if role.ID == "metastore-admin" {
			all = append(all, panels.Fact{Label: "Its admin", Text: "Whoever owns it, in each workspace that has it. " + role.Allows + "."})
		}
	}
	return all
}
