package estate

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

func TestTheRightThatShowsMostIsNamed(t *testing.T) {
	lines := make([]Collection, len(collectors))
	for i := range collectors {
		lines[i] = Collection{collectors[i].ID, Line{State: Done}}
		if collectors[i].Plane == AtAccount {
			lines[i].State, lines[i].Lacks = Denied, AccountAdmin
		}
		if collectors[i].ID == "tokens" {
			lines[i].State, lines[i].Lacks = Denied, WorkspaceAdmin
		}
	}
	c := covered(Place{}, lines)
	if right, n := c.Next(); right != AccountAdmin || n != 9 || right.Holder() != "an account admin" {
		t.Errorf("%s shows %d more", right, n)
	}
	const want = "Coverage 5 of 15, 5 of 5 planned; missing: workspaces, metastores, users, groups, group memberships, service principals, account roles, " +
		"role assignments of users, role assignments of service principals (needs account admin); personal access tokens (needs workspace admin)"
	if got := c.Say(); got != want {
		t.Errorf("%q", got)
	}
}

func TestMissedRunsAreNoticed(t *testing.T) {
	began := time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC)
	for after, want := range map[time.Duration]int{time.Hour: 0, 25 * time.Hour: 0, 27 * time.Hour: 1, 75 * time.Hour: 3} {
		runs := []store.Manifest{{Began: began, Every: 24 * time.Hour}}
		if got := Missed(runs, began.Add(after)); got != want {
			t.Errorf("after %s %d runs were missed, not %d", after, got, want)
		}
	}
	if got := Missed([]store.Manifest{{Began: began}}, began.AddDate(1, 0, 0)); got != 0 {
		t.Errorf("of a run that was to be the only one %d were missed", got)
	}
}

func TestEveryCollectorHasAResourceAndALimit(t *testing.T) {
	active, planned := 0, 0
	for _, r := range Resources() {
		switch r.Part {
		case OfAccount, OfWorkspace:
			active++
		case Planned:
			planned++
		}
	}
	if active != 15 || planned != 5 {
		t.Errorf("%d resources and %d planned ones, where the document has 15 and 5", active, planned)
	}
	seen := map[string]bool{}
	for _, c := range Collectors() {
		known := false
		for _, r := range Resources() {
			known = known || r.ID == c.Resource
		}
		if !known || seen[c.ID] {
			t.Errorf("%s is of %q, or is there twice", c.ID, c.Resource)
		}
		seen[c.ID] = true
		for _, kind := range c.For {
			if len(makers(kind)) == 0 {
				t.Errorf("%s asks about each of %s, which nobody finds", c.ID, kind)
			}
		}
		if limits[limitOf(c.Plane, c.path(Place{Account: "a"}))].Plane != c.Plane {
			t.Errorf("%s has a limit of another plane", c.ID)
		}
	}
}
