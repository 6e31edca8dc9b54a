package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// atThePlan walks to the plan of a new service principal, which makes three changes.
func atThePlan(t *testing.T, who Person) *walk {
	t.Helper()
	w := begin(t, who)
	w.press("ctrl+o")
	w.see("Make a new one")
	w.press("enter")
	w.see("Display name")
	w.press("ctrl+u")
	w.write("draftt-inventory")
	w.press("enter")
	w.see("This makes 3 changes")
	w.write("apply")
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
	w := atThePlan(t, Person{World: scenario})
	w.press("enter")
	w.see("Create OAuth secret", ": failed", "Only account admins", "The journal tells what was done")
	w.mustShow("✓ 1  Create service principal", "✓ 2  Add entitlement", "✗ 3  Create OAuth secret")
	w.settle()
	w.golden("admin/change-refused")
}

func TestAPlanIsStoppedByEscapeAfterTheChangeThatIsUnderWay(t *testing.T) {
	t.Parallel()
	w := atThePlan(t, Person{})
	w.press("enter")
	w.see("doing", "esc stops after the change that is under way")
	w.press("esc") // by now the second change may have begun, and never the third
	w.see("Stopped:", ": waiting", "Plan again")
	w.press("esc")
	w.mustShow("Connect to your workspace")
}

func TestAPlanIsLeftAtOnceByASecondEscape(t *testing.T) {
	t.Parallel()
	w := atThePlan(t, Person{})
	w.press("enter")
	w.see("doing")
	w.press("esc")
	w.mustShow("esc leave at once")
	w.press("esc")
	w.mustShow("Left while a change was under way", "unknown", "The journal tells what was done")
	w.settle()
	w.mustShow("Left while a change was under way")
}
