package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// atThePlan walks to the plan of a new service principal, which makes three changes.
func atThePlan(t *testing.T, who screentest.Person) *walk {
	t.Helper()
	w := begin(t, who)
	w.Press("ctrl+o")
	w.See("Make a new one")
	w.Press("enter")
	w.See("Display name")
	w.Press("ctrl+u")
	w.Write("draftt-inventory")
	w.Press("enter")
	w.See("This makes 3 changes")
	w.Write("apply")
	return w
}

func TestEachChangeOfAPlanShowsHowFarItIs(t *testing.T) {
	t.Parallel()
	scenario, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	scenario.Faults = []rest.Fault{{
		Method: "POST", Path: "/api/2.0/accounts/servicePrincipals/*", Times: 1, Status: 403,
		Body: `{"error_code":"PERMISSION_DENIED","message":"Only account admins make secrets."}`,
	}}
	w := atThePlan(t, screentest.Person{World: scenario})
	w.Press("enter")
	w.See("Create OAuth secret", ": failed", "Only account admins", "The journal tells what was done")
	w.MustShow("✓ 1  Create service principal", "✓ 2  Add entitlement", "✗ 3  Create OAuth secret")
	w.Settle()
	w.Golden("admin/change-refused")
}

func TestAPlanIsStoppedByEscapeAfterTheChangeThatIsUnderWay(t *testing.T) {
	t.Parallel()
	w := atThePlan(t, screentest.Person{})
	w.Press("enter")
	w.See("doing", "esc stops after the change that is under way")
	w.Press("esc") // by now the second change may have begun, and never the third
	w.See("Stopped:", ": waiting", "Plan again")
	for _, below := range []string{"Display name", "Make a new one", "Connect to your workspace"} {
		w.Press("esc")
		w.MustShow(below)
	}
}

func TestAPlanIsLeftAtOnceByASecondEscape(t *testing.T) {
	t.Parallel()
	w := atThePlan(t, screentest.Person{})
	w.Press("enter")
	w.See("doing")
	w.Press("esc")
	w.MustShow("esc leave at once")
	w.Press("esc")
	w.MustShow("Left while a change was under way", "unknown", "The journal tells what was done")
	w.Settle()
	w.MustShow("Left while a change was under way")
}

func TestTheDemosAdminSaysWhichWorkspaceIsTheirs(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{})
	w.Press("ctrl+u")
	w.Paste(screentest.AnotherHost)
	w.Press("ctrl+o")
	w.See("The demo's admin works in the demo's workspace alone.", demo.HostName)
	w.Press("esc")
	w.MustShow("Connect to your workspace")
	w.Settle()
}
