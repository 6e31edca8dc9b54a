package check_test

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
)

// TestARuleForAStageIsMetByThatStage holds what the relay takes for the requests of a stage against the stage itself. It is about a stage
// whose answer nobody before it asks for, so only what shares its answer may be met first.
func TestARuleForAStageIsMetByThatStage(t *testing.T) {
	shared := map[check.ID]check.ID{check.StageSQLAccess: check.StageIdentity, check.StageState: check.StageWarehouse}
	for _, id := range relay.Stages() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			world := scenario(t, "ready")
			world.Faults = []relay.Rule{{Stage: id, Status: 500, Body: `{"error_code":"INTERNAL_ERROR","message":"no"}`}}
			s := set(t, world)
			if check.ID(id) == check.StageLifetime {
				s.signIn(t, connector.Credentials{Method: connector.PAT, Secret: s.Connector().Token})
			}
			results := s.walk(t, check.All())
			want := check.ID(id)
			if other, ok := shared[want]; ok {
				want = other
			}
			met := slices.IndexFunc(results, func(r check.Result) bool {
				return r.State == check.Failed || r.State == check.Unknown && r.Stage == want
			})
			if met < 0 || results[met].Stage != want {
				t.Errorf("it is not %s that meets it: %s", want, states(results))
			}
		})
	}
	var without []check.ID
	for _, stage := range check.All() {
		if !slices.Contains(relay.Stages(), string(stage.ID)) {
			without = append(without, stage.ID)
		}
	}
	if !slices.Equal(without, []check.ID{check.StageValues, check.StageAddress, check.StageConnection, check.StageCertificate}) {
		t.Errorf("no rule can name %v", without)
	}
}
