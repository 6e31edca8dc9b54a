package access

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// Sizes of the largest estate that Databricks' limits allow for.
const (
	manyPeople = 10_000
	manyGroups = 5_000
	manyThings = 1_000_000
)

// largest is such an estate, in which the first person is an admin and reaches most of it.
func largest(b *testing.B) *world {
	b.Helper()
	dice := rand.New(rand.NewPCG(1, 2))
	f := access.New(access.Table())
	m, in := f.Metastore("m"), f.Workspace("1")
	f.AssignMetastore(in, m)
	f.AllPrincipals()
	groups := make([]access.Principal, manyGroups)
	for i := range groups {
		groups[i] = f.Principal(access.Member{Kind: access.Group, Name: fmt.Sprintf("group-%05d", i), Members: true})
		if i%10 != 0 {
			f.Join(groups[i-1], groups[i])
		}
	}
	people := make([]access.Principal, manyPeople)
	for i := range people {
		people[i] = f.Principal(access.Member{Kind: access.User, Name: fmt.Sprintf("person-%05d@example.com", i)})
		f.Join(groups[dice.IntN(manyGroups)], people[i])
		f.Grant(f.On(in), people[i], "USER")
		f.Grant(f.On(in), people[i], "workspace-access")
	}
	f.Describe(f.On(in), access.Thing{Seen: access.SeenAll})
	f.Describe(f.On(m), access.Thing{Owner: people[0], Seen: access.SeenAll})
	for made := 0; made < manyThings; {
		catalog := f.Object(access.CatalogKind, m, fmt.Sprintf("catalog_%03d", made/10_000))
		f.Describe(catalog, access.Thing{Owner: people[0], Seen: access.SeenAll})
		for _, right := range []string{"USE_CATALOG", "USE_SCHEMA", "SELECT"} {
			f.Grant(catalog, people[0], right)
			f.Grant(catalog, groups[dice.IntN(manyGroups)], right)
		}
		for s := range 40 {
			schema := f.Object(access.SchemaKind, m, fmt.Sprintf("catalog_%03d.schema_%03d", made/10_000, s))
			f.Describe(schema, access.Thing{Parent: catalog, Seen: access.SeenAll})
		}
		for i := range 10_000 {
			at := fmt.Sprintf("catalog_%03d.schema_%03d", made/10_000, i%40)
			table := f.Object(access.TableKind, m, fmt.Sprintf("%s.table_number_%05d", at, i))
			f.Describe(table, access.Thing{Parent: f.Object(access.SchemaKind, m, at), Seen: access.SeenAll})
			if i%2 == 0 {
				f.Grant(table, groups[dice.IntN(manyGroups)], "SELECT")
			}
		}
		made += 10_000
	}
	facts, err := f.Build()
	if err != nil {
		b.Fatal(err)
	}
	return newWorld(estate.Standing{}, facts, in, connector.Connection{})
}

// BenchmarkAFrame is a key with its frame over the largest estate. It has 16 ms; what a key looks for is found in the background.
func BenchmarkAFrame(b *testing.B) {
	w := show(b, screentest.Prepare(b, screentest.Person{Scenario: "ready"}))
	screen := w.Standing()[0].(alone).Screen
	world := largest(b)
	w.Run(screen.show(world))
	w.Resize(200, 50)
	b.Run("down", func(b *testing.B) {
		for b.Loop() {
			w.Press("down")
		}
	})
	b.Run("a letter", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			w.Press([]string{"9", "backspace"}[i%2])
		}
		w.Press("ctrl+u")
		w.Settle()
	})
	find(w, "person-00000")
	w.Press("enter")
	w.Settle()
	b.Run("what it reaches", func(b *testing.B) {
		for b.Loop() {
			w.Press("pgdown")
		}
	})
	b.Run("what it reaches, for the first time", func(b *testing.B) {
		for b.Loop() {
			clear(w.Standing()[1].(*reach).paths)
			w.Press("pgdown")
		}
	})
	w.Press("esc", "ctrl+u")
	find(w, "catalog_000.schema_000.table_number_00000")
	w.Press("enter")
	w.Settle()
	b.Run("who reaches it", func(b *testing.B) {
		for b.Loop() {
			w.Press("pgdown")
		}
	})
	b.Run("who reaches it, for the first time", func(b *testing.B) {
		for b.Loop() {
			clear(w.Standing()[1].(*reach).paths)
			w.Press("pgdown")
		}
	})
}

// BenchmarkAFind is a look through all names, which no frame waits for.
func BenchmarkAFind(b *testing.B) {
	world := largest(b)
	all := world.everything()
	for _, text := range []string{"9", "table 00000", "zebra"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := matching(context.Background(), world.facts.Match(text), all); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
