package model

import (
	"fmt"
	"slices"
	"strings"
)

// PrincipalKind tells users, service principals and groups apart.
type PrincipalKind uint8

// The kinds of principal.
const (
	User PrincipalKind = iota + 1
	ServicePrincipal
	Group
)

// AccountUsers is the account group that everybody belongs to without being listed in it.
const AccountUsers = "account users"

// Admins is the workspace group whose members are workspace admins.
const Admins = "admins"

// WorkspaceUsers is the workspace group that a workspace begins with, whose members may use tokens until somebody decides otherwise.
const WorkspaceUsers = "users"

// The entitlements of the SCIM API that matter here.
const (
	SQLAccess       = "databricks-sql-access"
	WorkspaceAccess = "workspace-access"
	ConsumerAccess  = "workspace-consume"
	ClusterCreate   = "allow-cluster-create" // also what creating SQL warehouses takes
	PoolCreate      = "allow-instance-pool-create"
)

// Principal is a user, a service principal or a group.
type Principal struct {
	Kind         PrincipalKind
	ID           string // the numeric SCIM id
	Name         string // what grants name: application ID, user name, or the group's display name
	DisplayName  string
	Active       bool
	Entitlements []string
	MemberOf     []string // names of groups; groups may be members of groups
	// WorkspaceLocal marks a group that lives in the workspace rather than the account. Such groups cannot hold Unity Catalog privileges.
	WorkspaceLocal bool
	// EntraManaged marks a service principal whose application ID was given by Microsoft Entra ID rather than made here.
	EntraManaged bool
	// Profile is kept as it was given.
	Profile Profile
	// Unassigned marks a principal of the account that was not added to this workspace. Unless a group of it was, it gets tokens and may do
	// nothing with them.
	Unassigned bool
	// External marks a group whose members come from the identity provider. SCIM does not tell them, the identity service does.
	External bool
	// AccountRoles are what SCIM calls roles at the account. At the workspace, roles are another thing.
	AccountRoles []string
}

// Profile is what SCIM keeps of a principal and nothing here depends on. Its lists are never changed in place.
type Profile struct {
	ExternalID                      string
	FullName, GivenName, FamilyName string // of a user; FullName is what it was given as, if it was
	Emails                          []Email
	Roles                           []string
}

// Email is an address of a user.
type Email struct {
	Value, Type, Display string
	Primary              bool
}

// maxNesting is how deep groups of groups count, a documented limit.
const maxNesting = 10

// AddPrincipal registers p, replacing one with the same name. Without an ID it gets one.
func (w *World) AddPrincipal(p Principal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p.ID == "" {
		p.ID = w.newID()
	}
	p.Entitlements, p.MemberOf = slices.Clone(p.Entitlements), slices.Clone(p.MemberOf)
	w.enroll(&p)
	if p.Kind == User {
		w.addHome(&p)
	}
}

// Principal finds a principal by the name that grants use. A display name finds nobody, as in Databricks.
func (w *World) Principal(name string) (*Principal, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.principal(name)
}

func (w *World) principal(name string) (*Principal, bool) {
	p, ok := w.principals[strings.ToLower(name)]
	return p, ok
}

// Groups lists the groups that p belongs to, the direct ones first, without the implicit account users.
func (w *World) Groups(p *Principal) []*Principal {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var groups []*Principal
	for _, name := range w.identities(p)[1:] {
		if g, ok := w.principal(name); ok && g.Name != AccountUsers {
			groups = append(groups, g)
		}
	}
	return groups
}

// identities are the names whose grants count for p: its own first, then its groups by distance, then account users.
func (w *World) identities(p *Principal) []string {
	names := []string{p.Name}
	level := p.MemberOf
	for depth := 0; depth < maxNesting && len(level) > 0; depth++ {
		var next []string
		for _, name := range level {
			if slices.Contains(names, name) {
				continue
			}
			names = append(names, name)
			if g, ok := w.principal(name); ok {
				next = append(next, g.MemberOf...)
			}
		}
		level = next
	}
	if !slices.Contains(names, AccountUsers) {
		names = append(names, AccountUsers)
	}
	return names
}

// entitled reports whether p has one of the entitlements, itself or through a group.
func (w *World) entitled(p *Principal, any ...string) bool {
	for _, name := range w.identities(p) {
		holder, ok := w.principal(name)
		if !ok {
			continue
		}
		for _, e := range any {
			if slices.Contains(holder.Entitlements, e) {
				return true
			}
		}
	}
	return false
}

// CheckAPI tells whether p may use the workspace's API at all: it must be of this workspace, active, and hold one of the three access
// entitlements.
func (w *World) CheckAPI(p *Principal) error {
	if !w.Assigned(p) {
		return &Error{Code: "403", Status: 403, Message: "user not found"}
	}
	if err := w.CheckActive(p); err != nil {
		return err
	}
	return w.checkEntitlement(p, SQLAccess, WorkspaceAccess, ConsumerAccess)
}

// CheckSQL tells whether p may use SQL warehouses: it needs Databricks SQL access or Consumer access.
func (w *World) CheckSQL(p *Principal) error {
	return w.checkEntitlement(p, SQLAccess, ConsumerAccess)
}

func (w *World) checkEntitlement(p *Principal, any ...string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.entitled(p, any...) {
		return nil
	}
	return &Error{
		Code: "403", Status: 403, Class: "INSUFFICIENT_PERMISSIONS", SQLState: "42501",
		Message: fmt.Sprintf("This API is disabled for users without the %s entitlements.", strings.Join(any, " or ")),
	}
}

// WorkspaceAdmin reports whether p is a workspace admin. By itself that gives no right on Unity Catalog objects.
func (w *World) WorkspaceAdmin(p *Principal) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.workspaceAdmin(p)
}

// checkAdmin refuses everybody but workspace admins.
func (w *World) checkAdmin(by *Principal) error {
	if w.workspaceAdmin(by) {
		return nil
	}
	return &Error{
		Code: "PERMISSION_DENIED", Status: 403,
		Message: "This API is disabled for users without workspace admin status. Contact your administrator for more information.",
	}
}

func (w *World) workspaceAdmin(p *Principal) bool { return slices.Contains(w.identities(p), Admins) }
