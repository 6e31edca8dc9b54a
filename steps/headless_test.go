package steps

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
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
		Catalog: written(target.Table.Catalog), Schema: written(target.Table.Schema), Name: "from a file",
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
	setup := NewSetup(w.setup.env, draft, w.setup.theme)
	w.t.Cleanup(setup.Close)
	return &Headless{Setup: setup, Answers: f, Say: func(check.Result) {}}
}

func opened(context.Context) error { return nil }

func TestAFileMakesTheConnectionThatTheWizardMakes(t *testing.T) {
	t.Parallel()
	w := begin(t, person{scenario: "ready"})
	w.review()
	w.press("enter")
	w.until("it is saved", w.Finished)
	byHand := w.setup.Saved()

	for name, warehouse := range map[string]string{"by name": "starter warehouse", "by ID": byHand.Warehouse.ID} {
		h := w.unattended(func(f *AnswersFile) {
			f.Warehouse, f.Tables, f.Name = warehouse, nil, "from a file, "+name
			for _, table := range byHand.Tables {
				f.Tables = append(f.Tables, table.Table.Raw())
			}
		})
		results, err := h.Run(t.Context(), opened)
		if err != nil || check.Failure(results) != nil || len(results) != len(check.All()) {
			t.Fatalf("%s: %d results, %v", name, len(results), err)
		}
		got := h.Saved()
		if got.ID == "" || got.ID == byHand.ID {
			t.Fatalf("%s: saved as %q", name, got.ID)
		}
		if !got.Credentials.Secret.Equal(byHand.Credentials.Secret) {
			t.Errorf("%s: another secret was saved", name)
		}
		if got, want := lasting(got), lasting(byHand); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: saved\n%+v, not\n%+v", name, got, want)
		}
	}
}

// lasting is a connection without what two of them never share, and without the secret, which cannot be compared this way.
func lasting(c connector.Connection) connector.Connection {
	c.ID, c.Name, c.CreatedAt, c.SavedAt, c.SecretSetAt, c.Proof.At = "", "", time.Time{}, time.Time{}, time.Time{}, time.Time{}
	c.Credentials.Secret = connector.Secret{}
	return c
}

// elsewhere are scenarios that end otherwise without a person, and why.
var elsewhere = map[string]string{
	"secret-expiring": "when an OAuth secret ends does not show to the connector, and the file does not say it",
	"metastore-admin": "the ladder does not see it yet",
	"workspace-admin": "the ladder does not see it yet",
	"captive-portal":  "the ladder does not tell it yet",
}

func TestAFileFailsWhereATestWouldFail(t *testing.T) {
	for _, s := range demo.Scenarios() {
		slow := s.Want.Pattern == "timeout" || s.Want.Pattern == "server-trouble" || s.Preset.Start || strings.HasPrefix(s.ID, "throttled") || s.ID == "large"
		if slow || elsewhere[s.ID] != "" {
			continue
		}
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			w := prepare(t, person{world: s, blank: true})
			h := w.unattended(nil)
			results, err := h.Run(t.Context(), opened)
			if err != nil || len(results) != len(check.All()) {
				t.Fatalf("%d results, %v", len(results), err)
			}
			f := check.Failure(results)
			if f == nil {
				f = &check.Result{Finding: &check.Finding{}}
			}
			if string(f.Stage) != s.Want.Stage || f.Finding.Exit != s.Want.Exit {
				t.Errorf("it ends at %s with %d, not at %s with %d: %s", f.Stage, f.Finding.Exit, s.Want.Stage, s.Want.Exit, f.Finding.Reason)
			}
			if saved := h.Saved().ID != ""; saved != s.Want.Passes() {
				t.Errorf("saved: %t", saved)
			}
		})
	}
}

func TestABroaderPrincipalIsSavedOnlyWhenThatWasAccepted(t *testing.T) {
	t.Parallel()
	w := prepare(t, person{scenario: "may-write", blank: true})
	h := w.unattended(func(f *AnswersFile) { f.AcceptBroader = true })
	results, err := h.Run(t.Context(), opened)
	if err != nil || check.Failure(results) == nil || h.Saved().ID == "" || !strings.HasPrefix(h.Saved().Proof.ReadOnly, "broader than read-only") {
		t.Errorf("%+v, %v", h.Saved().Proof, err)
	}
}

func TestAWarehouseThatNobodyKnowsIsNamed(t *testing.T) {
	t.Parallel()
	w := prepare(t, person{scenario: "ready", blank: true})
	h := w.unattended(func(f *AnswersFile) { f.Warehouse = "Starter Warehous" })
	results, err := h.Run(t.Context(), opened)
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
