package access

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Holder is a principal with what it has on an object.
type Holder struct {
	Who Principal
	Holding
}

// Holders are all who have any right on an object in a workspace, or of whom that cannot be told, in the order of the principals. It returns the
// error of Check.
func (f *Facts) Holders(on Object, in Place) ([]Holder, error) {
	at := map[Principal]int{}
	var out []Holder
	row := func(p Principal, r Right) *Holder {
		if _, known := at[p]; !known {
			at[p] = len(out)
			out = append(out, Holder{p, Holding{On: on, class: r.class()}})
		}
		return &out[at[p]]
	}
	for _, r := range f.rules.Asked(f.Kind(on)) {
		yes, unknown, err := f.Who(r, on, in)
		if err != nil {
			return nil, err
		}
		for _, p := range yes {
			row(p, r).yes |= r.mask()
		}
		for _, p := range unknown {
			row(p, r).unknown |= r.mask()
		}
	}
	slices.SortFunc(out, func(a, b Holder) int { return int(a.Who) - int(b.Who) })
	return out, nil
}

// Main is the right of a holding that says most: reading where that is among them, else owning, else the highest. Of a holding without a right for
// certain it is the first one that cannot be told.
func (f *Facts) Main(h Holding) Right {
	rights := h.Rights()
	switch {
	case len(rights) == 0:
		return h.Unknown()[0]
	case slices.Contains(rights, f.rules.sel):
		return f.rules.sel
	}
	return rights[len(rights)-1]
}

// widestRights is how long a line of rights gets, in letters; it always has the first one.
const widestRights = 16

// SayRights are the rights of a holding that it has for certain, in a few words. Of levels it is the highest, which includes the others.
func (f *Facts) SayRights(h Holding) string {
	rights := h.Rights()
	switch {
	case len(rights) == 0:
		return Unknown.String()
	case h.class == levels:
		return f.rules.UI(rights[len(rights)-1], f.Kind(h.On))
	}
	if owns := slices.Index(rights, f.rules.ownership); owns > 0 { // it stands first: it says most
		rights = append([]Right{f.rules.ownership}, slices.Delete(rights, owns, owns+1)...)
	}
	said := ""
	for i, r := range rights {
		name := f.rules.UI(r, f.Kind(h.On))
		if i > 0 && len(said)+len(name) > widestRights {
			return fmt.Sprintf("%s, %d more", said, len(rights)-i)
		}
		if i > 0 {
			said += ", "
		}
		said += name
	}
	return said
}

// Path is the shortest path of each part of a yes, without a look at what would end it, and nothing where the answer is another one.
func (f *Facts) Path(q Question) []Step {
	if f.Check(q) != nil {
		return nil
	}
	q.In = f.where(q.On, q.In)
	v := f.look(q.Who, q.In, Link{})
	defer v.done()
	return v.eval(f.cond(q.Right, q.On, q.In)).steps
}

// SayPath is the part of a path that is about the right itself in a few words, such as “in analysts: from inventory”.
func (f *Facts) SayPath(q Question, steps []Step) string {
	var way []Link
	for _, s := range steps {
		if len(s.Way) > 0 {
			way = s.Way
		}
	}
	if len(way) == 0 {
		return ""
	}
	var groups []string
	last := ""
	for _, l := range way {
		switch l.Kind {
		case IsMember:
			groups = append(groups, f.nameOf(l.To))
		case IsHolder:
			if last = "granted"; l.On != q.On {
				last = "from " + f.ObjectName(l.On)
			}
			if l.Right != q.Right {
				last = f.rules.UI(l.Right, f.Kind(l.On)) + ", " + last
			}
		case IsOwner:
			if last = "owner"; l.On != q.On {
				last = "owner of " + f.ObjectName(l.On)
			}
		}
	}
	switch {
	case len(groups) == 0:
		return last
	case last == "":
		return "in " + strings.Join(groups, " › ")
	}
	return "in " + strings.Join(groups, " › ") + ": " + last
}

// nameOf is the name of a group alone, as it may be shown now.
func (f *Facts) nameOf(p Principal) string { return shown(kindsShown[Group], f.people.list[p].Name) }

// GroupsOf are the groups that a principal is in itself, those of everybody among them. Not all of them may have been collected.
func (f *Facts) GroupsOf(p Principal) []Principal {
	out := slices.Clone(f.up.of(uint32(p)))
	for _, everybody := range f.all {
		if everybody != p && f.people.list[p].Kind != Group && !slices.Contains(out, everybody) {
			out = append(out, everybody)
		}
	}
	return out
}

// MembersOf are who is in a group itself. Not all of them may have been collected.
func (f *Facts) MembersOf(p Principal) []Principal { return slices.Clone(f.down.of(uint32(p))) }

// Owner is the owner of an object, Nobody where it has none or that was not collected.
func (f *Facts) Owner(o Object) Principal { return f.objects.owner[o] }

// SayBecause are the parts of a path in sentences, in the order in which Databricks looks.
func (f *Facts) SayBecause(steps []Step) (lines []string) {
	for _, s := range steps {
		if said := f.sayStep(s); said != "" {
			lines = append(lines, said)
		}
	}
	return lines
}

// ObjectName is the name of an object alone.
func (f *Facts) ObjectName(o Object) string {
	if k := f.Kind(o); k == AccountKind || k == WorkspaceKind || k == MetastoreKind {
		return f.CalledObject(o)
	}
	return f.titled(o)
}

// KindOf is the kind of an object as in the middle of a sentence.
func (f *Facts) KindOf(o Object) string {
	switch f.Kind(o) {
	case WarehouseKind:
		return "SQL warehouse"
	case GroupKind, ServicePrincipalKind: // told apart from the principal itself, which has the same name
		return "who manages the " + strings.ToLower(f.rules.KindName(f.Kind(o)))
	}
	return strings.ToLower(f.rules.KindName(f.Kind(o)))
}

// called are the two names of a principal as they may be shown now: while the screen is shared, aliases of one thing. The second is empty but for a service
// principal that has one.
func called(m Member) (name, display string) {
	if m.Kind == ServicePrincipal && m.Display != "" {
		connector.Known().Note(connector.KindSP, m.Name, m.Display)
		display = shown(connector.KindSP, m.Display)
	}
	return shown(kindsShown[m.Kind], m.Name), display
}

// PrincipalName is the name of a principal alone, that of pages where it has one.
func (f *Facts) PrincipalName(p Principal) string {
	name, display := called(f.people.list[p].Member)
	return cmp.Or(display, name)
}

var kindsShown = map[PrincipalKind]connector.Kind{User: connector.KindUser, ServicePrincipal: connector.KindSP, Group: connector.KindGroup}

// PrincipalKindOf is the kind of a principal as in the middle of a sentence.
func (f *Facts) PrincipalKindOf(p Principal) string {
	m := f.people.list[p].Member
	if m.Kind == Group && m.Place != Account {
		return "workspace group"
	}
	return peopleWords[m.Kind]
}

// PrincipalID is what grants name a principal by.
func (f *Facts) PrincipalID(p Principal) string {
	name, _ := called(f.people.list[p].Member)
	return name
}

// First is the right of a kind of object that is asked about first: reading, where that is one, and else the lowest.
func (s *Rules) First(k Kind) Right {
	all := s.Asked(k)
	if row, known := s.kind(k); known && row.class == unity && slices.Contains(all, s.sel) {
		return s.sel
	}
	return all[0]
}
