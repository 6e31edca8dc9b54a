package cmd

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// shelf is a machine with saved connections, and the embedded workspace that they lead to, served on loopback.
type shelf struct {
	t         *testing.T
	workspace *demo.Workspace
	dir       string
	keyFile   string
	vault     *vault.Vault
}

func newShelf(t *testing.T, scenario string) *shelf {
	t.Helper()
	s := &shelf{t: t, dir: filepath.Join(t.TempDir(), "saved"), keyFile: filepath.Join(t.TempDir(), "key.txt")}
	t.Setenv("DRAFTT_DATABRICKS_HOME", s.dir)
	found, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	if s.workspace, err = demo.Start(context.Background(), found, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.workspace.Close() })
	s.vault = vault.Open(s.dir)
	if err := s.vault.InitKeyFile(t.Context(), s.keyFile); err != nil {
		t.Fatal(err)
	}
	return s
}

// connection leads to inventory.assets.components through the serverless warehouse.
func (s *shelf) connection(name string) connector.Connection {
	s.t.Helper()
	allow, err := connector.AllowList(nil).Allow(s.workspace.Addr())
	if err != nil {
		s.t.Fatal(err)
	}
	host, _, err := connector.ParseHost(s.workspace.Addr(), allow)
	if err != nil {
		s.t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		s.t.Fatal(err)
	}
	signIn := s.workspace.Connector()
	return connector.Connection{
		Name: name, Host: host, CACerts: s.workspace.CAPEM(),
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: signIn.ClientID, Secret: signIn.Secret},
		Principal:   connector.Principal{Name: signIn.ClientID.Name(), DisplayName: connector.FromRemote(signIn.DisplayName), Active: true},
		Warehouse: connector.WarehouseRef{
			ID: "a3f19c0d7be24418", Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/a3f19c0d7be24418",
		},
		Schema: table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{table},
		Proof: connector.Proof{At: time.Date(2025, time.November, 20, 10, 42, 0, 0, time.UTC), Passed: true, Summary: "read the table as the connector", ReadOnly: "no right to change data was seen by the connector itself"},
	}
}

func (s *shelf) save(c connector.Connection) connector.Connection {
	s.t.Helper()
	saved, err := s.vault.Save(s.t.Context(), c)
	if err != nil {
		s.t.Fatal(err)
	}
	return saved
}

// run runs a command with the key of the shelf, and fails when the secret shows in what it says.
func (s *shelf) run(args ...string) outcome {
	s.t.Helper()
	o := run(s.t, append(args, "--key-file", s.keyFile)...)
	secret := s.workspace.Connector().Secret.Reveal()
	for form, text := range map[string]string{
		"plain": string(secret), "base64": base64.RawStdEncoding.EncodeToString(secret)[:40], "hex": hex.EncodeToString(secret), "half of it": string(secret[len(secret)/2:]),
	} {
		if strings.Contains(o.out+o.err, text) {
			s.t.Errorf("%q shows the secret, %s", args, form)
		}
	}
	return o
}

// volatile is what differs from run to run: ids, moments, durations, the port, folders and fingerprints.
var volatile = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`"id": "[a-z2-7]{16}"`), `"id": "ID"`},
	{regexp.MustCompile(`"saved_at": "[^"]+"`), `"saved_at": "TIME"`},
	{regexp.MustCompile(`"ms": \d+`), `"ms": 0`},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), `127.0.0.1:PORT`},
	{regexp.MustCompile(`port \d+ answers`), `port PORT answers`},
	{regexp.MustCompile(`(?m) \(\d+(\.\d)? m?s\)$`), ` (TIME)`},
	{regexp.MustCompile(`fingerprint [0-9a-f]{4}`), `fingerprint XXXX`},
	{regexp.MustCompile(`until \d{4}-\d\d-\d\d, SHA-256 [0-9A-F:]+…`), `until DAY, SHA-256 XX:XX…`},
	{regexp.MustCompile(`saved \d{4}-\d\d-\d\d`), `saved DAY`},
	{regexp.MustCompile(`encrypted files in \S+`), `encrypted files in FOLDER`},
}

func steady(text string) string {
	for _, v := range volatile {
		text = v.pattern.ReplaceAllString(text, v.instead)
	}
	return text
}

