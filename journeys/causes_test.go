package journeys

import (
	"strings"
	"testing"
)

// A failure is told in the same three parts everywhere: the documented cause by its name, why, and one thing to do next.
func (term *Terminal) meets(cause, reason, remedy string) {
	term.t.Helper()
	screen := term.WaitFor(cause, reason, "Next: ", remedy)
	if n := strings.Count(screen, "Next: "); n != 1 {
		term.t.Errorf("there are %d remedies instead of one:\n%s", n, screen)
	}
}

func TestAWrongSecretIsAuthenticationFailed(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		term := New(t, size.w, size.h, "demo", "--scenario", "wrong-secret")
		term.WaitFor("Connect to your workspace")
		term.Press("Enter")
		term.meets("Authentication failed", "knows no such client ID and secret", "Create a new secret")
		term.WaitFor("✗ Token")
	}
}

func TestAfterAWrongSecretEnterGoesBackToTheSecret(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "wrong-secret")
	term.WaitFor("Connect to your workspace")
	term.Press("Enter")
	term.WaitFor("Authentication failed", "enter edit")
	term.Press("Enter")
	term.WaitFor("Connect to your workspace")
	term.Paste("dose0123456789abcdef0123456789abcdef")
	term.WaitFor("36 characters received")
}

func TestAHostThatDoesNotResolveIsCouldNotReachTheWorkspace(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		term := New(t, size.w, size.h, "demo", "--scenario", "unreachable")
		term.WaitFor("Connect to your workspace")
		term.Press("Enter")
		term.meets("Could not reach the workspace", "does not resolve", "Check the host")
		term.WaitFor("✗ Address")
	}
}

func TestWithoutAWarehouseTheListSaysWhyItIsEmpty(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		term := New(t, size.w, size.h, "demo", "--scenario", "no-warehouse")
		term.SignIn()
		term.meets("Cannot access the SQL warehouse", "CAN_USE on none", "Grant CAN_USE")
	}
}

func TestAWarehouseWithoutCanUseIsRefusedByName(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "ready")
	term.SignIn()
	term.WaitFor("Finance")
	term.Type("fin")
	term.WaitFor("› Finance")
	term.Press("Enter")
	term.meets("Cannot access the SQL warehouse", "Finance", "CAN_USE")
}

func TestAStoppedWarehouseStartsWhileThePersonGoesOn(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "warehouse-stopped")
	term.SignIn()
	term.WaitFor("› Starter Warehouse", "stopped")
	term.Press("Enter")
	term.WaitFor("Warehouse is stopped or starting: stopped", "Starting a serverless warehouse", "costs money", "enter start and go on")
	term.Press("Enter")
	// It starts in seconds, so a slow machine may show it running at once; the next journey has one that stays starting.
	term.WaitFor("Choose the catalog and schema", "running DEMO")
	term.Type("inv")
	term.WaitFor("› inventory ")
	term.Press("Enter")
	term.WaitFor("› assets")
	term.Press("Enter")
	term.GoOnToTheTables()
	term.ReadComponents()
	term.Save()
}

func TestAWarehouseThatStaysStartingIsSaidToBeStarting(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "warehouse-stopped")
	term.SignIn()
	term.WaitFor("Reporting")
	term.Type("rep")
	term.WaitFor("› Reporting")
	term.Press("Enter")
	term.WaitFor("Warehouse is stopped or starting: stopped", "Starting a pro warehouse", "costs money", "enter start and go on")
	term.Press("Enter")
	term.WaitFor("Choose the catalog and schema", "starting ")
	term.WaitFor("dev_inventory")
	term.Type("inv")
	term.WaitFor("› inventory ")
	term.Press("Enter")
	term.WaitFor("› assets")
	term.Press("Enter")
	term.GoOnToTheTables()
	term.Press("Enter")
	// The read waits for the warehouse. It can be left at any time, and what was ticked stays ticked.
	term.meets("Warehouse is stopped or starting", "starting", "wait")
	term.Press("Escape")
	term.WaitFor("[✓] components")
}

func TestMissingGrantsNameThePrivilegeAndTheStatementThatCuresIt(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		term := New(t, size.w, size.h, "demo", "--scenario", "missing-grants")
		term.SignIn()
		term.TakeTheRunningWarehouse()
		term.FindInventory()
		term.WaitFor("✓ USE CATALOG on inventory", "✗ USE SCHEMA on inventory.assets", "missing")

		// The statement is the remedy here, so it stands in the place of one.
		term.WaitFor("Missing Unity Catalog permissions")
		term.seeWhole("GRANT USE SCHEMA ON SCHEMA `inventory`.`assets` TO `6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22`;")
		if term.Shows("GRANT USE CATALOG") {
			t.Errorf("a privilege that is held is asked for again:\n%s", term.Screen())
		}
	}
}
