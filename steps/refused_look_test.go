package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
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
	w := begin(t, Person{World: refusing(t, "/api/2.1/unity-catalog/schemas", 1)})
	w.signIn()
	w.chooseWarehouse()
	w.see("Not in the list?")
	w.write("inventory")
	w.press("enter")
	w.see("Authentication failed", "ctrl+r tries again")
	w.settle() // nothing goes on behind it
	w.press("ctrl+r")
	w.see("assets")
}

// The look goes on below the statements in full width, which have no room to say so.
func TestTheStatementsInFullWidthHideThatItLooksAgain(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.see("Looks again in")
	w.press("v")
	w.mustShow("GRANT USE CATALOG", "esc close")
	if w.pending == 0 || w.shows("Looks again in") {
		t.Errorf("%d run behind\n%s", w.pending, w.screen())
	}
	w.press("esc")
	w.mustShow("Looks again in")
}

// A look at privileges that fails says what to do in the smallest window too, and looks again.
func TestALookThatFailsSaysWhatToDoInTheSmallestWindow(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/api/2.1/unity-catalog/schemas/*", "/api/2.1/unity-catalog/effective-permissions/*"} {
		w := begin(t, Person{World: refusing(t, path, 0)})
		w.signIn()
		w.chooseWarehouse()
		w.chooseSchema("inventory", "assets")
		w.calm()
		w.mustShow("not seen", "Authentication failed", "Next:", "Looks again in", "r look again")
		w.resize(60, 18)
		w.mustShow("Authentication failed", "Next:", "paste both values again", "r look again")
	}
}
