package access

import (
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Ability is whether somebody can do something that takes a role, or a right on the one object that it is done to.
type Ability struct {
	Capability Capability
	Verdict    Verdict
	Steps      []Step
	Missing    Need // of a no: what is missing where no role is named, or on the object that was asked about
	Doubts     []Doubt
	Own        string // what lets one do it on single objects all the same, empty for nothing

	On    Object   // that was asked about, Nothing for none
	Roles []string // of a no: the roles that can, each by itself
	// Depends says that no role is there and that it depends on the object. Of those that were collected it can be done to Count, such as Some,
	// and of Untold it cannot be told.
	Depends       bool
	Count, Untold int
	Some          []Object
}

// Can answers whether a principal can do what a row of the table of capabilities says, in a workspace and its account. The error for an action
// that the table has not is of kind ErrAsked.
func (f *Facts) Can(who Principal, action string, in Place) (Ability, error) {
	row, known := f.rules.Capability(action)
	if !known {
		return Ability{}, asked(fmt.Sprintf("%q is no action of the table.", connector.CleanLine(action, 80)), "draftt-databricks access can lists them.")
	}
	a := f.able(who, row, in)
	if a.Verdict != Yes && row.Own != "" && f.Collected(who) {
		f.depends(who, in, &a)
	}
	return a, nil
}

// mostSome is how many objects an ability names.
const mostSome = 3

// depends looks for the objects on which somebody can do what no role lets them do on all.
func (f *Facts) depends(who Principal, in Place, a *Ability) {
	a.Depends = true
	for h := range f.What(who, in) {
		right, about := f.rules.ownRight(a.Capability.Own, f.Kind(h.On))
		if !about {
			continue
		}
		switch h.Has(right) {
		case Yes:
			if a.Count++; len(a.Some) < mostSome {
				a.Some = append(a.Some, h.On)
			}
		case Unknown:
			a.Untold++
		}
	}
}

// CanOn is Can for one object, by a role or by what somebody has on that. The error, of kind ErrAsked, is also that of an action that is not about
// such an object.
func (f *Facts) CanOn(who Principal, action string, on Object, in Place) (Ability, error) {
	row, known := f.rules.Capability(action)
	if !known {
		return f.Can(who, action, in)
	}
	right, about := f.rules.ownRight(row.Own, f.Kind(on))
	if !about {
		return Ability{}, asked(fmt.Sprintf("“%s” does not depend on %s.", row.Action, f.CalledObject(on)), "Ask without an object, or about another one.")
	}
	a := f.able(who, row, in)
	if a.On = on; a.Verdict == Yes || !f.Collected(who) {
		return a, nil
	}
	in = f.where(on, in)
	v := f.look(who, in, Link{})
	defer v.done()
	r := v.eval(f.cond(right, on, in))
	if r.verdict == No && a.Verdict == Unknown {
		return a, nil
	}
	a.Verdict, a.Steps, a.Missing = r.verdict, r.steps, r.missing.need
	a.Doubts = append(a.Doubts, r.doubts...)
	if r.verdict != Unknown {
		a.Doubts = nil
	}
	return a, nil
}

// ownCreator is what a row of the table is let do by having made an object, which is written into its list.
const ownCreator = "creator"

// ownRight is the right on an object of a kind by which somebody can do to it what a row of the table takes a role for.
func (s *Rules) ownRight(own string, k Kind) (Right, bool) {
	row, known := s.kind(k)
	api := own
	switch {
	case own == ownCreator:
		api = s.API(s.canManage)
	case !known || own == "":
		return 0, false
	}
	classes := map[string]class{s.API(s.canManage): levels, s.API(s.manage): unity, roleManager: standing}
	if row.class != classes[api] {
		return 0, false
	}
	r := s.byAPI[row.class][api]
	if row.class == levels && row.applies.has(s.scopeManage) { // as secret scopes call it
		r = s.scopeManage
	}
	return r, slices.Contains(s.Asked(k), r)
}

// Role answers whether a principal has a role of the table, by its ID.
func (f *Facts) Role(who Principal, id string, in Place) Ability {
	action := id
	for _, r := range f.rules.Roles.Roles {
		if r.ID == id {
			action = "Be " + r.Name
		}
	}
	return f.able(who, Capability{ID: id, Action: action, By: []string{id}}, in)
}

func (f *Facts) able(who Principal, row Capability, in Place) Ability {
	if !f.Collected(who) {
		return Ability{Capability: row, Verdict: Unknown, Doubts: []Doubt{{Group: who}}, Own: f.rules.Roles.Owns[row.Own]}
	}
	var ways []cond
	for _, role := range row.By {
		ways = append(ways, f.role(role, in))
	}
	v := f.look(who, in, Link{})
	defer v.done()
	r := result{}
	if len(ways) > 0 {
		r = v.eval(either(ways...))
	}
	a := Ability{Capability: row, Verdict: r.verdict, Steps: r.steps, Doubts: r.doubts, Own: f.rules.Roles.Owns[row.Own]}
	if r.verdict == No {
		if a.Roles = f.rules.roleNames(row.By); a.Roles == nil {
			a.Missing = r.missing.need
		}
	}
	return a
}

// roleNames are the names of roles, nil where one of them is none.
func (s *Rules) roleNames(ids []string) (out []string) {
	for _, id := range ids {
		i := slices.IndexFunc(s.Roles.Roles, func(r Role) bool { return r.ID == id })
		if i < 0 {
			return nil
		}
		out = append(out, s.Roles.Roles[i].Name)
	}
	return out
}

// role is what it takes to have a role.
func (f *Facts) role(id string, in Place) cond {
	switch id {
	case "workspace-admin":
		return f.admin(in)
	case "metastore-admin":
		if m := f.places[in].metastore; m != noPlace {
			return own(f.places[m].object, f.rules.ownership)
		}
		return fixed(Unknown, Need{Demand: ToShareMetastore, On: f.places[in].object})
	case "member":
		return f.gate(in)
	}
	account := f.places[Account].object
	for _, role := range f.rules.Roles.Roles {
		if role.ID == id {
			if r, known := f.rules.byAPI[standing][role.API]; known {
				return f.cond(r, account, in)
			}
		}
	}
	return fixed(Unknown, Need{Demand: ToBeKnown, On: account})
}

// Capability finds a row of the table by its ID or its action.
func (s *Rules) Capability(text string) (Capability, bool) {
	for _, row := range s.Roles.Capabilities {
		if plain(row.ID) == plain(text) || plain(row.Action) == plain(text) {
			return row, true
		}
	}
	return Capability{}, false
}
