package torture

import (
	"context"
	"path/filepath"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
)

// sit puts a monkey in front of the demo of a scenario, with the form filled in.
func sit(t *testing.T, scenario string, seed uint64) *monkey {
	t.Helper()
	w := openTo(t, scenario)
	draft := setup.NewDraft(nil)
	who := w.SignIn()
	if err := draft.Prefill(setup.Answers{Host: w.Host(), ClientID: string(who.ClientID), Secret: who.Secret}, setup.FromDemo); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	kept := vault.Open(filepath.Join(dir, "vault"))
	if err := kept.InitKeyFile(t.Context(), filepath.Join(dir, "key.txt")); err != nil {
		t.Fatal(err)
	}
	asAdmin := func(ctx context.Context) (*admin.Session, error) {
		host, _, err := connector.ParseHost(demo.HostName, nil)
		if err != nil {
			return nil, err
		}
		who := w.Admin()
		return admin.Open(ctx, admin.Config{
			Host: host, Network: w.Network(), Version: "1.2.3", Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		})
	}
	theme := ui.NewTheme(true)
	env := setup.Environment{Network: w.Network(), Version: "1.2.3", Vault: kept, Demo: &setup.Demo{Scenario: scenario, Admin: asAdmin}}
	setup := setup.New(env, draft)
	t.Cleanup(setup.Close)
	m := newMonkey(t, seed)
	m.open(steps.NewWizard(setup, &theme, nil).Shell)
	return m
}

// openTo starts the workspace of a scenario.
func openTo(t *testing.T, scenario string) *demo.Workspace {
	t.Helper()
	found, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Start(context.Background(), found, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// open shows another screen in place of the present one, once everything that this one had begun has ended.
func (m *monkey) open(screen func(context.Context) *ui.Shell) {
	m.t.Helper()
	if m.leave == nil {
		m.t.Cleanup(func() { m.leave() })
	} else {
		m.leave()
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.leave = func() {
		cancel()
		for ; m.pending > 0; m.pending-- {
			<-m.inbox
		}
	}
	m.Shell = screen(ctx)
	m.run(m.Init())
	m.send(tea.WindowSizeMsg{Width: m.width, Height: m.height})
}
