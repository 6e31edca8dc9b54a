package grants

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Standing is why somebody may grant on an object. Being an account admin is not among the reasons, and being a workspace admin is one in
// hive_metastore alone: by itself it gives no right on an object of Unity Catalog.
type Standing string

// The reasons of "manage privileges in Unity Catalog", and that of table access control.
const (
	OwnsIt        Standing = "owns it"
	ManagesIt     Standing = "has MANAGE on it"
	OwnsAbove     Standing = "owns what it is in"
	OwnsMetastore Standing = "owns the metastore"
	Administers   Standing = "administers the workspace"
)

// Standings are the reasons, in the order in which one asks.
func Standings() []Standing {
	return []Standing{OwnsIt, ManagesIt, OwnsAbove, OwnsMetastore, Administers}
}

// Granter is somebody who may grant on an object.
type Granter struct {
	Name     connector.Remote // a user, a group, or the application ID of a service principal
	Standing Standing
	On       Object // what the standing is on: the object itself, one above it, or the metastore; the object where it is on the workspace
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

// Administered reports whether nobody is known who may grant but the admins of the workspace.
func (a Authority) Administered() bool {
	return len(a.Granters) > 0 && a.Granters[0].Standing == Administers
}

// WhoCan works out for the object of each need who may grant on it, from owners, visible MANAGE grants, owners of parents and the owner
// of the metastore, which may be empty when it is not known. In the legacy catalog only the owner and workspace admins may.
func WhoCan(needs []Need, views []View, metastoreOwner connector.Remote) []Authority {
	seen := newLooks(views)
	owner := func(o Object) connector.Remote {
		if o.Type == MetastoreType {
			return metastoreOwner
		}
		return seen.owner(o)
	}
	var out []Authority
	for _, need := range needs {
		if slices.ContainsFunc(out, func(a Authority) bool { return a.Object.Same(need.On) }) {
			continue
		}
		v := View{Object: need.On}
		if i, looked := seen.of(need.On); looked {
			v = views[i]
		}
		out = append(out, Authority{Object: need.On, Granters: Who{}.judge(v, owner).granters(), Partly: !v.Everybody && !need.On.Name.Legacy()})
	}
	return out
}

// granters are those who may grant on the object of a look, each once, whom to ask first is first.
func (j Judged) granters() []Granter {
	if j.facts == nil {
		return nil
	}
	var out []Granter
	for _, g := range j.facts.Granters(j.on, j.in) {
		granter := Granter{Name: j.names[g.Who].Name, Standing: OwnsAbove, On: j.things[g.By]}
		switch {
		case j.facts.Kind(g.By) == access.WorkspaceKind:
			granter.Standing, granter.On = Administers, j.view.Object
		case j.facts.Rules().API(g.Right) == string(connector.Manage):
			granter.Standing, granter.On = ManagesIt, j.view.Object // which inherits it
		case g.By == j.on:
			granter.Standing = OwnsIt
		case granter.On.Type == MetastoreType:
			granter.Standing = OwnsMetastore
		}
		out = append(out, granter)
	}
	order := Standings()
	slices.SortStableFunc(out, func(a, b Granter) int { return slices.Index(order, a.Standing) - slices.Index(order, b.Standing) })
	var once []Granter
	for _, g := range out {
		if !slices.ContainsFunc(once, func(o Granter) bool { return strings.EqualFold(o.Name.Raw(), g.Name.Raw()) }) {
			once = append(once, g)
		}
	}
	return once
}
