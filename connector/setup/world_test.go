package setup

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// TestMain takes the keychain of the machine away, and has libraries be quiet.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // as the program does: net/http writes there
	keyring.MockInitWithError(errors.New("no secret service on this machine"))
	os.Exit(m.Run())
}

// world is an embedded workspace, and a machine whose vault a key file opens.
type world struct {
	*demo.Workspace
	t   *testing.T
	env Environment
}

func begin(t *testing.T, scenario string) *world {
	t.Helper()
	s, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t}
	if w.Workspace, err = demo.Start(context.Background(), s, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	w.env = machine(t)
	w.env.Network = w.Network()
	return w
}

// machine is one on which nothing was saved yet, and whose vault a key file protects.
func machine(t *testing.T) Environment {
	t.Helper()
	env := Environment{Version: "1.2.3", Vault: vault.Open(filepath.Join(t.TempDir(), "vault")), KeyFile: filepath.Join(t.TempDir(), "key.txt")}
	if err := env.Vault.InitKeyFile(t.Context(), env.KeyFile); err != nil {
		t.Fatal(err)
	}
	return env
}

// connection is what the connector of the workspace would be saved as.
func (w *world) connection(name string) connector.Connection {
	w.t.Helper()
	host, _, err := connector.ParseHost(w.Host(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	target, err := w.Target()
	if err != nil {
		w.t.Fatal(err)
	}
	return connector.Connection{
		Name: name, Host: host, Credentials: w.SignIn(), Principal: connector.Principal{Name: connector.FromRemote(demo.ConnectorID)},
		Warehouse: connector.WarehouseRef{ID: target.WarehouseID, HTTPPath: target.WarehouseID.HTTPPath()},
		Schema:    target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: target.Tables,
	}
}

// save saves the connector under a name.
func (w *world) save(name string) connector.Connection {
	w.t.Helper()
	return saved(w.t, w.env, w.connection(name))
}

func saved(t *testing.T, env Environment, c connector.Connection) connector.Connection {
	t.Helper()
	c, err := env.Vault.Save(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (w *world) load(name string) connector.Connection {
	w.t.Helper()
	c, err := w.env.Vault.Load(w.t.Context(), name)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// asAdmin signs in as the admin of the workspace.
func (w *world) asAdmin() *admin.Session {
	w.t.Helper()
	c := w.connection("")
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

// secrets are those of the connector that the workspace has.
func (w *world) secrets(session *admin.Session) []admin.SecretInfo {
	w.t.Helper()
	p, err := session.Find(w.t.Context(), demo.ConnectorID)
	if err != nil {
		return nil
	}
	all, err := session.Secrets(w.t.Context(), p.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// climbed walks an attempt and concludes it.
func climbed(t *testing.T, a *Attempt) []check.Result {
	t.Helper()
	results := final(slices.Collect(a.Climb(t.Context())))
	a.Conclude(results)
	return results
}

func final(all []check.Result) []check.Result {
	return slices.DeleteFunc(all, func(r check.Result) bool { return r.State == check.Running })
}

// tested walks the whole ladder as a connection.
func tested(t *testing.T, test *Test) []check.Result {
	t.Helper()
	t.Cleanup(test.Close)
	return climbed(t, test.Attempt)
}

// errorOf fails unless an error is of a kind, with something to do about it.
func errorOf(t *testing.T, err, kind error) {
	t.Helper()
	var known *connector.Error
	if !errors.Is(err, kind) || !errors.As(err, &known) || known.Remedy == "" {
		t.Errorf("%v is no %v with a remedy", err, kind)
	}
}
