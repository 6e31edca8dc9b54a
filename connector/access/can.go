package access

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Ability is whether somebody can do something that takes a role rather than a right on one object.
type Ability struct {
	Capability Capability
	Verdict    Verdict
	Steps      []Step
	Missing    Need // of a no: the role that is missing, the usual one of several
	Doubts     []Doubt
	Own        string // what lets one do it on single objects all the same, empty for nothing
}

// Can answers whether a principal can do what a row of the table of capabilities says, in a workspace and its account. The error for an action
// that the table has not is of kind ErrAsked.
func (f *Facts) Can(who Principal, action string, in Place) (Ability, error) {
	row, known := f.rules.Capability(action)
	if !known {
		return Ability{}, asked(fmt.Sprintf("%q is no action of the table.", connector.CleanLine(action, 80)), "draftt-databricks access can lists them.")
	}
	return f.able(who, row, in), nil
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
		a.Missing = r.missing.need
	}
	return a
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

// SayAbility puts the answer about an action into words.
func (f *Facts) SayAbility(who Principal, a Ability) Words {
	has := map[Verdict]string{Yes: " can: ", No: " cannot: ", Unknown: ": it cannot be told: "}[a.Verdict]
	w := Words{Verdict: a.Verdict.String(), Says: f.Called(who) + has + a.Capability.Action + "."}
	for _, step := range a.Steps {
		if said := f.sayStep(step); said != "" {
			w.Because = append(w.Because, said)
		}
	}
	if a.Verdict == No && a.Missing != (Need{}) {
		w.Missing = f.SayNeed(a.Missing) + "."
	}
	w.NotCollected = f.SayDoubts(a.Doubts)
	if a.Verdict != Yes && a.Own != "" {
		w.Besides = []string{a.Own + "."}
	}
	return w
}
