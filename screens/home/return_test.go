package home

import (
	"context"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// goOn is the set-up that the person's choice opens, as the command makes it.
func (a *person) goOn() *setup.Setup {
	a.T.Helper()
	s, err := a.home.Choice().Open(a.home.env)
	if err != nil {
		a.T.Fatal(err)
	}
	a.T.Cleanup(s.Close)
	return s
}

// back leaves a set-up and shows home again. Keys are pressed while the list is read anew.
func (a *person) back(s *setup.Setup, keys ...string) {
	a.T.Helper()
	s.KeepNow(a.T.Context())
	a.home.Return(s.Outcome())
	a.Leave()
	ctx, cancel := context.WithCancel(context.Background())
	a.Cancel = cancel
	a.Shell = a.home.Shell(ctx)
	a.Run(a.Init())
	a.Resize(80, 24)
	if !a.home.unlock.task.Running() {
		a.T.Fatal("the list is not read anew")
	}
	a.Press(keys...)
	a.Until("the list was read anew", func() bool { return !a.home.unlock.task.Running() })
}

func TestLeavingAnUntouchedEditLeadsHomeToTheSameConnection(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod", "staging")
	a.open()
	a.Press("down", "e")
	a.back(a.goOn())
	a.MustShow("› prod", `Nothing changed; "prod" is as it was.`)
	a.MustNotShow("edit left")
}

// TestAKeyIsNotLostWhileTheListIsReadAnew, which is in sight meanwhile with all its keys.
func TestAKeyIsNotLostWhileTheListIsReadAnew(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod", "staging")
	a.open()
	a.Press("down", "e")
	a.back(a.goOn(), "down", "m")
	a.MustShow(`Rename "staging"`)
	if a.home.ahead != nil {
		t.Errorf("%d keys would act once more", len(a.home.ahead))
	}
}

func TestAnEditThatWasLeftHalfWayWaitsAtHomeAndGoesOn(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	a.open()
	a.Press("down", "e")
	s := a.goOn()
	if err := s.Draft().SetName("prod, north", setup.FromYou); err != nil {
		t.Fatal(err)
	}
	a.back(s)
	a.MustShow("› prod, north", "edit left at step", "The changes are kept here", "the saved connection is as it")
	if found := setup.FindInterrupted(t.Context(), a.home.env); len(found) > 0 {
		t.Errorf("a new set-up is offered the change of a saved one: %+v", found)
	}
	a.Press("enter")
	again := a.goOn()
	if d := again.Draft(); d.Name() != "prod, north" || d.Secret().IsZero() || again.Outcome().Editing.Name != "prod" {
		t.Fatalf("goes on with %q of %q, has a secret: %v", d.Name(), again.Outcome().Editing.Name, !d.Secret().IsZero())
	}
	screentest.HasRead(again.Draft())
	again.Draft().SetConnected([]check.Result{{Stage: check.StageToken, State: check.Passed}}, connector.Principal{})
	save, err := again.Save(again.Protector(nil))
	if err != nil {
		t.Fatal(err)
	}
	saved, err := save(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again.Took(saved)
	a.back(again)
	a.MustShow("› prod, north", `Saved "prod, north".`, "ops")
	a.MustNotShow("edit left")
}

func TestASetUpThatWasLeftIsForgottenOnceThatIsMeant(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	a.open()
	a.Press("n")
	s := a.goOn()
	if err := s.Draft().Prefill(setup.Answers{Host: a.Workspace.Host(), ClientID: string(a.Workspace.Connector().ClientID)}, setup.FromYou); err != nil {
		t.Fatal(err)
	}
	a.back(s)
	a.MustShow("› Set-up that was left", "The answers are kept here")
	a.Press("x")
	a.MustShow("Its answers are deleted", "enter forget it", "esc keep it")
	a.Press("esc")
	a.MustShow("› Set-up that was left")
	a.Press("x", "enter")
	a.See("Forgotten.")
	a.MustShow("› ops")
	if found := setup.FindLeft(t.Context(), a.home.env); len(found) > 0 {
		t.Errorf("it is still kept: %+v", found)
	}
}

func TestTheLastConnectionCanGoWithoutEndingHome(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	a.open()
	a.Press("e")
	s := a.goOn()
	if err := a.home.env.Vault.Delete(t.Context(), a.home.Choice().Saved.ID); err != nil {
		t.Fatal(err)
	}
	a.back(s)
	a.MustShow("Nothing is saved any more.")
	if a.Finished() {
		t.Error("home ended")
	}
}
