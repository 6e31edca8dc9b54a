package torture

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screens/home"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
)

// homePassphrase opens the saved connections where no key file does.
const homePassphrase = screentest.Passphrase

// savedNames are what the saved connections are called.
var savedNames = []string{"Field ops", "inventory of the whole northern house", "資産"}

// house is a program with saved connections: the home screen, and the set-ups that it leads to and back from, as the bare command does it.
type house struct {
	env    setup.Environment
	theme  *ui.Theme
	home   *home.Screen
	setup  *setup.Setup // open now; nil at home
	locked bool
}

// atHome puts a monkey in front of the home screen.
func atHome(t *testing.T, scenario string, seed uint64, locked bool) *monkey {
	t.Helper()
	w := openTo(t, scenario)
	h := &house{theme: new(ui.NewTheme(true)), locked: locked}
	keys := h.furnish(t, w)
	h.home = home.New(h.env, keys, h.theme)
	t.Cleanup(h.close)
	m := newMonkey(t, seed)
	m.house = h
	m.open(h.home.Shell)
	return m
}

// furnish saves connections to a workspace, and gives what opens them.
func (h *house) furnish(t *testing.T, w *demo.Workspace) vault.Keys {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "key.txt")
	v := vault.Open(filepath.Join(dir, "vault"))
	keys := vault.Keys{KeyFile: file}
	protect := func() error { return v.InitKeyFile(t.Context(), file) }
	if h.locked {
		keys, protect = vault.Keys{}, func() error { screentest.ProtectByPassphrase(t, v); return nil }
	}
	if err := protect(); err != nil {
		t.Fatal(err)
	}
	for i, name := range savedNames {
		c := connectionTo(t, w, name)
		if i == 1 {
			c.SecretExpires = time.Now().Add(5 * 24 * time.Hour)
		}
		if _, err := v.Save(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	h.env = setup.Environment{Network: w.Network(), Version: "1.2.3", Vault: vault.Open(v.Dir()), KeyFile: keys.KeyFile}
	return keys
}

func connectionTo(t *testing.T, w *demo.Workspace, name string) connector.Connection {
	t.Helper()
	host, _, err := connector.ParseHost(w.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	target, err := w.Target()
	if err != nil {
		t.Fatal(err)
	}
	who := w.Connector()
	return connector.Connection{
		Name: name, Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		Warehouse: connector.WarehouseRef{ID: target.WarehouseID, Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: target.WarehouseID.HTTPPath()},
		Schema:    target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: target.Tables, SecretSetAt: time.Now(),
	}
}

// onward goes where the screen that has ended leads: from home to a set-up, and back from there. It is false where that is out.
func (h *house) onward(m *monkey) bool {
	if h.setup != nil {
		if h.setup.Saved().ID == "" {
			h.setup.KeepNow(context.Background())
		}
		h.home.Return(h.setup.Outcome())
		h.setup.Close()
		h.setup = nil
		m.open(h.home.Shell)
		return true
	}
	if !m.Finished() {
		return false
	}
	chosen := h.home.Choice()
	switch chosen.Kind {
	case home.NothingSaved:
		return false
	}
	var err error
	if h.setup, err = chosen.Open(h.env); err != nil {
		m.t.Fatalf("%v after %s", err, m.story())
	}
	m.open(steps.NewWizard(h.setup, h.theme, nil).Shell)
	return true
}

func (h *house) close() {
	if h.setup != nil {
		h.setup.Close()
	}
}

// edit chooses the first connection to be changed.
func (m *monkey) edit() {
	m.t.Helper()
	m.settle()
	m.press("e")
	if m.house.setup == nil && !(m.Finished() && m.house.onward(m)) {
		m.t.Fatalf("e does not edit:\n%s", m.screen())
	}
}
