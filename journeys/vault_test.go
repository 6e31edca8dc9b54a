package journeys

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// canary is a secret that must not appear anywhere.
const canary = "dosecafec0ffeecafec0ffeecafec0ffeeca"

// machine is a home with connections in a vault that a key file opens, as on a server where nobody can answer.
type machine struct {
	t       *testing.T
	home    *Home
	keyFile string
	folder  string
}

func newMachine(t *testing.T, names ...string) *machine {
	t.Helper()
	home := NewHome(t)
	m := &machine{t: t, home: home, keyFile: filepath.Join(home.Dir, "key.txt"), folder: filepath.Join(home.Dir, "config", "draftt-databricks")}
	v := vault.Open(m.folder)
	if err := v.InitKeyFile(t.Context(), m.keyFile); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if _, err := v.Save(t.Context(), connection(t, name)); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// connection reads from a workspace that nobody listens for, so that testing it stays on this machine.
func connection(t *testing.T, name string) connector.Connection {
	t.Helper()
	addr := closedPort(t)
	allow, err := connector.AllowList{}.Allow(addr)
	if err != nil {
		t.Fatal(err)
	}
	host, _, err := connector.ParseHost(addr, allow)
	if err != nil {
		t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	id := connector.ClientID("6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22")
	return connector.Connection{
		Name: name, Host: host,
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: id, Secret: connector.NewSecret([]byte(canary))},
		Warehouse:   connector.WarehouseRef{ID: "a3f19c0d7be24418", Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/a3f19c0d7be24418"},
		Schema:      table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{table},
	}
}

// outcome is what a command without a terminal left.
type outcome struct {
	stdout, stderr string
	code           int
}

// run runs the program with the key file and no terminal. No output of it may ever hold the secret.
func (m *machine) run(args ...string) outcome {
	m.t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(program, append(args, "--key-file", m.keyFile)...)
	cmd.Env, cmd.Stdout, cmd.Stderr = m.home.Environ(), &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		m.t.Fatal(err)
	}
	out := outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
	if strings.Contains(out.stdout+out.stderr, canary) {
		m.t.Errorf("%s shows the secret:\n%s%s", strings.Join(args, " "), out.stdout, out.stderr)
	}
	return out
}

func (o outcome) expect(t *testing.T, code int, texts ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("the exit code is %d instead of %d", o.code, code)
	}
	for _, text := range texts {
		if !strings.Contains(o.stdout, text) {
			t.Errorf("standard output lacks %q", text)
		}
	}
	if t.Failed() {
		t.Logf("standard output:\n%s\nstandard error:\n%s", o.stdout, o.stderr)
	}
}

func TestSavedConnectionsAreListedShownTestedAndDeletedWithoutATerminal(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "Asset inventory – prod", "Staging")

	m.run("list").expect(t, 0, "Asset inventory – prod", "Staging", "inventory.assets")
	m.run("show", "staging").expect(t, 0, "Staging", "inventory.assets.components", "cannot be shown")

	var report struct {
		Name   string
		Passed bool
		Exit   int
		Stages []struct{ ID, State, Cause, Remedy string }
	}
	tested := m.run("test", "Staging", "--json")
	tested.expect(t, 10)
	if err := json.Unmarshal([]byte(tested.stdout), &report); err != nil {
		t.Fatalf("the report is no JSON: %v\n%s", err, tested.stdout)
	}
	if report.Passed || report.Exit != 10 || report.Name != "Staging" {
		t.Errorf("the report says %+v", report)
	}
	for _, stage := range report.Stages {
		if stage.State == "failed" && (stage.Cause != "Could not reach the workspace" || stage.Remedy == "") {
			t.Errorf("stage %s failed with the cause %q and the remedy %q", stage.ID, stage.Cause, stage.Remedy)
		}
	}
	m.run("list").expect(t, 0, "failed ")

	m.run("delete", "Staging").expect(t, 64)
	m.run("list").expect(t, 0, "Staging")
	m.run("delete", "Staging", "--yes").expect(t, 0, `Deleted "Staging"`)
	if left := m.run("list"); strings.Contains(left.stdout, "Staging") {
		t.Errorf("a deleted connection is listed:\n%s", left.stdout)
	}
	m.run("show", "Staging").expect(t, 64)
	noClearText(t, m.folder, canary, "localhost", "Asset", "inventory", "Starter", "6f0c5f3e")
}

func TestAFlippedBitIsRefusedByNameAndTheOthersStayUsable(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "First", "Second")
	files, err := filepath.Glob(filepath.Join(m.folder, "connections", "*.age"))
	if err != nil || len(files) != 2 {
		t.Fatalf("there are %d sealed files instead of 2 (%v)", len(files), err)
	}
	sealed, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	sealed[len(sealed)-20] ^= 1
	if err := os.WriteFile(files[0], sealed, 0o600); err != nil {
		t.Fatal(err)
	}

	listed := m.run("list")
	listed.expect(t, 0)
	if !strings.Contains(listed.stderr, filepath.Base(files[0])) {
		t.Errorf("the damaged file is not named:\n%s", listed.stderr)
	}
	whole := "First"
	if !strings.Contains(listed.stdout, whole) {
		whole = "Second"
	}
	if strings.Count(listed.stdout, "inventory.assets") != 1 {
		t.Errorf("not exactly one connection is listed:\n%s", listed.stdout)
	}
	m.run("show", whole).expect(t, 0, whole)
	m.run("test", whole).expect(t, 10, "Could not reach the workspace")
}

// The exit codes of the test command, which scripts decide by.
func TestEachCauseHasItsExitCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario string
		code     int
		says     string
	}{
		{"ready", 0, "Connected"},
		{"unreachable", 10, "Could not reach the workspace"},
		{"wrong-secret", 20, "Authentication failed"},
		{"no-warehouse", 30, "Cannot access the SQL warehouse"},
		{"warehouse-stopped", 31, "Warehouse is stopped or starting"},
		{"missing-grants", 40, "Missing Unity Catalog permissions"},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t)
			w := NewWorkspace(t, m.home, c.scenario)
			m.save(w.connection(t))
			if c.scenario == "unreachable" {
				_ = w.proxy.Close()
			}
			m.run("test", "Inventory").expect(t, c.code, c.says)
		})
	}
}

func (m *machine) save(c connector.Connection) {
	m.t.Helper()
	v := vault.Open(m.folder)
	if err := v.Unlock(m.t.Context(), vault.Keys{KeyFile: m.keyFile}); err != nil {
		m.t.Fatal(err)
	}
	if _, err := v.Save(m.t.Context(), c); err != nil {
		m.t.Fatal(err)
	}
}

// connection is what a set-up saves of this workspace.
func (w *Workspace) connection(t *testing.T) connector.Connection {
	t.Helper()
	c := connection(t, "Inventory")
	host, _, err := connector.ParseHost(w.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Host, c.Credentials.ClientID, c.Credentials.Secret = host, w.Connector().ClientID, w.Connector().Secret
	if c.CACerts, err = os.ReadFile(w.CAFile); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAVaultWithAPassphraseSaysSoWhereNobodyCanAnswer(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	if err := os.RemoveAll(m.folder); err != nil {
		t.Fatal(err)
	}
	v := vault.Open(m.folder)
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte("a blue door in the north wall"))); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Save(t.Context(), connection(t, "Locked")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "list")
	cmd.Env = m.home.Environ()
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "passphrase") || strings.Contains(string(out), "Locked") {
		t.Errorf("list without a terminal: %v\n%s", err, out)
	}
}