func TestListShowsWhatIsSaved(t *testing.T) {
	s := newShelf(t, "ready")
	o := s.run("list")
	o.wants(t, 0)
	if o.out != "No saved connections. Set one up:  draftt-databricks setup\n" {
		t.Errorf("empty: %q", o.out)
	}
	o = s.run("list", "--json")
	o.wants(t, 0)
	if o.out != "[]\n" {
		t.Errorf("empty as JSON: %q", o.out)
	}
	s.save(s.connection("Asset inventory – prod"))
	other := s.connection("lab")
	other.Scope, other.Proof = connector.ScopeTables, connector.Proof{}
	devices, err := connector.ParseTable("devices", other.Schema)
	if err != nil {
		t.Fatal(err)
	}
	other.Tables = append(other.Tables, devices)
	s.save(other)
	o = s.run("list")
	o.wants(t, 0)
	compareGolden(t, "list.txt", steady(o.out))
	o = s.run("list", "--json")
	o.wants(t, 0)
	compareGolden(t, "list.json", steady(o.out))
}

func TestListWhereNothingWasEverSaved(t *testing.T) {
	t.Setenv("DRAFTT_DATABRICKS_HOME", filepath.Join(t.TempDir(), "nothing"))
	o := run(t, "list")
	o.wants(t, 0)
	if !strings.HasPrefix(o.out, "No saved connections.") {
		t.Errorf("%q", o.out)
	}
	run(t, "show", "prod").wants(t, 64, `There is no saved connection named "prod".`)
}

func TestADamagedFileIsNamedAndHidesNothing(t *testing.T) {
	s := newShelf(t, "ready")
	kept := s.save(s.connection("kept"))
	broken := s.save(s.connection("broken"))
	file := filepath.Join(s.dir, "connections", broken.ID+".age")
	sealed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sealed[len(sealed)-1] ^= 1
	if err := os.WriteFile(file, sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	o := s.run("list")
	o.wants(t, 0, broken.ID+".age", "is damaged", "backup")
	if !strings.Contains(o.out, kept.Name) {
		t.Errorf("the other connection is not listed:\n%s", o.out)
	}
	if err := os.Remove(filepath.Join(s.dir, "connections", kept.ID+".age")); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"list"}, {"list", "--json"}, {"test", "--all"}, {"bundle", "create", "--last"}} {
		if o := s.run(command...); o.code != 70 || strings.Contains(o.out, "error") != slices.Contains(command, "--json") || !strings.Contains(o.err, "is damaged") {
			t.Errorf("%v where all is damaged: %+v", command, o)
		}
	}
}

func TestShowHasEverythingButTheSecret(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("Asset inventory – prod"))
	o := s.run("show", "asset inventory – PROD")
	o.wants(t, 0)
	compareGolden(t, "show.txt", steady(o.out))
	s.run("show", "asset inventry – prod").wants(t, 64, "There is no saved connection named", `Did you mean "Asset inventory – prod"?`)
}

func TestTheKeyIsNeededAndMustFit(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	run(t, "list").wants(t, 70, "The saved connections need their key file.", "--key-file or --key-fd")
	run(t, "list", "--key-file", filepath.Join(t.TempDir(), "none")).wants(t, 70, "No key could be read from")
	run(t, "list", "--key-fd", "9999").wants(t, 70, "No key could be read from")
}

func TestAPassphraseThatNobodyCanTypeEndsLikeAKeyThatIsMissing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "saved")
	t.Setenv("DRAFTT_DATABRICKS_HOME", dir)
	if err := vault.Open(dir).InitPassphrase(t.Context(), connector.NewSecret([]byte("correct horse battery staple"))); err != nil {
		t.Fatal(err)
	}
	run(t, "list").wants(t, exitInternal, "there is no terminal to ask on", "Run draftt-databricks unlock in a terminal first")
}

func TestDeleteAsksUnlessToldNotTo(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	s.run("delete", "prod").wants(t, 64, "there is no terminal to ask on", "--yes")
	o := s.run("delete", "prod", "--yes")
	o.wants(t, 0)
	if o.out != "Deleted \"prod\" from this machine. In Databricks nothing changed.\n" {
		t.Errorf("%q", o.out)
	}
	s.run("show", "prod").wants(t, 64, "There is no saved connection")
}

func TestNamesAreCompletedWhereThatAsksNobody(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("Asset inventory – prod"))
	if o := run(t, "__complete", "--key-file", s.keyFile, "show", ""); !strings.Contains(o.out, "Asset inventory – prod") {
		t.Errorf("completed %q", o.out)
	}
	if o := run(t, "__complete", "show", ""); strings.Contains(o.out, "Asset") {
		t.Errorf("completed without the key: %q", o.out)
	}
}
