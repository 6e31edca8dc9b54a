package access_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// answered asks about the estate of some facts.
func answered(t *testing.T, facts, who, right, on string) access.Words {
	t.Helper()
	w := estateOf(t, facts)
	f, in := w.facts(t, nil)
	for _, o := range w.objects {
		if o.key != on {
			continue
		}
		p, err := f.Find(in, who)
		if err != nil {
			t.Fatal(err)
		}
		r, err := f.Rules().ParseRight(o.kind, right)
		if err != nil {
			t.Fatal(err)
		}
		a, err := f.Why(access.Question{Who: p, Right: r, On: objectOf(f, in, o), In: in})
		if err != nil {
			t.Fatal(err)
		}
		return f.Say(a)
	}
	t.Fatalf("no %s", on)
	return access.Words{}
}

func wants(t *testing.T, lines []string, want string) {
	t.Helper()
	if text := strings.Join(lines, "\n"); !strings.Contains(text, want) {
		t.Errorf("no %q in:\n%s", want, text)
	}
}

// TestAYesSaysItsPathAndWhatEndsIt reads what a person is told.
func TestAYesSaysItsPathAndWhatEndsIt(t *testing.T) {
	w := answered(t, "nest 2; user bob; group all; member all ann; member g2 bob; grant USE_CATALOG c g2; grant USE_CATALOG c all; grant USE_SCHEMA c.s g2; grant SELECT c g2", "ann", "select", "c.s.t")
	if w.Verdict != "yes" || w.Says != "ann has SELECT on table or view c.s.t." {
		t.Errorf("%s: %s", w.Verdict, w.Says)
	}
	wants(t, w.Because, "USE CATALOG on catalog c: ann → group all → USE CATALOG on catalog c")
	wants(t, w.Because, "SELECT on table or view c.s.t: ann → group g1 → group g2 → SELECT on catalog c")
	wants(t, w.Ends, "Without ann in the group all it stays: ")
	wants(t, w.Ends, "Without ann in the group g1 it ends, and for nobody else.")
	wants(t, w.Ends, "Without SELECT on catalog c for group g2 it ends, and for bob as well.")
	wants(t, w.Besides, "CAN USE on a SQL warehouse: no")
}

// TestANoSaysWhoCanGiveItAndWhichGroupWould reads what a person is told.
func TestANoSaysWhoCanGiveItAndWhichGroupWould(t *testing.T) {
	w := answered(t, "group readers; group half; grant USE_CATALOG c readers; grant USE_SCHEMA c readers; grant SELECT c readers; grant USE_CATALOG c half", "ann", "select", "c.s.t")
	if w.Verdict != "no" || w.Missing != "USE CATALOG on catalog c." {
		t.Errorf("%s: missing is %s", w.Verdict, w.Missing)
	}
	wants(t, w.GivenBy, "boss, owner of catalog c")
	if len(w.Groups) != 2 || !strings.HasPrefix(w.Groups[0], "In the group readers it would be there. ") || !strings.Contains(w.Groups[1], "group half it would be there, and something else") {
		t.Errorf("the groups are %q", w.Groups)
	}
}

// TestAnUnknownSaysWhatWasNotCollected hides one list, and the members of one group.
func TestAnUnknownSaysWhatWasNotCollected(t *testing.T) {
	w := estateOf(t, "group g; grant USE_CATALOG c ann; grant USE_SCHEMA c g; grant SELECT c ann")
	w.vague["g"] = true
	w.hidden["c.s"] = access.SeenEntries
	f, in := w.facts(t, nil)
	ann, _ := f.Find(in, "ann")
	m, _ := f.MetastoreOf(in)
	table, _ := f.Lookup(access.TableKind, m, "c.s.t")
	sel, _ := f.Rules().ParseRight(access.TableKind, "SELECT")
	a, err := f.Why(access.Question{Who: ann, Right: sel, On: table, In: in})
	if err != nil {
		t.Fatal(err)
	}
	said := f.Say(a)
	if said.Verdict != "unknown" {
		t.Errorf("it is %s", said.Verdict)
	}
	wants(t, said.NotCollected, "Not collected: who was granted what on schema c.s.")
	wants(t, said.NotCollected, "Not all members of group g were collected.")
}

// TestAGranteeThatNobodyKnowsIsNoGroupWhoseMembersAreMissing has grants to names that are nobody's, where not everybody was collected.
func TestAGranteeThatNobodyKnowsIsNoGroupWhoseMembersAreMissing(t *testing.T) {
	for grantee, want := range map[string]struct{ verdict, missing string }{
		"4d488f93-0000-4000-8000-1234567890ab": {"no", ""}, "ghosts": {"unknown", "Not collected: who ghosts is, which may be a group."},
	} {
		w := estateOf(t, "grant USE_CATALOG c ann; grant USE_SCHEMA c ann; grant SELECT c.s.t "+grantee)
		w.partly = true
		f, in := w.facts(t, nil)
		ann, _ := f.Find(in, "ann")
		m, _ := f.MetastoreOf(in)
		table, _ := f.Lookup(access.TableKind, m, "c.s.t")
		sel, _ := f.Rules().ParseRight(access.TableKind, "SELECT")
		a, err := f.Why(access.Question{Who: ann, Right: sel, On: table, In: in})
		if err != nil {
			t.Fatal(err)
		}
		said := f.Say(a)
		if said.Verdict != want.verdict || strings.Join(said.NotCollected, " ") != want.missing {
			t.Errorf("%s: %s, %q", grantee, said.Verdict, said.NotCollected)
		}
	}
}
