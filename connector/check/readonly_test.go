package check_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// What could not be looked at is said, and what is not named is not nothing: neither is a pass.
func TestWhatDoesNotShowIsNotTakenForNothing(t *testing.T) {
	const owner, held = "/api/2.1/unity-catalog/metastore_summary", "/api/2.1/unity-catalog/effective-permissions/*"
	for name, story := range map[string]struct {
		fault rest.Fault
		says  string
	}{
		"the metastore answers 500":         {rest.Fault{Path: owner, Status: 500, Body: `{"error_code":"INTERNAL_ERROR","message":"no"}`}, "who owns the metastore"},
		"the metastore answers 503":         {rest.Fault{Path: owner, Status: 503, Body: "no"}, "who owns the metastore"},
		"the metastore is silent":           {rest.Fault{Path: owner, Delay: time.Hour}, "show"},
		"the metastore has no owner":        {rest.Fault{Path: owner, Status: 200, Body: "{}"}, "who owns the metastore"},
		"the table has no owner":            {unowned("tables", `null`), "who owns table inventory.assets."},
		"the schema has no owner":           {unowned("schemas", `""`), "who owns schema inventory.assets"},
		"the catalog has a blank owner":     {unowned("catalogs", `" "`), "who owns catalog inventory"},
		"no privilege is named":             {rest.Fault{Path: held, Status: 200, Body: "{}"}, "names no privilege"},
		"what is named cannot be read":      {rest.Fault{Path: held, Status: 200, Body: `{"privilege_assignments":7}`}, "does not show the privileges"},
		"a page in place of the privileges": {rest.Fault{Path: held, Page: "<html>no</html>"}, "does not show the privileges"},
	} {
		world := scenario(t, "ready")
		world.Faults = []rest.Fault{story.fault}
		s := set(t, world)
		stages := check.All()
		for i := range stages {
			if stages[i].ID == check.StageReadOnly {
				stages[i].Deadline = 2 * time.Second
			}
		}
		if r := find(t, s.walk(t, stages), check.StageReadOnly); r.State != check.Unknown || !strings.Contains(r.Evidence, story.says) {
			t.Errorf("%s: %s, %s", name, r.State, r.Evidence)
		}
	}
}

// unowned is an answer about an object of this kind whose owner is this, as JSON.
func unowned(kind, owner string) rest.Fault {
	return rest.Fault{Path: "/api/2.1/unity-catalog/" + kind + "/*", Rewrite: []relay.Edit{{At: "owner", Set: json.RawMessage(owner)}}}
}

func TestAPrivilegeIsCountedOnceWhereItWasGranted(t *testing.T) {
	world := scenario(t, "ready")
	world.Grants = append(slices.Clone(world.Grants), demo.Grant{On: unity.OnCatalog("inventory"), Privileges: []unity.Privilege{unity.Modify}})
	s := set(t, world)
	r := find(t, s.walk(t, check.All()), check.StageReadOnly)
	if r.State != check.Failed || r.Evidence != "1 privilege beyond read-only" || !strings.Contains(r.Finding.Reason, "holds MODIFY on catalog inventory. Draftt") {
		t.Errorf("%s, %s: %+v", r.State, r.Evidence, r.Finding)
	}
}

// That the principal may do too much does not hide that its secret ends tomorrow.
func TestWhatOnlyAdvisesStandsInNobodysWay(t *testing.T) {
	s := set(t, scenario(t, "may-write"))
	s.Now = s.clock.Now
	s.SecretExpires = s.clock.Now().Add(24 * time.Hour)
	results := s.walk(t, check.All())
	if broad, ends := find(t, results, check.StageReadOnly), find(t, results, check.StageLifetime); broad.State != check.Failed || ends.State != check.Failed {
		t.Errorf("read-only is %s, the lifetime %s", broad.State, ends.State)
	}
}
