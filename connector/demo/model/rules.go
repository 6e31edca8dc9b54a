package model

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// RuleSet is who has which roles on the account, on a group, or on a service principal. Its tag changes with it.
type RuleSet struct {
	Name, ETag string
	Rules      []Rule
}

// Rule gives a role to principals, each named as users/NAME, groups/NAME or servicePrincipals/APPLICATION_ID.
type Rule struct {
	Role       string
	Principals []string
}

// The roles that let their holders do something here.
const (
	groupManager            = "roles/group.manager"
	servicePrincipalManager = "roles/servicePrincipal.manager"
)

// assignableRoles are the roles of each kind of resource; the account itself is no principal.
var assignableRoles = map[PrincipalKind][]string{
	0: {
		"roles/billing.admin", "roles/marketplace.admin", "roles/tagPolicy.assigner", "roles/tagPolicy.creator", "roles/tagPolicy.manager",
	},
	Group:            {"roles/group.assumer", groupManager},
	ServicePrincipal: {servicePrincipalManager, "roles/servicePrincipal.user"},
}

// holding is a rule as it is kept, by the SCIM ids of its principals, so that it stays when a group gets another name.
type holding struct {
	role string
	ids  []string
}

// rules are the rules of one resource.
type rules struct {
	version uint64
	list    []holding
}

func (r rules) tag() string {
	return base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint64([]byte("DCT"), r.version))
}

// resource is what a rule set is of: the principal, or the account when that is nil.
type resource struct {
	kind PrincipalKind
	of   *Principal
	key  string // SCIM id, empty for the account
}

// resourceNamed reads accounts/ID, accounts/ID/groups/SCIM_ID or accounts/ID/servicePrincipals/ID, by either id.
func (w *World) resourceNamed(name string) (resource, error) {
	none := noResource("Resource %s does not exist.", name)
	rest, ours := strings.CutPrefix(name, "accounts/"+AccountID)
	if !ours {
		return resource{}, none
	}
	if rest == "" {
		return resource{}, nil
	}
	parts := strings.Split(strings.TrimPrefix(rest, "/"), "/")
	if len(parts) != 2 {
		return resource{}, invalidParameter("'%s' does not name a resource.", name)
	}
	switch parts[0] {
	case "groups":
		if g, ok := w.byID(Group, parts[1]); ok && !g.WorkspaceLocal {
			return resource{Group, g, g.ID}, nil
		}
	case "servicePrincipals":
		p, ok := w.principal(parts[1])
		if !ok {
			p, ok = w.byID(ServicePrincipal, parts[1]) // where roles are asked for, that is how Databricks names it
		}
		if ok && p.Kind == ServicePrincipal {
			return resource{ServicePrincipal, p, p.ID}, nil
		}
	default:
		return resource{}, invalidParameter("'%s' does not name a resource.", name)
	}
	return resource{}, none
}

// checkRules lets through who may see and set the rules of a resource: account admins, and who manages it. Through the workspace its admins may
// besides, of what is there.
func (d Directory) checkRules(by *Principal, r resource) error {
	if r.of != nil && d.world.manages(by, r.of) || !d.account && r.of != nil && d.sees(r.of) && d.world.workspaceAdmin(by) {
		return nil
	}
	return d.world.checkAccountAdmin(by)
}

// manages reports whether by holds the manager's role on a group or a service principal, itself or through a group.
func (w *World) manages(by, p *Principal) bool {
	for _, h := range w.rules[p.ID].list {
		if h.role != groupManager && h.role != servicePrincipalManager {
			continue
		}
		for _, name := range w.identities(by) {
			if holder, ok := w.principal(name); ok && slices.Contains(h.ids, holder.ID) {
				return true
			}
		}
	}
	return false
}

// letManage makes by the manager of what it made, as documented for service principals and groups.
func (w *World) letManage(by, made *Principal) {
	role := map[PrincipalKind]string{Group: groupManager, ServicePrincipal: servicePrincipalManager}[made.Kind]
	if role != "" {
		w.rules[made.ID] = rules{version: 1, list: []holding{{role, []string{by.ID}}}}
	}
}

