package grants

import (
	"cmp"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Admin reports whether a principal is a workspace admin, and through which name. It is unknown where it may be in groups that are not known.
func (w Who) Admin() (holder Identity, is, unknown bool) {
	j := w.Judge(View{Object: Metastore()})
	switch j.administers() {
	case access.Yes:
		return j.names[j.called[AdminsGroup]], true, false
	case access.No:
		return Identity{}, false, false
	}
	return Identity{}, false, true
}

// Owns reports whether the owner of an object is the principal or a group of its. An owner that is not named is unknown, not nobody: then
// unseen says so, as a noun phrase.
func (w Who) Owns(on Object, owner connector.Remote) (holder Identity, owns bool, unseen string) {
	return w.Judge(View{Object: on, Owner: owner, Sight: Full}).Owner()
}

// Owner is Who.Owns of the object of the look.
func (j Judged) Owner() (holder Identity, owns bool, unseen string) {
	held := j.held(Ownership)
	switch {
	case held.Verdict == access.Yes:
		return j.names[held.Ways[0].Last().From], true, ""
	case slices.ContainsFunc(held.Doubts, func(d access.Doubt) bool { return d.What&access.SeenOwner != 0 }):
		return Identity{}, false, UnseenOwner(j.view.Object)
	}
	return Identity{}, false, ""
}

// held asks by what the principal has a privilege on the object.
func (j Judged) held(p connector.Privilege) access.Held {
	right, known := access.Table().Named(j.view.Object.kind(), string(p))
	if j.facts == nil || !known {
		return access.Held{Verdict: access.Unknown}
	}
	return j.facts.Held(access.Question{Who: j.who, Right: right, On: j.on, In: j.in})
}

// Holds reports whether the principal is known to have a privilege on the object.
func (j Judged) Holds(p connector.Privilege) bool { return j.held(p).Verdict == access.Yes }

// Opens reports whether the principal is known to have what opens the object.
func (j Judged) Opens() bool { return j.Holds(j.view.Object.Opens()) }

// Levels on a SQL warehouse: the one that shows it, and the one that running statements takes.
const (
	CanView = "CAN_VIEW"
	CanUse  = "CAN_USE"
)

// Uses reports whether a principal may use a SQL warehouse, of whose list nothing is known but that the principal is on it with a level at least.
func (w Who) Uses(id connector.WarehouseID, level string) (is, unknown bool) {
	b, j, _ := w.begin(View{})
	at := b.Object(access.WarehouseKind, j.in, string(id))
	b.Describe(at, access.Thing{Seen: access.SeenPlace})
	b.Grant(at, j.who, level)
	right, known := access.Table().Named(access.WarehouseKind, CanUse)
	if !known || !j.build(b) {
		return false, true
	}
	held := j.facts.Held(access.Question{Who: j.who, Right: right, On: at, In: j.in})
	return held.Verdict == access.Yes, held.Verdict == access.Unknown
}

// seesAll reports whether whoever looked is shown every grant on the object: as an admin of the workspace, as the owner of the object or of what
// it is in, or by MANAGE.
func (j Judged) seesAll() bool { return j.Holds(connector.Manage) || j.administers() == access.Yes }

// administers is whether the principal is an admin of the workspace.
func (j Judged) administers() access.Verdict {
	if j.facts == nil {
		return access.Unknown
	}
	return j.facts.Role(j.who, "workspace-admin", j.in).Verdict
}

// origins are the grants and the ownership that give a privilege on the object, the nearest first, or why it cannot be told that none does, empty
// where it can.
func (j Judged) origins(p connector.Privilege) (out []Origin, unknown string) {
	if _, known := access.Table().Named(j.view.Object.kind(), string(p)); !known {
		for _, g := range j.view.Grants {
			if o, counts := j.origin(g); counts && g.Privilege == p {
				out = append(out, o)
			}
		}
		return out, ""
	}
	held := j.held(p)
	type found struct {
		Origin
		at int
	}
	var all []found
	for _, way := range held.Ways {
		last := way.Last()
		o := found{Origin{Holder: j.names[last.From], From: j.things[last.On], Owner: last.Kind == access.IsOwner, Above: last.On != j.on}, len(j.view.Grants)}
		if at, listed := j.listed[last]; listed {
			o.at = at
			o.Origin, _ = j.origin(j.view.Grants[at])
			o.All = j.view.Grants[at].Privilege != p
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Or(a.distance()-b.distance(), a.at-b.at) })
	for _, o := range all {
		out = append(out, o.Origin)
	}
	if held.Verdict == access.Unknown {
		unknown = j.doubt(held.Doubts)
	}
	return out, unknown
}

// doubt says why something cannot be told.
func (j Judged) doubt(doubts []access.Doubt) string {
	has := func(what access.Seen) int {
		return slices.IndexFunc(doubts, func(d access.Doubt) bool { return d.What&what != 0 })
	}
	if j.view.Unseen != "" {
		return j.view.Unseen
	}
	if has(access.SeenEntries) >= 0 {
		return "no grant to the principal itself; inherited-by-group detail not visible"
	}
	if at := has(access.SeenOwner); at >= 0 {
		return "it does not show " + UnseenOwner(j.things[doubts[at].On])
	}
	for _, d := range doubts {
		if d.Group != access.Nobody {
			return "it does not show whether the principal is in " + j.names[d.Group].Name.String()
		}
	}
	return "it does not show"
}

// origin is where a grant of the view comes from, and whether it counts for the principal.
func (j Judged) origin(g connector.Grant) (Origin, bool) {
	from, err := j.from(g)
	who, known := j.called[strings.ToLower(g.Principal.Raw())]
	if err != nil || !known || !slices.ContainsFunc(j.circle, func(b access.Belonging) bool { return b.To == who }) {
		return Origin{}, false
	}
	return Origin{Holder: j.names[who], From: from, Above: g.InheritedFrom.Raw() != ""}, true
}

// Given are the privileges that count for the principal and were given on the object itself, owning it not among them.
func (j Judged) Given() []Excess {
	var out []Excess
	for _, g := range j.view.Grants {
		if o, counts := j.origin(g); counts && !o.Above {
			out = append(out, NewExcess(g.Privilege, o))
		}
	}
	return out
}
