package model

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Draft is what can be changed of a principal. A change works on a draft, which takes the principal's place when all of it is right.
type Draft struct {
	Name, DisplayName string // the Name of a group alone can be changed
	Active            bool
	Entitlements      []string
	Members           []Reference // of a group
	Groups            []Reference // that the principal is directly in
	Profile
}

// Reference names a principal by its SCIM id, by which alone a draft is read.
type Reference struct{ ID, Display string }

// ReferenceTo gives a reference to a principal.
func ReferenceTo(p *Principal) Reference {
	if p.DisplayName != "" {
		return Reference{p.ID, p.DisplayName}
	}
	return Reference{p.ID, p.Name}
}

func references(list []*Principal) []Reference {
	out := make([]Reference, len(list))
	for i, p := range list {
		out[i] = ReferenceTo(p)
	}
	return out
}

func ids(list []Reference) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.ID
	}
	return once(out)
}

// once leaves out what is in a list for a second time.
func once(list []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(text string) bool {
		again := seen[text]
		seen[text] = true
		return again
	})
}

// EditPrincipal makes all of a change or nothing and gives the principal as it is then. The change is made while the world stands still, so
// it must not ask the world for anything. It takes a workspace admin. It returns the change's own error, or an *Error for a principal that
// does not exist, an unknown entitlement, a combination of entitlements that is not allowed, a group within itself, and a name that is taken.
func (w *World) EditPrincipal(by *Principal, kind PrincipalKind, id string, change func(*Draft) error) (*Principal, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.entry(by, kind, id)
	if err != nil {
		return nil, err
	}
	return w.edit(p, change)
}

// edit works a change out on copies, checks the outcome, and stores it.
func (w *World) edit(p *Principal, change func(*Draft) error) (*Principal, error) {
	before := references(w.members(p))
	d := Draft{
		Name: p.Name, DisplayName: p.DisplayName, Active: p.Active, Entitlements: slices.Clone(p.Entitlements), Profile: p.Profile,
		Members: slices.Clone(before), Groups: w.directGroups(p),
	}
	if err := change(&d); err != nil {
		return nil, err
	}
	d.Entitlements = once(d.Entitlements)
	if err := w.checkDraft(p, &d); err != nil {
		return nil, err
	}
	return w.store(w.rename(p, d.Name), d, ids(before)), nil
}

// directGroups are the groups that p is directly in.
func (w *World) directGroups(p *Principal) []Reference {
	var out []Reference
	for _, name := range p.MemberOf {
		if g, ok := w.principal(name); ok {
			out = append(out, Reference{g.ID, g.Name})
		}
	}
	return out
}

// store puts the draft in the place of p and brings its members and groups up to date.
func (w *World) store(p *Principal, d Draft, before []string) *Principal {
	stored := w.replace(p, func(to *Principal) {
		to.DisplayName, to.Active, to.Entitlements, to.Profile, to.MemberOf = d.DisplayName, d.Active, d.Entitlements, d.Profile, nil
		for _, id := range ids(d.Groups) {
			g, _ := w.byID(Group, id)
			to.MemberOf = append(to.MemberOf, g.Name)
		}
	})
	members := ids(d.Members)
	for _, id := range before {
		if m, ok := w.byID(0, id); ok && !slices.Contains(members, id) {
			w.replace(m, func(to *Principal) { to.MemberOf = without(to.MemberOf, p.Name) })
		}
	}
	for _, id := range members {
		if m, ok := w.byID(0, id); ok && !slices.Contains(before, id) {
			w.replace(m, func(to *Principal) { to.MemberOf = append(to.MemberOf, p.Name) })
		}
	}
	return stored
}

// entitlements are those of the SCIM API.
var entitlements = []string{SQLAccess, WorkspaceAccess, ConsumerAccess, ClusterCreate, PoolCreate}

// CheckEntitlement returns an INVALID_PARAMETER_VALUE *Error for a word that is not an entitlement.
func CheckEntitlement(text string) error {
	if slices.Contains(entitlements, text) {
		return nil
	}
	return invalidParameter("Entitlement %s is not supported.", text)
}

func (w *World) checkDraft(p *Principal, d *Draft) error {
	for _, e := range d.Entitlements {
		if err := CheckEntitlement(e); err != nil {
			return err
		}
	}
	if slices.Contains(d.Entitlements, ConsumerAccess) &&
		(slices.Contains(d.Entitlements, SQLAccess) || slices.Contains(d.Entitlements, WorkspaceAccess)) {
		return invalidParameter("Entitlement %s cannot be combined with %s or %s.", ConsumerAccess, WorkspaceAccess, SQLAccess)
	}
	if err := w.checkName(p, d.Name); err != nil {
		return err
	}
	return w.checkMembership(p, ids(d.Members), ids(d.Groups))
}

// checkName refuses another name for all but groups that are not of every workspace, and a name that somebody has.
func (w *World) checkName(p *Principal, name string) error {
	switch {
	case name == p.Name:
		return nil
	case p.Kind != Group, builtIn(p):
		return invalidParameter("The name of %s cannot be changed.", p.Name)
	case name == "":
		return invalidParameter("A %s needs a name.", strings.ToLower(kindWords[p.Kind]))
	}
	if other, taken := w.principal(name); taken && other.ID != p.ID {
		return nameTaken(p.Kind, name)
	}
	return nil
}

func nameTaken(kind PrincipalKind, name string) *Error {
	return &Error{
		Code: "RESOURCE_ALREADY_EXISTS", Status: http.StatusConflict, Message: fmt.Sprintf("%s with name %s already exists.", kindWords[kind], name),
	}
}

func (w *World) checkMembership(p *Principal, members, groups []string) error {
	if len(members) > 0 && p.Kind != Group {
		return invalidParameter("Only groups have members.")
	}
	for _, id := range members {
		m, ok := w.byID(0, id)
		if !ok {
			return noResource("Member with id %s not found.", id)
		}
		if strings.EqualFold(m.Name, p.Name) || slices.Contains(w.identities(p), m.Name) {
			return invalidParameter("Group '%s' cannot contain itself.", p.Name)
		}
	}
	for _, id := range groups {
		g, ok := w.byID(Group, id)
		if !ok {
			return noResource("Group with id %s not found.", id)
		}
		if g.Name == p.Name || slices.Contains(w.identities(g), p.Name) {
			return invalidParameter("Group '%s' cannot contain itself.", p.Name)
		}
	}
	return nil
}
