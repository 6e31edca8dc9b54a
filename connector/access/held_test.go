package access_test

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Whoever may use a right has it, and a part of an estate says of that what all of it says, or that it cannot be told.
func TestWhoeverMayUseARightHasIt(t *testing.T) {
	met := map[string]int{}
	for seed := range *worlds {
		w := randomWorld(seed)
		all, in := w.facts(t, nil)
		part, _ := w.hide(seed).facts(t, nil)
		questions, fewer := asks(all, in, w), asks(part, in, w)
		for i, q := range questions {
			held, seen := all.Held(q), part.Held(fewer[i])
			if met[held.Verdict.String()+" "+seen.Verdict.String()]++; seen.Verdict != held.Verdict && seen.Verdict != access.Unknown {
				t.Fatalf("estate %d: %s is held: %s, and of a part: %s", seed, say(all, q), held.Verdict, seen.Verdict)
			}
			if (held.Verdict == access.Yes) != (len(held.Ways) > 0) || (seen.Verdict == access.Unknown) != (len(seen.Doubts) > 0) {
				t.Fatalf("estate %d: %s is held: %s, by %v; of a part %s, for %v", seed, say(all, q), held.Verdict, held.Ways, seen.Verdict, seen.Doubts)
			}
			if all.Verdict(q) == access.Yes && held.Verdict != access.Yes && !byAnother(all, q) {
				t.Fatalf("estate %d: %s may be used, and is not held", seed, say(all, q))
			}
		}
	}
	if len(met) != 5 { // of what no API tells, the whole does not tell either
		t.Errorf("the estates met only %v", met)
	}
}

// byAnother reports whether a right may be used without having it: what is made in a catalog is made by who owns that or the metastore, and BROWSE comes
// of READ METADATA as well.
func byAnother(f *access.Facts, q access.Question) bool {
	api := f.Rules().API(q.Right)
	return api == "BROWSE" || slices.ContainsFunc(f.Rules().Privileges, func(p access.Privilege) bool { return p.Name == api && p.Makes }) ||
		f.Kind(q.On) == access.MetastoreKind
}

// Taking away the fact at the end of a way ends that way and those that end there too, and no other.
func TestEachWayIsOneByItself(t *testing.T) {
	met := 0
	for seed := range *worlds / 3 {
		w := randomWorld(seed)
		f, in := w.facts(t, nil)
		taken := map[access.Link]*access.Facts{}
		for i, q := range asks(f, in, w) {
			if i%5 != int(seed%5) {
				continue
			}
			ways := f.Held(q).Ways
			for _, way := range ways {
				last := way.Last()
				if last.Kind == access.IsMember || last == (access.Link{}) {
					continue // an admin, whose groups the other tests take away
				}
				then := taken[last]
				if then == nil {
					then, _ = w.facts(t, &told{f, last})
					taken[last] = then
				}
				left := 0
				for _, other := range ways {
					if other.Last() != last {
						left++
					}
				}
				again := q
				again.Who, _ = then.Find(in, f.Name(q.Who))
				again.On, _ = then.Lookup(f.Kind(q.On), f.In(q.On), f.Key(q.On))
				if got := then.Held(again).Ways; len(got) != left {
					t.Fatalf("estate %d: %s has %d ways, and without %+v %d", seed, say(f, q), len(ways), last, len(got))
				}
				met++
			}
			if !slices.IsSortedFunc(ways, func(a, b access.Way) int { return distance(f, q, a) - distance(f, q, b) }) {
				t.Fatalf("estate %d: %s: the nearest is not the first of %v", seed, say(f, q), ways)
			}
		}
	}
	if met < 1000 {
		t.Errorf("%d ways prove little", met)
	}
}

// distance is how many groups a way goes through, and how far up it ends; an owner of what the object is in is as near as its own.
func distance(f *access.Facts, q access.Question, w access.Way) int {
	far := 0
	for _, link := range w {
		if link.Kind == access.IsMember {
			far++
		}
	}
	if last := w.Last(); last.Kind == access.IsHolder && f.Kind(last.On) != access.WorkspaceKind {
		for on := q.On; on != last.On; on = f.Parent(on) {
			far++
		}
	}
	return far
}

// Who may grant on an object is named by what that comes of: it, a group of its, or the admins of the workspace.
func TestWhoMayGrantIsAmongTheGranters(t *testing.T) {
	met := map[access.Verdict]int{}
	for seed := range *worlds {
		w := randomWorld(seed)
		f, in := w.facts(t, nil)
		manage, err := f.Rules().ParseRight(access.TableKind, "MANAGE")
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range w.objects {
			if o.kind != access.CatalogKind && o.kind != access.SchemaKind && o.kind != access.TableKind {
				continue
			}
			on := objectOf(f, in, o)
			granters := f.Granters(on, in)
			for _, p := range f.Everybody() {
				held := f.Held(access.Question{Who: p, Right: manage, On: on, In: in}).Verdict
				circle := f.Circle(p, in)
				named := slices.ContainsFunc(granters, func(g access.Giver) bool {
					return slices.ContainsFunc(circle, func(c access.Belonging) bool { return c.To == g.Who })
				})
				if met[held]++; named != (held == access.Yes) {
					t.Fatalf("estate %d: %s on %s: MANAGE is held: %s; named are %v", seed, f.Name(p), f.Key(on), held, granters)
				}
			}
		}
	}
	if met[access.Yes] == 0 || met[access.No] == 0 {
		t.Errorf("only %v were met", met)
	}
}

