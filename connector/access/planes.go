package access

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Plane is one of the two in which somebody stands, each by itself: a role of the account gives nothing in a workspace, nor the other way around.
type Plane string

// The planes. Unity Catalog is used from a workspace, and belongs to its plane.
const (
	AccountPlane   Plane = "account"
	WorkspacePlane Plane = "workspace"
)

// PlaneOf is the plane of an object.
func (f *Facts) PlaneOf(o Object) Plane {
	switch f.Kind(o) {
	case AccountKind, GroupKind, ServicePrincipalKind:
		return AccountPlane
	}
	return WorkspacePlane
}

// Member answers whether somebody is in a workspace at all: assigned to it, itself or through a group, an admin of it, or one who lives there.
func (f *Facts) Member(who Principal, in Place) Answer {
	on := f.places[in].object
	if !f.Collected(who) {
		return Answer{Question: Question{Who: who, On: on, In: in}, Verdict: Unknown, Doubts: []Doubt{{Group: who}}}
	}
	v := f.look(who, in, Link{})
	defer v.done()
	return *briefly(v, f.belonging(in), Question{Who: who, On: on, In: in})
}

// placeName is a workspace in sentences, by its ID where that is known.
func (f *Facts) placeName(in Place) string {
	if id := f.places[in].id; id != "" {
		return "workspace " + shown(connector.KindWorkspace, id)
	}
	return "the workspace"
}

// SayMember says whether somebody is in a workspace, and by what.
func (f *Facts) SayMember(a Answer) string {
	where := f.placeName(a.In)
	switch a.Verdict {
	case No:
		return "Not a member of " + where + "."
	case Unknown:
		return "Whether it is a member of " + where + " cannot be told."
	}
	if way := f.SayPath(a.Question, a.Steps); way != "" {
		return "A member of " + where + ": " + way + "."
	}
	return "A member of " + where + "."
}

// Apart are the roles of the account that somebody has without being in the workspace, as sentences with what such a role gives there.
func (f *Facts) Apart(who Principal, in Place) (out []string) {
	if f.Member(who, in).Verdict != No {
		return nil
	}
	for _, role := range f.rules.Roles.Roles {
		if Plane(role.Plane) == AccountPlane && f.Role(who, role.ID, in).Verdict == Yes {
			out = append(out, role.Name+", but not a member of "+f.placeName(in)+
				". What the role gives in a workspace: "+strings.ToLower(role.Workspace[:1])+role.Workspace[1:]+".")
		}
	}
	return out
}
