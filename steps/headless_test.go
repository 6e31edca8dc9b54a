package steps

import (
	"cmp"
	"context"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/check"
)

// unattended is a set-up from a file on the workspace of a walk. What the scenario's target chooses stands in the file.
func (w *walk) unattended(change func(*AnswersFile)) *Headless {
	w.t.Helper()
	target, err := w.workspace.Target()
	if err != nil {
		w.t.Fatal(err)
	}
	signIn := w.workspace.SignIn()
	f := AnswersFile{
		Host: w.workspace.Host(), Method: signIn.Method, ClientID: signIn.ClientID, Warehouse: target.WarehouseID, StartWarehouse: target.Start,
		SecretExpires: target.Expires, Catalog: written(target.Table.Catalog), Schema: written(target.Table.Schema), Name: "from a file",
	}
	if f.Warehouse == "" {
		f.Warehouse = "Starter Warehouse"
	}
	for _, table := range target.Tables {
		f.Tables = append(f.Tables, written(table.Table))
	}
	if change != nil {
		change(&f)
	}
	draft, err := FileDraft(f, signIn.Secret, nil, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	setup := NewSetup(w.setup.env, draft)
	w.t.Cleanup(setup.Close)
	h := NewHeadless(setup, f, func(check.Result) {})
	h.stages = func() []check.Stage { return w.impatient() }
	return h
}

// TestLeavingInTheMiddleSavesNothing presses Ctrl+C right after the network rules were proven, and in the middle of the tables.
func TestLeavingInTheMiddleSavesNothing(t *testing.T) {
	for _, warehouse := range []string{"", "Starter Warehouse"} {
		for _, at := range []check.ID{"S05", "S08", "S15", "S18"} {
			t.Run(string(at)+" "+warehouse, func(t *testing.T) {
				t.Parallel()
				w := prepare(t, person{scenario: "ready", blank: true})
				h := w.unattended(func(f *AnswersFile) { f.Warehouse = cmp.Or(warehouse, f.Warehouse) })
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
	w := prepare(t, person{scenario: "may-write", blank: true})
	h := w.unattended(func(f *AnswersFile) { f.AcceptBroader = true })
	results, err := h.Run(t.Context(), h.Protector(nil))
	if err != nil || check.Failure(results) == nil || h.Saved().ID == "" || !strings.HasPrefix(h.Saved().Proof.ReadOnly, "broader than read-only") {
		t.Errorf("%+v, %v", h.Saved().Proof, err)
	}
}

func TestAWarehouseThatNobodyKnowsIsNamed(t *testing.T) {
	t.Parallel()
	w := prepare(t, person{scenario: "ready", blank: true})
	h := w.unattended(func(f *AnswersFile) { f.Warehouse = "Starter Warehous" })
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
