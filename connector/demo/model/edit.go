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

// Edit makes all of a change or nothing and gives the principal as it is then. The change is made while the world stands still, so it must
// not ask the world for anything. It takes who may have the Entry. It returns the change's own error, or an *Error for a principal that does
// not exist, an unknown entitlement or role, a combination of entitlements that is not allowed, a group within itself, and a name that is taken.
func (d Directory) Edit(by *Principal, kind PrincipalKind, id string, change func(*Draft) error) (*Principal, error) {
	d.world.mu.Lock()
	defer d.world.mu.Unlock()
	p, err := d.entry(by, kind, id)
	if err != nil {
		return nil, err
	}
	return d.edit(by, p, change)
}

// Draft is what can be changed of a principal here, but for members and groups. Roles are those of the place: of the account, what its admins
// are known by. Entitlements are of the workspace.
func (d Directory) Draft(p *Principal) Draft {
	draft := Draft{Name: p.Name, DisplayName: p.DisplayName, Active: p.Active, Entitlements: slices.Clone(p.Entitlements), Profile: p.Profile}
	if d.account {
		draft.Entitlements, draft.Roles = nil, p.AccountRoles
	}
	return draft
}

// edit works a change out on copies, checks the outcome, and stores it.
func (d Directory) edit(by, p *Principal, change func(*Draft) error) (*Principal, error) {
	before := references(d.world.members(p))
	draft := d.Draft(p)
	draft.Members, draft.Groups = slices.Clone(before), d.directGroups(p)
	if err := change(&draft); err != nil {
		return nil, err
	}
	if p.External && !slices.Equal(ids(draft.Members), ids(before)) {
		return nil, invalidParameter("The members of group '%s' are those of the identity provider.", p.Name)
	}
	draft.Entitlements, draft.Roles = once(draft.Entitlements), once(draft.Roles)
	if err := d.checkDraft(by, p, &draft); err != nil {
		return nil, err
	}
	return d.store(d.world.rename(p, draft.Name), draft, ids(before)), nil
}

// directGroups are the groups that p is directly in, as far as the place knows them.
func (d Directory) directGroups(p *Principal) []Reference {
	var out []Reference
	for _, name := range p.MemberOf {
		if g, ok := d.world.principal(name); ok && d.sees(g) {
			out = append(out, Reference{g.ID, g.Name})
		}
	}
	return out
}

// store puts the draft in the place of p and brings its members and groups up to date. What another place has of p stays.
func (d Directory) store(p *Principal, draft Draft, before []string) *Principal {
	w := d.world
	stored := w.replace(p, func(to *Principal) {
		to.DisplayName, to.Active, to.Profile = draft.DisplayName, draft.Active, draft.Profile
		if d.account {
			to.Profile.Roles, to.AccountRoles = p.Profile.Roles, draft.Roles
		} else {
			to.Entitlements = draft.Entitlements
		}
		to.MemberOf = slices.DeleteFunc(to.MemberOf, func(name string) bool {
			g, ok := w.principal(name)
			return ok && d.sees(g)
		})
		for _, id := range ids(draft.Groups) {
			g, _ := w.byID(Group, id)
			to.MemberOf = append(to.MemberOf, g.Name)
		}
	})
	members := ids(draft.Members)
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

func (d Directory) checkDraft(by, p *Principal, draft *Draft) error {
	if d.account {
		if err := d.world.checkAccountDraft(by, p, draft); err != nil {
			return err
		}
	}
	for _, e := range draft.Entitlements {
		if err := CheckEntitlement(e); err != nil {
			return err
		}
	}
	if slices.Contains(draft.Entitlements, ConsumerAccess) &&
		(slices.Contains(draft.Entitlements, SQLAccess) || slices.Contains(draft.Entitlements, WorkspaceAccess)) {
		return invalidParameter("Entitlement %s cannot be combined with %s or %s.", ConsumerAccess, WorkspaceAccess, SQLAccess)
	}
	if err := d.world.checkName(p, draft.Name); err != nil {
		return err
	}
	return d.checkMembership(p, ids(draft.Members), ids(draft.Groups))
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

// nameWords are what the SCIM API calls the name that a principal of a kind goes by.
var nameWords = map[PrincipalKind]string{User: "username", ServicePrincipal: "application ID", Group: "name"}

func nameTaken(kind PrincipalKind, name string) *Error {
	return &Error{
		Code: "RESOURCE_ALREADY_EXISTS", Status: http.StatusConflict,
		Message: fmt.Sprintf("%s with %s %s already exists.", kindWords[kind], nameWords[kind], name),
	}
}

func (d Directory) checkMembership(p *Principal, members, groups []string) error {
	w := d.world
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
		if err := checkWithin(p, m); err != nil {
			return err
		}
	}
	for _, id := range groups {
		g, ok := w.byID(Group, id)
		if !ok || !d.sees(g) {
			return noResource("Group with id %s not found.", id)
		}
		if g.Name == p.Name || slices.Contains(w.identities(g), p.Name) {
			return invalidParameter("Group '%s' cannot contain itself.", p.Name)
		}
		if err := checkWithin(g, p); err != nil {
			return err
		}
	}
	return nil
}

// checkWithin refuses a group of the workspace within one of the account, which other workspaces know too.
func checkWithin(group, member *Principal) error {
	if member.WorkspaceLocal && !group.WorkspaceLocal {
		return invalidParameter("Account group '%s' cannot contain workspace group '%s'.", group.Name, member.Name)
	}
	return nil
}
