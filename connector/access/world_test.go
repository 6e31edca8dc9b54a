package access_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// world is an estate in names, so that a test can take single facts away and hide others.
type world struct {
	people   map[string]access.Member
	order    []string // of people
	members  [][2]string
	objects  []object
	grants   []grant
	bindings []bind
	hidden   map[string]access.Seen // what was not collected, by object
	vague    map[string]bool        // groups whose members were not collected
	partly   bool                   // not all principals were collected
}

type object struct {
	kind       access.Kind
	key        string
	parent     string
	owner      string
	local      bool // of the workspace, not the metastore
	thing      access.Thing
	uses, runs string
}

type grant struct{ on, to, right string }

type bind struct {
	catalog, workspace string
	readOnly           bool
}

// facts fills the world in, without one link.
func (w world) facts(t *testing.T, without *told) (*access.Facts, access.Place) {
	t.Helper()
	b := access.New(access.Table())
	metastore, workspace, other := b.Metastore("m"), b.Workspace("1"), b.Workspace("2")
	b.AssignMetastore(workspace, metastore)
	b.AssignMetastore(other, metastore)
	if !w.partly {
		b.AllPrincipals()
	}
	named := func(name string) access.Principal { return b.Named(workspace, 0, name) }
	for _, name := range w.order {
		m := w.people[name]
		if m.Place != access.Account {
			m.Place = workspace
		}
		m.Name, m.Members = name, !w.vague[name]
		b.Principal(m)
	}
	for _, pair := range w.members {
		if without == nil || !without.member(pair) {
			b.Join(named(pair[0]), named(pair[1]))
		}
	}
	at := map[string]access.Object{"": access.Nothing, "account": b.On(access.Account), "workspace": b.On(workspace), "metastore": b.On(metastore)}
	for _, o := range w.objects {
		place := metastore
		if o.local {
			place = workspace
		}
		if _, known := at[o.key]; !known {
			at[o.key] = b.Object(o.kind, place, o.key)
		}
	}
	for _, o := range w.objects {
		thing := o.thing
		thing.Parent, thing.Owner, thing.Uses, thing.Runs = at[o.parent], named(o.owner), at[o.uses], named(o.runs)
		if without != nil && without.owner(o) {
			thing.Owner = access.Nobody
		}
		thing.Seen = access.SeenAll &^ w.hidden[o.key]
		if w.hidden[o.key]&access.SeenOwner != 0 {
			thing.Owner = access.Nobody
		}
		if w.hidden[o.key]&access.SeenPlace != 0 {
			thing.Parent = access.Nothing
		}
		b.Describe(at[o.key], thing)
	}
	for _, g := range w.grants {
		if w.hidden[g.on]&access.SeenEntries != 0 || without != nil && without.grant(g) {
			continue
		}
		if !b.Grant(at[g.on], named(g.to), g.right) {
			t.Fatalf("no %s on %s", g.right, g.on)
		}
	}
	for _, bound := range w.bindings {
		if w.hidden[bound.catalog]&access.SeenBindings == 0 && (without == nil || !without.binding(bound)) {
			place := map[string]access.Place{"1": workspace, "2": other}[bound.workspace]
			b.Bind(at[bound.catalog], place, bound.readOnly)
		}
	}
	f, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return f, workspace
}

// told is a link of an answer, in names.
type told struct {
	f    *access.Facts
	link access.Link
}

func (d told) member(pair [2]string) bool {
	return d.link.Kind == access.IsMember && d.f.Name(d.link.To) == pair[0] && d.f.Name(d.link.From) == pair[1]
}

func (d told) owner(o object) bool {
	return d.link.Kind == access.IsOwner && keyOf(d.f, d.link.On) == o.key
}

func (d told) grant(g grant) bool {
	return d.link.Kind == access.IsHolder && keyOf(d.f, d.link.On) == g.on && d.f.Name(d.link.From) == g.to && d.f.Rules().API(d.link.Right) == g.right
}

