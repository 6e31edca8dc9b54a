package home

import (
	"errors"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestHomeLooksAsDrawn(t *testing.T) {
	t.Parallel()
	scenes := []struct {
		name  string
		keys  []string
		write string
		then  []string
		undo  []string
	}{
		{name: "list"},
		{name: "to-rotate", keys: []string{"down"}},
		{name: "never-tested", keys: []string{"down"}},
		{name: "filter", keys: []string{"home", "/"}, write: "stag", undo: []string{"esc"}},
		{name: "no-such-name", keys: []string{"/"}, write: "zebra", undo: []string{"esc"}},
		{name: "rotate", keys: []string{"r"}, undo: []string{"esc"}},
		{name: "disconnect", keys: []string{"d"}, undo: []string{"esc"}},
		{name: "delete", keys: []string{"x"}, write: "some other", then: []string{"enter"}, undo: []string{"esc"}},
		{name: "rename", keys: []string{"m"}, undo: []string{"esc"}},
		{name: "help", keys: []string{"?"}, undo: []string{"?"}},
		{name: "leaving", keys: []string{"esc"}},
	}
	a := withConnections(t, "ready", "Asset inventory – prod", "Field ops", "Staging")
	a.open()
	for _, scene := range scenes {
		a.Press(scene.keys...)
		a.Write(scene.write)
		a.Press(scene.then...)
		a.Settle()
		a.Golden("home/" + scene.name)
		a.Press(scene.undo...)
	}
}

func TestAConnectionIsTestedFromHomeAndTheResultIsKept(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod", "ops", "staging")
	a.open()
	a.Press("down", "down", "enter")
	a.See(`Test "staging"`, "Connected: read the table as the connector")
	a.Settle()
	a.Golden("home/tested")
	a.Press("esc")
	a.MustShow("passed a moment ago")
	a.MustNotShow("never tested")
	if kept := a.load("staging"); !kept.Proof.Passed || !kept.Proof.At.Equal(screentest.Morning) {
		t.Errorf("kept %+v", kept.Proof)
	}
}

func TestAFailedTestShowsItsFindingAndIsKeptAsFailed(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "wrong-secret", "prod")
	a.open()
	a.Press("t")
	a.See("Authentication failed", "Next:")
	a.Settle()
	a.Golden("home/failed")
	a.Press("y")
	a.See("Sent to the clipboard")
	a.Press("esc")
	a.MustShow("✗ failed a moment ago", "Authentication failed at")
	if kept := a.load("prod"); kept.Proof.Passed || kept.Proof.At.IsZero() {
		t.Errorf("kept %+v", kept.Proof)
	}
}

func TestWhatIsMissingCanBeTakenAlongFromAFailedTest(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "missing-grants", "prod")
	a.open()
	a.Press("t")
	a.See("Missing Unity Catalog permissions", "w what to run")
	a.Press("w")
	a.MustShow("What to run", "GRANT ", "y copy")
	a.Press("esc")
	a.MustShow("Missing Unity Catalog permissions")
}

func TestTheCertificateOpensAtHome(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod")
	a.open()
	a.Press("u")
	a.See(`What "prod" may do`, "Read-only certificate")
	a.Settle()
	a.Press("esc")
	a.MustShow("Your connections")
}

func TestARunningTestCanBeLeft(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod", "ops", "staging")
	a.open()
	a.Press("down", "down", "t", "esc")
	a.MustShow("Your connections", "never tested")
	a.Settle()
	if kept := a.load("staging"); !kept.Proof.At.IsZero() {
		t.Errorf("a test that was left proved %+v", kept.Proof)
	}
}

func TestDeletingAsksForTheNameAndTouchesThisMachineAlone(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod", "staging")
	before := len(a.Workspace.Requests())
	a.open()
	a.Press("x")
	a.Write("prod?")
	a.Press("enter")
	a.MustShow("nothing was deleted")
	a.Press("backspace", "enter")
	a.See(`Deleted "prod" from this machine.`)
	a.MustNotShow("› prod")
	a.MustShow("› staging")
	if got := len(a.Workspace.Requests()); got != before {
		t.Errorf("deleting asked the workspace %d times", got-before)
	}
	v := vault.Open(a.dir)
	a.unlock(v)
	if _, err := v.Load(t.Context(), "prod"); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("it is still there: %v", err)
	}
	a.Press("x")
	a.Write("staging")
	a.Press("enter")
	a.See("Nothing is saved any more.")
	a.MustNotShow("filter", "another line") // there is none
	a.Press("n")
	if a.home.Choice().Kind != NewConnection {
		t.Errorf("went to %v", a.home.Choice().Kind)
	}
}

