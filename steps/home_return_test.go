package steps

import (
	"context"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// goOn is the set-up that the person's choice opens, as the command makes it.
func (a *atHome) goOn() *Setup {
	a.t.Helper()
	s, err := a.home.Choice().Open(a.home.env)
	if err != nil {
		a.t.Fatal(err)
	}
	a.t.Cleanup(s.Close)
	return s
}

// back leaves a set-up and shows home again.
func (a *atHome) back(s *Setup) {
	a.t.Helper()
	s.KeepNow(a.t.Context())
	a.home.Return(s.Outcome())
	a.leave()
	ctx, cancel := context.WithCancel(context.Background())
	a.cancel = cancel
	a.Shell = a.home.Shell(ctx)
	a.run(a.Init())
	a.resize(80, 24)
	a.until("the list was read anew", func() bool { return !a.home.door.task.Running() })
}

func TestLeavingAnUntouchedEditLeadsHomeToTheSameConnection(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "ops", "prod", "staging")
	a.enter()
	a.press("down", "e")
	a.back(a.goOn())
	a.mustShow("› prod", `Nothing changed; "prod" is as it was.`)
	a.mustNotShow("edit left")
}

func TestAnEditThatWasLeftHalfWayWaitsAtHomeAndGoesOn(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "ops", "prod")
	a.enter()
	a.press("down", "e")
	s := a.goOn()
	if err := s.Draft().SetName("prod, north", FromYou); err != nil {
		t.Fatal(err)
	}
	a.back(s)
	a.mustShow("› prod, north", "edit left at step", "The changes are kept here", "the saved connection is as it")
	if found := FindInterrupted(t.Context(), a.home.env); len(found) > 0 {
		t.Errorf("a new set-up is offered the change of a saved one: %+v", found)
	}
	a.press("enter")
	again := a.goOn()
	if d := again.Draft(); d.Name() != "prod, north" || d.Secret().IsZero() || again.Outcome().Editing.Name != "prod" {
		t.Fatalf("goes on with %q of %q, has a secret: %v", d.Name(), again.Outcome().Editing.Name, !d.Secret().IsZero())
	}
	hasRead(again.Draft())
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
	a.mustShow("› prod, north", `Saved "prod, north".`, "ops")
	a.mustNotShow("edit left")
}

func TestASetUpThatWasLeftIsForgottenAtTheSecondPress(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "ops")
	a.enter()
	a.press("n")
	s := a.goOn()
	if err := s.Draft().Prefill(Answers{Host: a.workspace.Host(), ClientID: a.workspace.Connector().ClientID}, FromYou); err != nil {
		t.Fatal(err)
	}
	a.back(s)
	a.mustShow("› Set-up that was left", "The answers are kept here")
	a.press("x")
	a.mustShow("x once more forgets it")
	a.press("down", "up", "x")
	a.mustShow("x once more forgets it")
	a.press("x")
	a.see("Forgotten.")
	a.mustShow("› ops")
	if found := findLeft(t.Context(), a.home.env); len(found) > 0 {
		t.Errorf("it is still kept: %+v", found)
	}
}

func TestTheLastConnectionCanGoWithoutEndingHome(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "ops")
	a.enter()
	a.press("d", "enter")
	if got := a.home.Choice(); got.Kind != HomeDisconnect || got.Saved.Name != "ops" {
		t.Fatalf("went to %+v", got)
	}
	if err := a.home.env.Vault.Delete(t.Context(), a.home.Choice().Saved.ID); err != nil {
		t.Fatal(err)
	}
	a.back(NewSetup(a.home.env, NewDraft(nil)))
	a.mustShow("Nothing is saved any more.")
	if a.Finished() {
		t.Error("home ended")
	}
}
