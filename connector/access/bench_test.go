package access_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Sizes of the largest estate that Databricks' limits allow for.
const (
	manyPeople = 10_000
	manyGroups = 5_000
	deepNest   = 10
	manyThings = 1_000_000
)

// large is such an estate: groups in groups ten deep, people in a few of them each, and a million objects in catalogs and in folders, of which
// every other one has something granted on itself.
func large(tb testing.TB) (*access.Facts, access.Place) {
	tb.Helper()
	dice := rand.New(rand.NewPCG(1, 2))
	b := access.New(access.Table())
	m, in := b.Metastore("m"), b.Workspace("1")
	b.AssignMetastore(in, m)
	b.AllPrincipals()
	groups := make([]access.Principal, manyGroups)
	for i := range groups {
		groups[i] = b.Principal(access.Member{Kind: access.Group, Name: fmt.Sprintf("group-%05d", i), Members: true})
		if i%deepNest != 0 {
			b.Join(groups[i-1], groups[i])
		}
	}
	b.Principal(access.Member{Kind: access.Group, Name: "account users", Everybody: true})
	admins := b.Principal(access.Member{Kind: access.Group, Place: in, Name: access.AdminsGroup, Members: true})
	people := make([]access.Principal, manyPeople)
	for i := range people {
		people[i] = b.Principal(access.Member{Kind: access.User, Name: fmt.Sprintf("person-%05d@example.com", i)})
		for range 4 {
			b.Join(groups[dice.IntN(manyGroups)], people[i])
		}
		b.Grant(b.On(in), people[i], "USER")
		b.Grant(b.On(in), people[i], "databricks-sql-access")
	}
	b.Join(admins, people[0])
	b.Describe(b.On(in), access.Thing{Seen: access.SeenAll})
	b.Describe(b.On(m), access.Thing{Owner: groups[7], Seen: access.SeenAll})
	anyone := func() access.Principal {
		if dice.IntN(3) == 0 {
			return people[dice.IntN(manyPeople)]
		}
		return groups[dice.IntN(manyGroups)]
	}
	put := func(kind access.Kind, place access.Place, key string, parent access.Object, rights ...string) access.Object {
		o := b.Object(kind, place, key)
		thing := access.Thing{Parent: parent, Seen: access.SeenAll}
		if place == m {
			thing.Owner = anyone()
		}
		b.Describe(o, thing)
		for _, r := range rights {
			b.Grant(o, anyone(), r)
		}
		return o
	}
	for w := range 50 {
		put(access.WarehouseKind, in, fmt.Sprintf("w%015d", w), access.Nothing, "CAN_USE", "CAN_USE", "IS_OWNER")
	}
	made := 50
	for c := 0; made < manyThings*7/10; c++ {
		catalog := put(access.CatalogKind, m, fmt.Sprintf("catalog_%03d", c), access.Nothing, "USE_CATALOG", "USE_CATALOG", "USE_CATALOG", "SELECT", "BROWSE")
		for s := range 40 {
			schema := put(access.SchemaKind, m, fmt.Sprintf("catalog_%03d.schema_%03d", c, s), catalog, "USE_SCHEMA", "USE_SCHEMA", "SELECT")
			for i := range 250 {
				var rights []string
				if i%2 == 0 {
					rights = []string{"SELECT", "MODIFY"}
				}
				put(access.TableKind, m, fmt.Sprintf("catalog_%03d.schema_%03d.table_number_%05d", c, s, i), schema, rights...)
			}
			made += 251
		}
	}
	root := put("directories", in, "0", access.Nothing)
	for d := 1; made < manyThings; d++ {
		folder := put("directories", in, fmt.Sprintf("9%014d", d), root, "CAN_READ", "CAN_MANAGE")
		for i := range 200 {
			put("notebooks", in, fmt.Sprintf("8%010d%04d", d, i), folder, "CAN_RUN")
			made++
		}
	}
	f, err := b.Build()
	if err != nil {
		tb.Fatal(err)
	}
	return f, in
}

func BenchmarkLoad(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		f, _ := large(b)
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.Sys)/(1<<20), "MiB-taken")
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB-kept")
		runtime.KeepAlive(f)
	}
}

// median asks a few hundred times, and reports the median.
func median(b *testing.B, times int, ask func(i int)) {
	b.Helper()
	for b.Loop() {
		took := make([]time.Duration, times)
		for i := range took {
			from := time.Now()
			ask(i)
			took[i] = time.Since(from)
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[times/2].Microseconds())/1000, "ms-median")
		b.ReportMetric(float64(took[times*99/100].Microseconds())/1000, "ms-p99")
	}
}

func BenchmarkAnswers(b *testing.B) {
	f, in := large(b)
	m, _ := f.MetastoreOf(in)
	dice := rand.New(rand.NewPCG(3, 4))
	person := func() access.Principal {
		p, err := f.Find(in, fmt.Sprintf("person-%05d@example.com", dice.IntN(manyPeople)))
		if err != nil {
			b.Fatal(err)
		}
		return p
	}
	table := func() access.Object {
		o, known := f.Lookup(access.TableKind, m, fmt.Sprintf("catalog_%03d.schema_%03d.table_number_%05d", dice.IntN(60), dice.IntN(40), dice.IntN(250)))
		if !known {
			b.Fatal("no table")
		}
		return o
	}
	sel, err := f.Rules().ParseRight(access.TableKind, "SELECT")
	if err != nil {
		b.Fatal(err)
	}
	yes, _, err := f.Who(sel, table(), in)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("why", func(b *testing.B) {
		median(b, 500, func(int) { _, _ = f.Why(access.Question{Who: person(), Right: sel, On: table(), In: in}) })
	})
	b.Run("why-yes", func(b *testing.B) {
		on := table()
		for yes, _, _ = f.Who(sel, on, in); len(yes) < 10; yes, _, _ = f.Who(sel, on, in) {
			on = table()
		}
		median(b, 500, func(i int) { _, _ = f.Why(access.Question{Who: yes[i%len(yes)], Right: sel, On: on, In: in}) })
	})
	b.Run("what", func(b *testing.B) {
		median(b, 30, func(int) {
			for range f.What(person(), in) {
			}
		})
	})
	b.Run("who", func(b *testing.B) { median(b, 200, func(int) { _, _, _ = f.Who(sel, table(), in) }) })
}
