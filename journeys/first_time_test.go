package journeys

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The sizes that every screen is made for: the usual one, the smallest, and a large one.
var sizes = []struct{ w, h int }{{80, 24}, {60, 18}, {120, 40}}

func TestFirstTimeAPersonMeetsTheMissingGrantsAndCuresThem(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			t.Parallel()
			term := New(t, size.w, size.h, "demo", "--scenario", "first-time")
			term.SignIn()
			term.TakeTheRunningWarehouse()
			term.FindInventory()

			term.WaitFor("✗ USE CATALOG on inventory", "✗ USE SCHEMA on inventory.assets", "missing")
			term.seeWhole(
				"GRANT USE CATALOG ON CATALOG `inventory` TO `6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22`;",
				"GRANT USE SCHEMA ON SCHEMA `inventory`.`assets` TO `6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22`;",
				"GRANT SELECT ON SCHEMA `inventory`.`assets` TO `6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22`;",
			)
			term.ActAsAdmin()
			term.GoOnToTheTables()
			term.ReadComponents()

			left := term.Save()
			for _, line := range []string{
				`Saved "inventory.assets".`, "adb-7405605741000000.0.azuredatabricks.net", "Starter Warehouse",
				"components", "as the connector", "draftt-databricks setup",
			} {
				if !strings.Contains(left, line) {
					t.Errorf("what is left in the terminal lacks %q:\n%s", line, left)
				}
			}
			term.leavesNothingBehind()
		})
	}
}

// seeWhole reads statements: on the screen where they have room, and otherwise in the plain view, which v opens and Escape closes.
func (term *Terminal) seeWhole(statements ...string) {
	term.t.Helper()
	if term.Shows(statements...) {
		return
	}
	term.Press("v")
	term.WaitFor(statements...)
	term.Press("Escape")
	term.WaitFor("Choose ")
}

// leavesNothingBehind checks that the demo took its throw-away folder with it and touched no saved connection.
func (term *Terminal) leavesNothingBehind() {
	term.t.Helper()
	for _, dir := range []string{"tmp", "config", "home"} {
		entries, err := os.ReadDir(filepath.Join(term.home.Dir, dir))
		if err != nil {
			term.t.Fatal(err)
		}
		for _, entry := range entries {
			term.t.Errorf("the demo left %s in %s", entry.Name(), dir)
		}
	}
}

func TestReadyTheWholeWalkNeedsAtMostFifteenKeyPresses(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "ready")
	term.SignIn()
	term.TakeTheRunningWarehouse()
	term.WaitFor("dev_inventory")
	term.Type("inv")
	term.WaitFor("› inventory ")
	term.Press("Enter")
	term.WaitFor("› assets")
	term.Press("Enter")
	term.GoOnToTheTables()
	term.ReadComponents()
	left := term.Save()
	if !strings.Contains(left, `Saved "inventory.assets".`) {
		t.Errorf("nothing says that the connection was saved:\n%s", left)
	}
	if term.Presses() > 15 {
		t.Errorf("the walk took %d key presses", term.Presses())
	}
	t.Logf("%d key presses", term.Presses())
}
