package saved

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// machine is an embedded workspace, and a machine from which connections to it are ended.
type machine struct {
	*demo.Workspace
	t   *testing.T
	env setup.Environment
}

func begin(t *testing.T, names ...string) (machine, []connector.Connection) {
	t.Helper()
	w, env, all := world(t, "ready", names...)
	return machine{w, t, env}, all
}

// asAdmin signs in as the admin of the workspace.
func (w machine) asAdmin(c connector.Connection) *admin.Session {
	w.t.Helper()
	who := w.Admin()
	session, err := admin.Open(w.t.Context(), admin.Config{
		Host: c.Host, Network: w.Network(), Version: "1.2.3", Rate: 1000,
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(session.Close)
	return session
}

// secretsLeft is how many secrets the connector has in the workspace.
func (w machine) secretsLeft(session *admin.Session) int {
	w.t.Helper()
	p, err := session.Find(w.t.Context(), demo.ConnectorID)
	if err != nil {
		return 0
	}
	all, err := session.Secrets(w.t.Context(), p.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(all)
}

// end carries out a disconnection that was confirmed by its name.
func (w machine) end(c connector.Connection, session *admin.Session, level admin.Level) string {
	w.t.Helper()
	d, err := Disconnect(w.env, c, session)
	if err != nil {
		w.t.Fatal(err)
	}
	plan, err := d.Plan(w.t.Context(), level, "")
	if err != nil {
		w.t.Fatal(err)
	}
	deleted := d.Deleted(plan)
	if last := deleted[len(deleted)-1]; last != "saved connection "+c.Name+" on this machine, with its secret" {
		w.t.Errorf("deleted at last is %q", last)
	}
	confirmed, err := plan.Confirmed(c.Name)
	if err != nil {
		w.t.Fatal(err)
	}
	told, err := d.Apply(w.t.Context(), confirmed, admin.Watch{})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.env.Vault.Load(w.t.Context(), c.Name); err == nil {
		w.t.Error("it is still saved")
	}
	return told
}

func TestEndingAConnectionHereLeavesTheWorkspaceAlone(t *testing.T) {
	t.Parallel()
	w, all := begin(t, "prod")
	before := len(w.Requests())
	if told := w.end(all[0], nil, admin.LocalOnly); told != `Disconnected "prod". In Databricks nothing changed.` {
		t.Errorf("%s", told)
	}
	if len(w.Requests()) != before {
		t.Error("the workspace was asked something")
	}
}

func TestEachLevelTakesAwayWhatItSays(t *testing.T) {
	t.Parallel()
	for level, want := range map[admin.Level]struct{ secrets, reads int }{
		admin.RevokeGrants: {1, 0}, admin.RevokeSecret: {0, 0}, admin.DeleteThePrincipal: {0, 0},
	} {
		w, all := begin(t, "prod")
		c := all[0]
		session := w.asAdmin(c)
		if told := w.end(c, session, level); !strings.HasPrefix(told, `Disconnected "prod". In Databricks `) || strings.Contains(told, "nothing changed") {
			t.Errorf("level %d: %s", level, told)
		} else if strings.Contains(told, "Still good to sign in with: OAuth secret ") != (want.secrets > 0) {
			t.Errorf("level %d leaves %d secrets, and says %s", level, want.secrets, told)
		}
		if left := w.secretsLeft(session); left != want.secrets {
			t.Errorf("level %d: %d secrets are left", level, left)
		}
		test, err := w.env.Test(c, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := test.Walk(t.Context(), func(check.Result) {}); err != nil {
			t.Fatal(err)
		}
		test.Close()
		if test.Proof().Passed {
			t.Errorf("level %d: it still reads", level)
		}
	}
}

// A rotation leaves the secret that it replaced. Who then deletes the one of the connection hears that the other still works, and where it
// is deleted.
func TestASecretThatARotationLeftIsNamedAtTheEnd(t *testing.T) {
	t.Parallel()
	w, all := begin(t, "prod")
	session := w.asAdmin(all[0])
	d, err := Disconnect(w.env, all[0], session)
	if err != nil {
		t.Fatal(err)
	}
	rotate, err := session.PlanRotate(t.Context(), d.journal, admin.Rotate{Principal: demo.ConnectorID})
	if err != nil {
		t.Fatal(err)
	}
	confirmed, err := rotate.Confirmed(rotate.Name)
	if err != nil {
		t.Fatal(err)
	}
	made, err := session.Apply(t.Context(), confirmed, d.journal)
	if err != nil {
		t.Fatal(err)
	}
	c := all[0]
	c.Credentials.Secret = made.Secret
	told := w.end(c, session, admin.RevokeSecret)
	if !strings.Contains(told, "Still good to sign in with: OAuth secret ") || strings.Contains(told, made.SecretID) || !strings.Contains(told, "Service principals › draftt-connector › Secrets") {
		t.Errorf("%s", told)
	}
	if left := w.secretsLeft(session); left != 1 {
		t.Errorf("%d secrets are left", left)
	}
}

// What another saved connection needs is kept, and said.
func TestWhatAnotherConnectionNeedsIsKept(t *testing.T) {
	t.Parallel()
	w, all := begin(t, "prod", "lab")
	d, err := Disconnect(w.env, all[0], w.asAdmin(all[0]))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := d.Plan(t.Context(), admin.RevokeGrants, "")
	if err != nil || !plan.Empty() || !slices.ContainsFunc(plan.Kept, func(kept string) bool { return strings.Contains(kept, "another saved connection needs") }) {
		t.Errorf("%d changes, kept %q, %v", len(plan.Changes), plan.Kept, err)
	}
	if _, err := d.Plan(t.Context(), admin.RevokeSecret, ""); err == nil {
		t.Error("the secret that another connection signs in with is deleted")
	}
}

func TestNothingEndsUnconfirmed(t *testing.T) {
	t.Parallel()
	w, all := begin(t, "prod", "lab")
	c, other := all[0], all[1]
	d, err := Disconnect(w.env, c, nil)
	if err != nil {
		t.Fatal(err)
	}
	of, err := Disconnect(w.env, other, nil)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := of.Plan(t.Context(), admin.LocalOnly, "")
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := plan.Confirmed("lab")
	if err != nil {
		t.Fatal(err)
	}
	for name, confirmed := range map[string]admin.Confirmed{"nothing": {}, "the end of another connection": foreign} {
		_, err := d.Apply(t.Context(), confirmed, admin.Watch{})
		if _, remedy := connector.Words(err); !errors.Is(err, admin.ErrNotConfirmed) || remedy == "" {
			t.Errorf("%s was confirmed, or nothing is said to do: %v", name, err)
		}
		if _, err := w.env.Vault.Load(t.Context(), "prod"); err != nil {
			t.Errorf("%s was confirmed: %v", name, err)
		}
	}
}

// An end that was interrupted after the workspace was changed is repeated by its name, and says what was gone already.
func TestAnInterruptedEndIsRepeated(t *testing.T) {
	t.Parallel()
	w, all := begin(t, "prod")
	c := all[0]
	session := w.asAdmin(c)
	w.env.Vault = vault.Open(w.env.Vault.Dir()) // locked, so that deleting what is saved fails
	d, err := Disconnect(w.env, c, session)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Plan(t.Context(), admin.RevokeGrants, ""); err == nil {
		t.Fatal("a locked vault tells what else is saved")
	}
	if err := w.env.Vault.Unlock(t.Context(), vault.Keys{KeyFile: w.env.KeyFile}); err != nil {
		t.Fatal(err)
	}
	plan, err := d.Plan(t.Context(), admin.RevokeGrants, "")
	if err != nil {
		t.Fatal(err)
	}
	confirmed, err := plan.Confirmed("prod")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := session.Apply(t.Context(), confirmed, d.journal); err != nil { // and here the power goes
		t.Fatal(err)
	}
	if told := w.end(c, session, admin.RevokeGrants); !strings.HasPrefix(told, `Disconnected "prod". In Databricks nothing changed.`) {
		t.Errorf("%s", told)
	}
}
