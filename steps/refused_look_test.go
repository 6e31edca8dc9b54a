package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// refusing is the ready workspace, but for a refused sign-in at some requests.
func refusing(t *testing.T, path string, times int) demo.Scenario {
	t.Helper()
	world, err := demo.Find("ready")
	if err != nil {
		t.Fatal(err)
	}
	world.Faults = append(world.Faults, rest.Fault{Path: path, Times: times, Status: 401, Body: "{}"})
	return world
}

func TestAListThatIsRefusedEndsAndCanBeAskedForAgain(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{World: refusing(t, "/api/2.1/unity-catalog/schemas", 1)})
	w.signIn()
	w.chooseWarehouse()
	w.See("Not in the list?")
	w.Write("inventory")
	w.Press("enter")
	w.See("Authentication failed", "ctrl+r tries again")
	w.Settle() // nothing goes on behind it
	w.Press("ctrl+r")
	w.See("assets")
}

// The look goes on below the statements in full width, which have no room to say so.
func TestTheStatementsInFullWidthHideThatItLooksAgain(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("Looks again in")
	w.Press("v")
	w.MustShow("GRANT USE CATALOG", "esc close")
	if w.Pending == 0 || w.Shows("Looks again in") {
		t.Errorf("%d run behind\n%s", w.Pending, w.Screen())
	}
	w.Press("esc")
	w.MustShow("Looks again in")
}

// A look at privileges that fails says what to do in the smallest window too, and looks again.
func TestALookThatFailsSaysWhatToDoInTheSmallestWindow(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/api/2.1/unity-catalog/schemas/*", "/api/2.1/unity-catalog/effective-permissions/*"} {
		w := begin(t, screentest.Person{World: refusing(t, path, 0)})
		w.signIn()
		w.chooseWarehouse()
		w.chooseSchema("inventory", "assets")
		w.Calm()
		w.MustShow("not seen", "Authentication failed", "Next:", "Looks again in", "r look again")
		w.Resize(60, 18)
		w.MustShow("Authentication failed", "Next:", "paste both values again", "r look again")
	}
}
