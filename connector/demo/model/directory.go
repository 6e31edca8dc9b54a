package model

import (
	"cmp"
	"crypto/rand"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// kindWords are the kinds of principal in the error texts of the SCIM API.
var kindWords = map[PrincipalKind]string{User: "User", ServicePrincipal: "Service principal", Group: "Group"}

// Directory lists the principals of one kind by their SCIM ids. Only a workspace admin may be told more of them than names and ids.
func (w *World) Directory(kind PrincipalKind) []*Principal {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var out []*Principal
	for _, p := range w.principals {
		if p.Kind == kind {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, byID)
	return out
}

func byID(a, b *Principal) int {
	return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name))
}

// DirectoryEntry gives the principal of that kind with this SCIM id; an application ID or a name finds nobody. It takes a workspace admin.
func (w *World) DirectoryEntry(by *Principal, kind PrincipalKind, id string) (*Principal, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.entry(by, kind, id)
}

func (w *World) entry(by *Principal, kind PrincipalKind, id string) (*Principal, error) {
	if err := w.checkAdmin(by); err != nil {
		return nil, err
	}
	p, ok := w.byID(kind, id)
	if !ok {
		return nil, noResource("%s with id %s not found.", kindWords[kind], id)
	}
	return p, nil
}

// byID finds a principal of one kind, or of any kind when it is 0.
func (w *World) byID(kind PrincipalKind, id string) (*Principal, bool) {
	for _, p := range w.principals {
		if id != "" && p.ID == id && (kind == 0 || p.Kind == kind) {
			return p, true
		}
	}
	return nil, false
}

// Members lists the direct members of a group by their SCIM ids.
func (w *World) Members(group *Principal) []*Principal {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.members(group)
}

func (w *World) members(group *Principal) []*Principal {
	var out []*Principal
	for _, p := range w.principals {
		if slices.Contains(p.MemberOf, group.Name) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, byID)
	return out
}

// CreatePrincipal registers p, whose SCIM id is made here, and changes it then as EditPrincipal does. A service principal without a Name
// gets an application ID and is managed by Databricks; one with a Name is managed by Microsoft Entra ID. Groups made here live in the
// workspace. It takes a workspace admin; the *Error for a name that is taken has status 409.
func (w *World) CreatePrincipal(by *Principal, p Principal, change func(*Draft) error) (*Principal, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkAdmin(by); err != nil {
		return nil, err
	}
	if p.Kind == ServicePrincipal {
		if err := nameServicePrincipal(&p); err != nil {
			return nil, err
		}
	}
	if p.Name == "" {
		return nil, invalidParameter("A %s needs a name.", strings.ToLower(kindWords[p.Kind]))
	}
	if _, taken := w.principal(p.Name); taken {
		return nil, nameTaken(p.Kind, p.Name)
	}
	p.ID, p.WorkspaceLocal = w.newID(), p.Kind == Group
	made, err := w.edit(&p, change)
	if err == nil && made.Kind == User {
		w.addHome(made)
	}
	return made, err
}

func nameServicePrincipal(p *Principal) error {
	if p.Name == "" {
		p.Name = uuid.NewString()
		return nil
	}
	p.EntraManaged = true
	id, err := uuid.Parse(p.Name)
	if err != nil {
		return invalidParameter("'%s' is not a valid application ID.", p.Name)
	}
	p.Name = id.String()
	return nil
}

// newID makes a SCIM id of 16 digits that nobody has.
func (w *World) newID() string {
	for {
		n, err := rand.Int(rand.Reader, big.NewInt(9e15))
		if err != nil {
			continue // it never fails
		}
		id := n.Add(n, big.NewInt(1e15)).String()
		if _, taken := w.byID(0, id); !taken {
			return id
		}
	}
}

// DeletePrincipal removes a principal with its OAuth secrets, tokens, memberships and permissions in the workspace. What Unity Catalog
// grants it and what it owns stays under its name, as in Databricks. It takes a workspace admin.
func (w *World) DeletePrincipal(by *Principal, kind PrincipalKind, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.entry(by, kind, id)
	if err != nil {
		return err
	}
	if builtIn(p) {
		return invalidParameter("Group '%s' cannot be deleted.", p.Name)
	}
	for _, member := range w.members(p) {
		w.replace(member, func(m *Principal) { m.MemberOf = without(m.MemberOf, p.Name) })
	}
	delete(w.principals, strings.ToLower(p.Name))
	w.dropTokens(func(t *Token) bool { return t.Owner == p.Name })
	maps.DeleteFunc(w.secrets, func(_ fingerprint, s *Secret) bool { return s.Owner == p.Name })
	for _, list := range w.lists {
		delete(list, p.Name)
	}
	return nil
}

// builtIn reports whether a principal belongs to every workspace.
func builtIn(p *Principal) bool {
	return p.Kind == Group && slices.Contains([]string{Admins, WorkspaceUsers, AccountUsers}, p.Name)
}

// replace changes a copy of a principal and puts it in its place: those handed out before stay as they were.
func (w *World) replace(p *Principal, change func(*Principal)) *Principal {
	changed := *p
	changed.Entitlements, changed.MemberOf = slices.Clone(p.Entitlements), slices.Clone(p.MemberOf)
	change(&changed)
	w.principals[strings.ToLower(p.Name)] = &changed
	return &changed
}

func without(list []string, drop ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(drop, s) })
}
