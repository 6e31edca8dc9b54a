package setup

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// at is a set-up of this workspace with an admin session, and without a secret.
func (w *world) at(session *admin.Session) *Setup {
	w.t.Helper()
	d := NewDraft(nil)
	if _, _, err := d.SetHost(w.Host(), FromYou); err != nil {
		w.t.Fatal(err)
	}
	s := New(w.env, d)
	s.ActAs(session)
	return s
}

func TestAnAdminSessionEndsWithItsHost(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	session := w.asAdmin()
	s := w.at(session)
	if s.AdminHere() != session {
		t.Error("it ended at once")
	}
	if _, _, err := s.Draft().SetHost(secondHost, FromYou); err != nil || s.AdminHere() != nil {
		t.Errorf("it is used at another host, %v", err)
	}
	if _, _, err := s.Draft().SetHost(w.Host(), FromYou); err != nil || s.AdminHere() != nil {
		t.Errorf("it came back, %v", err)
	}
}

// newSecret has the admin make a secret of the connector.
func (s *Setup) newSecret(t *testing.T) admin.Plan {
	t.Helper()
	plan, err := s.Planned(s.AdminHere(), admin.Provision{Principal: demo.ConnectorID, Secret: true})(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func deletesASecret(plan admin.Plan) bool {
	return slices.ContainsFunc(plan.Changes, func(c admin.Change) bool { return c.Kind == admin.DeleteSecret })
}

// A secret that was made here and that nobody seems to use is deleted when another one is made; a saved connection that cannot be looked into
// may use it.
func TestNoSecretOfLockedConnectionsIsDeleted(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	s := w.at(w.asAdmin())
	confirmed, err := s.newSecret(t).Confirmed(ConfirmWord)
	if err != nil {
		t.Fatal(err)
	}
	made := s.Apply(s.AdminHere(), confirmed)(t.Context(), admin.Watch{})
	if made.Err != nil || made.Outcome.Secret.IsZero() {
		t.Fatalf("%+v", made)
	}
	c := w.connection("prod")
	c.Credentials.Secret = made.Outcome.Secret
	saved(t, w.env, c)
	if deletesASecret(s.newSecret(t)) {
		t.Error("the secret of a saved connection is deleted")
	}

	open := w.env
	w.env.Vault, w.env.KeyFile = vault.Open(w.env.Vault.Dir()), ""
	locked := w.at(w.asAdmin()).newSecret(t)
	if deletesASecret(locked) || !slices.ContainsFunc(locked.Kept, func(kept string) bool { return strings.Contains(kept, "the saved connections are locked") }) {
		t.Errorf("%+v, kept %q", locked.Changes, locked.Kept)
	}

	w.env = open
	if err := w.env.Vault.Delete(t.Context(), "prod"); err != nil {
		t.Fatal(err)
	}
	if !deletesASecret(w.at(w.asAdmin()).newSecret(t)) {
		t.Error("a secret that nobody uses is left")
	}
}

// What an admin made goes into the draft, and the secret nowhere else.
func TestWhatAnAdminMadeIsFilledIn(t *testing.T) {
	t.Parallel()
	s := New(machine(t), NewDraft(nil))
	s.Draft().SetMethod(connector.PAT)
	told := s.TakeMade(admin.Outcome{Done: 2, Secret: secret("dose0123456789"), Target: admin.Target{ApplicationID: firstID, DisplayName: "draftt"}})
	d := s.Draft()
	if d.Method() != connector.OAuth || d.ClientID() != firstID || !d.Secret().Equal(secret("dose0123456789")) || d.SourceOf("client") != FromAdmin {
		t.Errorf("%s, %s, %s", d.Method(), d.ClientID(), d.SourceOf("client"))
	}
	if strings.Contains(told, "dose") || !strings.Contains(told, "Filled in: client ID and OAuth secret of ") {
		t.Errorf("%q", told)
	}
	if told := s.TakeMade(admin.Outcome{}); told != "Nothing needed to be changed." {
		t.Errorf("%q", told)
	}
}
