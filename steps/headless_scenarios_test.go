package steps

import (
	"flag"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// endingOf is how a walk of the ladder ended, in the terms of a scenario.
func endingOf(results []check.Result) demo.Want {
	failed := check.Failure(results)
	if failed == nil {
		return demo.Want{}
	}
	f := failed.Finding
	return demo.Want{Stage: string(failed.Stage), Cause: string(f.Cause), Pattern: f.Pattern, Exit: f.Exit}
}

// conclusion runs a set-up to its end, and holds it to what every end has: a result of each stage, in their order, each said once.
func conclusion(t *testing.T, h *setup.Headless) (got demo.Want, saved bool) {
	t.Helper()
	var said []check.ID
	h.Say = func(r check.Result) { said = append(said, r.Stage) }
	results, err := h.Run(t.Context(), h.Protector(nil))
	if err != nil {
		t.Fatal(err)
	}
	var stages []check.ID
	for _, stage := range check.All() {
		stages = append(stages, stage.ID)
	}
	if !slices.Equal(said, stages) || len(results) != len(stages) {
		t.Errorf("it said %v, with %d results", said, len(results))
	}
	got = endingOf(results)
	if h.Exit(results) != got.Exit {
		t.Errorf("it would exit with %d after a failure with %d", h.Exit(results), got.Exit)
	}
	return got, h.Saved().ID != ""
}

// TestAFileFailsWhereATestWouldFail meets every scenario. How each ends is what the scenario says of itself, to which the tests of the
// ladder hold test NAME.
func TestAFileFailsWhereATestWouldFail(t *testing.T) {
	for _, s := range demo.Scenarios() {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			got, saved := conclusion(t, prepare(t, screentest.Person{World: s, Blank: true}).Unattended(nil))
			if got != s.Want {
				t.Errorf("it ends as %+v, not as %+v", got, s.Want)
			}
			if reads := s.Want.Passes() || s.Want.Stage == "S18"; saved != reads {
				t.Errorf("saved: %t", saved)
			}
		})
	}
}

var full = flag.Bool("full", false, "every scenario in every way of naming a warehouse")

// unnamed are the scenarios whose warehouse cannot be given by its name, and how a set-up ends that gives it all the same.
var unnamed = map[string]demo.Want{
	"can-use-revoked": {Stage: "S09", Cause: string(check.WarehouseAccess), Pattern: "no-warehouses", Exit: check.ExitWarehouse}, // its list is empty, as in step 2
}

// TestAWarehouseByItsNameEndsAsOneByItsID gives the warehouse of a scenario by its name, where somebody comes so far as to ask for it. Where
// a scenario ends for another reason, one of each stage will do; with -full it is all of them.
func TestAWarehouseByItsNameEndsAsOneByItsID(t *testing.T) {
	ended := map[string]bool{}
	for _, s := range demo.Scenarios() {
		if !s.Want.Passes() && s.Want.Stage < "S08" {
			continue
		}
		_, other := unnamed[s.ID]
		if about := other || s.Want.Cause == string(check.WarehouseAccess) || s.Warehouses != nil; ended[s.Want.Stage] && !about && !*full {
			continue
		}
		ended[s.Want.Stage] = true
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			h := prepare(t, screentest.Person{World: s, Blank: true}).Unattended(func(f *setup.AnswersFile) {
				if name, usual := screentest.WarehouseNames[connector.WarehouseID(f.Warehouse)]; usual {
					f.Warehouse = name
				}
			})
			want, other := unnamed[s.ID]
			if !other {
				want = s.Want
			}
			if got, _ := conclusion(t, h); got != want {
				t.Errorf("it ends as %+v, not as %+v", got, want)
			}
		})
	}
}
