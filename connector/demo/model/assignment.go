package model

import (
	"net/http"
	"slices"
	"strings"
)

// Admission is how far somebody of the account is in a workspace.
type Admission uint8

// The permissions of the workspace assignment API.
const (
	NotAdmitted Admission = iota
	AsUser
	AsAdmin
)

// Assigned reports whether somebody is in the workspace: a group that lives there, who was assigned to it, and the members of a group that
// was. By itself that lets nobody do anything.
func (w *World) Assigned(p *Principal) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.assigned(p)
}

func (w *World) assigned(p *Principal) bool {
	return !p.Unassigned || len(w.assignedThrough(p)) > 0
}

// assignedThrough are the groups of the account that p is in and that were assigned. The group of everybody counts for nobody.
func (w *World) assignedThrough(p *Principal) []*Principal {
	var out []*Principal
	for _, name := range w.identities(p)[1:] {
		if g, ok := w.principal(name); ok && w.admission(g) != NotAdmitted {
			out = append(out, g)
		}
	}
	return out
}

// admission is what p was assigned itself. An admin of the workspace is a member of its group admins.
func (w *World) admission(p *Principal) Admission {
	switch {
	case p.Unassigned, p.WorkspaceLocal, p.Name == AccountUsers:
		return NotAdmitted
	case slices.Contains(p.MemberOf, Admins):
		return AsAdmin
	}
	return AsUser
}

// Standing is somebody's access to the workspace: what they were assigned themselves, and what they have through groups.
type Standing struct {
	Principal       *Principal
	Direct, Through Admission
	Effective       []string // entitlements, those of its groups among them
}

// Highest is what counts of both.
func (s Standing) Highest() Admission { return max(s.Direct, s.Through) }

// Assignments lists who was assigned to the workspace, by SCIM id. It takes an admin of the place.
func (d Directory) Assignments(by *Principal) ([]Standing, error) {
	w := d.world
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := d.checkAdmin(by); err != nil {
		return nil, err
	}
	var out []Standing
	for _, p := range w.principals {
		if w.admission(p) != NotAdmitted {
			out = append(out, w.standing(p))
		}
	}
	slices.SortFunc(out, func(a, b Standing) int { return byID(a.Principal, b.Principal) })
	return out, nil
}

// Access tells how somebody of any kind is in the workspace. It takes an admin of the place; who is not there at all is not found.
func (d Directory) Access(by *Principal, id string) (Standing, error) {
	w := d.world
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, err := d.ofAccount(by, id)
	if err != nil {
		return Standing{}, err
	}
	if !w.assigned(p) {
		return Standing{}, noResource("Principal with id %s is not assigned to the workspace.", id)
	}
	return w.standing(p), nil
}

func (w *World) standing(p *Principal) Standing {
	s := Standing{Principal: p, Direct: w.admission(p)}
	for _, g := range w.assignedThrough(p) {
		s.Through = max(s.Through, w.admission(g))
	}
	for _, name := range w.identities(p) {
		if holder, ok := w.principal(name); ok {
			s.Effective = append(s.Effective, holder.Entitlements...)
		}
	}
	s.Effective = once(s.Effective)
	return s
}

// ofAccount finds somebody of any kind that the account knows, for an admin of the place.
func (d Directory) ofAccount(by *Principal, id string) (*Principal, error) {
	if err := d.checkAdmin(by); err != nil {
		return nil, err
	}
	p, ok := d.world.byID(0, id)
	if !ok || p.WorkspaceLocal {
		return nil, &Error{Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound, Message: "Principal with id " + id + " not found."}
	}
	return p, nil
}

// Assign puts somebody of the account into the workspace, as a user or as an admin, or takes them out of it. Whoever comes back has the
// permissions and entitlements of before, as documented, though not those of an admin. It takes an admin of the place.
func (d Directory) Assign(by *Principal, id string, as Admission) (Standing, error) {
	w := d.world
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := d.ofAccount(by, id)
	if err != nil {
		return Standing{}, err
	}
	if p.Name == AccountUsers {
		return Standing{}, invalidParameter("Group '%s' cannot be assigned.", p.Name)
	}
	return w.standing(w.replace(p, func(to *Principal) {
		to.Unassigned = as == NotAdmitted
		to.MemberOf = without(to.MemberOf, Admins)
		if as == AsAdmin {
			to.MemberOf = append(to.MemberOf, Admins)
		}
	})), nil
}

func kindNoun(kind PrincipalKind) string { return strings.ToLower(kindWords[kind]) }
