package estate

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func resource(t *testing.T, c Coverage, id string) Seen {
	t.Helper()
	for _, r := range c.Resources {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("there is no resource %s", id)
	return Seen{}
}

// TestTheLedgerSaysWhatBecameOfEachResource has one slowed down, one refused, and one that the workspace does not have.
func TestTheLedgerSaysWhatBecameOfEachResource(t *testing.T) {
	c := found(t, small)
	slowed := 0
	seen := inWeather(t, c, func(collector string) error {
		switch collector {
		case "clusters":
			if slowed++; slowed <= 20 {
				return tooMany
			}
		case "jobs":
			return &workspace.ReadError{Status: http.StatusForbidden, Code: "PERMISSION_DENIED", Message: "No."}
		case "ip-access-lists":
			return &workspace.ReadError{Status: http.StatusBadRequest, Code: "FEATURE_DISABLED", Message: "It is disabled."}
		case "pipelines":
			return errors.New("read tcp: connection reset by peer")
		}
		return nil
	})
	if r := resource(t, seen, "clusters"); r.State != Done || r.Took < 20*3*time.Second || r.Pages == 0 {
		t.Errorf("clusters were refused for their pace 20 times and took %s, %d pages, %s", r.Took, r.Pages, r.State)
	}
	if r := resource(t, seen, "permissions"); r.State != Partial || r.Rows == 0 || !strings.Contains(r.Why, "permissions:jobs") {
		t.Errorf("of permissions there are %d rows, and they are %s: %s", r.Rows, r.State, r.Why)
	}
	if r := resource(t, seen, "control"); !r.State.Whole() || !strings.Contains(r.Why, "not enabled: ip-access-lists") {
		t.Errorf("secret scopes and IP access lists are %s: %q", r.State, r.Why)
	}
	if seen.Refused != 1 || seen.Lost != 1 || !strings.Contains(seen.SaySpeed(), "1 refused · 1 unanswered") {
		t.Errorf("%d refused, %d lost: %s", seen.Refused, seen.Lost, seen.SaySpeed())
	}
}

func TestTimeInWhichSeveralWereUnderWayCountsOnce(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, time.November, 20, 2, minute, 0, 0, time.UTC) }
	lines := []Line{{Began: at(0), Ended: at(10), Took: 10 * time.Minute}, {Began: at(5), Ended: at(12), Took: 7 * time.Minute}, {Began: at(20), Ended: at(50), Took: time.Minute}, {}}
	var all []span
	for _, l := range lines {
		all = append(all, spanOf(l))
	}
	if got := together(all); got != 13*time.Minute {
		t.Errorf("%s", got)
	}
}

// TestMetastoreRolesAreOwnersAndGrants: who owns the metastore rules it, and owners of catalogs and schemas what is in those.
func TestMetastoreRolesAreOwnersAndGrants(t *testing.T) {
	c := found(t, small)
	options, _, _ := c.inside(t, c.Admin(), demo.Credentials{}, false)
	run := begun(t, store.Folder{Dir: t.TempDir()})
	seen, err := Run(t.Context(), run, options)
	if err != nil {
		t.Fatal(err)
	}
	row, known, err := run.Row("metastore-owners", "metastore/"+c.world.Metastore().ID)
	if err != nil || !known || row.Name != c.world.Metastore().Owner {
		t.Errorf("the owner of the metastore is %q, known %t: %v", row.Name, known, err)
	}
	schemas, _ := run.Count("schemas")
	if r := resource(t, seen, "metastore-roles"); r.Rows <= schemas || r.State != Done {
		t.Errorf("metastore roles are %s with %d rows, and there are %d schemas", r.State, r.Rows, schemas)
	}
}

// TestWhereTheAccountRefusesItsListTheWorkspaceItselfIsThere has a workspace admin ask the account, who is none of its admins.
func TestWhereTheAccountRefusesItsListTheWorkspaceItselfIsThere(t *testing.T) {
	c := found(t, small)
	admin := c.wards(t, model.Admins)
	options, _, _ := c.inside(t, admin, admin, false)
	run := begun(t, store.Folder{Dir: t.TempDir()})
	seen, err := Run(t.Context(), run, options)
	if err != nil {
		t.Fatal(err)
	}
	line := seen.Line("workspaces")
	if ids := idsIn(t, run, "workspaces"); len(ids) != 1 || ids[0] != options.Place.Workspace || line.Rows != 1 {
		t.Errorf("%d rows: %v", line.Rows, ids)
	}
	if line.State != Partial || line.Lacks != AccountAdmin || !strings.Contains(line.Why, "only the workspace that was read itself") {
		t.Errorf("%s, takes %q: %s", line.State, line.Lacks, line.Why)
	}
}

func TestResourcesGoByPriority(t *testing.T) {
	last := -1
	for _, r := range Resources() {
		if r.Part != OfAccount && r.Part != OfWorkspace {
			continue
		}
		if r.Priority < last {
			t.Errorf("%s has %d and stands behind one that has %d", r.ID, r.Priority, last)
		}
		last = r.Priority
	}
}
