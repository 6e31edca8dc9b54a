package cmd

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// asAdmin runs a command with the admin's secret on its standard input, and fails when a secret shows in what it says.
func (s *shelf) asAdmin(args ...string) outcome {
	s.t.Helper()
	args = append(args, "--admin-client-id", string(s.workspace.Admin().ClientID), "--admin-secret-stdin")
	return s.fed(s.workspace.Admin().Secret, nil, args...)
}

// fed runs a command with a secret on its standard input. between is called where the command would wait.
func (s *shelf) fed(secret connector.Secret, between func(), args ...string) outcome {
	s.t.Helper()
	in := filepath.Join(s.t.TempDir(), "in")
	if err := os.WriteFile(in, secret.Reveal(), 0o600); err != nil {
		s.t.Fatal(err)
	}
	file, err := os.Open(in)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	out, err := os.Create(filepath.Join(s.t.TempDir(), "out"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	var said bytes.Buffer
	a := &app{version: "1.2.3", in: file, out: out, err: &said, wait: func(context.Context, time.Duration) error {
		between()
		return nil
	}}
	root := a.root()
	root.SetArgs(append(args, "--key-file", s.keyFile))
	code := a.report(root.ExecuteContext(s.t.Context()))
	written, err := os.ReadFile(out.Name())
	if err != nil {
		s.t.Fatal(err)
	}
	o := outcome{code, string(written), said.String()}
	secrets := []connector.Secret{secret, s.workspace.Connector().Secret}
	if saved, _, err := s.vault.List(s.t.Context()); err == nil {
		for _, c := range saved {
			secrets = append(secrets, c.Credentials.Secret)
		}
	}
	for _, hidden := range secrets {
		if strings.Contains(o.out+o.err+s.journal(), string(hidden.Reveal())) {
			s.t.Errorf("%q shows a secret", args)
		}
	}
	return o
}

func (s *shelf) journal() string {
	text, err := os.ReadFile(filepath.Join(s.dir, "journal", admin.JournalName))
	if err != nil {
		return ""
	}
	return string(text)
}

// at are the flags that lead to the workspace.
func (s *shelf) at() []string {
	ca := filepath.Join(s.t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, s.workspace.CAPEM(), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return []string{"--host", s.workspace.Addr(), "--allow-host", s.workspace.Addr(), "--ca-file", ca}
}

// writes are the requests so far that changed something.
func (s *shelf) writes() []string {
	var out []string
	for _, x := range s.workspace.Requests() {
		reads := x.Method == "GET" || strings.Contains(x.Path, "/oidc/") || strings.HasPrefix(x.Path, "/sql/") || strings.HasPrefix(x.Path, "/telemetry")
		if !reads {
			out = append(out, x.Method+" "+x.Path)
		}
	}
	return out
}

func (s *shelf) provision(args ...string) outcome {
	s.t.Helper()
	return s.asAdmin(slices.Concat([]string{"provision", "--create", "draftt-new", "--warehouse", "Starter Warehouse", "--schema", "inventory.assets", "--table", "components"}, s.at(), args)...)
}

func TestAnAdminGetsFromNothingToASavedCertifiedConnection(t *testing.T) {
	s := newShelf(t, "first-time")
	o := s.provision("--save-as", "prod")
	o.wants(t, 0)
	if !strings.Contains(o.out, "Nothing was changed. Add --apply") || len(s.writes()) > 0 || s.journal() != "" {
		t.Errorf("a plan changed something: %q\n%s", s.writes(), o.out)
	}
	for _, yes := range [][]string{nil, {"--yes", "draftt"}} {
		s.provision(append([]string{"--save-as", "prod", "--apply"}, yes...)...).wants(t, 64, "hing was changed", "draftt-new")
	}
	if len(s.writes()) > 0 {
		t.Errorf("changed without the name: %q", s.writes())
	}
	o = s.provision("--save-as", "prod", "--apply", "--yes", "draftt-new")
	o.wants(t, 0)
	for _, text := range []string{`Saved "prod" in key file`, "Its secret was never shown", "Connected: read the table as the connector.", "Read-only certificate: nothing beyond what was chosen was seen"} {
		if !strings.Contains(o.out, text) {
			t.Errorf("not said: %q\n%s", text, o.out)
		}
	}
	saved, err := s.vault.Load(t.Context(), "prod")
	if err != nil || !saved.Proof.Passed || saved.SecretExpires.IsZero() || saved.Credentials.ClientID == demo.ConnectorID {
		t.Errorf("%+v, %v", saved, err)
	}
	before := len(s.writes())
	o = s.provision("--save-as", "prod", "--apply", "--yes", "draftt-new")
	o.wants(t, 0)
	if len(s.writes()) != before || !strings.Contains(o.out, "Nothing is to be changed.") {
		t.Errorf("the second run changed something: %q", s.writes()[before:])
	}
	s.confirmedOnly(t)
}

// confirmedOnly holds every write of the run against the journal: each stands there as started, under the admin's name, and none is a PUT.
func (s *shelf) confirmedOnly(t *testing.T) {
	t.Helper()
	j, err := admin.OpenJournal(filepath.Join(s.dir, "journal"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := j.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, write := range s.writes() {
		known := slices.ContainsFunc(entries, func(e admin.Entry) bool {
			return e.Event == admin.Started && e.By == string(s.workspace.Admin().ClientID) && e.Request.Method+" "+e.Request.Path == write
		})
		if !known || strings.HasPrefix(write, "PUT ") {
			t.Errorf("%s is not in the journal", write)
		}
	}
}

func TestProvisionRefusesWhatCannotWork(t *testing.T) {
	s := newShelf(t, "first-time")
	s.save(s.connection("taken"))
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--principal", demo.ConnectorID}, "one service principal"},
		{[]string{"--yes", "draftt-new"}, "Add --apply"},
		{[]string{"--dry-run", "--apply", "--yes", "draftt-new"}, "--dry-run changes nothing"},
		{[]string{"--warehouse", "Starter Warhouse"}, `Did you mean "Starter Warehouse"?`},
		{[]string{"--scope", "catalog"}, "is no scope"},
		{[]string{"--table", "other.schema.t"}, "another schema"},
		{[]string{"--create", demo.ConnectorName}, demo.ConnectorID},
	} {
		s.provision(c.args...).wants(t, 64, c.says)
	}
	s.provision("--save-as", "taken", "--apply", "--yes", "draftt-new").wants(t, exitTaken, "another service principal")
	wrong := s.fed(connector.NewSecret([]byte("dose00000000000000000000000000000000")), nil, slices.Concat([]string{"provision", "--create", "x",
		"--admin-client-id", string(s.workspace.Admin().ClientID), "--admin-secret-stdin"}, s.at())...)
	wrong.wants(t, 20, "The admin's sign-in: Authentication failed")
	if len(s.writes()) > 0 {
		t.Errorf("%q", s.writes())
	}
}

func TestAPlanAsJSONHasTheExactRequests(t *testing.T) {
	s := newShelf(t, "first-time")
	o := s.provision("--json")
	o.wants(t, 0)
	for _, text := range []string{`"purpose": "provision"`, `"confirm": "draftt-new"`, `"method": "PATCH"`, `databricks api patch`, `"before": "without USE CATALOG"`} {
		if !strings.Contains(o.out, text) {
			t.Errorf("no %s in\n%s", text, o.out)
		}
	}
}

func TestAProfileSignsInToItsOwnWorkspaceOnly(t *testing.T) {
	s := newShelf(t, "first-time")
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	secret := string(s.workspace.Admin().Secret.Reveal())
	text := "[here]\nhost = https://" + s.workspace.Addr() + "\nclient_id = " + string(s.workspace.Admin().ClientID) + "\nclient_secret = " + secret +
		"\n[elsewhere]\nhost = https://adb-1234567890123456.7.azuredatabricks.net\ntoken = dapi0123\n[cli]\nhost = https://" + s.workspace.Addr() + "\nauth_type = azure-cli\n"
	if err := os.WriteFile(filepath.Join(home, ".databrickscfg"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	who := func(profile string) outcome {
		return s.run(slices.Concat([]string{"principal", demo.ConnectorName, "--admin-profile", profile}, s.at())...)
	}
	o := who("here")
	o.wants(t, 0)
	if !strings.Contains(o.out, demo.ConnectorID) || strings.Contains(o.out, secret) {
		t.Errorf("%s", o.out)
	}
	who("elsewhere").wants(t, 64, "is for another workspace")
	who("cli").wants(t, 64, "azure-cli")
	who("none").wants(t, 64, "There are: here, elsewhere, cli.")
}
