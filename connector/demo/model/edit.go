package model

import (
	"slices"
	"strconv"
	"strings"
)

// Attribute is an attribute of a principal that can be edited, as the SCIM API writes it.
type Attribute string

// The attributes that can be edited. Members and Groups take SCIM ids.
const (
	DisplayNameAttribute  Attribute = "displayName"
	ActiveAttribute       Attribute = "active"
	EntitlementsAttribute Attribute = "entitlements"
	MembersAttribute      Attribute = "members" // of a group
	GroupsAttribute       Attribute = "groups"  // that a user or a service principal is in
)

// EditOp is what an edit does with its values.
type EditOp uint8

// An edit adds its values, removes them (or without values all), or puts them in the place of all.
const (
	AddValues EditOp = iota + 1
	RemoveValues
	ReplaceValues
)

// Edit changes one attribute of a principal.
type Edit struct {
	Attribute Attribute
	Op        EditOp
	Values    []string
}

// apply gives the values that an attribute has after the edit.
func (e Edit) apply(now []string) []string {
	switch {
	case e.Op == ReplaceValues:
		now = nil
	case e.Op == RemoveValues && len(e.Values) == 0:
		return nil
	case e.Op == RemoveValues:
		return without(now, e.Values...)
	}
	out := slices.Clone(now)
	for _, v := range e.Values {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// EditPrincipal makes all the edits or none and gives the principal as it is then. It takes a workspace admin. It returns an *Error for
// a principal that does not exist, an unknown entitlement, a combination of entitlements that is not allowed, or a group within itself.
func (w *World) EditPrincipal(by *Principal, kind PrincipalKind, id string, edits []Edit) (*Principal, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.entry(by, kind, id)
	if err != nil {
		return nil, err
	}
	return w.edit(p, edits)
}

// edit works the edits out on copies, checks the outcome, and stores it.
func (w *World) edit(p *Principal, edits []Edit) (*Principal, error) {
	draft := *p
	before := ids(w.members(p))
	members := before
	groups := w.groupIDs(p)
	for _, e := range edits {
		var err error
		switch e.Attribute {
		case DisplayNameAttribute:
			err = rename(&draft, e)
		case ActiveAttribute:
			draft.Active, err = e.truth()
		case EntitlementsAttribute:
			draft.Entitlements = e.apply(draft.Entitlements)
		case MembersAttribute:
			members = e.apply(members)
		case GroupsAttribute:
			groups = e.apply(groups)
		default:
			err = invalidParameter("Attribute %s cannot be changed.", e.Attribute)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.checkDraft(&draft, members, groups); err != nil {
		return nil, err
	}
	return w.store(p, draft, before, members, groups), nil
}

func rename(p *Principal, e Edit) error {
	if len(e.Values) != 1 || p.Kind == Group && e.Values[0] != p.Name {
		return invalidParameter("The display name of %s cannot be changed.", p.Name)
	}
	p.DisplayName = e.Values[0]
	return nil
}

func (e Edit) truth() (bool, error) {
	if len(e.Values) == 1 && e.Op != RemoveValues {
		if on, err := strconv.ParseBool(e.Values[0]); err == nil {
			return on, nil
		}
	}
	return false, invalidParameter("Attribute %s takes true or false.", e.Attribute)
}

// store puts the draft in the place of p and brings its members and groups up to date.
func (w *World) store(p *Principal, draft Principal, before, members, groups []string) *Principal {
	stored := w.replace(p, func(to *Principal) {
		*to = draft
		to.Entitlements, to.MemberOf = slices.Clone(draft.Entitlements), nil
		for _, id := range groups {
			g, _ := w.byID(Group, id)
			to.MemberOf = append(to.MemberOf, g.Name)
		}
	})
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

func (w *World) checkDraft(p *Principal, members, groups []string) error {
	for _, e := range p.Entitlements {
		if err := CheckEntitlement(e); err != nil {
			return err
		}
	}
	if slices.Contains(p.Entitlements, ConsumerAccess) &&
		(slices.Contains(p.Entitlements, SQLAccess) || slices.Contains(p.Entitlements, WorkspaceAccess)) {
		return invalidParameter("Entitlement %s cannot be combined with %s or %s.", ConsumerAccess, WorkspaceAccess, SQLAccess)
	}
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

// ids are the SCIM ids of principals.
func ids(list []*Principal) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.ID
	}
	return out
}

// groupIDs are the SCIM ids of the groups that p is directly in.
func (w *World) groupIDs(p *Principal) []string {
	var out []string
	for _, name := range p.MemberOf {
		if g, ok := w.principal(name); ok {
			out = append(out, g.ID)
		}
	}
	return out
}
