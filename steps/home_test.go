package steps

import (
	"errors"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/vault"
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
		{name: "delete", keys: []string{"d", "x"}, write: "some other", then: []string{"enter"}, undo: []string{"esc", "esc"}},
		{name: "help", keys: []string{"?"}, undo: []string{"?"}},
		{name: "leaving", keys: []string{"esc"}},
	}
	a := furnish(t, "ready", "Asset inventory – prod", "Field ops", "Staging")
	a.enter()
	for _, scene := range scenes {
		a.press(scene.keys...)
		a.write(scene.write)
		a.press(scene.then...)
		a.settle()
		a.golden("home/" + scene.name)
		a.press(scene.undo...)
	}
}

func TestAConnectionIsTestedFromHomeAndTheResultIsKept(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod", "ops", "staging")
	a.enter()
	a.press("down", "down", "enter")
	a.see("Test staging", "Connected: the tables were read as the connector.")
	a.settle()
	a.golden("home/tested")
	a.press("esc")
	a.mustShow("passed a moment ago")
	a.mustNotShow("never tested")
	if kept := a.load("staging"); !kept.Proof.Passed || !kept.Proof.At.Equal(morning) {
		t.Errorf("kept %+v", kept.Proof)
	}
}

func TestAFailedTestShowsItsFindingAndIsKeptAsFailed(t *testing.T) {
	t.Parallel()
	a := furnish(t, "wrong-secret", "prod")
	a.enter()
	a.press("t")
	a.see("Authentication failed", "Next:")
	a.settle()
	a.golden("home/failed")
	a.press("y")
	a.see("Sent to the clipboard")
	a.press("esc")
	a.mustShow("✗ failed a moment ago", "Authentication failed at")
	if kept := a.load("prod"); kept.Proof.Passed || kept.Proof.At.IsZero() {
		t.Errorf("kept %+v", kept.Proof)
	}
}

func TestTheCertificateOpensAtHome(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod")
	a.enter()
	a.press("u")
	a.see("What prod may do", "Read-only certificate")
	a.settle()
	a.press("esc")
	a.mustShow("Your connections")
}

func TestARunningTestCanBeLeft(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod", "ops", "staging")
	a.enter()
	a.press("down", "down", "t", "esc")
	a.mustShow("Your connections", "never tested")
	a.settle()
	if kept := a.load("staging"); !kept.Proof.At.IsZero() {
		t.Errorf("a test that was left proved %+v", kept.Proof)
	}
}

func TestDeletingAsksForTheNameAndTouchesThisMachineAlone(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod", "staging")
	before := len(a.workspace.Requests())
	a.enter()
	a.press("d", "x")
	a.write("prod?")
	a.press("enter")
	a.mustShow("nothing was deleted")
	a.press("backspace", "enter")
	a.see(`Deleted "prod" from this machine.`)
	a.mustNotShow("› prod")
	a.mustShow("› staging")
	if got := len(a.workspace.Requests()); got != before {
		t.Errorf("deleting asked the workspace %d times", got-before)
	}
	v := vault.Open(a.dir)
	a.unlock(v)
	if _, err := v.Load(t.Context(), "prod"); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("it is still there: %v", err)
	}
	a.press("d", "x")
	a.write("staging")
	a.press("enter")
	a.see("Nothing is saved any more.")
	a.press("n")
	if a.home.Choice().Kind != HomeNew {
		t.Errorf("went to %v", a.home.Choice().Kind)
	}
}

func TestTheWaysOutOfHome(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string]HomeKind{"e": HomeEdit, "n": HomeNew} {
		t.Run(keys, func(t *testing.T) {
			t.Parallel()
			a := furnish(t, "ready", "prod")
			a.enter()
			a.press(keys)
			if !a.Finished() || a.home.Choice().Kind != want {
				t.Errorf("finished %v, went to %v", a.Finished(), a.home.Choice().Kind)
			}
			if want == HomeEdit && a.home.Choice().Saved.Name != "prod" {
				t.Errorf("edits %q", a.home.Choice().Saved.Name)
			}
		})
	}
}

func TestASetUpThatWaitsStandsOnTop(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod")
	v := vault.Open(a.dir)
	a.unlock(v)
	if err := a.setup.draft.SetName("Field ops", FromYou); err != nil {
		t.Fatal(err)
	}
	answers, err := a.setup.draft.Keep()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.SaveDraft(t.Context(), vault.Draft{Name: "Field ops", Step: Namespace.String(), Answers: answers}); err != nil {
		t.Fatal(err)
	}
	a.enter()
	a.mustShow("› Field ops", "left at step 3", "go on with it")
	a.press("enter")
	if got := a.home.Choice(); got.Kind != HomeContinue || got.Left.Draft.Name() != "Field ops" || got.Left.Step != Namespace {
		t.Errorf("went on with %+v", got)
	}
}

func TestThreeWrongPassphrasesEndIt(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod")
	a.arrive()
	for range passphraseTries {
		a.write("not the passphrase at all")
		a.press("enter")
		a.until("it was tried", func() bool { return !a.home.door.task.Running() })
	}
	if !a.Left() || !errors.Is(a.home.Err(), vault.ErrWrongPassphrase) {
		t.Errorf("left %v, %v", a.Left(), a.home.Err())
	}
	b := furnish(t, "ready", "prod")
	b.arrive()
	b.write("not the passphrase at all")
	b.press("enter")
	b.see("2 tries are left.")
	b.settle()
	b.golden("home/wrong-passphrase")
	b.write(homePassphrase)
	b.press("enter")
	b.see("› prod")
}

func TestWithNothingSavedHomeIsSkipped(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready")
	a.arrive()
	a.write(homePassphrase)
	a.press("enter")
	a.until("it goes on", a.Finished)
	if a.home.Choice().Kind != HomeEmpty {
		t.Errorf("went to %v", a.home.Choice().Kind)
	}
}

func TestAStoppedWarehouseIsStartedOnlyWhenAskedTo(t *testing.T) {
	t.Parallel()
	a := furnish(t, "warehouse-stopped", "prod")
	a.enter()
	a.press("t")
	a.see("Warehouse is stopped or starting", "s start it and test again")
	a.press("x")
	a.settle()
	a.golden("home/stopped")
	a.press("s")
	a.until("it is starting", func() bool { return a.home.page.(*testPage).ladder.startingWarehouse() })
	a.press("esc")
	a.mustShow("Your connections")
}
