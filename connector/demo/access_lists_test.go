package demo

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// facts are the state as a collector would have it: the list of each thing as the permissions API gives it, without what is inherited.
func (s *accessState) facts() (*access.Facts, *collected) {
	s.t.Helper()
	c := collect(s.t, s.world)
	chief, _ := s.world.Principal("chief")
	objects := map[string]access.Object{}
	for _, l := range s.things { // those above come first
		o := c.Object(access.Kind(l.kind), c.workspace, l.id)
		objects[l.key()] = o
		c.Describe(o, access.Thing{Title: l.path, Parent: objects[l.above], Seen: access.SeenAll})
		list, err := s.world.AccessList(chief, model.Controlled{Kind: l.kind, ID: l.id})
		if err != nil {
			s.t.Fatal(err)
		}
		for _, e := range list {
			if !e.Inherited() && !c.Grant(o, c.Named(c.workspace, 0, e.Principal.Name), e.Level.String()) {
				s.t.Fatalf("the rules know no %s on a %s", e.Level, l.kind)
			}
		}
	}
	f, err := c.Build()
	if err != nil {
		s.t.Fatal(err)
	}
	return f, c
}

// judged holds each level of each thing, for each visitor and asked in three ways, against the enumeration.
func (s *accessState) judged(met map[string]int) {
	s.t.Helper()
	f, c := s.facts()
	for _, name := range visitors {
		who, err := f.Find(c.workspace, name)
		if err != nil {
			s.t.Fatal(err)
		}
		what := map[access.Object]access.Holding{}
		for h := range f.What(who, c.workspace) {
			what[h.On] = h
		}
		for _, l := range s.things {
			on, _ := f.Lookup(access.Kind(l.kind), c.workspace, l.id)
			has := s.level(name, l)
			row, _ := l.kind.Row()
			for _, r := range row.Levels {
				right, known := f.Rules().Named(access.Kind(l.kind), r.Level.String())
				if !known {
					s.t.Fatalf("the rules know no %s", r.Level)
				}
				want := has >= r.Level
				met[r.Level.String()]++
				answer, err := f.Why(access.Question{Who: who, Right: right, On: on, In: c.workspace})
				if err != nil {
					s.t.Fatal(err)
				}
				s.expect(name+" has "+r.Level.String()+", by why", l, answer.Verdict == access.Yes, want)
				s.expect(name+" has "+r.Level.String()+", by what", l, what[on].Has(right) == access.Yes, want)
				yes, unknown, err := f.Who(right, on, c.workspace)
				s.expect(name+" has "+r.Level.String()+", by who", l, err == nil && len(unknown) == 0 && slices.Contains(yes, who), want)
			}
		}
	}
}

// TestAccessAgreesWithTheLists asks package access about random access control lists and folders, before and after somebody leaves a group.
func TestAccessAgreesWithTheLists(t *testing.T) {
	met := map[string]int{}
	for seed := range max(200, *stateCount) {
		s := newAccessState(t, seed)
		s.judged(met)
		if seed%10 == 0 {
			s.compare(map[string]int{}) // REST and SQL say the same
		}
		s.shuffle(map[string]int{})
		s.leave()
		s.judged(met)
		if err := s.engine.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(met) < 12 {
		t.Errorf("the states met only %v", met)
	}
}

// TestAccessHasTheTablesOfTheWorkspace holds the tables of package access against those of the embedded workspace: kinds, privileges, levels, and
// what ALL PRIVILEGES stands for.
func TestAccessHasTheTablesOfTheWorkspace(t *testing.T) {
	rules := access.Table()
	for _, row := range unity.Kinds() {
		if row.GrantedAs != "" {
			continue
		}
		var want, got []string
		for _, p := range row.Privileges {
			want = append(want, p.REST())
		}
		for _, p := range rules.Privileges {
			if slices.Contains(p.On, access.Kind(row.Kind)) && !p.Legacy {
				got = append(got, p.Name)
			}
			right, err := unity.ParsePrivilege(p.Name)
			if err != nil {
				t.Errorf("the workspace knows no %s", p.Name)
			} else if p.Name != "ALL_PRIVILEGES" && unity.SetOf(unity.AllPrivileges).Implies(right) == p.BeyondAll {
				t.Errorf("ALL PRIVILEGES and %s: the tables differ", p.Name)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("on a %s can be granted %v, in the workspace %v", row.Kind, got, want)
		}
		if opens, _ := rules.Opens(access.Kind(row.Kind)); row.Kind == unity.CatalogKind && opens != row.Opens.REST() {
			t.Errorf("a %s opens by %s, in the workspace by %s", row.Kind, opens, row.Opens.REST())
		}
	}
	for _, row := range registry.Controls() {
		var want, got []string
		for _, l := range row.Levels {
			want = append(want, l.Level.String())
		}
		for _, k := range rules.Levels {
			if k.Kind != access.Kind(row.Kind) {
				continue
			}
			for _, l := range k.Levels {
				got = append(got, l.API)
			}
			if k.Folders != row.InFolders {
				t.Errorf("a %s lies in folders: %t", row.Kind, k.Folders)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("a %s has the levels %v, in the workspace %v", row.Kind, got, want)
		}
	}
}
