package grants_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// estate is one table and what it is in, with groups in groups, filled in at random.
type estate struct {
	random *rand.Rand
	owners map[connector.SecurableType]string
	given  map[connector.SecurableType][][2]string // to whom, and what
	inside map[string]string                       // of a name, the group that it is in
}

const reader = "0a1b2c3d-0000-4000-8000-000000000001"

var holders = []string{reader, "near", "far", "nobody", "account users"}

func newEstate(seed uint64) *estate {
	e := &estate{random: rand.New(rand.NewPCG(seed, 7)), owners: map[connector.SecurableType]string{}, given: map[connector.SecurableType][][2]string{}, inside: map[string]string{}}
	if e.random.IntN(2) == 0 {
		e.inside[reader] = "near"
	}
	if e.random.IntN(2) == 0 {
		e.inside["near"] = "far"
	}
	may := map[connector.SecurableType][]string{
		connector.CatalogType: {"USE_CATALOG", "USE_SCHEMA", "SELECT", "ALL_PRIVILEGES", "MANAGE", "BROWSE", "EXTERNAL_USE_SCHEMA", "MODIFY"},
		connector.SchemaType:  {"USE_SCHEMA", "SELECT", "ALL_PRIVILEGES", "MANAGE", "EXTERNAL_USE_SCHEMA", "CREATE_TABLE"},
		connector.TableType:   {"SELECT", "ALL_PRIVILEGES", "MANAGE", "MODIFY"},
	}
	for _, kind := range levels {
		e.owners[kind] = holders[e.random.IntN(4)]
		for range e.random.IntN(3) {
			e.given[kind] = append(e.given[kind], [2]string{holders[e.random.IntN(len(holders))], may[kind][e.random.IntN(len(may[kind]))]})
		}
	}
	return e
}

var levels = []connector.SecurableType{connector.CatalogType, connector.SchemaType, connector.TableType}

// who is the reader with all groups that count.
func (e *estate) who() grants.Who {
	var groups []grants.Identity
	for at := e.inside[reader]; at != ""; at = e.inside[at] {
		groups = append(groups, grants.Identity{Name: connector.FromRemote(at), Group: true})
	}
	return grants.Known(connector.Principal{Name: connector.FromRemote(reader), Active: true}, groups)
}

// views are the objects as an admin sees them, with what each inherits.
func (e *estate) views(objects []grants.Object) (all []grants.View) {
	var above []connector.Grant
	for i, o := range objects {
		v := grants.View{Object: o, Owner: connector.FromRemote(e.owners[levels[i]]), Sight: grants.Full, Everybody: true, Grants: above}
		for _, g := range e.given[levels[i]] {
			one := connector.Grant{Principal: connector.FromRemote(g[0]), Privilege: connector.Privilege(g[1])}
			v.Grants = append(v.Grants[:len(v.Grants):len(v.Grants)], one)
			one.InheritedFrom, one.InheritedType = connector.FromRemote(o.Full()), o.Type
			above = append(above[:len(above):len(above)], one)
		}
		all = append(all, v)
	}
	return all
}

// judged is whether the engine of access says that the reader reads the table.
func (e *estate) judged(t *testing.T, objects []grants.Object) access.Verdict {
	t.Helper()
	b := access.New(access.Table())
	metastore, workspace := b.Metastore("m"), b.Workspace("1")
	b.AssignMetastore(workspace, metastore)
	b.AllPrincipals()
	b.Principal(access.Member{Kind: access.ServicePrincipal, Name: reader})
	for _, group := range []string{"near", "far", "nobody"} {
		b.Principal(access.Member{Kind: access.Group, Name: group, Members: true})
	}
	b.Principal(access.Member{Kind: access.Group, Name: "account users", Everybody: true})
	named := func(name string) access.Principal { return b.Named(workspace, 0, name) }
	for member, group := range e.inside {
		b.Join(named(group), named(member))
	}
	b.Describe(b.On(workspace), access.Thing{Seen: access.SeenAll})
	b.Describe(b.On(metastore), access.Thing{Seen: access.SeenAll, Owner: named("nobody")})
	for _, entry := range []string{"USER", "databricks-sql-access"} {
		b.Grant(b.On(workspace), named(reader), entry)
	}
	kinds := []access.Kind{access.CatalogKind, access.SchemaKind, access.TableKind}
	above := access.Nothing
	for i, o := range objects {
		at := b.Object(kinds[i], metastore, o.Full())
		b.Describe(at, access.Thing{Parent: above, Owner: named(e.owners[levels[i]]), Seen: access.SeenAll})
		for _, g := range e.given[levels[i]] {
			if !b.Grant(at, named(g[0]), g[1]) {
				t.Fatalf("no %s on a %s", g[1], kinds[i])
			}
		}
		above = at
	}
	f, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	who, err := f.Find(workspace, reader)
	if err != nil {
		t.Fatal(err)
	}
	sel, err := f.Rules().ParseRight(access.TableKind, "SELECT")
	if err != nil {
		t.Fatal(err)
	}
	return f.Verdict(access.Question{Who: who, Right: sel, On: above, In: workspace})
}

// What a set-up finds missing is what access why says no to: both go by the same rules.
func TestNothingIsMissingExactlyWhereAccessSaysYes(t *testing.T) {
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	objects := []grants.Object{grants.Catalog(table.Catalog), grants.Schema(table.SchemaName), grants.Table(table, "")}
	needs := append(grants.Reach(table.SchemaName), grants.Read(table.SchemaName, connector.ScopeTables, []grants.Target{{Name: table}})...)
	met := map[access.Verdict]int{}
	for seed := range uint64(4000) {
		e := newEstate(seed)
		found := grants.Diff(needs, e.views(objects), e.who(), false)
		verdict := e.judged(t, objects)
		if met[verdict]++; (len(found.Missing) == 0) != (verdict == access.Yes) || verdict == access.Unknown {
			t.Errorf("seed %d: %s, and missing are %v of %s", seed, verdict, found.Missing, fmt.Sprint(e.owners, e.given, e.inside))
		}
	}
	if met[access.Yes] < 100 || met[access.No] < 100 {
		t.Errorf("it met only %v", met)
	}
}
