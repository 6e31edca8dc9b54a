package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
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
			w.resize(120, 40)
			w.press("enter")
			w.see(string(s.Want.Cause), "Next:")
			finding := ladderFinding(t, s)
			screen := unwrapped(w.screen())
			for _, text := range []string{finding.Reason, finding.Remedy.Text} {
				if !strings.Contains(screen, unwrapped(text)) {
					t.Errorf("the screen does not say %q:\n%s", text, w.screen())
				}
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
	for _, id := range []string{"no-warehouse", "no-sql-access", "serverless-disabled", "start-refused", "start-fails-quota", "start-fails-capacity"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s, err := demo.Find(id)
			if err != nil {
				t.Fatal(err)
			}
			w := filled(t, s)
			w.open()
			w.resize(120, 40)
			w.press("enter")
			w.see("Signed in as")
			w.press("enter")
			w.settle()
			if s.Preset.Start {
				w.write("Starter") // which is the one that these scenarios are about
			}
			for range 3 { // the list, the warehouse in it, and the consent to start it
				if w.settle(); w.shows(string(s.Want.Cause)) {
					return
				}
				w.press("enter")
			}
			w.see(string(s.Want.Cause))
		})
	}
}

// filled is the wizard of a demo, with the form filled in as the scenario has it.
func filled(t *testing.T, s demo.Scenario) *walk {
	t.Helper()
	w := prepare(t, Person{World: s, Blank: true, Answers: Answers{}})
	if err := w.setup.draft.Prefill(Answers{Host: w.workspace.Host()}, FromDemo); err != nil {
		t.Fatal(err)
	}
	creds := w.workspace.SignIn()
	w.setup.draft.SetMethod(creds.Method)
	if creds.ClientID != "" {
		if _, err := w.setup.draft.SetClientID(creds.ClientID, FromDemo); err != nil {
			t.Fatal(err)
		}
	}
	w.setup.draft.SetSecret(creds.Secret)
	return w
}

// ladderFinding is what the ladder finds in another workspace of the same scenario, without a screen.
func ladderFinding(t *testing.T, s demo.Scenario) check.Finding {
	t.Helper()
	w := filled(t, s)
	ws, err := workspace.Open(workspace.Config{Host: w.setup.draft.Host(), Credentials: w.setup.draft.Credentials(), Network: w.workspace.Network(), Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	subject := &check.Subject{Workspace: ws, Now: w.clock.Now}
	defer subject.Close()
	var results []check.Result
	for r := range check.Run(t.Context(), check.Connect(), subject) {
		if r.State != check.Running {
			results = append(results, r)
		}
	}
	failed := check.Failure(results)
	if failed == nil || string(failed.Stage) != s.Want.Stage || failed.Finding.Pattern != s.Want.Pattern {
		t.Fatalf("the ladder ends as %+v, not as %+v", failed, s.Want)
	}
	return *failed.Finding
}

// unwrapped leaves out what laying out a text adds to it: breaks, indents, the frame's bars.
func unwrapped(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '│' || r == '\u00a0' }), "")
}
