package partner_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// withCluster is a workspace where dbt Cloud has a cluster besides, on which somebody else's job runs.
func withCluster(w *model.World) error {
	if err := connected(w); err != nil {
		return err
	}
	err := w.AddThing(model.Thing{Kind: "clusters", ID: "0101-dbt", Creator: theirs, Access: map[string]model.Level{"analysts": registry.CanAttachTo}, Details: map[string]any{
		"cluster_name": "dbt runs", "creator_user_name": theirs, "state": "RUNNING",
	}})
	if err != nil {
		return err
	}
	tasks := []map[string]any{{"task_key": "one", "existing_cluster_id": "0101-dbt"}, {"task_key": "two", "existing_cluster_id": "0101-dbt"}}
	return w.AddThing(model.Thing{Kind: "jobs", ID: "77", Creator: person, Details: map[string]any{
		"creator_user_name": person, "settings": map[string]any{"name": "Nightly models", "tasks": tasks},
	}})
}

func TestAClusterGoesWithAResetAndItsUsesAreNamed(t *testing.T) {
	s, j := open(t, start(t, "first-time", withCluster)), journal(t)
	for level, goes := range map[partner.Level]bool{partner.Principal: false, partner.Reset: true} {
		e, err := ending(t, s, level)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(e.Parts, func(p partner.Part) bool { return p.What == "cluster dbt runs" })
		if at < 0 || e.Parts[at].Goes != goes {
			t.Fatalf("%s: %+v", level, e.Parts)
		}
		for _, use := range []string{"the job Nightly models, which runs on it", "whatever runs on it now", "CAN_ATTACH_TO of analysts"} {
			if !contains(e.Parts[at].Uses, use) || len(e.Parts[at].Uses) != 3 {
				t.Errorf("%s: uses %q", level, e.Parts[at].Uses)
			}
		}
		if !contains(e.Sheet, "Cluster: dbt runs, cluster ID 0101-dbt") {
			t.Errorf("%q", e.Sheet)
		}
	}
	e, err := ending(t, s, partner.Reset)
	if err != nil {
		t.Fatal(err)
	}
	c := e.Plan.Changes[1]
	if c.Kind != admin.DeleteCluster || c.Request.Path != "/api/2.1/clusters/permanent-delete" || string(c.Request.Body) != `{"cluster_id":"0101-dbt"}` || e.Plan.Name != "dbt Cloud" {
		t.Fatalf("%+v", e.Plan.Changes)
	}
	apply(t, s, e.Plan, j)
	left, err := s.ClusterFacts(t.Context())
	if err != nil || slices.ContainsFunc(left, func(c admin.ComputeFact) bool { return c.ID == "0101-dbt" }) || len(left) != 2 {
		t.Errorf("%+v, %v", left, err)
	}
	// Carried out once more from the plan that was made before, it finds the cluster gone, which is no failure.
	again := e.Plan
	again.ID, again.Changes = "0123456789abcdef", e.Plan.Changes[1:2]
	if out := apply(t, s, again, j); out.Done != 1 {
		t.Errorf("%+v", out)
	}
}

func TestAClusterThatIsToStayStays(t *testing.T) {
	s := open(t, start(t, "first-time", withCluster))
	traces, err := partner.Look(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	c, err := partner.Infer(traces).Of("dbt", "")
	if err != nil || !contains(c.Evidence, "cluster dbt runs, made by it") {
		t.Fatal(c.Evidence, err)
	}
	e, err := partner.PlanDisconnect(t.Context(), s, partner.Disconnect{Connection: c, Level: partner.Reset, Keep: []string{"0101-dbt"}})
	if err != nil || !contains(e.Plan.Kept, "cluster dbt runs, as asked for") || contains(e.Plan.Deleted(), "dbt runs") {
		t.Errorf("%+v, %v", e.Plan, err)
	}
	if _, err := partner.PlanDisconnect(t.Context(), s, partner.Disconnect{Connection: c, Level: partner.Reset, Keep: []string{"dbt rusn"}}); err == nil || !strings.Contains(err.Error(), "no warehouse or cluster") {
		t.Errorf("%v", err)
	}
}
