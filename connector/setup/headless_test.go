package setup

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// unattended is a set-up of what the workspace would be connected by, with nobody to ask.
func (w *world) unattended(change func(*AnswersFile)) *Headless {
	w.t.Helper()
	c := w.connection("prod")
	f := ExportedFrom(c)
	f.SecretFile = ""
	change(&f)
	draft, err := FileDraft(f, c.Credentials.Secret, nil, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	s := New(w.env, draft)
	w.t.Cleanup(s.Close)
	return NewHeadless(s, f, func(check.Result) {})
}

// TestABroaderPrincipalIsSavedOnlyWhereSomebodyAcceptedThat has nobody look: what a person would weigh was weighed in the file.
func TestABroaderPrincipalIsSavedOnlyWhereSomebodyAcceptedThat(t *testing.T) {
	t.Parallel()
	for _, accepted := range []bool{false, true} {
		w := begin(t, "may-write")
		h := w.unattended(func(f *AnswersFile) { f.AcceptBroader = accepted })
		results, err := h.Run(t.Context(), h.Protector(nil))
		if err != nil {
			t.Fatal(err)
		}
		if saved := h.Saved().ID != ""; saved != accepted || (h.Exit(results) == 0) != accepted {
			t.Errorf("accepted %t: saved %t, exit %d", accepted, saved, h.Exit(results))
		}
		if accepted && (!h.Saved().Proof.Passed || !h.Saved().Proof.Broader) {
			t.Errorf("%+v", h.Saved().Proof)
		}
	}
}

func TestWithNobodyToAskNothingIsSavedThatWasNotRead(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"missing-grants", "wrong-secret", "no-warehouse"} {
		w := begin(t, scenario)
		h := w.unattended(func(f *AnswersFile) {
			if f.AcceptBroader = true; f.Warehouse == "" {
				f.Warehouse = "Starter Warehouse"
			}
		})
		results, err := h.Run(t.Context(), h.Protector(nil))
		if err != nil || h.Saved().ID != "" || h.Exit(results) == 0 {
			t.Errorf("%s: saved %q, exit %d, %v", scenario, h.Saved().ID, h.Exit(results), err)
		}
		if k, err := w.env.Vault.Load(t.Context(), "prod"); err == nil {
			t.Errorf("%s: there is %q", scenario, k.Name)
		}
	}
}

// Whoever allows a host on the command line has typed it once more.
func TestTheCommandLineConfirmsAForeignHost(t *testing.T) {
	t.Parallel()
	allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	f := AnswersFile{Host: "lab.contoso.example:8443", ClientID: firstID, Warehouse: "w", Catalog: "a", Schema: "b", Tables: []string{"c"}}
	d, err := FileDraft(f, secret("dose0123456789"), allow, nil)
	if err != nil || d.MustConfirm() {
		t.Errorf("to be typed again: %t, %v", err == nil && d.MustConfirm(), err)
	}
	if d, err = FileDraft(f, secret("dose0123456789"), nil, nil); err != nil || d.HostProblem() == nil {
		t.Errorf("the file alone lets a foreign host in: %v", err)
	}
}
