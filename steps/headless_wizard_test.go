package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// end is where a person is stopped: by a failure in a checklist, by one that the screen tells without a stage, or not at all.
type end struct {
	stage string
	cause string
}

// overtaken are the scenarios that stop a person elsewhere than a file, and why.
var overtaken = map[string]end{
	// Step 2 chooses from a list, which does not hold a warehouse that is gone, and is empty where none may be used.
	"warehouse-gone":                 {},
	"warehouse-of-another-workspace": {},
	"can-use-revoked":                {cause: string(check.WarehouseAccess)},
	"no-warehouse":                   {cause: string(check.WarehouseAccess)},
	// Step 3 shows all privileges of the contract at once, so a SELECT that is missing on the schema is met where a file names a view alone.
	"view": {"S16", ""},
	// An answer that is broken is no privilege that is missing: step 3 tells it in place of its list.
	"html-instead-of-json": {cause: string(check.Unreachable)},
	"reset-at-a-byte":      {cause: string(check.Unreachable)},
	// The wizard saves what works today, and a set-up from a file does as well, with the code of the stage.
	"secret-expiring": {},
	"token-expiring":  {},
}

// metElsewhere reports that other tests have a person meet this: what fails up to the sign-in, and a warehouse that does not run, which the
// wizard starts and goes on meanwhile. 100,000 tables are another test's, and what hangs would be waited for.
func metElsewhere(s demo.Scenario) bool {
	early := !s.Want.Passes() && s.Want.Stage < "S08"
	return early || s.Want.Stage == "S11" || s.Preset.Start || s.Tables > 0 || s.ID == "warehouse-deleted" || s.Want.Pattern == "timeout"
}

// TestTheWizardEndsWhereAFileEnds makes the choices of a scenario's file in the wizard, and walks on to the first failure or to the saved
// connection. See TestTheWizardNamesEveryFaultOfTheWay and TestTheWizardNamesTheFaultsOfAWarehouse for what is not walked here.
func TestTheWizardEndsWhereAFileEnds(t *testing.T) {
	for _, s := range demo.Scenarios() {
		if metElsewhere(s) {
			continue
		}
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			want, known := overtaken[s.ID]
			if !known {
				want = end{s.Want.Stage, s.Want.Cause}
			}
			w := prepare(t, screentest.Person{World: s, Blank: true})
			h := w.Unattended(nil)
			if given := h.Draft().Wanted(); given.ID != "" {
				h.Draft().SetWarehouse(connector.Warehouse{ID: given.ID}, setup.FromFile)
			}
			w.Setup = h.Setup
			got := w.stopped()
			if got.stage != want.stage || got.cause != "" && got.cause != want.cause || got.cause == "" && want.stage == "" && !w.Shows(want.cause) {
				t.Errorf("it ends at %+v, not at %+v:\n%s", got, want, w.Screen())
			}
			if saved := h.Saved().ID != ""; saved != (want == end{}) {
				t.Errorf("saved: %t", saved)
			}
		})
	}
}

// In a set-up from nothing no warehouse is known yet at the sign-in, so the workspace cannot be made to say that the entitlement is missing
// before step 2. It is the same stage that fails there.
func TestAFreshWizardTellsAMissingEntitlementAtItsOwnStage(t *testing.T) {
	w := prepare(t, screentest.Person{Scenario: "no-sql-access"})
	if got := w.stopped(); got != (end{"S08", string(check.WarehouseAccess)}) {
		t.Errorf("it ends at %+v:\n%s", got, w.Screen())
	}
}

// stopped presses enter until a checklist shows a failure, the connection is saved, or nothing changes any more.
func (w *walk) stopped() (at end) {
	w.T.Helper()
	causes := []check.Cause{check.AuthenticationFailed, check.WarehouseAccess, check.MissingPermissions, check.WarehouseNotRunning, check.Unreachable, check.BeyondReadOnly}
	w.tell = func(event string) {
		if at.stage == "" && strings.HasPrefix(event, "✗ ") {
			at.stage = strings.Fields(event)[1]
		}
		for _, cause := range causes {
			if at.stage != "" && at.cause == "" && strings.HasPrefix(event, string(cause)+". ") {
				at.cause = string(cause)
			}
		}
	}
	w.open()
	w.Resize(120, 40)
	for range 14 {
		w.Until("it can go on", func() bool {
			return at.stage != "" || w.Pending == 0 || w.Pending == 2 && w.Shows("Looks again in") || w.Shows("enter saves it encrypted")
		})
		if at.stage != "" {
			return at
		}
		last := w.Shows("enter saves it encrypted")
		if w.Press("enter"); last {
			w.finishes()
			return at
		}
	}
	return at
}
