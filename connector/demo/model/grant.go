package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Change is what to add to and remove from one principal's privileges on an object.
type Change struct {
	Principal   string
	Add, Remove []unity.Privilege
}

// Grant gives a privilege on an object to the principal of that name. It returns an *Error as Apply does.
func (w *World) Grant(by *Principal, on unity.Securable, p unity.Privilege, to string) error {
	_, err := w.Apply(by, on, []Change{{Principal: to, Add: []unity.Privilege{p}}})
	return err
}

// Apply makes all the changes or none, and lists what is granted on the object after them, also to one who gave away the right to ask. It
// returns an *Error when the object does not exist, when by may not grant on it, when a privilege does not apply to it, or when a principal
// cannot be found by application ID, user name or account group name; taking away what is not there is no error.
func (w *World) Apply(by *Principal, on unity.Securable, changes []Change) ([]Assignment, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.object(on)
	if err != nil {
		return nil, err
	}
	if err := w.access(by).checkGrant(o); err != nil {
		return nil, err
	}
	for _, c := range changes {
		if err := w.checkChange(o, c); err != nil {
			return nil, err
		}
	}
	for _, c := range changes {
		holder, _ := w.grantee(o.on, c.Principal)
		w.put(o.on, holder, unity.SetOf(c.Add...), unity.SetOf(c.Remove...))
	}
	return w.gathered(o.on, "", false), nil
}

// Preset sets privileges without asking who may grant them: this is how a scenario begins.
// It returns an *Error when the object or the principal does not exist.
func (w *World) Preset(on unity.Securable, to string, list ...unity.Privilege) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.object(on)
	if err != nil {
		return err
	}
	if err := w.checkChange(o, Change{Principal: to, Add: list}); err != nil {
		return err
	}
	holder, _ := w.grantee(o.on, to)
	w.put(o.on, holder, unity.SetOf(list...), 0)
	return nil
}

// put replaces the privileges of one name on one object; an empty set is not kept.
func (w *World) put(on unity.Securable, name string, add, remove unity.PrivilegeSet) {
	holders := w.grants[on]
	if holders == nil {
		holders = map[string]unity.PrivilegeSet{}
		w.grants[on] = holders
	}
	if holders[name] = (holders[name] | add) &^ remove; holders[name] == 0 {
		delete(holders, name)
	}
}

// checkGrant follows "manage privileges in Unity Catalog": the metastore admin, the owner of the object or of a parent, and holders of
// MANAGE who may use the parents can grant. In the legacy catalog a workspace admin may instead of a metastore admin.
func (a access) checkGrant(o object) error {
	if o.catalog != nil && !a.w.bound(o.catalog) {
		return notBound(a.who, o.catalog.Name)
	}
	if !a.mayManage(o) {
		return lacks(a.who, unity.Manage, o.on)
	}
	if o.catalog != nil && o.catalog.FixedGrants {
		return invalidParameter("Privileges on catalog '%s' cannot be changed.", o.catalog.Name)
	}
	return nil
}

func (a access) mayManage(o object) bool {
	if a.admin && (o.catalog == nil || !o.catalog.Legacy) {
		return true
	}
	for on, ok := o.on, true; ok; on, ok = on.Parent() {
		if a.owns(on) {
			return true
		}
	}
	if o.catalog != nil && o.catalog.Legacy {
		return a.isOneOf(Admins)
	}
	for above, ok := o.on.Parent(); ok; above, ok = above.Parent() {
		if !a.may(above.Kind.Opens(), above) {
			return false
		}
	}
	return a.holds(unity.Manage, o.on)
}

// grantee finds whom a privilege on an object is for, by name: a principal of the account, or a recipient where the object is a share.
func (w *World) grantee(on unity.Securable, name string) (string, bool) {
	if row, _ := on.Kind.Row(); row.Grantee != "" {
		to := unity.Securable{Kind: row.Grantee, Name: strings.ToLower(name)}
		_, ok := w.findItem(to)
		return to.Name, ok
	}
	p, ok := w.principal(name)
	if !ok || p.WorkspaceLocal {
		return "", false
	}
	return p.Name, true
}

func (w *World) checkChange(o object, c Change) error {
	if _, ok := w.grantee(o.on, c.Principal); !ok {
		return noPrincipal(c.Principal)
	}
	if unity.SetOf(c.Add...)&unity.SetOf(c.Remove...) != 0 {
		return invalidParameter("Duplicate privileges to add and delete for principal %s.", c.Principal)
	}
	for _, p := range slices.Concat(c.Add, c.Remove) {
		applies := o.on.Kind.Takes(p)
		if o.catalog != nil && o.catalog.Legacy {
			applies = p.OfLegacy()
		}
		if !applies {
			return invalidParameter("Privilege %s is not applicable to this entity [%s:%s].", p.SQL(), o.on.FullName(), o.on.Kind.REST())
		}
	}
	return nil
}

// Held is a privilege and, when it is inherited, the object it was granted on; From is zero for a direct grant.
type Held struct {
	Privilege unity.Privilege
	From      unity.Securable
}

// Assignment is what one principal was given on an object.
type Assignment struct {
	Principal  string
	Privileges []Held
}

// Assignments lists the privileges granted on the object itself, by principal. With a principal it keeps that name only; what a
// group was given appears under the group. Anybody may ask about themselves; about others, those who may grant on the object.
func (w *World) Assignments(by *Principal, on unity.Securable, principal string) ([]Assignment, error) {
	return w.assignments(by, on, principal, false)
}

// Effective is Assignments with the privileges inherited from the objects above.
func (w *World) Effective(by *Principal, on unity.Securable, principal string) ([]Assignment, error) {
	return w.assignments(by, on, principal, true)
}

func (w *World) assignments(by *Principal, on unity.Securable, principal string, inherited bool) ([]Assignment, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	o, err := w.object(on)
	if err != nil {
		return nil, err
	}
	if o.catalog != nil && !w.bound(o.catalog) {
		return nil, notBound(by, o.catalog.Name)
	}
	if a := w.access(by); !strings.EqualFold(principal, by.Name) && !a.mayManage(o) && !a.fromAbove(o.on.Kind) {
		return nil, lacks(by, unity.Manage, on)
	}
	_, isPrincipal := w.principal(principal)
	if _, isGrantee := w.grantee(o.on, principal); principal != "" && !isPrincipal && !isGrantee {
		return nil, noPrincipal(principal)
	}
	return w.gathered(o.on, principal, inherited), nil
}

func (w *World) gathered(on unity.Securable, principal string, inherited bool) []Assignment {
	found := map[string][]Held{}
	w.gather(found, on, unity.Securable{})
	for from, ok := on.Parent(); ok && inherited && w.handsDown(from); from, ok = from.Parent() {
		w.gather(found, from, from)
	}
	var out []Assignment
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if principal == "" || strings.EqualFold(name, principal) {
			out = append(out, Assignment{name, found[name]})
		}
	}
	return out
}

func (w *World) gather(found map[string][]Held, on, from unity.Securable) {
	for name, set := range w.grants[on] {
		for _, p := range set.List() {
			found[name] = append(found[name], Held{p, from})
		}
	}
}

// String is the assignment as one line for test failures and ledgers.
func (a Assignment) String() string {
	words := make([]string, len(a.Privileges))
	for i, h := range a.Privileges {
		words[i] = h.Privilege.SQL()
		if h.From.Kind != "" {
			words[i] += " from " + h.From.FullName()
		}
	}
	return fmt.Sprintf("%s: %s", a.Principal, strings.Join(words, ", "))
}
