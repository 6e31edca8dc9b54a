package journeys

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func TestCtrlCAsksOnceAndAnyOtherKeyStays(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "ready")
	term.SignIn()
	term.WaitFor("› Starter Warehouse")
	term.Press("C-c")
	term.WaitFor("ctrl+c leaves")
	term.Press("x") // is typed besides
	term.WaitUntilGone("ctrl+c leaves")
	term.WaitFor("Select your SQL warehouse", `No name has "x" among the 4.`)
}

func TestCtrlCTwiceLeavesFromEveryStepAndSaysHowToGoOn(t *testing.T) {
	t.Parallel()
	steps := []struct {
		name string
		walk func(*Terminal)
	}{
		{"Connect", func(term *Terminal) { term.WaitFor("Connect to your workspace") }},
		{"Warehouse", (*Terminal).SignIn},
		{"Catalog", func(term *Terminal) { term.SignIn(); term.TakeTheRunningWarehouse() }},
		{"Access", func(term *Terminal) {
			term.SignIn()
			term.TakeTheRunningWarehouse()
			term.FindInventory()
			term.GoOnToTheTables()
		}},
		{"Review", func(term *Terminal) {
			term.SignIn()
			term.TakeTheRunningWarehouse()
			term.FindInventory()
			term.GoOnToTheTables()
			term.ReadComponents()
			term.Press("Enter")
			term.WaitFor("Review and save", "enter save")
		}},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			t.Parallel()
			term := New(t, 80, 24, "demo", "--scenario", "ready")
			step.walk(term)
			term.Press("C-c")
			term.WaitFor("ctrl+c leaves")
			term.Press("C-c")
			left := term.WaitForExit(0)
			if !strings.Contains(left, "draftt-databricks demo --scenario ready") {
				t.Errorf("nothing says how to go on:\n%s", left)
			}
			if term.FullScreen() {
				t.Error("the terminal is still on the alternate screen")
			}
			term.leavesNothingBehind()
		})
	}
}

func TestASignalEndsTheProgramAndGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			term := New(t, 80, 24, "demo", "--scenario", "ready")
			term.SignIn()
			term.WaitFor("› Starter Warehouse")
			term.Signal(signal)
			term.WaitForExit(130)
			if term.FullScreen() {
				t.Error("the terminal is still on the alternate screen")
			}
			term.leavesNothingBehind()
		})
	}
}

func TestLeavingASetUpPrintsTheCommandThatGoesOn(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "setup", "--host", "adb-7405605741000000.0.azuredatabricks.net", "--schema", "inventory.assets")
	term.WaitFor("Connect to your workspace")
	term.Press("C-c")
	term.WaitFor("ctrl+c leaves")
	term.Press("C-c")
	left := term.WaitForExit(130)
	for _, text := range []string{"Nothing was saved", "draftt-databricks setup", "--host adb-7405605741000000.0.azuredatabricks.net", "--schema"} {
		if !strings.Contains(left, text) {
			t.Errorf("what is left lacks %q:\n%s", text, left)
		}
	}
}

func TestEscOnTheFirstStepAsksBeforeItLeaves(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "ready")
	term.WaitFor("Connect to your workspace")
	term.Press("Escape")
	term.WaitFor("esc leaves")
	term.Press("Enter")
	term.WaitUntilGone("esc leaves")
	term.WaitFor("Connect to your workspace")
}

func TestHelpListsTheKeysThatWorkNow(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "ready")
	term.WaitFor("Connect to your workspace", "f1 help")
	term.Press("F1")
	term.WaitFor("Keys", "next field", "token instead", "ctrl+c")
	term.Press("Escape")
	term.WaitFor("Connect to your workspace")
	term.Press("Enter")
	term.WaitFor("Signed in as draftt-connector", "? help")
	term.Press("?")
	term.WaitFor("Keys", "test again")
	term.Press("?")
	term.WaitFor("Signed in as draftt-connector")
}

// TestADemoThatCannotBeMadeEndsItsScreenAndSaysWhy while its first screen is shown already.
func TestADemoThatCannotBeMadeEndsItsScreenAndSaysWhy(t *testing.T) {
	t.Parallel()
	home := NewHome(t)
	home.Set(demo.LedgerFolder, filepath.Join(home.Dir, "missing"))
	term := NewAt(t, home, 80, 24, "demo", "--scenario", "ready")
	term.WaitFor("[exit 70]")
	if said := term.StandardError(); !strings.Contains(said, demo.LedgerFolder) {
		t.Errorf("it says %q", said)
	}
	if term.FullScreen() {
		t.Error("the terminal is still on the alternate screen")
	}
}