func (d told) binding(b bind) bool {
	return d.link.Kind == access.IsBound && keyOf(d.f, d.link.On) == b.catalog && d.f.PlaceID(d.link.In) == b.workspace
}

func keyOf(f *access.Facts, o access.Object) string {
	switch f.Kind(o) {
	case access.AccountKind, access.WorkspaceKind:
		return string(f.Kind(o))
	case access.MetastoreKind:
		return "metastore"
	}
	return f.Key(o)
}

// randomWorld is an estate with groups in groups, some of them in circles, both planes of identity, a tree of folders and two catalogs.
func randomWorld(number uint64) world {
	dice := rand.New(rand.NewPCG(number, 7))
	w := world{people: map[string]access.Member{}, hidden: map[string]access.Seen{}, vague: map[string]bool{}}
	groups := []string{"g0", "g1", "g2", "g3", "g4", "g5"}
	everyone := []string{"ann", "bob", "app"}
	add := func(name string, m access.Member) {
		w.people[name], w.order = m, append(w.order, name)
	}
	add("ann", access.Member{Kind: access.User})
	add("bob", access.Member{Kind: access.User, Inactive: dice.IntN(10) == 0})
	add("app", access.Member{Kind: access.ServicePrincipal})
	for _, g := range groups {
		add(g, access.Member{Kind: access.Group})
	}
	add("account users", access.Member{Kind: access.Group, Everybody: true})
	add("admins", access.Member{Kind: access.Group, Place: 1})
	add("users", access.Member{Kind: access.Group, Place: 1})
	for _, who := range append(append([]string{}, everyone...), groups...) {
		for _, g := range groups {
			if dice.IntN(7) == 0 && who != g {
				w.members = append(w.members, [2]string{g, who})
			}
		}
		if dice.IntN(12) == 0 {
			w.members = append(w.members, [2]string{"admins", who})
		}
		if dice.IntN(3) == 0 {
			w.members = append(w.members, [2]string{"users", who})
		}
	}
	receivers := append(append([]string{"account users", "gone"}, everyone...), groups...)
	any := func() string { return receivers[dice.IntN(len(receivers))] }
	give := func(on string, odds int, rights ...string) {
		for _, r := range rights {
			if dice.IntN(odds) == 0 {
				w.grants = append(w.grants, grant{on, any(), r})
			}
		}
	}
	w.objects = append(w.objects, object{kind: access.WorkspaceKind, key: "workspace", local: true}, object{kind: access.AccountKind, key: "account"},
		object{kind: access.MetastoreKind, key: "metastore", owner: any()})
	give("workspace", 1, "USER", "USER", "databricks-sql-access", "workspace-access", "workspace-access")
	give("workspace", 4, "ADMIN", "workspace-consume")
	give("account", 3, "account_admin", "billing.admin")
	give("metastore", 4, "CREATE_CATALOG", "READ_METADATA")
	for _, c := range []string{"a", "b"} {
		thing := access.Thing{Isolated: dice.IntN(3) == 0, FixedGrants: dice.IntN(12) == 0, NoInheritance: dice.IntN(12) == 0, Legacy: dice.IntN(12) == 0}
		w.objects = append(w.objects, object{kind: access.CatalogKind, key: c, owner: any(), thing: thing})
		if dice.IntN(2) == 0 {
			w.bindings = append(w.bindings, bind{c, "1", dice.IntN(2) == 0})
		}
		w.bindings = append(w.bindings, bind{c, "2", false})
		give(c, 2, "USE_CATALOG", "USE_CATALOG", "USE_SCHEMA")
		give(c, 5, "SELECT", "MODIFY", "BROWSE", "ALL_PRIVILEGES", "MANAGE", "CREATE_SCHEMA", "CREATE_TABLE", "USAGE")
		schema := c + ".s"
		w.objects = append(w.objects, object{kind: access.SchemaKind, key: schema, parent: c, owner: any(), thing: access.Thing{OpensAll: dice.IntN(12) == 0}})
		give(schema, 2, "USE_SCHEMA", "USE_SCHEMA")
		give(schema, 5, "SELECT", "EXECUTE", "ALL_PRIVILEGES", "MANAGE", "CREATE_TABLE", "EXTERNAL_USE_SCHEMA", "USAGE")
		w.objects = append(w.objects, object{kind: access.TableKind, key: schema + ".t", parent: schema, owner: any()})
		give(schema+".t", 3, "SELECT", "MODIFY", "MANAGE", "APPLY_TAG")
		w.objects = append(w.objects, object{kind: access.FunctionKind, key: schema + ".f", parent: schema, owner: any()})
		give(schema+".f", 3, "EXECUTE", "ALL_PRIVILEGES")
	}
	w.objects = append(w.objects, object{kind: "EXTERNAL_LOCATION", key: "landing", parent: "metastore", owner: any()})
	give("landing", 3, "READ_FILES", "MANAGE", "BROWSE", "ALL_PRIVILEGES")
	for _, o := range []object{
		{kind: "directories", key: "1"}, {kind: "directories", key: "2", parent: "1"}, {kind: "notebooks", key: "3", parent: "2"},
		{kind: access.WarehouseKind, key: "w"}, {kind: "jobs", key: "j"}, {kind: "secret-scopes", key: "s"}, {kind: "queries", key: "q", uses: "w"}, {kind: "apps", key: "p", runs: "app"},
	} {
		o.local = true
		w.objects = append(w.objects, o)
	}
	give("1", 3, "CAN_READ", "CAN_EDIT")
	give("2", 3, "CAN_RUN", "CAN_MANAGE")
	give("3", 3, "CAN_READ", "CAN_MANAGE")
	give("w", 2, "CAN_USE", "CAN_MONITOR")
	give("j", 2, "CAN_VIEW", "CAN_MANAGE", "IS_OWNER")
	give("s", 2, "READ", "MANAGE")
	give("q", 2, "CAN_READ", "CAN_RUN")
	give("p", 2, "CAN_USE")
	return w
}

