package estate

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	size "github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

func TestWhoMaySeeEverythingHasEveryRowOfTheModel(t *testing.T) {
	c := found(t, size.Middle)
	run := begun(t, store.Folder{Dir: t.TempDir()})
	coverage, err := Run(t.Context(), run, c.asked(t, c.Admin(), c.AccountAdmin()))
	if err != nil {
		t.Fatal(err)
	}
	want := truth(t, c.world)
	for _, one := range Collectors() {
		line := coverage.Line(one.ID)
		if line.State != Done {
			t.Errorf("%s is %s: %s", one.ID, line.State, line.Why)
		}
		for _, kind := range one.Kinds() {
			if got := idsIn(t, run, kind); !slices.Equal(got, want[kind]) && !slices.Contains(unasked, kind) {
				t.Errorf("%s: %d rows, the model has %d; such as %v and %v", kind, len(got), len(want[kind]), first(got), first(want[kind]))
			}
		}
	}
	const all = "Coverage 15 of 15, 5 of 5 planned"
	if got := coverage.Say(); got != all {
		t.Errorf("%q", got)
	}
	if right, n := coverage.Next(); right != Anybody || n != 0 {
		t.Errorf("%q would show more", right)
	}
	if stored, err := CoverageOf(run); err != nil || stored.Say() != all {
		t.Errorf("the ledger says %q: %v", stored.Say(), err)
	}
}

func first(ids []string) []string { return ids[:min(3, len(ids))] }

func TestWhatSomebodyDoesNotSeeIsInTheLedger(t *testing.T) {
	c := found(t, size.Middle)
	admin, plain := c.wards(t, model.Admins), c.wards(t, model.WorkspaceUsers)
	for name, as := range map[string]struct{ workspace, account demo.Credentials }{
		"a workspace admin": {workspace: admin}, "a plain principal": {workspace: plain}, "the connector": {workspace: c.Connector()},
		"an account admin": {account: c.AccountAdmin()}, "a workspace admin at the account": {admin, admin},
	} {
		t.Run(name, func(t *testing.T) {
			want := truth(t, c.world)
			run := begun(t, store.Folder{Dir: t.TempDir()})
			options, _, _ := c.inside(t, as.workspace, as.account, false)
			coverage, err := Run(t.Context(), run, options)
			if err != nil {
				t.Fatal(err)
			}
			whole, missing := 0, 0
			for kind, ids := range want {
				if kind == "me" {
					continue // who asks is another one
				}
				got := idsIn(t, run, kind)
				for _, id := range got {
					if _, there := slices.BinarySearch(ids, id); !there {
						t.Errorf("%s %s is not in the model", kind, id)
					}
				}
				switch {
				case coverage.Whole(kind) && len(got) < len(ids):
					t.Errorf("%s: %d of %d rows, and the ledger says that these are all", kind, len(got), len(ids))
				case coverage.Whole(kind):
					whole++
				default:
					missing++
				}
			}
			if whole == 0 || missing == 0 {
				t.Errorf("%d kinds are whole and %d are not: nothing was looked at", whole, missing)
			}
			if right, _ := coverage.Next(); right == Anybody {
				t.Errorf("no right would show more, although it is %s", coverage.Say())
			}
			for _, l := range coverage.Lines {
				if !l.State.Whole() && l.Why == "" {
					t.Errorf("%s is %s, and nothing says why", l.ID, l.State)
				}
			}
			t.Log(coverage.Say())
		})
	}
}
