package demo

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// collected are facts as a collector would have them of a workspace, for package access to judge.
type collected struct {
	*testing.T
	*access.Builder
	world                *model.World
	metastore, workspace access.Place
}

func collect(t *testing.T, w *model.World) *collected {
	t.Helper()
	b := access.New(access.Table())
	c := &collected{T: t, Builder: b, world: w, metastore: b.Metastore("m"), workspace: b.Workspace("42")}
	b.AssignMetastore(c.workspace, c.metastore)
	for _, kind := range []model.PrincipalKind{model.User, model.ServicePrincipal, model.Group} {
		for _, p := range w.InWorkspace().List(kind) {
			c.principal(p)
		}
	}
	b.AllPrincipals()
	b.Describe(b.On(c.workspace), access.Thing{Seen: access.SeenAll})
	b.Describe(b.On(access.Account), access.Thing{Seen: access.SeenAll})
	b.Describe(b.On(c.metastore), access.Thing{Owner: c.named(w.Metastore().Owner), Seen: access.SeenAll})
	return c
}

func (c *collected) named(name string) access.Principal { return c.Named(c.metastore, 0, name) }

func (c *collected) principal(p *model.Principal) {
	place := access.Account
	if p.WorkspaceLocal {
		place = c.workspace
	}
	kind := map[model.PrincipalKind]access.PrincipalKind{
		model.User: access.User, model.ServicePrincipal: access.ServicePrincipal, model.Group: access.Group,
	}[p.Kind]
	who := c.Principal(access.Member{
		Kind: kind, Place: place, Name: p.Name, Inactive: !p.Active, Members: true, Everybody: p.Name == model.AccountUsers,
	})
	for _, group := range p.MemberOf {
		c.Join(c.Named(c.workspace, access.Group, group), who)
	}
	for _, e := range p.Entitlements {
		c.Grant(c.On(c.workspace), who, e)
	}
	for _, role := range p.AccountRoles {
		c.Grant(c.On(access.Account), who, role)
	}
	if !p.WorkspaceLocal && !p.Unassigned && p.Name != model.AccountUsers {
		c.Grant(c.On(c.workspace), who, "USER")
	}
}

// ofState collects a random state. A catalog that is bound elsewhere shows to nobody from here, so that this goes by what the state was made
// of.
func ofState(t *testing.T, s state) (*access.Facts, *collected) {
	t.Helper()
	c := collect(t, s.world)
	objects := map[string]access.Object{}
	var names []string
	for name := range s.owners {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return len(above(a)) - len(above(b)) })
	for _, name := range names {
		kind := unity.Kind([]string{"", "CATALOG", "SCHEMA", "TABLE"}[len(above(name))])
		if k, other := kindsByName[lastPart(name)]; other {
			kind = unity.Kind(k.kind).ForGrants()
		}
		thing := access.Thing{Owner: c.named(s.owners[name]), Seen: access.SeenAll}
		if up := above(name); len(up) > 1 {
			thing.Parent = objects[up[1]]
		}
		o := c.Object(access.Kind(kind), c.metastore, name)
		objects[name] = o
		if kind == unity.CatalogKind {
			c.bind(o, &thing, s.bindings[name])
		}
		c.Describe(o, thing)
	}
	for h := range s.grants {
		on := objects[h.on]
		if h.on == "" {
			on = c.On(c.metastore)
		}
		p, err := unity.ParsePrivilege(h.privilege)
		if err != nil || !c.Grant(on, c.named(h.to), p.REST()) {
			t.Fatalf("%v: %v", h, err)
		}
	}
	f, err := c.Build()
	if err != nil {
		t.Fatal(err)
	}
	return f, c
}

func (c *collected) bind(o access.Object, thing *access.Thing, how string) {
	thing.Isolated = how != "open"
	if thing.Isolated {
		c.Bind(o, c.Workspace("43"), false)
	}
	if how == "here" || how == "read-only" {
		c.Bind(o, c.workspace, how == "read-only")
	}
}