// hide takes away what was collected of a few things.
func (w world) hide(number uint64) world {
	dice := rand.New(rand.NewPCG(number, 8))
	w.hidden, w.vague = map[string]access.Seen{}, map[string]bool{}
	for _, o := range w.objects {
		for _, part := range []access.Seen{access.SeenEntries, access.SeenOwner, access.SeenBindings, access.SeenPlace} {
			if dice.IntN(14) == 0 {
				w.hidden[o.key] |= part
			}
		}
	}
	lost := map[string]bool{}
	for _, name := range w.order {
		if w.people[name].Kind == access.Group && !w.people[name].Everybody && dice.IntN(14) == 0 {
			w.vague[name], lost[name] = true, true
		}
	}
	var kept [][2]string
	for _, m := range w.members {
		if !lost[m[0]] || dice.IntN(2) == 0 {
			kept = append(kept, m)
		}
	}
	w.members, w.partly = kept, dice.IntN(6) == 0
	return w
}

// asks are all questions about a few principals.
func asks(f *access.Facts, in access.Place, w world) (out []access.Question) {
	for _, name := range w.order {
		who, err := f.Find(in, name)
		if err != nil {
			continue
		}
		for _, o := range w.objects {
			on := objectOf(f, in, o)
			for _, r := range f.Rules().Asked(o.kind) {
				out = append(out, access.Question{Who: who, Right: r, On: on, In: in})
			}
		}
	}
	return out
}

func objectOf(f *access.Facts, in access.Place, o object) access.Object {
	key, place := o.key, in
	switch metastore, _ := f.MetastoreOf(in); {
	case o.kind == access.AccountKind:
		place = access.Account
	case o.kind == access.WorkspaceKind:
		key = "1"
	case o.kind == access.MetastoreKind:
		key, place = "m", metastore
	case !o.local:
		place = metastore
	}
	on, known := f.Lookup(o.kind, place, key)
	if !known {
		panic(fmt.Sprint("no ", o.kind, " ", key))
	}
	return on
}
