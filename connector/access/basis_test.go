package access_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Whatever somebody has they have by something, each right once; a way begins with who is asked about.
func TestEachRightThatIsHadHasABasis(t *testing.T) {
	met := map[string]int{}
	for seed := range *worlds / 3 {
		f, in := randomWorld(seed).facts(t, nil)
		for _, who := range f.Everybody() {
			bases := f.Bases(who, in)
			for h := range f.What(who, in) {
				var based []access.Right
				for _, b := range bases(h.On, h.Rights()) {
					based = append(based, b.Rights...)
					met[b.As()]++
					if f.SayBasis(b) == "" || len(b.Way) > 0 && b.Way[0].From != who {
						t.Fatalf("estate %d: %s on %s: %q by %v", seed, f.Name(who), f.Key(h.On), f.SayBasis(b), b.Way)
					}
				}
				slices.Sort(based)
				if want := h.Rights(); !slices.Equal(based, want) {
					t.Fatalf("estate %d: %s on %s %s has %v, and by something %v", seed, f.Name(who), f.Kind(h.On), f.Key(h.On), want, based)
				}
			}
		}
	}
	if len(met) != 4 {
		t.Errorf("met were only %v", met)
	}
}

// A basis is said in a few words.
func TestABasisIsSaidInAFewWords(t *testing.T) {
	f, in := estateOf(t, "group readers; user chief; member admins chief; member readers ann; grant SELECT c readers; grant USE_CATALOG c ann; grant USE_SCHEMA c.s ann; grant CAN_MANAGE warehouse ann").facts(t, nil)
	for _, c := range []struct{ who, on, want string }{
		{"ann", "c.s.t", "SELECT: in readers: from c"}, {"ann", "c", "granted"}, {"ann", "warehouse:warehouse", "granted"},
		{"chief", "warehouse:warehouse", "in admins"}, {"admins", "warehouse:warehouse", "as that group"}, {"boss", "c.s", "owner"},
	} {
		who, err := f.Find(in, c.who)
		if err != nil {
			t.Fatal(err)
		}
		on, err := f.Seek(c.on, in)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for h := range f.What(who, in) {
			for _, b := range f.Bases(who, in)(h.On, h.Rights()) {
				if h.On != on {
					continue
				}
				for _, r := range b.Rights {
					said = append(said, f.Rules().API(r)+": "+f.SayBasis(b), f.SayBasis(b))
				}
			}
		}
		for want := range strings.SplitSeq(c.want, "|") {
			if !slices.Contains(said, want) {
				t.Errorf("%s on %s: no %q in %q", c.who, c.on, want, said)
			}
		}
	}
}