// RoleNames lists the roles that can be given on a resource. It takes who may see its rules.
func (d Directory) RoleNames(by *Principal, name string) ([]string, error) {
	d.world.mu.RLock()
	defer d.world.mu.RUnlock()
	r, err := d.world.resourceNamed(name)
	if err != nil {
		return nil, err
	}
	return assignableRoles[r.kind], d.checkRules(by, r)
}

// defaultRules ends the name of the one rule set that a resource has.
const defaultRules = "/ruleSets/default"

func (d Directory) ruleSetNamed(by *Principal, name string) (resource, error) {
	of, ok := strings.CutSuffix(name, defaultRules)
	if !ok {
		return resource{}, invalidParameter("'%s' is not the name of a rule set.", name)
	}
	r, err := d.world.resourceNamed(of)
	if err != nil {
		return resource{}, err
	}
	return r, d.checkRules(by, r)
}

// RuleSet gives the rules of a resource. It takes account admins and who manages the resource.
func (d Directory) RuleSet(by *Principal, name string) (RuleSet, error) {
	d.world.mu.RLock()
	defer d.world.mu.RUnlock()
	r, err := d.ruleSetNamed(by, name)
	if err != nil {
		return RuleSet{}, err
	}
	return d.world.ruleSet(name, r), nil
}

func (w *World) ruleSet(name string, r resource) RuleSet {
	kept := w.rules[r.key]
	out := RuleSet{Name: name, ETag: kept.tag()}
	for _, h := range kept.list {
		rule := Rule{Role: h.role}
		for _, id := range h.ids {
			if p, ok := w.byID(0, id); ok {
				rule.Principals = append(rule.Principals, rolePaths[p.Kind]+p.Name)
			}
		}
		out.Rules = append(out.Rules, rule)
	}
	return out
}

// rolePaths are what rules write in front of the names of principals.
var rolePaths = map[PrincipalKind]string{User: "users/", Group: "groups/", ServicePrincipal: "servicePrincipals/"}

// ReplaceRules makes the rules all that there are of a resource, and gives them with their new tag. It takes who may see them. The *Error for
// rules that somebody else changed since they were read has status 409.
func (d Directory) ReplaceRules(by *Principal, set RuleSet) (RuleSet, error) {
	w := d.world
	w.mu.Lock()
	defer w.mu.Unlock()
	r, err := d.ruleSetNamed(by, set.Name)
	if err != nil {
		return RuleSet{}, err
	}
	now := w.rules[r.key]
	if set.ETag != now.tag() {
		return RuleSet{}, &Error{
			Code: "RESOURCE_CONFLICT", Status: http.StatusConflict,
			Message: fmt.Sprintf("The rule set %s was changed: its etag is not %q.", set.Name, set.ETag),
		}
	}
	next := rules{version: now.version + 1}
	for _, rule := range set.Rules {
		h, err := w.ruled(r, rule)
		if err != nil {
			return RuleSet{}, err
		}
		if i := slices.IndexFunc(next.list, func(other holding) bool { return other.role == h.role }); i >= 0 {
			next.list[i].ids = once(append(next.list[i].ids, h.ids...))
			continue
		}
		next.list = append(next.list, h)
	}
	w.rules[r.key] = next
	return w.ruleSet(set.Name, r), nil
}

func (w *World) ruled(r resource, rule Rule) (holding, error) {
	if !slices.Contains(assignableRoles[r.kind], rule.Role) {
		return holding{}, invalidParameter("Role %s cannot be granted on this resource.", rule.Role)
	}
	h := holding{role: rule.Role}
	for _, path := range rule.Principals {
		kind, name, _ := strings.Cut(path, "/")
		p, ok := w.principal(name)
		if !ok || p.WorkspaceLocal || rolePaths[p.Kind] != kind+"/" {
			return holding{}, noResource("Principal %s does not exist.", path)
		}
		h.ids = append(h.ids, p.ID)
	}
	h.ids = once(h.ids)
	return h, nil
}
