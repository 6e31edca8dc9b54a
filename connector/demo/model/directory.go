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
var kindWords = map[PrincipalKind]string{0: "Principal", User: "User", ServicePrincipal: "Service principal", Group: "Group"}

// Directory is who is known in one place: in the workspace, or in the account that it belongs to. The people of both are the same.
type Directory struct {
	world   *World
	account bool
}

// InWorkspace is the directory of the workspace: its own groups, and who of the account was assigned to it.
func (w *World) InWorkspace() Directory { return Directory{world: w} }

// InAccount is the directory of the account: everybody but the groups that are local to the workspace.
func (w *World) InAccount() Directory { return Directory{world: w, account: true} }

// OfAccount reports whether the directory is that of the account.
func (d Directory) OfAccount() bool { return d.account }

// World is the world that the directory is of.
func (d Directory) World() *World { return d.world }

// List lists the principals of one kind by their SCIM ids. Only an admin of the place may be told more of them than names and ids.
func (d Directory) List(kind PrincipalKind) []*Principal {
	d.world.mu.RLock()
	defer d.world.mu.RUnlock()
	var out []*Principal
	for _, p := range d.world.principals {
		if p.Kind == kind && d.sees(p) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, byID)
	return out
}

func byID(a, b *Principal) int {
	return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name))
}

func (d Directory) sees(p *Principal) bool {
	if d.account {
		return !p.WorkspaceLocal
	}
	return d.world.assigned(p)
}

// Admin reports whether by may be told everything of everybody here, and may change it.
func (d Directory) Admin(by *Principal) bool {
	d.world.mu.RLock()
	defer d.world.mu.RUnlock()
	return d.checkAdmin(by) == nil
}

// CheckAdmin refuses everybody but the admins of the place.
func (d Directory) CheckAdmin(by *Principal) error {
	d.world.mu.RLock()
	defer d.world.mu.RUnlock()
	return d.checkAdmin(by)
}

func (d Directory) checkAdmin(by *Principal) error {
	if d.account {
		return d.world.checkAccountAdmin(by)
	}
	return d.world.checkAdmin(by)
}

// Entry gives the principal of that kind with this SCIM id; an application ID or a name finds nobody. It takes an admin of the place, or at
// the account whoever manages the principal.
func (d Directory) Entry(by *Principal, kind PrincipalKind, id string) (*Principal, error) {
	d.world.mu.RLock()
	defer d.world.mu.RUnlock()
	return d.entry(by, kind, id)
}

func (d Directory) entry(by *Principal, kind PrincipalKind, id string) (*Principal, error) {
	p, ok := d.world.byID(kind, id)
	ok = ok && d.sees(p)
	if ok && d.account && d.world.manages(by, p) {
		return p, nil
	}
	if err := d.checkAdmin(by); err != nil {
		return nil, err
	}
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

func (w *World) members(group *Principal) []*Principal { return slices.Clone(w.called()[group.Name]) }

// Create registers p, whose SCIM id is made here, and changes it then as Edit does. A service principal without a Name gets an application ID
// and is managed by Databricks; one with a Name is managed by Microsoft Entra ID. Groups made in the workspace live there; whoever else is
// made in the workspace is one of the account besides, and one of the account that the workspace did not know is assigned to it. Who is made
// at the account is in no workspace yet. It takes an admin of the place; the *Error for a name that is taken has status 409.
func (d Directory) Create(by *Principal, p Principal, change func(*Draft) error) (*Principal, error) {
	w := d.world
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := d.checkAdmin(by); err != nil {
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
	if p.Kind == User && !folderName(p.Name) {
		return nil, invalidParameter("'%s' is not a valid user name.", p.Name)
	}
	if known, taken := w.principal(p.Name); taken {
		if d.sees(known) || known.Kind != p.Kind || p.Kind == Group {
			return nil, nameTaken(p.Kind, p.Name)
		}
		p = *known
		p.Unassigned = false
		return d.edit(by, &p, change)
	}
	p.ID, p.WorkspaceLocal, p.Unassigned = w.newID(), p.Kind == Group && !d.account, d.account
	made, err := d.edit(by, &p, change)
	if err == nil && made.Kind == User && !made.Unassigned {
		w.addHome(made)
	}
	if err == nil && !made.WorkspaceLocal {
		w.letManage(by, made)
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

// Delete removes a principal with its OAuth secrets, tokens, memberships, permissions and rules, from the workspace and the account alike. What
// Unity Catalog grants it and what it owns stays under its name, as in Databricks. It takes an admin of the place.
func (d Directory) Delete(by *Principal, kind PrincipalKind, id string) error {
	w := d.world
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := d.checkAdmin(by); err != nil {
		return err
	}
	p, err := d.entry(by, kind, id)
	if err != nil {
		return err
	}
	if builtIn(p) {
		return invalidParameter("Group '%s' cannot be deleted.", p.Name)
	}
	for _, member := range w.members(p) {
		w.replace(member, func(m *Principal) { m.MemberOf = without(m.MemberOf, p.Name) })
	}
	w.strike(p.Name)
	w.tree.renamed(p.Name, "")
	delete(w.rules, p.ID)
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
	w.enroll(&changed)
	return &changed
}

func without(list []string, drop ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(drop, s) })
}