// hive_metastore is no part of a metastore: its owner has no say there, the admins of the workspace have. Owning a schema reads no table in it.
func TestHiveMetastoreAnswersToTheWorkspace(t *testing.T) {
	b := access.New(access.Table())
	in, store := b.Workspace("1"), b.Metastore("m")
	b.AssignMetastore(in, store)
	b.AllPrincipals()
	steward, admin := b.Principal(access.Member{Kind: access.User, Name: "steward"}), b.Principal(access.Member{Kind: access.User, Name: "admin"})
	owner, admins := b.Principal(access.Member{Kind: access.User, Name: "owner"}), b.Principal(access.Member{Kind: access.Group, Place: in, Name: "admins", Members: true})
	b.Join(admins, admin)
	b.Describe(b.On(in), access.Thing{Seen: access.SeenAll})
	for _, p := range []access.Principal{steward, admin, owner} {
		b.Grant(b.On(in), p, "USER")
		b.Grant(b.On(in), p, "databricks-sql-access")
	}
	b.Describe(b.On(store), access.Thing{Owner: steward, Seen: access.SeenAll})
	hive, schema := b.Object(access.CatalogKind, store, "hive_metastore"), b.Object(access.SchemaKind, store, "hive_metastore.default")
	b.Describe(hive, access.Thing{Legacy: true, Seen: access.SeenAll})
	b.Describe(schema, access.Thing{Parent: hive, Owner: owner, Seen: access.SeenAll})
	f, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		who   access.Principal
		right string
		want  access.Verdict
	}{{steward, "MANAGE", access.No}, {admin, "MANAGE", access.Yes}, {owner, "MANAGE", access.Yes}, {owner, "USAGE", access.Yes}, {owner, "SELECT", access.No}} {
		right, _ := f.Rules().Named(access.SchemaKind, c.right)
		q := access.Question{Who: c.who, Right: right, On: schema, In: in}
		what := access.No
		for h := range f.What(c.who, in) {
			if h.On == schema {
				what = h.Has(right)
			}
		}
		if got, held := f.Verdict(q), f.Held(q).Verdict; got != c.want || held != c.want || what != c.want {
			t.Errorf("%s: %s, held %s, by what %s", say(f, q), got, held, what)
		}
	}
	var named []access.Principal
	for _, g := range f.Granters(schema, in) {
		named = append(named, g.Who)
	}
	if !slices.Equal(named, []access.Principal{owner, admins}) {
		t.Errorf("named are %v", named)
	}
}

func TestWhatALevelAndAnEntitlementLetOneChange(t *testing.T) {
	s := access.Table()
	for _, k := range s.Levels {
		for i, l := range k.Levels {
			for j, other := range k.Levels {
				if s.Includes(k.Kind, l.API, other.API) != (i >= j) {
					t.Errorf("%s on %s includes %s: %t", l.API, k.Kind, other.API, i < j)
				}
			}
			if i > 0 && s.Changes(k.Kind, k.Levels[i-1].API) && !s.Changes(k.Kind, l.API) {
				t.Errorf("%s on %s changes nothing, and the level below it does", l.API, k.Kind)
			}
		}
		if !s.Changes(k.Kind, "CAN_DO_SOMETHING_NEW") || s.Includes(k.Kind, "CAN_DO_SOMETHING_NEW", k.Levels[0].API) {
			t.Errorf("a level on %s that nobody knows changes nothing, or includes another", k.Kind)
		}
	}
	for level, want := range map[string]bool{"CAN_VIEW": false, "CAN_USE": false, "CAN_MONITOR": false, "CAN_MANAGE": true, "IS_OWNER": true, "CAN_EDIT": true} {
		if s.Changes(access.WarehouseKind, level) != want {
			t.Errorf("%s on a warehouse changes it: %t", level, !want)
		}
	}
	for entitlement, want := range map[string][2]bool{
		"databricks-sql-access": {true, false}, "workspace-consume": {true, false}, "workspace-access": {false, false}, "allow-cluster-create": {false, true},
		"allow-instance-pool-create": {false, true}, "allow-something-new": {false, true}, "admin_access": {false, true},
	} {
		if e := s.Entitlement(entitlement); e.SQL() != want[0] || e.Changes != want[1] {
			t.Errorf("%s: opens SQL %t, lets something be made %t", entitlement, e.SQL(), e.Changes)
		}
	}
}
