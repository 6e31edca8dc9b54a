package grants

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Standing is why somebody may grant on an object. Being a workspace or account admin is not among the reasons: by itself it gives no
// right on an object of Unity Catalog.
type Standing string

// The reasons of "manage privileges in Unity Catalog", in the order in which one asks.
const (
	OwnsIt        Standing = "owns it"
	ManagesIt     Standing = "has MANAGE on it"
	OwnsAbove     Standing = "owns what it is in"
	OwnsMetastore Standing = "owns the metastore"
)

// Granter is somebody who may grant on an object.
type Granter struct {
	Name     connector.Remote // a user, a group, or the application ID of a service principal
	Standing Standing
	On       Object // what the standing is on: the object itself, one above it, or the metastore
}

// Authority is who may grant on one object.
type Authority struct {
	Object   Object
	Granters []Granter // whom to ask first is first; empty when the workspace shows none
	Partly   bool      // holders of MANAGE are not visible, so there may be more
}

// First is whom to ask, or an empty name when nobody is known.
func (a Authority) First() connector.Remote {
	if len(a.Granters) == 0 {
		return connector.Remote{}
	}
	return a.Granters[0].Name
}

// WhoCan works out for the object of each need who may grant on it, from owners, visible MANAGE grants, owners of parents and the owner
// of the metastore, which may be empty when it is not known. In the legacy catalog only the owner and workspace admins may.
func WhoCan(needs []Need, views []View, metastoreOwner connector.Remote) []Authority {
	var out []Authority
	for _, need := range needs {
		if !slices.ContainsFunc(out, func(a Authority) bool { return a.Object.Same(need.On) }) {
			out = append(out, authority(need.On, views, metastoreOwner))
		}
	}
	return out
}

func authority(on Object, views []View, metastoreOwner connector.Remote) Authority {
	a := Authority{Object: on}
	add := func(name connector.Remote, standing Standing, on Object) {
		known := slices.ContainsFunc(a.Granters, func(g Granter) bool { return strings.EqualFold(g.Name.Raw(), name.Raw()) })
		if name.Raw() != "" && !known {
			a.Granters = append(a.Granters, Granter{Name: name, Standing: standing, On: on})
		}
	}
	seen := differ{views: views}
	v, _ := seen.view(on)
	add(v.Owner, OwnsIt, on)
	for _, g := range v.Grants {
		if g.Privilege == connector.Manage {
			add(g.Principal, ManagesIt, on)
		}
	}
	for parent, ok := on.Parent(); ok; parent, ok = parent.Parent() {
		above, _ := seen.view(parent)
		add(above.Owner, OwnsAbove, parent)
	}
	if !on.Name.Legacy() {
		add(metastoreOwner, OwnsMetastore, Metastore())
	}
	a.Partly = !v.Everybody
	return a
}
