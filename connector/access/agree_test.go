package access_test

import (
	"flag"
	"fmt"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

var worlds = flag.Uint64("worlds", 60, "how many random estates to ask about; 3000 is the full suite")

func say(f *access.Facts, q access.Question) string {
	return fmt.Sprintf("%s %s on %s %s", f.Name(q.Who), f.Rules().API(q.Right), f.Kind(q.On), f.Key(q.On))
}

// TestWhoWhatAndWhyAgree asks the same in three ways, of estates of which everything or only a part was collected.
func TestWhoWhatAndWhyAgree(t *testing.T) {
	met := map[access.Verdict]int{}
	for seed := range *worlds {
		w := randomWorld(seed)
		if seed%2 == 1 {
			w = w.hide(seed)
		}
		f, in := w.facts(t, nil)
		what := map[access.Principal]map[access.Object]access.Holding{}
		for _, q := range asks(f, in, w) {
			if what[q.Who] == nil {
				what[q.Who] = map[access.Object]access.Holding{}
				for h := range f.What(q.Who, in) {
					what[q.Who][h.On] = h
				}
			}
			verdict := f.Verdict(q)
			met[verdict]++
			if got := what[q.Who][q.On].Has(q.Right); got != verdict {
				t.Fatalf("estate %d: %s: why says %s, what says %s", seed, say(f, q), verdict, got)
			}
			yes, unknown, err := f.Who(q.Right, q.On, in)
			if err != nil {
				t.Fatal(err)
			}
			if slices.Contains(yes, q.Who) != (verdict == access.Yes) || slices.Contains(unknown, q.Who) != (verdict == access.Unknown) {
				t.Fatalf("estate %d: %s: why says %s, who says %v, %v", seed, say(f, q), verdict, yes, unknown)
			}
		}
	}
	if met[access.Yes] == 0 || met[access.No] == 0 || met[access.Unknown] == 0 {
		t.Errorf("the estates met only %v", met)
	}
}

// TestWhatWasNotCollectedIsNeverANo hides parts of estates. What is said of the rest is what is said of all of it, or that it cannot be told.
func TestWhatWasNotCollectedIsNeverANo(t *testing.T) {
	met := map[string]int{}
	for seed := range *worlds {
		w := randomWorld(seed)
		all, in := w.facts(t, nil)
		part, _ := w.hide(seed).facts(t, nil)
		questions, fewer := asks(all, in, w), asks(part, in, w)
		for i, q := range questions {
			truth, said := all.Verdict(q), part.Verdict(fewer[i])
			met[truth.String()+" "+said.String()]++
			if said != truth && said != access.Unknown {
				t.Fatalf("estate %d: %s: of the whole it is %s, of a part %s", seed, say(all, q), truth, said)
			}
		}
	}
	if len(met) != 5 { // of what no API tells, the whole does not tell either
		t.Errorf("the estates met only %v", met)
	}
}

// TestEachLinkEndsItOrAnotherPathIsNamed takes the links of paths out of estates, one at a time, and asks again.
func TestEachLinkEndsItOrAnotherPathIsNamed(t *testing.T) {
	met := map[bool]int{}
	for seed := range *worlds / 3 {
		w := randomWorld(seed)
		f, in := w.facts(t, nil)
		taken := map[access.Link]*access.Facts{}
		for i, q := range asks(f, in, w) {
			if i%7 != int(seed%7) { // a part of the questions of each
				continue
			}
			a, err := f.Why(q)
			if err != nil {
				t.Fatal(err)
			}
			for _, end := range a.Ends {
				then := taken[end.Link]
				if then == nil {
					then, _ = w.facts(t, &told{f, end.Link})
					taken[end.Link] = then
				}
				again := q
				if again.Who, err = then.Find(in, f.Name(q.Who)); err != nil {
					t.Fatal(err)
				}
				if again.On, _ = then.Lookup(f.Kind(q.On), f.In(q.On), f.Key(q.On)); again.On == access.Nothing {
					t.Fatalf("estate %d: %s is gone", seed, say(f, q))
				}
				met[end.Ends]++
				verdict := then.Verdict(again)
				if end.Ends != (verdict == access.No) || !end.Ends && len(end.Instead) == 0 {
					t.Fatalf("estate %d: %s without %+v is %s; ends: %t, instead: %v", seed, say(f, q), end.Link, verdict, end.Ends, end.Instead)
				}
				for _, p := range end.Others {
					again.Who, _ = then.Find(in, f.Name(p))
					if f.Verdict(access.Question{Who: p, Right: q.Right, On: q.On, In: in}) != access.Yes || then.Verdict(again) != access.No {
						t.Fatalf("estate %d: %s without %+v does not end for %s", seed, say(f, q), end.Link, f.Name(p))
					}
				}
			}
		}
	}
	if met[true] == 0 || met[false] == 0 {
		t.Errorf("the links met only %v", met)
	}
}

// TestAGroupThatWouldGiveItDoes puts principals into the groups that an answer names, and asks again.
func TestAGroupThatWouldGiveItDoes(t *testing.T) {
	met := map[bool]int{}
	for seed := range *worlds / 3 {
		w := randomWorld(seed)
		f, in := w.facts(t, nil)
		for i, q := range asks(f, in, w) {
			if i%11 != int(seed%11) {
				continue
			}
			a, err := f.Why(q)
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range a.ByGroups {
				joined := w
				joined.members = append(slices.Clone(w.members), [2]string{f.Name(j.Group), f.Name(q.Who)})
				then, _ := joined.facts(t, nil)
				met[j.Whole]++
				again := q
				again.Who, _ = then.Find(in, f.Name(q.Who))
				again.On, _ = then.Lookup(f.Kind(q.On), f.In(q.On), f.Key(q.On))
				if got := then.Verdict(again); (got == access.Yes) != j.Whole {
					t.Fatalf("estate %d: %s in %s is %s, and was said to be all: %t", seed, say(f, q), f.Name(j.Group), got, j.Whole)
				}
			}
		}
	}
	if met[true] == 0 || met[false] == 0 {
		t.Errorf("the groups met only %v", met)
	}
}
