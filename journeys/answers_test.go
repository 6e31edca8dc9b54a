package journeys

import (
	"strings"
	"testing"
)

// reviewReady walks the ready scenario up to the review.
func reviewReady(t *testing.T) *Terminal {
	t.Helper()
	term := New(t, 80, 24, "demo", "--scenario", "ready")
	term.SignIn()
	term.TakeTheRunningWarehouse()
	term.FindInventory()
	term.GoOnToTheTables()
	term.ReadComponents()
	term.Press("Enter")
	term.WaitFor("Review and save", "enter save")
	return term
}

func TestGoingBackWithEscKeepsEveryAnswer(t *testing.T) {
	t.Parallel()
	term := reviewReady(t)
	term.Press("Escape")
	term.WaitFor("Choose what Draftt may read", "[✓] components", "✓ read")
	term.Press("Escape")
	term.WaitFor("Choose the catalog and schema", "✓ USE SCHEMA on inventory.assets")
	term.Press("Escape")
	term.WaitFor("Catalog inventory", "› assets")
	term.Press("Escape")
	term.WaitFor("› inventory ", "of 3 (13)")
	term.Press("Escape") // closes the filter before it goes back
	term.WaitFor("Type to filter", "of 13")
	term.Press("Escape")
	term.WaitFor("Select your SQL warehouse", "› Starter Warehouse")
	term.Press("Escape")
	term.WaitFor("Connect to your workspace", "adb-7405605741000000.0.azuredatabricks.net", "36 characters received")

	// And forward again: Enter alone finds every answer where it was.
	term.SignIn()
	term.TakeTheRunningWarehouse()
	term.WaitFor("✓ USE SCHEMA on inventory.assets")
	term.Press("Enter")
	term.WaitFor("[✓] components", "✓ read")
	if left := term.Save(); !strings.Contains(left, "components, read at") {
		t.Errorf("the chosen table was lost on the way:\n%s", left)
	}
}

func TestChangingTheHostClearsWhatDependedOnItAndSaysSo(t *testing.T) {
	t.Parallel()
	term := reviewReady(t)
	term.backToTheForm()
	term.WaitFor("✓ Access")
	term.Press("C-u")
	term.Type("adb-1234567890123456.7.azuredatabricks.net")
	term.WaitFor("Cleared, because it belonged to the old value", "the SQL warehouse", "the catalog and schema", "the tables")
	term.WaitUntilGone("✓ Access")
}

// backToTheForm goes back from the review to the Connect form.
func (term *Terminal) backToTheForm() {
	term.t.Helper()
	for _, sight := range []string{"[✓] components", "✓ USE SCHEMA", "Catalog inventory", "of 3 (13)", "of 13", "Select your SQL warehouse", "Connect to your workspace"} {
		term.Press("Escape")
		term.WaitFor(sight)
	}
}

func TestAPastedSecretLosesItsNewlineAndIsNeverShown(t *testing.T) {
	t.Parallel()
	const secret = "dosefeedfacefeedfacefeedfacefeedface"
	term := NewAt(t, NewHome(t), 80, 24, "setup", "--host", "adb-7405605741000000.0.azuredatabricks.net", "--client-id", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22")
	term.WaitFor("Connect to your workspace")
	term.Paste("  " + secret + "\n")
	screen := term.WaitFor("36 characters received")
	if !strings.Contains(screen, "Connect to your workspace") {
		t.Errorf("the newline in the pasted secret pressed enter:\n%s", screen)
	}
	term.Press("C-c", "C-c")
	left := term.WaitForExit(130)
	for name, text := range map[string]string{"the screen": screen, "the terminal afterwards": left} {
		if strings.Contains(text, secret[:12]) {
			t.Errorf("%s shows the secret:\n%s", name, text)
		}
	}
}

func TestAHostMayBePastedAsAWholeAddress(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "setup")
	term.WaitFor("Before you begin", "Workspace admin", "enter go on")
	term.Press("Enter")
	term.WaitFor("Connect to your workspace")
	term.Paste("https://adb-7405605741000000.0.azuredatabricks.net/sql/warehouses/?o=7405605741000000\n")
	term.WaitFor("✓ Azure, workspace 7405605741000000")
}

func TestTheWindowMayShrinkToNothingAndComeBack(t *testing.T) {
	t.Parallel()
	term := reviewReady(t)
	before := term.WaitFor("Review and save", "enter save", "could not be looked at") // the last that comes
	term.Resize(40, 10)
	term.WaitFor("at least 60 × 18", "Nothing is lost")
	term.Resize(120, 40)
	term.WaitFor("Review and save", "Starter Warehouse", "components")
	term.Resize(80, 24)
	term.until("the screen of before", func(screen string) bool { return screen == before })
	term.Press("Enter")
	term.LeaveWhatWasSaved()
	term.WaitForExit(0)
}
