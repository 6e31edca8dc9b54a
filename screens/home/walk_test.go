package home

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// passphrase opens the connections of every person at home.
const passphrase = screentest.Passphrase

// person is a person with saved connections, in front of the home screen.
type person struct {
	*screentest.Walk
	home *Screen
	dir  string

	folder   string         // that the program was started in
	more     []Door         // besides those of every test
	admitted *admin.Session // who signed in before, line by line
}

// withConnections saves connections to the workspace of a scenario, under these names, behind a passphrase.
func withConnections(t *testing.T, scenario string, names ...string) *person {
	t.Helper()
	return inWorkspace(t, screentest.Person{Scenario: scenario}, names...)
}

func inWorkspace(t *testing.T, who screentest.Person, names ...string) *person {
	t.Helper()
	a := &person{dir: filepath.Join(t.TempDir(), "vault")}
	who.Own, who.Vault = true, a.dir
	a.Walk = screentest.Prepare(t, who)
	v := vault.OpenAt(a.dir, a.Setup.Environment().Now)
	screentest.ProtectByPassphrase(t, v)
	for i, name := range names {
		c := a.connection(name)
		c.Proof = []connector.Proof{
			{At: screentest.Morning.Add(-2 * time.Hour), Passed: true, Summary: "Connected: the tables were read as the connector.", ReadOnly: "nothing beyond USE CATALOG, USE SCHEMA, SELECT"},
			{At: screentest.Morning.Add(-75 * time.Hour), Summary: "Authentication failed at S06 Token"},
			{},
		}[i%3]
		if i == 1 {
			c.SecretExpires = screentest.Morning.Add(5 * 24 * time.Hour)
		}
		if _, err := v.Save(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func (a *person) connection(name string) connector.Connection {
	a.T.Helper()
	host, _, err := connector.ParseHost(a.Workspace.Host(), nil)
	if err != nil {
		a.T.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		a.T.Fatal(err)
	}
	who := a.Workspace.Connector()
	return connector.Connection{
		Name: name, Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418", Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/a3f19c0d7be24418"},
		Principal: connector.Principal{Name: connector.FromRemote(string(who.ClientID)), DisplayName: connector.FromRemote(demo.ConnectorName)},
		Schema:    table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{table}, SecretSetAt: screentest.Morning.Add(-48 * time.Hour),
	}
}

// begin opens the home screen, which asks for the passphrase.
func (a *person) begin() {
	a.T.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a.Cancel = cancel
	theme := ui.NewTheme(true)
	env := a.Setup.Environment()
	env.Vault = vault.OpenAt(a.dir, env.Now)
	a.home = New(env, vault.Keys{}, &theme, append(doors(&theme), a.more...)...)
	a.home.folder = a.folder
	a.Shell = a.home.Shell(ctx)
	a.T.Cleanup(a.Leave)
	a.Run(a.Init())
	a.Resize(80, 24)
}

// open begins, and opens the saved connections.
func (a *person) open() {
	a.T.Helper()
	a.begin()
	a.See("opened by a passphrase")
	a.Write(passphrase)
	a.Press("enter")
	a.Until("the list is there", func() bool { return a.home.unlock.open })
}

func (a *person) unlock(v *vault.Vault) {
	a.T.Helper()
	err := v.Unlock(a.T.Context(), vault.Keys{Passphrase: func(context.Context) (connector.Secret, error) { return screentest.SecretOf(passphrase), nil }})
	if err != nil {
		a.T.Fatal(err)
	}
}

func (a *person) load(name string) connector.Connection {
	a.T.Helper()
	v := vault.Open(a.dir)
	a.unlock(v)
	c, err := v.Load(a.T.Context(), name)
	if err != nil {
		a.T.Fatal(err)
	}
	return c
}

// reads waits until the screen says every one of texts, wherever its lines break.
func (a *person) reads(texts ...string) {
	a.T.Helper()
	a.Until("the screen says "+strings.Join(texts, " and "), func() bool {
		said := strings.Join(strings.Fields(a.Screen()), " ")
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(said, text) })
	})
}
