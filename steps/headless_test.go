package steps

import (
	"cmp"
	"context"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// TestLeavingInTheMiddleSavesNothing presses Ctrl+C right after the network rules were proven, and in the middle of the tables.
func TestLeavingInTheMiddleSavesNothing(t *testing.T) {
	for _, warehouse := range []string{"", "Starter Warehouse"} {
		for _, at := range []check.ID{"S05", "S08", "S15", "S18"} {
			t.Run(string(at)+" "+warehouse, func(t *testing.T) {
				t.Parallel()
				w := prepare(t, screentest.Person{Scenario: "ready", Blank: true})
				h := w.Unattended(func(f *setup.AnswersFile) { f.Warehouse = cmp.Or(warehouse, f.Warehouse) })
				ctx, leave := context.WithCancel(t.Context())
				defer leave()
				h.Say = func(r check.Result) {
					if r.Stage == at {
						leave()
					}
				}
				results, err := h.Run(ctx, h.Protector(nil))
				if err != nil || check.Failure(results) != nil || h.Saved().ID != "" {
					t.Errorf("it saved %q, and gave %v: %+v", h.Saved().ID, err, check.Failure(results))
				}
			})
		}
	}
}

func TestABroaderPrincipalIsSavedOnlyWhenThatWasAccepted(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "may-write", Blank: true})
	h := w.Unattended(func(f *setup.AnswersFile) { f.AcceptBroader = true })
	results, err := h.Run(t.Context(), h.Protector(nil))
	if err != nil || check.Failure(results) == nil || h.Saved().ID == "" || !strings.HasPrefix(h.Saved().Proof.ReadOnly, "can write: ") {
		t.Errorf("%+v, %v", h.Saved().Proof, err)
	}
}

func TestAWarehouseThatNobodyKnowsIsNamed(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "ready", Blank: true})
	h := w.Unattended(func(f *setup.AnswersFile) { f.Warehouse = "Starter Warehous" })
	results, err := h.Run(t.Context(), h.Protector(nil))
	f := check.Failure(results)
	if err != nil || f == nil || f.Stage != "S09" || f.Finding.Exit != check.ExitWarehouse || !strings.Contains(f.Finding.Remedy.Text, `Did you mean "Starter Warehouse"?`) {
		t.Fatalf("%+v, %v", f, err)
	}
	for _, r := range results[len(check.Connect())+1:] {
		if r.State != check.Blocked || r.BlockedBy != "S09" {
			t.Errorf("%s is %s", r.Stage, r.State)
		}
	}
}