func TestTheWaysOutOfHome(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string]Kind{"e": Edit, "n": NewConnection} {
		t.Run(keys, func(t *testing.T) {
			t.Parallel()
			a := withConnections(t, "ready", "prod")
			a.open()
			a.Press(keys)
			if !a.Finished() || a.home.Choice().Kind != want {
				t.Errorf("finished %v, went to %v", a.Finished(), a.home.Choice().Kind)
			}
			if want == Edit && a.home.Choice().Saved.Name != "prod" {
				t.Errorf("edits %q", a.home.Choice().Saved.Name)
			}
		})
	}
}

func TestASetUpThatWaitsStandsInAGroupBelowTheConnections(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod")
	v := vault.OpenAt(a.dir, a.Setup.Environment().Now)
	a.unlock(v)
	if err := a.Setup.Draft().SetName("Field ops", setup.FromYou); err != nil {
		t.Fatal(err)
	}
	answers, err := a.Setup.Draft().Keep()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.SaveDraft(t.Context(), vault.Draft{Name: "Field ops", Step: setup.Namespace.String(), Answers: answers}); err != nil {
		t.Fatal(err)
	}
	a.open()
	a.MustShow("› prod", "Left (1)", "left at step 3")
	a.Press("down")
	a.MustShow("› Field ops", "go on with it")
	a.Settle()
	a.Golden("home/left")
	a.Press("enter")
	if got := a.home.Choice(); got.Kind != Continue || got.Left.Draft.Name() != "Field ops" || got.Left.Step != setup.Namespace {
		t.Errorf("went on with %+v", got)
	}
}

// TestWhoLocksAndOpensAgainSeesEachConnectionOnce with the cursor where it was, and tests as many as there are.
func TestWhoLocksAndOpensAgainSeesEachConnectionOnce(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	a.open()
	a.Press("down")
	for range 2 {
		a.Press("l")
		a.See("opened by a passphrase")
		a.Write(passphrase)
		a.Press("enter")
		a.See("› prod")
		if n := len(a.home.list.entries); n != 2 {
			t.Fatalf("the list has %d lines:\n%s", n, a.Screen())
		}
	}
	a.Press("a")
	a.See("2 of 2")
}

func TestThreeWrongPassphrasesEndIt(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod")
	a.begin()
	for range vault.PassphraseTries {
		a.Write("not the passphrase at all")
		a.Press("enter")
		a.Until("it was tried", func() bool { return !a.home.unlock.task.Running() })
	}
	if !a.Left() || !errors.Is(a.home.Err(), vault.ErrWrongPassphrase) {
		t.Errorf("left %v, %v", a.Left(), a.home.Err())
	}
	b := withConnections(t, "ready", "prod")
	b.begin()
	b.Write("not the passphrase at all")
	b.Press("enter")
	b.See("2 tries are left")
	b.Settle()
	b.Golden("home/wrong-passphrase")
	b.Write(passphrase)
	b.Press("enter")
	b.See("› prod")
}

func TestWithNothingSavedHomeIsSkipped(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready")
	a.begin()
	a.Write(passphrase)
	a.Press("enter")
	a.Until("it goes on", a.Finished)
	if a.home.Choice().Kind != NothingSaved {
		t.Errorf("went to %v", a.home.Choice().Kind)
	}
}

func TestAStoppedWarehouseIsStartedOnlyWhenAskedTo(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "warehouse-stopped", "prod")
	a.open()
	a.Press("t")
	a.See("Warehouse is stopped or starting", "s start it and test again")
	a.Press("x")
	a.Settle()
	a.Golden("home/stopped")
	a.Press("s")
	a.See("Next: wait here")
	a.Press("esc")
	a.MustShow("Your connections")
}
