package steps

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// homePassphrase opens the connections of every person at home.
const homePassphrase = "a blue door in the north wall"

// atHome is a person with saved connections, in front of the home screen.
type atHome struct {
	*Walk
	home *Home
	dir  string
}

// furnish saves connections to the workspace of a scenario, under these names, behind a passphrase.
func furnish(t *testing.T, scenario string, names ...string) *atHome {
	t.Helper()
	a := &atHome{dir: filepath.Join(t.TempDir(), "vault")}
	a.Walk = Prepare(t, Person{Scenario: scenario, Own: true, Vault: a.dir})
	v := vault.Open(a.dir)
	if err := v.InitPassphrase(t.Context(), secretOf(homePassphrase)); err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		c := a.connection(name)
		c.Proof = []connector.Proof{
			{At: morning.Add(-2 * time.Hour), Passed: true, Summary: "Connected: the tables were read as the connector.", ReadOnly: "nothing beyond USE CATALOG, USE SCHEMA, SELECT"},
			{At: morning.Add(-75 * time.Hour), Summary: "Authentication failed at S06 Token"},
			{},
		}[i%3]
		if i == 1 {
			c.SecretExpires = morning.Add(5 * 24 * time.Hour)
		}
		if _, err := v.Save(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func (a *atHome) connection(name string) connector.Connection {
	a.t.Helper()
	host, _, err := connector.ParseHost(a.workspace.Host(), nil)
	if err != nil {
		a.t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		a.t.Fatal(err)
	}
	who := a.workspace.Connector()
	return connector.Connection{
		Name: name, Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418", Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/a3f19c0d7be24418"},
		Schema:    table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{table}, SecretSetAt: morning.Add(-48 * time.Hour),
	}
}

// arrive opens the home screen, which asks for the passphrase.
func (a *atHome) arrive() {
	a.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a.cancel = cancel
	theme := ui.NewTheme(true)
	a.home = NewHome(a.setup.env, vault.Keys{}, &theme)
	a.Shell = a.home.Shell(ctx)
	a.t.Cleanup(func() {
		a.leave()
		a.home.Close()
	})
	a.run(a.Init())
	a.resize(80, 24)
}

// enter arrives and opens the door.
func (a *atHome) enter() {
	a.t.Helper()
	a.arrive()
	a.see("opened by a passphrase")
	a.write(homePassphrase)
	a.press("enter")
	a.until("the list is there", func() bool { return a.home.door.open })
}

func (a *atHome) unlock(v *vault.Vault) {
	a.t.Helper()
	err := v.Unlock(a.t.Context(), vault.Keys{Passphrase: func(context.Context) (connector.Secret, error) { return secretOf(homePassphrase), nil }})
	if err != nil {
		a.t.Fatal(err)
	}
}

func (a *atHome) load(name string) connector.Connection {
	a.t.Helper()
	v := vault.Open(a.dir)
	a.unlock(v)
	c, err := v.Load(a.t.Context(), name)
	if err != nil {
		a.t.Fatal(err)
	}
	return c
}
