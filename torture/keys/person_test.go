package keys

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	bundled "github.com/draftt-io/draftt-databricks/screens/bundle"
	"github.com/draftt-io/draftt-databricks/screens/home"
	"github.com/draftt-io/draftt-databricks/screens/stories"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
)

// person is a person in front of any of the screens.
type person struct {
	*screentest.Walk
	drawn string // the newest frame
}

// show puts a person in front of a screen.
func show(t testing.TB, w *screentest.Walk, open func(context.Context) *ui.Shell) *person {
	t.Helper()
	p := &person{Walk: w}
	w.Seen = append(w.Seen, func(frame string) { p.drawn = frame })
	w.Show(open)
	t.Cleanup(w.Leave)
	return p
}

// top is what has the keys.
func (p *person) top() ui.Panel {
	all := p.Standing()
	return all[len(all)-1]
}

func (p *person) over() bool { return p.Finished() || p.Left() || p.Err() != nil }

// keys are those that the top says it has now.
func (p *person) keys() []key.Binding {
	return slices.DeleteFunc(slices.Clone(p.top().Keys()), func(b key.Binding) bool { return !b.Enabled() || b.Help().Key == "" })
}

// names are the names of the keys of the top.
func (p *person) names() (names []string) {
	for _, binding := range p.keys() {
		names = append(names, binding.Keys()...)
	}
	return names
}

// footer is the last line.
func (p *person) footer() string {
	lines := strings.Split(strings.TrimRight(screentest.PlainText(p.drawn), "\n"), "\n")
	return lines[len(lines)-1]
}

// calm waits until nothing is awaited but the next look for a missing privilege, which goes on for as long as it is missing.
func (p *person) calm() {
	p.T.Helper()
	p.Until("only the next look is waited for", func() bool {
		if p.Pending > 0 && p.Shows("starting") { // a warehouse, and only time ends that; more of it would stop those that nobody uses
			p.Clock.Advance(10 * time.Second)
		}
		return p.IsCalm()
	})
}

// kindOf is the type of a screen or panel, without what it is a type of.
func kindOf(panel ui.Panel) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(fmt.Sprintf("%T", panel), "*"), "[")
	return name
}

// setUp puts a person in front of the first of the five steps.
func setUp(who screentest.Person) func(testing.TB) *person {
	return func(t testing.TB) *person {
		w, theme := screentest.Prepare(t, who), ui.NewTheme(true)
		return show(t, w, steps.NewWizard(w.Setup, &theme, nil).Shell)
	}
}

// atHome puts a person in front of their saved connections, with a set-up that was left below them. Their own workspaces are opened by
// a passphrase, and those of the demo by themselves.
func atHome(who screentest.Person, names ...string) func(testing.TB) *person {
	return func(t testing.TB) *person {
		p := &person{Walk: screentest.Prepare(t, who)}
		keys := vault.Keys{}
		if who.Own {
			screentest.ProtectByPassphrase(t, p.Env.Vault)
		}
		for i, name := range names {
			c := p.connection(name)
			if i == 1 {
				c.SecretExpires = screentest.Morning.Add(5 * 24 * time.Hour)
			}
			if _, err := p.Env.Vault.Save(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		if len(names) > 1 {
			p.leftOne()
		}
		if who.Own {
			p.Env.Vault = vault.OpenAt(p.Env.Vault.Dir(), p.Env.Now)
		}
		theme := ui.NewTheme(true)
		return show(t, p.Walk, func(ctx context.Context) *ui.Shell { return home.New(p.Env, keys, &theme, doors...).Shell(ctx) })
	}
}

const passphrase = screentest.Passphrase

// leftOne keeps the answers of a set-up that was left half way.
func (p *person) leftOne() {
	p.T.Helper()
	draft := p.Setup.Draft()
	if err := draft.SetName("Field ops", setup.FromYou); err != nil {
		p.T.Fatal(err)
	}
	answers, err := draft.Keep()
	if err != nil {
		p.T.Fatal(err)
	}
	if _, err := p.Env.Vault.SaveDraft(p.T.Context(), vault.Draft{Name: "Field ops", Step: setup.Namespace.String(), Answers: answers}); err != nil {
		p.T.Fatal(err)
	}
}

func (p *person) connection(name string) connector.Connection {
	p.T.Helper()
	host, _, err := connector.ParseHost(p.Workspace.Host(), nil)
	if err != nil {
		p.T.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		p.T.Fatal(err)
	}
	who, id := p.Workspace.Connector(), connector.WarehouseID("a3f19c0d7be24418")
	if strings.HasPrefix(p.Workspace.Scenario().ID, "warehouse-stopped") {
		if target, err := p.Workspace.Target(); err == nil {
			id = target.WarehouseID
		}
	}
	return connector.Connection{
		Name: name, Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		Warehouse: connector.WarehouseRef{ID: id, Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: id.HTTPPath()},
		Principal: connector.Principal{Name: connector.FromRemote(string(who.ClientID)), DisplayName: connector.FromRemote(demo.ConnectorName)},
		Schema:    table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{table}, SecretSetAt: screentest.Morning.Add(-48 * time.Hour),
	}
}

// theMenu puts a person in front of the menu of the demo.
func theMenu(t testing.TB) *person {
	theme := ui.NewTheme(true)
	return show(t, screentest.Prepare(t, screentest.Person{}), stories.New(&theme).Shell)
}

// aBundle puts a support engineer in front of what somebody sent them.
func aBundle(t testing.TB) *person {
	c := bundle.Contents{
		Program: bundle.Program{Version: "1.2.3", Go: "go1.26", System: "linux/amd64"}, Connection: []bundle.Line{{Label: "Workspace", Text: "host-A"}},
		Requests: []workspace.Exchange{{Method: "GET", Path: "/api/2.1/unity-catalog/schemas/*", Status: 403}}, Record: strings.Repeat("00:01  Step Connect\n", 40),
	}
	for _, stage := range check.All() {
		s := bundle.Stage{ID: string(stage.ID), State: string(check.Passed), Evidence: "seen at " + string(stage.ID)}
		if stage.ID == check.StageSchema {
			s.State, s.Cause, s.Reason, s.Remedy = string(check.Failed), string(check.MissingPermissions), "It lacks USE SCHEMA.", "Have the owner run the GRANT below."
		}
		c.Stages = append(c.Stages, s)
	}
	theme := ui.NewTheme(true)
	return show(t, screentest.Prepare(t, screentest.Person{}), bundled.New(c, &theme).Shell)
}

// anotherSecret has an admin make one more secret elsewhere, so that it is not clear which one a saved connection has.
func anotherSecret(p *person) {
	p.T.Helper()
	who, ctx := p.Workspace.Admin(), p.T.Context()
	way := setup.SignInWay{Creds: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret}}
	session, err := p.Env.OpenAdminOf(p.connection("ops"), way)(ctx)
	if err != nil {
		p.T.Fatal(err)
	}
	defer session.Close()
	journal, err := admin.OpenJournal(p.T.TempDir())
	if err != nil {
		p.T.Fatal(err)
	}
	plan, err := session.PlanRotate(ctx, journal, admin.Rotate{Principal: demo.ConnectorName})
	if err != nil {
		p.T.Fatal(err)
	}
	confirmed, err := plan.Confirmed(plan.Name)
	if err != nil {
		p.T.Fatal(err)
	}
	if _, err := session.Apply(ctx, confirmed, journal); err != nil {
		p.T.Fatal(err)
	}
}
