package grants

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// AccountUsers is the account group that everybody belongs to without being listed in it.
const AccountUsers = "account users"

// AdminsGroup is the workspace group whose members are workspace admins, who may do anything there.
const AdminsGroup = "admins"

// Identity is one name whose grants count for a principal: its own, or that of a group it belongs to.
type Identity struct {
	Name  connector.Remote
	Group bool
	Via   []connector.Remote // the groups between the principal and this one, nearest first; empty for a direct member
}

// Who is a principal with every name that counts for it.
type Who struct {
	Principal  connector.Principal
	Identities []Identity // the principal itself first
	Complete   bool       // every group is known; otherwise a privilege may come through one that is not
}

// Self is a principal as it knows itself: its own name, the groups that SCIM names and the group of all account users. The list of
// groups is taken as it is; whether groups of groups are in it is up to the workspace, so it does not count as complete.
func Self(p connector.Principal) Who {
	w := Who{Principal: p, Identities: []Identity{{Name: p.Name}}}
	for _, group := range p.Groups {
		w.Identities = append(w.Identities, Identity{Name: group, Group: true})
	}
	return w.withEverybody()
}

// Known is a principal whose groups, those of groups included, were all looked up.
func Known(p connector.Principal, groups []Identity) Who {
	w := Who{Principal: p, Identities: append([]Identity{{Name: p.Name}}, groups...), Complete: true}
	return w.withEverybody()
}

func (w Who) withEverybody() Who {
	if _, in := w.find(connector.FromRemote(AccountUsers)); !in {
		w.Identities = append(w.Identities, Identity{Name: connector.FromRemote(AccountUsers), Group: true})
	}
	return w
}

// UnseenOwner says of an object that its owner does not show, as a noun phrase.
func UnseenOwner(on Object) string { return "who owns " + on.Title() }

// Is reports whether a name is the principal or a group of its. Names compare without regard to case.
func (w Who) Is(name connector.Remote) (Identity, bool) { return w.find(name) }

func (w Who) find(name connector.Remote) (Identity, bool) {
	for _, id := range w.Identities {
		if name.Raw() != "" && strings.EqualFold(id.Name.Raw(), name.Raw()) {
			return id, true
		}
	}
	return Identity{}, false
}

// Origin is where a privilege comes from.
type Origin struct {
	Holder Identity // whom it was given to
	From   Object   // what it was given on
	Above  bool     // From is an object above the one in question, which inherits
	Owner  bool     // Holder owns the object
	All    bool     // it is part of ALL PRIVILEGES
	Unseen bool     // it has effect, but the workspace does not show this principal where it comes from
}

// String says where a privilege comes from in a few words, for example "group analysts, inherited from catalog inventory".
func (o Origin) String() string {
	if o.Unseen {
		return "in effect; inherited-by-group detail not visible"
	}
	var parts []string
	switch {
	case o.Holder.Group:
		parts = append(parts, "group "+o.Holder.Name.String()+through(o.Holder.Via))
	case !o.Owner && !o.Above:
		parts = append(parts, "direct")
	}
	if o.Owner {
		parts = append(parts, "owner")
	}
	if o.Above {
		parts = append(parts, "inherited from "+o.From.Title())
	}
	if o.All {
		parts = append(parts, connector.AllPrivileges.SQL())
	}
	return strings.Join(parts, ", ")
}

func through(via []connector.Remote) string {
	if len(via) == 0 {
		return ""
	}
	names := make([]string, len(via))
	for i, name := range via {
		names[i] = name.String()
	}
	return " through " + strings.Join(names, ", ")
}
