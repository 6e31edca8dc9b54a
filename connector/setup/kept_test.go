package setup

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

func (w *world) open() Kept {
	w.t.Helper()
	k, err := w.env.OpenKept(w.t.Context(), vault.Keys{KeyFile: w.env.KeyFile})
	if err != nil {
		w.t.Fatal(err)
	}
	return k
}

// signIn tests the connection of a set-up.
func (w *world) signIn(s *Setup) {
	w.t.Helper()
	w.t.Cleanup(s.Close)
	attempt, err := s.ProveConnection()
	if err != nil {
		w.t.Fatal(err)
	}
	if f := check.Failure(climbed(w.t, attempt)); f != nil {
		w.t.Fatalf("%s failed", f.Stage)
	}
}

// read reads the chosen tables.
func (w *world) read(s *Setup) {
	w.t.Helper()
	attempt, err := s.ReadTables()
	if err != nil {
		w.t.Fatal(err)
	}
	climbed(w.t, attempt)
}

func (w *world) seal(s *Setup) connector.Connection {
	w.t.Helper()
	save, err := s.Save(s.Protector(nil))
	if err != nil {
		w.t.Fatal(err)
	}
	c, err := save(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	s.Took(c)
	return c
}

func TestTheVaultIsOpenedToSeeWhatIsKept(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	if k := w.open(); !k.Empty() || len(k.Waiting) > 0 {
		t.Errorf("at first there is %+v", k)
	}
	w.save("prod")
	w.env.Vault = vault.Open(w.env.Vault.Dir())
	if _, err := w.env.OpenKept(t.Context(), vault.Keys{}); err == nil {
		t.Error("a locked vault opens without its key")
	}
	if k := w.open(); k.Empty() || len(k.Saved) != 1 || k.Saved[0].Name != "prod" {
		t.Errorf("%+v", k)
	}
}

// TestASetUpThatIsLeftIsFoundAndFinished leaves after three steps, and finishes the next day, with the secret pasted once more.
func TestASetUpThatIsLeftIsFoundAndFinished(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	c := w.connection("prod")
	draft, err := DraftOf(c)
	if err != nil {
		t.Fatal(err)
	}
	draft.edits = "" // it is a new one
	s := w.env.Begin(draft)
	w.signIn(s)
	s.KeepNow(t.Context())
	left := s.Outcome()
	if left.KeptID == "" || left.Saved.ID != "" || left.Editing.ID != "" || !s.KeepsAnswers() {
		t.Fatalf("%+v", left)
	}

	k := w.open()
	if len(k.Waiting) != 1 || k.Waiting[0].ID() != left.KeptID || k.Waiting[0].Edits() != "" || k.Waiting[0].Step != Access || !k.Waiting[0].Draft.Secret().IsZero() {
		t.Fatalf("%+v", k.Waiting)
	}
	again := w.env.Continue(k.Waiting[0], connector.Connection{})
	if !again.Resumed() || again.Draft().Check(Connect) == nil {
		t.Error("it is signed in without a secret")
	}
	again.Draft().SetSecret(w.SignIn().Secret)
	w.signIn(again)
	if next := again.Next(Connect); next != Access {
		t.Errorf("it goes on at %s", next)
	}
	if err := again.Draft().Check(Access); err == nil {
		t.Error("tables count that were not read since")
	}
	w.read(again)
	saved := w.seal(again)
	if saved.ID != left.KeptID || !saved.Proof.Passed || len(saved.Tables) != 2 || !saved.Credentials.Secret.Equal(c.Credentials.Secret) {
		t.Errorf("%+v", saved)
	}
	if k := w.open(); len(k.Waiting) != 0 || len(k.Saved) != 1 || again.Outcome().KeptID != "" {
		t.Errorf("afterwards there is %+v", k)
	}
}

func TestAChangeOfASavedConnectionWaitsToo(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	prod := w.save("prod")
	s, err := w.env.Edit(prod)
	if err != nil {
		t.Fatal(err)
	}
	w.signIn(s)
	s.KeepNow(t.Context())
	if out := s.Outcome(); out.KeptID != "" || out.Editing.ID != prod.ID {
		t.Errorf("nothing was changed, and kept is %+v", out)
	}
	// Home says what became of the edit, at the time; what stays in the terminal is read after more was done there.
	if told := s.BackHome(); told != "" || !strings.Contains(s.Farewell(), "Nothing changed") || s.Stays() != `"prod" stays as it is` {
		t.Errorf("back home it says %q, and meanwhile %q", told, s.Stays())
	}
	if err := s.Draft().SetName("production", FromYou); err != nil {
		t.Fatal(err)
	}
	s.KeepNow(t.Context())

	k := w.open()
	if len(k.Waiting) != 1 || k.Waiting[0].Edits() != prod.ID || len(FindInterrupted(t.Context(), w.env)) != 0 {
		t.Fatalf("%+v", k.Waiting)
	}
	again := w.env.Continue(k.Waiting[0], prod)
	if !again.Draft().Secret().Equal(prod.Credentials.Secret) || again.Draft().Name() != "production" {
		t.Error("the saved secret is asked for again, or the new name is lost")
	}
	w.signIn(again)
	w.read(again)
	changed := w.seal(again)
	if k := w.open(); changed.ID != prod.ID || changed.Name != "production" || len(k.Saved) != 1 || len(k.Waiting) != 0 {
		t.Errorf("%+v; then there is %+v", changed, k)
	}
}

// The saved secret is handed only to a draft that signs the same principal in to the same host.
func TestASavedSecretIsTrustedToTheSameSignInAlone(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	prod := w.save("prod")
	for name, c := range map[string]struct {
		change  func(d *Draft)
		trusted bool
	}{
		"the same":         {func(*Draft) {}, true},
		"another host":     {func(d *Draft) { _, _, _ = d.SetHost(secondHost, FromYou) }, false},
		"another client":   {func(d *Draft) { _, _ = d.SetClientID(secondID, FromYou) }, false},
		"another way":      {func(d *Draft) { d.SetMethod(connector.PAT) }, false},
		"no client at all": {func(d *Draft) { _, _ = d.SetClientID("", FromYou) }, false},
	} {
		d, err := DraftOf(prod)
		if err != nil {
			t.Fatal(err)
		}
		d.SetSecret(connector.Secret{})
		c.change(d)
		if s := w.env.Continue(Interrupted{Draft: d}, prod); s.Draft().Secret().IsZero() == c.trusted {
			t.Errorf("%s: trusted with the secret is %t", name, !c.trusted)
		}
	}
}

// TestAResumeGoesPastNoTableThatWasNotRead: whatever the step that was left, what was read is read again.
func TestAResumeGoesPastNoTableThatWasNotRead(t *testing.T) {
	t.Parallel()
	for left, want := range map[Index]Index{Connect: Warehouse, Warehouse: Warehouse, Namespace: Namespace, Access: Access, Review: Access} {
		d := answered(t) // everything was read, even
		s := New(machine(t), d)
		s.continueFrom(Interrupted{Draft: d, Step: left})
		if got := s.Next(Connect); got != want {
			t.Errorf("left at %s, it goes on at %s", left, got)
		}
		if got := s.Next(Connect); got != Warehouse {
			t.Errorf("signing in once more leads to %s", got)
		}
	}
	d := answered(t)
	d.SetReach(false)
	s := New(machine(t), d)
	s.continueFrom(Interrupted{Draft: d, Step: Review})
	if got := s.Next(Connect); got != Namespace {
		t.Errorf("a step that is not complete is passed over: %s", got)
	}
	for step := Warehouse; step < Review; step++ {
		if got := s.Next(step); got != step+1 {
			t.Errorf("after %s comes %s", step, got)
		}
	}
}

func TestAnswersThatCannotBeTakenUpAreNoHindrance(t *testing.T) {
	t.Parallel()
	env := machine(t)
	if _, err := env.Vault.SaveDraft(t.Context(), vault.Draft{Step: "Access", Answers: []byte("no answers")}); err != nil {
		t.Fatal(err)
	}
	content, err := answered(t).Keep()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := env.Vault.SaveDraft(t.Context(), vault.Draft{Step: "a step of another release", Answers: content}); err != nil {
		t.Fatal(err)
	}
	found := FindInterrupted(t.Context(), env)
	if len(found) != 1 || found[0].Step != Connect || found[0].Session {
		t.Fatalf("%+v", found)
	}
	if err := found[0].Forget(t.Context()); err != nil || len(FindInterrupted(t.Context(), env)) != 0 {
		t.Errorf("it cannot be forgotten: %v", err)
	}
	if err := found[0].Forget(t.Context()); err != nil && !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
