package check_test

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// aside says which stages of a scenario come to neither a pass nor the failure, for a reason they name: S06 has nothing to do for a token,
// S10 cannot show before the warehouse runs, and hive_metastore is outside Unity Catalog.
var aside = map[string]string{
	"token":              "skipped S06",
	"revoked-token":      "skipped S06",
	"expired-token":      "skipped S06",
	"tokens-disabled":    "skipped S06",
	"tokens-not-allowed": "skipped S06",
	"token-expiring":     "skipped S06",

	"warehouse-stopped":   "unknown S10",
	"warehouse-starting":  "unknown S10",
	"warehouse-stopping":  "unknown S10",
	"warehouse-starts":    "unknown S10",
	"start-refused":       "unknown S10",
	"serverless-disabled": "unknown S10",
	"start-fails-quota":   "unknown S10",
	"start-fails-untold":  "unknown S10",

	"through-a-group": "unknown S17", // the workspace names no privilege of the principal, which nevertheless holds some

	"hive-usage": "unknown S13-S14; skipped S15",
}

// amiss are scenarios that the ladder does not tell right yet, and what it takes. A scenario that it tells right has to leave this list.
var amiss = map[string]string{}

// preset is the scenario as a saved connection would meet it.
func preset(t *testing.T, s demo.Scenario) *stage {
	t.Helper()
	on := set(t, s)
	target, err := on.Target()
	if err != nil {
		t.Fatal(err)
	}
	on.Tables, on.Start, on.SecretExpires, on.Now = target.Tables, target.Start, target.Expires, on.clock.Now
	on.signIn(t, on.SignIn())
	return on
}

// impatient is the ladder without the waits that a person has to sit through: the stage that a scenario says will get no answer gives up soon.
func impatient(want demo.Want) []check.Stage {
	stages := check.All()
	for i := range stages {
		if string(stages[i].ID) == want.Stage && want.Pattern == "timeout" {
			stages[i].Deadline = time.Second
		}
	}
	return stages
}

// TestEveryScenarioEndsWhereItSays is the table that a support engineer can read: connector/demo says of each scenario which stage fails,
// by which cause and pattern, with which exit code.
func TestEveryScenarioEndsWhereItSays(t *testing.T) {
	for _, s := range demo.Scenarios() {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			on := preset(t, s)
			results := on.wait(t, impatient(s.Want))
			proper(t, on, results)
			failed := check.Failure(results)
			got, why := ending(failed)
			switch known := amiss[s.ID]; {
			case got == s.Want && known != "":
				t.Error("it is told right now: take it off the list of those that are amiss")
			case got != s.Want && known != "":
				t.Skipf("it ends as %+v, not as %+v: %s", got, s.Want, known)
			case got != s.Want:
				t.Fatalf("it ends as %+v, not as %+v: %s; %s", got, s.Want, states(results), why)
			}
			if got := besides(results, failed); got != aside[s.ID] {
				t.Errorf("besides, %s", got)
			}
		})
	}
}

// ending is how the ladder ended, in the terms of a scenario, with what was said of it.
func ending(failed *check.Result) (end demo.Want, why string) {
	if failed == nil {
		return demo.Want{}, "nothing failed"
	}
	f := failed.Finding
	return demo.Want{Stage: string(failed.Stage), Cause: string(f.Cause), Pattern: f.Pattern, Exit: f.Exit}, f.Reason + " " + failed.Detail
}

// wait walks the stages, and lets ten seconds go by in the workspace whenever a stage says that it waits for something.
func (s *stage) wait(t *testing.T, stages []check.Stage) []check.Result {
	t.Helper()
	var final []check.Result
	for r := range check.Run(t.Context(), stages, s.Subject) {
		switch {
		case r.State != check.Running:
			final = append(final, r)
		case s.Start && r.Evidence != "":
			s.clock.Advance(10 * time.Second)
		}
	}
	return final
}

// besides writes the stages before the failure that did not pass. After it, everything has to be blocked by it.
func besides(results []check.Result, failed *check.Result) string {
	var before, wrong []check.Result
	over := false
	for _, r := range results {
		switch {
		case over:
			if r.State != check.Blocked || r.BlockedBy != failed.Stage {
				wrong = append(wrong, r)
			}
		case r.State != check.Passed && r.State != check.Failed:
			before = append(before, r)
		}
		over = over || failed != nil && r.Stage == failed.Stage && !failed.Advisory
	}
	if len(wrong) > 0 {
		return "not blocked by " + string(failed.Stage) + ": " + states(wrong)
	}
	return states(before)
}
