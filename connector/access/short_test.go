package access_test

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// TestListsAgreeWithTheirAnswers holds what lists of an explorer show against what is answered: each row has a right that can be asked, and a path
// where it is held for certain.
func TestListsAgreeWithTheirAnswers(t *testing.T) {
	for seed := range *worlds / 4 {
		w := randomWorld(seed)
		if seed%2 == 1 {
			w = w.hide(seed)
		}
		f, in := w.facts(t, nil)
		_, objects := f.Count()
		asked := func(who access.Principal, h access.Holding) {
			q := access.Question{Who: who, Right: f.Main(h), On: h.On, In: in}
			if err := f.Check(q); err != nil {
				t.Fatalf("estate %d: %s: %v", seed, say(f, q), err)
			}
			want := access.Unknown
			if h.Certain() {
				want = access.Yes
			}
			steps := f.Path(q)
			if got := f.Verdict(q); got != want || (len(steps) > 0) != (want == access.Yes) {
				t.Fatalf("estate %d: %s: %s with %d steps, in the list %s", seed, say(f, q), got, len(steps), want)
			}
			_, _ = f.SayPath(q, steps), f.SayRights(h)
		}
		for o := 1; o <= objects; o++ {
			held, err := f.Holders(access.Object(o), in)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range held {
				asked(h.Who, h.Holding)
			}
		}
		for _, p := range f.Everybody() {
			for h := range f.What(p, in) {
				asked(p, h)
			}
		}
	}
}

// TestNamesAreFoundByTheirPieces puts the nearest first.
func TestNamesAreFoundByTheirPieces(t *testing.T) {
	b := access.New(access.Table())
	m, in := b.Metastore("m"), b.Workspace("1")
	b.AssignMetastore(in, m)
	for _, key := range []string{"main.sales.order_devices", "main.sales.devices", "main.mydevices.a", "devices", "devices.x"} {
		kind := [...]access.Kind{access.CatalogKind, access.SchemaKind, access.TableKind}[len(slices.Collect(dots(key)))]
		b.Describe(b.Object(kind, m, key), access.Thing{Seen: access.SeenAll})
	}
	job := b.Object("jobs", in, "4711")
	b.Describe(job, access.Thing{Title: "Über Nacht: DEVICES laden", Seen: access.SeenAll})
	ann := b.Principal(access.Member{Kind: access.User, Name: "Ann@Example.com"})
	robot := b.Principal(access.Member{Kind: access.ServicePrincipal, Name: "6f0c5f3e", Display: "Draftt Connector"})
	f, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	_, objects := f.Count()
	for text, want := range map[string][]string{
		"devices":       {"main.sales.devices", "devices", "devices.x", "main.sales.order_devices", "Über Nacht: DEVICES laden", "main.mydevices.a"},
		"DEVICES order": {"main.sales.order_devices"},
		"über job":      {"Über Nacht: DEVICES laden"},
		"4711":          {"Über Nacht: DEVICES laden"},
		"catalog dev":   {"devices"},
		"zebra":         nil,
	} {
		match := f.Match(text)
		var ranked [access.MatchRanks][]string
		for o := 1; o <= objects; o++ {
			if rank, ok := match.Object(access.Object(o)); ok {
				ranked[rank] = append(ranked[rank], f.Title(access.Object(o)))
			}
		}
		if got := slices.Concat(ranked[:]...); !slices.Equal(got, want) {
			t.Errorf("%q finds %q", text, got)
		}
	}
	for text, who := range map[string]access.Principal{"ann": ann, "user example": ann, "draftt": robot, "6F0C": robot, "service conn": robot} {
		for _, p := range []access.Principal{ann, robot} {
			if _, ok := f.Match(text).Principal(p); ok != (p == who) {
				t.Errorf("%q finds %s: %t", text, f.Called(p), ok)
			}
		}
	}
}

func dots(key string) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range len(key) {
			if key[i] == '.' && !yield(i) {
				return
			}
		}
	}
}
