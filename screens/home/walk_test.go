package home

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// homePassphrase opens the connections of every person at home.
const homePassphrase = "a blue door in the north wall"

// atHome is a person with saved connections, in front of the home screen.
type atHome struct {
	*screentest.Walk
	home *Screen
	dir  string
}

// furnish saves connections to the workspace of a scenario, under these names, behind a passphrase.
func furnish(t *testing.T, scenario string, names ...string) *atHome {
	t.Helper()
	a := &atHome{dir: filepath.Join(t.TempDir(), "vault")}
	a.Walk = screentest.Prepare(t, screentest.Person{Scenario: scenario, Own: true, Vault: a.dir})
	v := vault.Open(a.dir)
	if err := v.InitPassphrase(t.Context(), screentest.SecretOf(homePassphrase)); err != nil {
		t.Fatal(err)
	}
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

func (a *atHome) connection(name string) connector.Connection {
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
		Schema:    table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{table}, SecretSetAt: screentest.Morning.Add(-48 * time.Hour),
	}
}

// arrive opens the home screen, which asks for the passphrase.
func (a *atHome) arrive() {
	a.T.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a.Cancel = cancel
	theme := ui.NewTheme(true)
	a.home = New(a.Setup.Environment(), vault.Keys{}, &theme)
	a.Shell = a.home.Shell(ctx)
	a.T.Cleanup(func() {
		a.Leave()
		a.home.Close()
	})
	a.Run(a.Init())
	a.Resize(80, 24)
}

// enter arrives and opens the door.
func (a *atHome) enter() {
	a.T.Helper()
	a.arrive()
	a.See("opened by a passphrase")
	a.Write(homePassphrase)
	a.Press("enter")
	a.Until("the list is there", func() bool { return a.home.unlock.open })
}

func (a *atHome) unlock(v *vault.Vault) {
	a.T.Helper()
	err := v.Unlock(a.T.Context(), vault.Keys{Passphrase: func(context.Context) (connector.Secret, error) { return screentest.SecretOf(homePassphrase), nil }})
	if err != nil {
		a.T.Fatal(err)
	}
}

func (a *atHome) load(name string) connector.Connection {
	a.T.Helper()
	v := vault.Open(a.dir)
	a.unlock(v)
	c, err := v.Load(a.T.Context(), name)
	if err != nil {
		a.T.Fatal(err)
	}
	return c
}
