package answers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// machine is a person's machine with a saved connection to a workspace that has rules before it.
type machine struct {
	dir       string
	workspace *demo.Workspace
	served    demo.Handout
	target    demo.Target
	pat       bool
}

// name is what the saved connection is called.
const name = "prod"

// newMachine starts the workspace of a row, and saves a connection without asking it anything.
func newMachine(t *testing.T, r row) *machine {
	t.Helper()
	world, err := demo.Find(r.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	world.Faults = append(slices.Clone(r.Rules), world.Faults...)
	m := &machine{dir: t.TempDir(), pat: r.SignIn == "pat"}
	if m.workspace, err = demo.Start(context.Background(), world, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.workspace.Close() })
	if m.target, err = m.workspace.Target(); err != nil {
		t.Fatal(err)
	}
	if m.served, err = m.workspace.Handout(filepath.Join(m.dir, "ca.pem")); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"ca.pem": m.workspace.CAPEM(), "answers.yaml": m.answers(string(m.target.WarehouseID)), "by-name.yaml": m.answers("Starter Warehouse")} {
		if err := os.WriteFile(filepath.Join(m.dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m.save(t)
	return m
}

func (m *machine) save(t *testing.T) {
	t.Helper()
	allow, err := connector.AllowList(nil).Allow(m.workspace.Addr())
	if err != nil {
		t.Fatal(err)
	}
	host, _, err := connector.ParseHost(m.workspace.Addr(), allow)
	if err != nil {
		t.Fatal(err)
	}
	who := m.workspace.Connector()
	credentials := connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret}
	if m.pat {
		credentials = connector.Credentials{Method: connector.PAT, Secret: who.Token}
	}
	v := vault.Open(filepath.Join(m.dir, "vault"))
	if err := v.InitKeyFile(t.Context(), filepath.Join(m.dir, "key.txt")); err != nil {
		t.Fatal(err)
	}
	_, err = v.Save(t.Context(), connector.Connection{
		Name: name, Host: host, Credentials: credentials, CACerts: m.workspace.CAPEM(), Warehouse: connector.WarehouseRef{ID: m.target.WarehouseID},
		Schema: m.target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: m.target.Tables,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// answers is an answers file for the same connection, with the ID or the name of its SQL warehouse.
func (m *machine) answers(warehouse string) []byte {
	return fmt.Appendf(nil, "host: %s\nclient_id: %s\nca_file: %s\nwarehouse: %s\ncatalog: inventory\nschema: assets\ntables: [components, devices]\nname: anew\nkey_file: %s\n",
		m.served.Host, m.served.ClientID, m.served.CAFile, warehouse, filepath.Join(m.dir, "key.txt"))
}

// command is one way to run the program on a machine.
type command struct {
	stages bool // it prints the stages of the ladder
	args   func(m *machine) []string
	stdin  func(m *machine) string
}

// commands are what a row can run, all of them as JSON.
var commands = map[string]command{
	"test":   {stages: true, args: func(*machine) []string { return []string{"test", name} }},
	"doctor": {stages: true, args: func(m *machine) []string { return append([]string{"doctor", m.served.Host}, m.trust()...) }},
	"setup": {
		stages: true, args: func(m *machine) []string {
			return []string{"setup", "--answers", filepath.Join(m.dir, "answers.yaml"), "--allow-host", m.served.Host, "--secret-stdin"}
		},
		stdin: func(m *machine) string { return m.served.ClientSecret },
	},
	"setup-by-name": {
		stages: true, args: func(m *machine) []string {
			return []string{"setup", "--answers", filepath.Join(m.dir, "by-name.yaml"), "--allow-host", m.served.Host, "--secret-stdin"}
		},
		stdin: func(m *machine) string { return m.served.ClientSecret },
	},
	"grants":      {args: func(*machine) []string { return []string{"grants", name} }},
	"audit":       {args: func(*machine) []string { return []string{"audit", name} }},
	"audit-admin": {args: func(m *machine) []string { return append([]string{"audit", name}, m.asAdmin()...) }, stdin: (*machine).admin},
	"provision": {
		args: func(m *machine) []string {
			return append(append([]string{
				"provision", "--host", m.served.Host, "--principal", m.served.ClientID, "--warehouse", string(m.target.WarehouseID),
				"--catalog", "inventory", "--schema", "assets", "--table", "components",
			}, m.trust()...), m.asAdmin()...)
		},
		stdin: (*machine).admin,
	},
}

func commandNames() []string {
	return []string{"test", "doctor", "setup", "setup-by-name", "grants", "audit", "audit-admin", "provision"}
}

func (m *machine) trust() []string {
	return []string{"--allow-host", m.served.Host, "--ca-file", m.served.CAFile}
}

func (m *machine) asAdmin() []string {
	return []string{"--admin-client-id", m.served.AdminClientID, "--admin-secret-stdin"}
}

func (m *machine) admin() string { return m.served.AdminClientSecret }

// longest is more than the sum of the deadlines of any command: what runs longer hangs.
const longest = 4 * time.Minute

// run runs a command, and judges what it said. peak is the most memory that it held, in MiB, 0 where that is not known.
func (m *machine) run(t *testing.T, program, which string) (v verdict, peak int64) {
	t.Helper()
	c := commands[which]
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, append(c.args(m), "--json", "--key-file", filepath.Join(m.dir, "key.txt"))...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + m.dir, "TERM=dumb", "LANG=C.UTF-8", "DRAFTT_DATABRICKS_HOME=" + filepath.Join(m.dir, "vault")}
	cmd.Dir = m.dir
	if c.stdin != nil {
		cmd.Stdin = strings.NewReader(c.stdin(m) + "\n")
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	peak, err := peakWhile(cmd)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	v = judge(out.String(), errs.String(), cmd.ProcessState.ExitCode(), c.stages)
	if ctx.Err() != nil {
		v.broken = "it hangs"
	}
	for what, secret := range m.secrets() {
		if strings.Contains(v.said, secret) {
			v.broken = "it shows " + what
		}
	}
	return v, peak
}

func (m *machine) secrets() map[string]string {
	return map[string]string{"the secret": m.served.ClientSecret, "the token": m.served.Token, "the admin's secret": m.served.AdminClientSecret}
}

func TestEveryCommandHasAName(t *testing.T) {
	if got := slices.Sorted(maps.Keys(commands)); !slices.Equal(got, slices.Sorted(slices.Values(commandNames()))) {
		t.Errorf("the commands are %v", got)
	}
}
