package steps

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
)

func TestAListThatComesAfterItsStepWasLeftChangesNothing(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.signIn()
	w.press("esc") // before the warehouses were taken in
	w.mustShow("Connect to your workspace")
	w.settle()
	w.mustShow("Connect to your workspace", "36 characters received")
	w.signIn()
	w.chooseWarehouse()
	w.press("esc")
	w.settle()
	w.mustShow("Select your SQL warehouse", "› Starter Warehouse")
}

func TestEscDuringATestGoesBackToTheFormAtOnce(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.press("enter")
	w.mustShow("Test connection")
	w.press("esc")
	w.mustShow("Connect to your workspace")
	w.settle()
	w.mustShow("Connect to your workspace")
	if w.setup.draft.Connected() {
		t.Error("a test that was left counts")
	}
}

func TestEscDuringAReadGoesBackToTheTables(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.reachAssets()
	w.press("enter")
	w.mustShow("stop reading")
	w.press("esc")
	w.mustShow("1 ticked")
	w.settle()
	w.mustNotShow("✓ read")
	if w.setup.draft.Check(Access) == nil {
		t.Error("a read that was left counts")
	}
}

func TestAFastEnterChoosesTheVisibleRowOnly(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.signIn()
	w.see("› Starter Warehouse")
	w.write("ana")
	w.press("enter")
	w.mustShow("Analytics is stopped.")
	w.press("esc", "ctrl+u")
	w.chooseWarehouse()
}

func TestAFastEnterNeverTakesHalfANameForAWholeOne(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.signIn()
	w.see("› Starter Warehouse")
	w.press("enter")
	w.until("step 3 is on", func() bool { return w.Current() == int(Namespace) })
	w.write("inv")
	w.press("enter") // the catalogs were not taken in yet
	w.mustShow("The list is still loading")
	if !w.setup.draft.Schema().Catalog.IsZero() {
		t.Fatalf("chose %s", w.setup.draft.Schema().Catalog)
	}
	w.see("› inventory ")
	w.press("enter")
	w.see("Catalog  inventory", "assets")
}

func TestAStartingWarehouseIsWaitedForWhereItIsNeeded(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "warehouse-stopped"})
	w.signIn()
	w.see("› Starter Warehouse")
	w.press("enter")
	w.mustShow("Starter Warehouse is stopped.", "costs money")
	w.press("enter")
	w.see("Choose the catalog and schema", "dev_inventory", "starting 0:00 of ~0:10")
	w.chooseSchema("inventory", "assets")
	w.see("The way to the schema is open.")
	w.press("enter")
	w.see("components", "starting 0:0")
	w.press("enter")
	w.see("State", "starting, ")
	w.clock.Advance(4 * time.Second) // as long as the serverless one takes
	w.see("✓ read, 5 rows shown", "running")
	w.settle()
	if state := w.setup.draft.Warehouse().State; state != connector.Running {
		t.Errorf("the draft has the warehouse %s", state)
	}
}

func TestTheWaitForTheNextLookCountsDown(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.see("Looks again in 5 s.")
	w.clock.Advance(2 * time.Second)
	w.see("Looks again in 3 s.")
}

func TestAWarehouseThatCannotBeStartedIsSaidToBeSo(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "warehouse-stopped"})
	w.signIn()
	w.see("Finance")
	w.write("finance")
	w.press("enter")
	w.mustShow("Finance is stopped.")
	w.press("enter")
	w.see("Cannot access the SQL warehouse", "CAN_USE", "✗ no CAN_USE")
}

func TestGoingBackNeverLosesAnAnswer(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.review()
	before, err := w.setup.draft.Connection(morning)
	if err != nil {
		t.Fatal(err)
	}
	for step := Review; step > Connect; {
		w.press("esc")
		w.settle()
		step = Index(w.Current())
	}
	w.mustShow(aHost, aClientID, "36 characters received")
	w.signIn()
	w.chooseWarehouse()
	w.see("The way to the schema is open.")
	w.press("enter")
	w.see("✓ read, 5 rows shown")
	w.press("enter")
	w.see("Review and save")
	after, err := w.setup.draft.Connection(morning)
	if err != nil {
		t.Fatal(err)
	}
	if after.Warehouse != before.Warehouse || after.Schema != before.Schema || after.Name != before.Name || len(after.Tables) != 1 || after.Tables[0] != before.Tables[0] {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
}

func TestALineOfReviewLeadsBackToItsStep(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.review()
	w.press("down", "down", "down", "enter")
	if w.Current() != int(Warehouse) {
		t.Errorf("the line of the warehouse leads to step %d", w.Current()+1)
	}
	w.see("› Starter Warehouse")
	w.settle()
}

// TestAFaultOfTheProgramIsNeverAPassedCheck plays a stage that panics.
func TestAFaultOfTheProgramIsNeverAPassedCheck(t *testing.T) {
	theme := ui.NewTheme(true)
	l := newLadder(&theme)
	stages := []check.Stage{
		{ID: "S00", Name: "Values", Run: func(context.Context, *check.Subject, func(string)) check.Result {
			return check.Result{State: check.Passed}
		}},
		{ID: "S01", Name: "Address", Run: func(context.Context, *check.Subject, func(string)) check.Result { panic("a secret") }},
	}
	play(t, l.start(t.Context(), NewAttempt(stages, &check.Subject{}, func([]check.Result) {})), func(msg tea.Msg) tea.Cmd {
		cmd, _ := l.take(msg)
		return cmd
	})
	f := l.failure()
	if f == nil || f.Stage != "S01" {
		t.Fatalf("results %+v", l.results)
	}
	text := ansi.Strip(l.view(60, 20, ""))
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
