package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// TestTheWizardNamesEveryFaultOfTheWay meets every scenario that fails on the way to the sign-in, as a person does who presses Test
// connection. The screen says the same cause, reason and remedy as the ladder does for test NAME.
func TestTheWizardNamesEveryFaultOfTheWay(t *testing.T) {
	met := 0
	for _, s := range demo.Scenarios() {
		if s.Want.Stage < "S01" || s.Want.Stage > "S08" || s.ID == "no-sql-access" { // which a warehouse has to tell
			continue
		}
		met++
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			w := filled(t, s)
			w.open()
			w.Resize(120, 40)
			w.Press("enter")
			w.See(string(s.Want.Cause), "Next:")
			finding := ladderFinding(t, s)
			screen := unwrapped(w.Screen())
			for _, text := range []string{finding.Reason, finding.Remedy.Text} {
				if !strings.Contains(screen, unwrapped(text)) {
					t.Errorf("the screen does not say %q:\n%s", text, w.Screen())
				}
			}
			if setup.Passes(finding) {
				w.MustShow("enter test again", "e edit")
				return
			}
			w.Press("enter")
			if at := w.changes(); at != atFault(s) {
				t.Errorf("%s, %s: enter leads to %s rather than to %s:\n%s", s.Want.Stage, s.Want.Pattern, at, atFault(s), w.Screen())
			}
		})
	}
	if met < 40 {
		t.Errorf("only %d scenarios fail on the way", met)
	}
}

// TestTheWizardNamesTheFaultsOfAWarehouse goes on to step 2. A warehouse that is gone is not in its list, so only a saved connection can
// meet that.
func TestTheWizardNamesTheFaultsOfAWarehouse(t *testing.T) {
	for _, id := range []string{"no-warehouse", "no-sql-access", "serverless-disabled", "start-refused", "start-fails-quota", "start-fails-untold"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s, err := demo.Find(id)
			if err != nil {
				t.Fatal(err)
			}
			w := filled(t, s)
			w.open()
			w.Resize(120, 40)
			w.Press("enter")
			w.See("Signed in as")
			w.Press("enter")
			w.Settle()
			if s.Preset.Start {
				w.Write("Starter") // which is the one that these scenarios are about
			}
			cause := string(s.Want.Cause)
			for range 3 { // the list, the warehouse in it, and the consent to start it
				if w.Settle(); w.Shows(cause) {
					return
				}
				w.Press("enter")
			}
			w.See(cause)
		})
	}
}

// filled is the wizard of a demo, with the form filled in as the scenario has it.
func filled(t *testing.T, s demo.Scenario) *walk {
	t.Helper()
	w := prepare(t, screentest.Person{World: s, Blank: true, Answers: setup.Answers{}})
	if err := w.Setup.Draft().Prefill(setup.Answers{Host: w.Workspace.Host()}, setup.FromDemo); err != nil {
		t.Fatal(err)
	}
	creds := w.Workspace.SignIn()
	w.Setup.Draft().SetMethod(creds.Method)
	if creds.ClientID != "" {
		if _, err := w.Setup.Draft().SetClientID(string(creds.ClientID), setup.FromDemo); err != nil {
			t.Fatal(err)
		}
	}
	w.Setup.Draft().SetSecret(creds.Secret)
	return w
}

// ladderFinding is what the ladder finds in another workspace of the same scenario, without a screen.
func ladderFinding(t *testing.T, s demo.Scenario) check.Finding {
	t.Helper()
	w := filled(t, s)
	ws, err := workspace.Open(workspace.Config{Host: w.Setup.Draft().Host(), Credentials: w.Setup.Draft().Credentials(), Network: w.Workspace.Network(), Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	subject := &check.Subject{Workspace: ws, Now: w.Clock.Now}
	defer subject.Close()
	failed := check.Failure(check.Final(check.Run(t.Context(), check.Connect(), subject), func(check.Result) {}))
	if failed == nil || string(failed.Stage) != s.Want.Stage || failed.Finding.Pattern != s.Want.Pattern {
		t.Fatalf("the ladder ends as %+v, not as %+v", failed, s.Want)
	}
	return *check.Result.InPlace(*failed).Finding
}

// atFault is what a person has to change, by where a scenario ends: what a name, an address or a certificate is about is the host, what signs
// in is the secret, and who signed in is the client ID. Some are about something else than their stage: a token has no client ID beside it.
func atFault(s demo.Scenario) string {
	if at, ok := map[string]string{
		"untrusted-certificate": trust.Title,
		"proxy":                 workspace.ProxyTitle, "proxy-sign-in": workspace.ProxyTitle, "proxy-silent": workspace.ProxyTitle, "proxy-name": workspace.ProxyTitle,
		"tokens-not-allowed": "OAuth secret", "tokens-disabled": "OAuth secret", "token-refused": "OAuth secret", "clock-skew": "OAuth secret",
		"timeout": "Workspace host",
	}[s.Want.Pattern]; ok {
		return at
	}
	switch {
	case s.Want.Stage <= "S05":
		return "Workspace host"
	case s.Want.Stage == "S06":
		return "OAuth secret"
	}
	return "Client ID"
}

// changes is where the cursor stands after a failure: in a field of the form, or in a panel of this title.
func (w *walk) changes() string {
	for _, title := range []string{trust.Title, workspace.ProxyTitle} {
		if w.Shows(title) {
			return title
		}
	}
	form := w.wizard.connect.form
	return [...]string{hostField: "Workspace host", againField: "Host again", clientField: "Client ID", secretField: "OAuth secret"}[form.Focused()]
}

// unwrapped leaves out what laying out a text adds to it: breaks, indents, the frame's bars.
func unwrapped(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '│' || r == '\u00a0' }), "")
}
