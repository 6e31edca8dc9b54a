package access_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// halfSeen is a table that two groups may read of which one's members were not collected, one that nobody collected, and ann.
func halfSeen() world {
	return world{
		people: map[string]access.Member{
			"ann": {Kind: access.User}, "seen": {Kind: access.Group}, "dim": {Kind: access.Group}, "opener": {Kind: access.Group},
		},
		order:   []string{"ann", "seen", "dim", "opener"},
		members: [][2]string{{"seen", "ann"}},
		objects: []object{
			{kind: access.CatalogKind, key: "c"}, {kind: access.SchemaKind, key: "c.s", parent: "c"}, {kind: access.TableKind, key: "c.s.t", parent: "c.s", owner: "ann"},
			{kind: access.WarehouseKind, key: "w", local: true},
		},
		grants: []grant{
			{"c", "opener", "USE_CATALOG"}, {"c.s.t", "seen", "SELECT"}, {"c.s.t", "dim", "SELECT"}, {"c.s", "strangers", "SELECT"}, {"c.s.t", "seen", "MODIFY"},
			{"w", "strangers", "CAN_USE"},
		},
		vague:  map[string]bool{"dim": true, "opener": true},
		hidden: map[string]access.Seen{},
		partly: true,
	}
}

func TestGroupsWhoseMembersWereNotSeenAreNamedWithARight(t *testing.T) {
	t.Parallel()
	f, in := halfSeen().facts(t, nil)
	on, err := f.Seek("c.s.t", in)
	if err != nil {
		t.Fatal(err)
	}
	for right, want := range map[string][]string{
		"SELECT": {"Not all members of group dim were collected.", "Not collected: who strangers is, which may be a group."}, "MODIFY": nil,
	} {
		r, err := f.Rules().ParseRight(access.TableKind, right)
		if err != nil {
			t.Fatal(err)
		}
		got := f.SayDoubts(f.Untold(on, in, []access.Right{r}))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", right, got)
		}
	}
}

func TestOfANameThatWasNotCollectedWhatNamesItIsToldAndNothingIsSure(t *testing.T) {
	t.Parallel()
	w := halfSeen()
	f, in := w.facts(t, nil)
	who, err := f.Find(in, "Strangers")
	if err != nil || f.Collected(who) {
		t.Fatal(err)
	}
	var on []string
	for h := range f.What(who, in) {
		if on = append(on, f.Key(h.On)); len(h.Rights()) != 0 || len(h.Unknown()) == 0 {
			t.Errorf("on %s it has %v", f.Key(h.On), h.Rights())
		}
	}
	if slices.Sort(on); !slices.Equal(on, []string{"c.s", "w"}) {
		t.Errorf("named on %q", on)
	}
	table, _ := f.Seek("c.s.t", in)
	q := access.Question{Who: who, Right: f.Rules().First(access.TableKind), On: table, In: in}
	if a, err := f.Why(q); err != nil || a.Verdict != access.Unknown || !strings.Contains(strings.Join(f.Say(a).NotCollected, " "), "strangers") {
		t.Errorf("%v: %+v", err, f.Say(a))
	}
	if v := f.Verdict(q); v != access.Unknown {
		t.Errorf("in short it is %s", v)
	}
	if a := f.Role(who, "workspace-admin", in); a.Verdict != access.Unknown {
		t.Errorf("an admin: %s", a.Verdict)
	}
	if _, err := f.Find(in, "nobody"); err == nil {
		t.Error("somebody whom nothing names was found")
	}
	w.partly = false // whoever is named and not among all there are is gone
	f, in = w.facts(t, nil)
	if _, err := f.Find(in, "strangers"); err == nil {
		t.Error("somebody who is gone was found")
	}
}
