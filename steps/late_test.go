package steps

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

func TestAListThatComesAfterItsStepWasLeftChangesNothing(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.Press("esc") // before the warehouses were taken in
	w.MustShow("Connect to your workspace")
	w.Settle()
	w.MustShow("Connect to your workspace", "36 characters received")
	w.signIn()
	w.chooseWarehouse()
	w.Press("esc")
	w.Settle()
	w.MustShow("Select your SQL warehouse", "› Starter Warehouse")
}

func TestEscDuringATestGoesBackToTheFormAtOnce(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.Press("enter")
	w.MustShow("Test connection")
	w.Press("esc")
	w.MustShow("Connect to your workspace")
	w.Settle()
	w.MustShow("Connect to your workspace")
	if w.Setup.Draft().Connected() {
		t.Error("a test that was left counts")
	}
}

func TestEscDuringAReadGoesBackToTheTables(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.reachAssets()
	w.Press("enter")
	w.MustShow("stop reading")
	w.Press("esc")
	w.MustShow("1 ticked")
	w.Settle()
	w.MustNotShow("✓ read")
	if w.Setup.Draft().Check(setup.Access) == nil {
		t.Error("a read that was left counts")
	}
}

func TestAFastEnterChoosesTheVisibleRowOnly(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.See("› Starter Warehouse")
	w.Write("ana")
	w.Press("enter")
	w.MustShow("Analytics is stopped.")
	w.Press("esc", "ctrl+u")
	w.chooseWarehouse()
}

func TestAFastEnterNeverTakesHalfANameForAWholeOne(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.See("› Starter Warehouse")
	w.Press("enter")
	w.Until("step 3 is on", func() bool { return w.Current() == int(setup.Namespace) })
	w.Write("inv")
	w.Press("enter") // the catalogs were not taken in yet
	w.MustShow("The list is still loading")
	if !w.Setup.Draft().Schema().Catalog.IsZero() {
		t.Fatalf("chose %s", w.Setup.Draft().Schema().Catalog)
	}
	w.See("› inventory ")
	w.Press("enter")
	w.See("Catalog  inventory", "assets")
}

func TestAStartingWarehouseIsWaitedForWhereItIsNeeded(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "warehouse-stopped"})
	w.signIn()
	w.See("› Starter Warehouse")
	w.Press("enter")
	w.MustShow("Starter Warehouse is stopped.", "costs money")
	w.Press("enter")
	w.See("Choose the catalog and schema", "dev_inventory", "starting 0:00 of ~0:10")
	w.chooseSchema("inventory", "assets")
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("components", "starting 0:0")
	w.Press("enter")
	w.See("State", "starting, ")
	w.Clock.Advance(4 * time.Second) // as long as the serverless one takes
	w.See("✓ read, 5 rows shown", "running")
	w.Settle()
	if state := w.Setup.Draft().Warehouse().State; state != connector.Running {
		t.Errorf("the draft has the warehouse %s", state)
	}
}

func TestTheWaitForTheNextLookCountsDown(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("Looks again in 5 s.")
	w.Clock.Advance(2 * time.Second)
	w.See("Looks again in 3 s.")
}

func TestAWarehouseThatCannotBeStartedIsSaidToBeSo(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "warehouse-stopped"})
	w.signIn()
	w.See("Finance")
	w.Write("finance")
	w.Press("enter")
	w.MustShow("Finance is stopped.")
	w.Press("enter")
	w.See("Cannot access the SQL warehouse", "CAN_USE", "✗ no CAN_USE")
}

