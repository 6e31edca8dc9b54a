package cmd

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// secrets are the OAuth secrets of the connector that the workspace has.
func (s *shelf) secrets(t *testing.T) []admin.SecretInfo {
	t.Helper()
	c := s.connection("")
	session, err := admin.Open(t.Context(), admin.Config{
		Host: c.Host, Network: setup.TargetOf(c).Network(workspace.Network{}), Version: "1.2.3",
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: s.workspace.Admin().ClientID, Secret: s.workspace.Admin().Secret},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	p, err := session.Find(t.Context(), demo.ConnectorID)
	if err != nil {
		return nil
	}
	all, err := session.Secrets(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (s *shelf) load(t *testing.T, name string) connector.Connection {
	t.Helper()
	c, err := s.vault.Load(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestARotationSwitchesEveryConnectionWithTheSecretAndKeepsTheOldOneUntilTold(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	s.save(s.connection("lab"))
	s.asAdmin("rotate", "prod").wants(t, 64, "there is no terminal to ask on", "--yes \"draftt-connector\"")
	if len(s.secrets(t)) != 1 {
		t.Fatal("a secret was made without confirmation")
	}
	o := s.asAdmin("rotate", "prod", "--yes", demo.ConnectorName)
	o.wants(t, 0)
	prod, lab := s.load(t, "prod"), s.load(t, "lab")
	old := s.workspace.Connector().Secret
	if prod.Credentials.Secret.Equal(old) || !prod.Credentials.Secret.Equal(lab.Credentials.Secret) || prod.SecretExpires.IsZero() || !prod.Proof.Passed || len(s.secrets(t)) != 2 {
		t.Errorf("prod %+v\nlab %+v\n%s", prod, lab, o.out)
	}
	if !strings.Contains(o.out, "The old secret was kept and still works.") {
		t.Errorf("%s", o.out)
	}
	o = s.asAdmin("rotate", "prod", "--yes", demo.ConnectorName, "--delete-old")
	o.wants(t, 0)
	if now := s.load(t, "prod"); len(s.secrets(t)) != 1 || !now.Credentials.Secret.Equal(prod.Credentials.Secret) || !strings.Contains(o.out, "Deleted the old secret.") {
		t.Errorf("it was not finished:\n%s", o.out)
	}
	s.run("test", "prod").wants(t, 0)
	s.run("test", "lab").wants(t, 0)
	s.confirmedOnly(t)
}

func TestAnotherConnectionWithASecretNobodyKnowsKeepsTheOldSecretAlive(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	o := s.asAdmin("rotate", "prod", "--yes", demo.ConnectorName)
	o.wants(t, 0)
	s.save(s.connection("lab")) // it has the old one, typed by hand
	o = s.asAdmin("rotate", "prod", "--yes", demo.ConnectorName, "--delete-old")
	o.wants(t, 0)
	if len(s.secrets(t)) != 2 || !strings.Contains(o.out, `The old secret was kept: "lab" may sign in with it.`) {
		t.Errorf("%s", o.out)
	}
	s.run("test", "lab").wants(t, 0)
}

func TestATypedSecretIsTestedBeforeItIsSaved(t *testing.T) {
	s := newShelf(t, "ready")
	c := s.connection("prod")
	c.Credentials.Secret = connector.NewSecret([]byte("dose11111111111111111111111111111111"))
	s.save(c)
	wrong := connector.NewSecret([]byte("dose22222222222222222222222222222222"))
	s.fed(wrong, nil, "rotate", "prod", "--secret-stdin").wants(t, 20, "nothing was switched")
	s.fed(c.Credentials.Secret, nil, "rotate", "prod", "--secret-stdin").wants(t, 64, "saved already")
	if !s.load(t, "prod").Credentials.Secret.Equal(c.Credentials.Secret) {
		t.Fatal("the saved secret changed")
	}
	o := s.fed(s.workspace.Connector().Secret, nil, "rotate", "prod", "--secret-stdin")
	o.wants(t, 0)
	if !s.load(t, "prod").Credentials.Secret.Equal(s.workspace.Connector().Secret) || !strings.Contains(o.out, "The old one still works") {
		t.Errorf("%s", o.out)
	}
	s.run("rotate", "prod").wants(t, 64, "there is no terminal to ask on", "--secret-stdin")
	s.run("rotate", "nothing").wants(t, 64, "There is no saved connection")
	if len(s.writes()) > 0 {
		t.Errorf("something was changed: %q", s.writes())
	}
}

func TestATokenIsNotMadeByAnAdmin(t *testing.T) {
	s := newShelf(t, "ready")
	c := s.connection("prod")
	c.Credentials = connector.Credentials{Method: connector.PAT, Secret: s.workspace.Connector().Token}
	s.save(c)
	s.asAdmin("rotate", "prod").wants(t, 64, "made by its owner")
	other := s.fed(s.workspace.Admin().Token, nil, "rotate", "prod", "--secret-stdin")
	other.wants(t, 64, "belongs to another principal")
	if !s.load(t, "prod").Credentials.Secret.Equal(c.Credentials.Secret) {
		t.Error("the token of another principal was saved")
	}
}

func TestDisconnectingGoesAsFarAsAsked(t *testing.T) {
	for level, want := range map[string]struct {
		changes []string
		secrets int
	}{
		"local":     {nil, 1},
		"grants":    {[]string{"PATCH", "PATCH"}, 1},
		"secret":    {[]string{"PATCH", "PATCH", "DELETE"}, 0},
		"principal": {[]string{"PATCH", "PATCH", "DELETE"}, 0},
	} {
		s := newShelf(t, "ready")
		s.save(s.connection("prod"))
		command := []string{"disconnect", "prod", "--level", level}
		s.asAdmin(append(command, "--yes", "lab")...).wants(t, 64, "nothing was changed")
		s.asAdmin(command...).wants(t, 64, `--yes "prod"`)
		plan := s.asAdmin(append(command, "--dry-run")...)
		plan.wants(t, 0)
		words := strings.Join(strings.Fields(plan.out), " ")
		for _, text := range []string{"WILL BE DELETED", "WILL BE KEPT", "To connect again it takes", "HTTP path: /sql/1.0/warehouses/a3f19c0d7be24418"} {
			if !strings.Contains(words, text) {
				t.Errorf("%s: no %q in\n%s", level, text, plan.out)
			}
		}
		if s.load(t, "prod"); len(s.writes()) > 0 {
			t.Errorf("%s: changed without the name: %q", level, s.writes())
		}
		s.asAdmin(append(command, "--yes", "prod")...).wants(t, 0)
		if _, err := s.vault.Load(t.Context(), "prod"); err == nil {
			t.Errorf("%s: it is still saved", level)
		}
		if got := len(s.secrets(t)); got != want.secrets {
			t.Errorf("%s: %d secrets are left", level, got)
		}
		var methods []string
		for _, write := range s.writes() {
			method, _, _ := strings.Cut(write, " ")
			methods = append(methods, method)
		}
		if !slices.Equal(methods, want.changes) {
			t.Errorf("%s changed %q", level, s.writes())
		}
		s.confirmedOnly(t)
		s.save(s.connection("prod")) // what is gone already is no failure
		s.asAdmin(append(command, "--yes", "prod")...).wants(t, 0)
	}
}

func TestThePlanOfADisconnectionNamesWhatIsDeletedHere(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	o := s.run("disconnect", "prod", "--level", "local", "--dry-run", "--json")
	o.wants(t, 0)
	if !strings.Contains(o.out, `"saved connection prod on this machine, with its secret"`) || !strings.Contains(o.out, `"revoked": []`) {
		t.Errorf("%s", o.out)
	}
}

func TestDisconnectingRefusesToBreakAnotherConnection(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	s.save(s.connection("lab"))
	s.asAdmin("disconnect", "prod", "--level", "principal", "--yes", "prod").wants(t, exitRefused, "lab signs in as the same service principal")
	s.asAdmin("disconnect", "prod", "--level", "secret", "--yes", "prod").wants(t, exitRefused, "the same secret")
	o := s.asAdmin("disconnect", "prod", "--level", "grants", "--yes", "prod")
	o.wants(t, 0)
	if !strings.Contains(strings.Join(strings.Fields(o.out), " "), "another saved connection") {
		t.Errorf("%s", o.out)
	}
	s.run("test", "lab").wants(t, 0)
	s.run("disconnect", "lab", "--level", "everything").wants(t, 64, "is no level", "local, grants, secret, principal")
}

func TestTheJournalLiesBesideTheSavedConnections(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	s.asAdmin("rotate", "prod", "--yes", demo.ConnectorName).wants(t, 0)
	if found, err := filepath.Glob(filepath.Join(s.dir, "journal", "*.jsonl")); err != nil || len(found) != 1 {
		t.Errorf("%v, %v", found, err)
	}
}