func TestGoingBackNeverLosesAnAnswer(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.review()
	before, err := w.Setup.Draft().Connection(screentest.Morning)
	if err != nil {
		t.Fatal(err)
	}
	for step := setup.Review; step > setup.Connect; {
		w.Press("esc")
		w.Settle()
		step = setup.Index(w.Current())
	}
	w.MustShow(screentest.AHost, screentest.AClientID, "36 characters received")
	w.signIn()
	w.chooseWarehouse()
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("✓ read, 5 rows shown")
	w.Press("enter")
	w.See("Review and save")
	after, err := w.Setup.Draft().Connection(screentest.Morning)
	if err != nil {
		t.Fatal(err)
	}
	if after.Warehouse != before.Warehouse || after.Schema != before.Schema || after.Name != before.Name || len(after.Tables) != 1 || after.Tables[0] != before.Tables[0] {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
}

func TestALineOfReviewLeadsBackToItsStep(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.review()
	w.Press("down", "down", "down", "enter")
	if w.Current() != int(setup.Warehouse) {
		t.Errorf("the line of the warehouse leads to step %d", w.Current()+1)
	}
	w.See("› Starter Warehouse")
	w.Settle()
}

// TestAFaultOfTheProgramIsNeverAPassedCheck plays a stage that panics.
func TestAFaultOfTheProgramIsNeverAPassedCheck(t *testing.T) {
	theme := ui.NewTheme(true)
	l := panels.NewLadder(&theme)
	stages := []check.Stage{
		{ID: "S00", Name: "Values", Run: func(context.Context, *check.Subject, func(string)) check.Result {
			return check.Result{State: check.Passed}
		}},
		{ID: "S01", Name: "Address", Run: func(context.Context, *check.Subject, func(string)) check.Result { panic("a secret") }},
	}
	play(t, l.Start(t.Context(), setup.NewAttempt(stages, &check.Subject{}, func([]check.Result) {})), func(msg tea.Msg) tea.Cmd {
		cmd, _ := l.Take(msg)
		return cmd
	})
	f := l.Failure()
	if f == nil || f.Stage != "S01" {
		t.Fatalf("results %+v", l.Results)
	}
	text := ansi.Strip(l.View(60, 20, ""))
	if !strings.Contains(text, "✗ A fault in this program") || !strings.Contains(text, "Next: ") || strings.Contains(text, "a secret") {
		t.Errorf("it shows\n%s", text)
	}
}

// play runs a command and whatever its messages lead to, until nothing is left.
func play(t *testing.T, cmd tea.Cmd, take func(tea.Msg) tea.Cmd) {
	t.Helper()
	for waiting := []tea.Cmd{cmd}; len(waiting) > 0; waiting = waiting[1:] {
		if waiting[0] == nil {
			continue
		}
		switch msg := waiting[0]().(type) {
		case tea.BatchMsg:
			waiting = append(waiting, msg...)
		default:
			waiting = append(waiting, take(msg))
		}
	}
}

// TestWhatIsTypedWhileSavingWaitsIsNoName types the passphrase before it is asked for, as long as it is looked what the principal may do.
func TestWhatIsTypedWhileSavingWaitsIsNoName(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "vault")
	screentest.ProtectByPassphrase(t, vault.Open(dir))
	w := begin(t, screentest.Person{Scenario: "ready", Own: true, Vault: dir})
	w.reachAssets()
	w.Press("enter")
	w.See("✓ read, 5 rows shown")
	w.Settle()
	w.Press("enter")
	w.Until("step 5 is on", func() bool { return w.Current() == int(setup.Review) })
	w.Press("enter") // nothing of what is looked for is known yet
	w.Write(screentest.Passphrase)
	w.Paste(screentest.Passphrase)
	w.MustNotShow(screentest.Passphrase)
	w.MustShow("What is typed meanwhile is not taken.")
	w.Settle()
	w.MustShow("These connections are opened by a passphrase.")
	w.Write(screentest.Passphrase)
	w.Press("enter")
	w.Write("more of it") // while it is being saved
	w.finishes()
	if got := w.Setup.Saved().Name; got != "inventory.assets" {
		t.Errorf("saved as %q", got)
	}
}

// TestEscLeavesReviewWhileSavingWaits goes back at once, and the name takes letters again when it comes back.
func TestEscLeavesReviewWhileSavingWaits(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.review()
	w.Press("esc")
	w.Settle()
	w.Press("enter")
	w.Until("step 5 is on", func() bool { return w.Current() == int(setup.Review) })
	w.Press("enter", "esc")
	if w.Current() != int(setup.Access) {
		t.Errorf("step %d is on", w.Current()+1)
	}
	w.Settle()
	w.Press("enter")
	w.Until("step 5 is on", func() bool { return w.Current() == int(setup.Review) })
	w.Settle()
	w.Write("assets of production")
	w.MustShow("assets of production")
}
