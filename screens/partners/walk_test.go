package partners

import (
	"context"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/apps"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// alone is the screen without the list that it opens over.
type alone struct{ *Screen }

func (alone) Title() string { return "Partners" }

// before has a person in front of the partners of a workspace, signed in as its admin.
func before(t testing.TB) *screentest.Walk {
	t.Helper()
	return show(t, screentest.Prepare(t, screentest.Person{Scenario: "ready"}))
}

func show(t testing.TB, w *screentest.Walk) *screentest.Walk {
	t.Helper()
	host, _, err := connector.ParseHost(w.Workspace.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	theme := ui.NewTheme(true)
	saved := connector.Connection{Name: "prod", Host: host, Schema: table.SchemaName, Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418"}}
	screen := New(panels.Visit{Env: w.Env, Saved: saved, Theme: &theme})
	w.Show(func(ctx context.Context) *ui.Shell {
		return ui.NewShell(ctx, []ui.Step{alone{screen}}, ui.Options{Product: "Draftt", Alone: true, Theme: &theme, Now: w.Clock.Now})
	})
	t.Cleanup(w.Leave)
	w.Settle()
	return w
}

func TestThePartnersLookAsDrawn(t *testing.T) {
	t.Parallel()
	w := before(t)
	for _, scene := range []struct {
		name string
		keys []string
		undo []string
	}{
		{name: "list"},
		{name: "details", keys: []string{"enter"}, undo: []string{"esc"}},
		{name: "choice", keys: []string{"down", "down", "down", "down", "c"}},
		{name: "check", keys: []string{"enter"}, undo: []string{"esc"}},
		{name: "plan", keys: []string{"p", "enter"}, undo: []string{"esc", "home"}},
		{name: "levels", keys: []string{"d"}, undo: []string{"esc"}},
		{name: "orphans", keys: []string{"o"}, undo: []string{"esc"}},
	} {
		w.Press(scene.keys...)
		w.Settle()
		w.Golden("partners/" + scene.name)
		w.Press(scene.undo...)
		w.Settle()
	}
}

func TestAPartnersTokensGoByItsNameAndItIsSeenAtOnce(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.Press("d", "enter")
	w.See("which goes at the level principal", "What else uses it")
	w.Press("esc", "d", "down", "enter")
	w.See("type Fivetran and press enter")
	w.Write("Fivetran")
	w.Press("enter")
	w.See("Done: 1 step.")
	w.Settle()
	w.MustNotShow("✓ personal access token")
}

func TestAPartnerIsGivenItsSetAndIsConnectedFromThenOn(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.Press("down", "down", "down", "down", "p", "enter")
	w.See("type DBT_CLOUD_USER and press enter")
	w.Write("DBT_CLOUD_USER")
	w.Press("enter")
	w.See("Done: 6 steps.")
	w.Settle()
	w.Press("home")
	w.MustShow("dbt Cloud")
	w.Press("/")
	w.Write("dbt")
	w.Press("enter", "c", "enter")
	w.See("It has its set, and nothing", "CREATE SCHEMA on catalog inventory: direct")
}

func TestWhoIsNoAdminReadsAPlanAndWhoCouldCarryItOut(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	who := w.Workspace.Connector()
	host, _, err := connector.ParseHost(w.Workspace.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Env.Demo.Admin = func(ctx context.Context) (*admin.Session, error) {
		return admin.Open(ctx, admin.Config{
			Host: host, Network: w.Workspace.Inside(), Version: "1.2.3", Now: w.Clock.Now,
			Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		})
	}
	show(t, w)
	w.MustShow("You are no workspace admin here")
	w.Golden("partners/limited")
	w.Press("/")
	w.Write("dbt")
	w.Press("enter", "p", "enter")
	w.See("You are no workspace admin here", "Create service principal: DBT_CLOUD_USER")
	w.MustNotShow("To go on")
	w.Resize(120, 60)
	w.Press("end")
	w.MustShow("a workspace admin, who is a member of the group admins")
}

func TestTheAccountIsLookedAtWhereItIsNamed(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.MustShow("OAuth apps were not seen; a looks there.")
	w.Press("a")
	w.MustShow("leaves an OAuth app in the account")
	w.Golden("partners/account")
	w.Write("nobody's")
	w.Press("enter")
	w.MustShow("is no account ID")
	for range "nobody's" {
		w.Press("backspace")
	}
	w.Write(w.Workspace.AccountID())
	w.Press("enter")
	w.Settle()
	w.MustShow("Fivetran", partner.AppsNotShown) // who is signed in is no account admin
	w.MustNotShow("were not seen")
}

func TestAnAccountAdminSeesTheAppsOfPartners(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	both := model.Principal{
		Kind: model.ServicePrincipal, ID: "900001", Name: "11111111-1111-4111-8111-111111111111", DisplayName: "admin-of-both", Active: true,
		MemberOf: []string{"admins"}, AccountRoles: []string{model.AccountAdminRole},
	}
	d, err := demo.Start(t.Context(), w.Workspace.Scenario(), demo.Options{
		Clock: w.Clock, Apps: []apps.App{{ID: "1", Name: "Tableau", AppID: "tableau-desktop", Created: screentest.Morning}},
		Furnish: func(world *model.World) error {
			world.AddPrincipal(both)
			world.AddSecret(both.Name, []byte("dose-of-both"))
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Env.Demo.Admin = func(ctx context.Context) (*admin.Session, error) {
		return admin.Open(ctx, admin.Config{
			Host: host, Network: d.Inside(), Version: "1.2.3", Now: w.Clock.Now,
			Credentials: connector.Credentials{Method: connector.OAuth, ClientID: connector.ClientID(both.Name), Secret: screentest.SecretOf("dose-of-both")},
		})
	}
	show(t, w)
	w.MustShow("As admin-of-both", "were not seen")
	w.Press("a")
	w.Write(d.AccountID())
	w.Press("enter")
	w.Settle()
	w.MustNotShow("were not seen", "did not show")
	w.Press("/")
	w.Write("tableau")
	w.Press("enter")
	w.MustShow("✓ published OAuth app")
	w.Press("r") // which looks there again
	w.Settle()
	w.MustNotShow("were not seen", "did not show")
}

// Share mode is the whole program's, so that this test has it to itself.
func TestAPrincipalOfAPartnerHasOneAliasThatSaysItsKind(t *testing.T) {
	ui.UseAliases(panels.Aliases())
	t.Cleanup(func() { ui.UseAliases(nil) })
	panels.Share(true)
	t.Cleanup(func() { panels.Share(false) })
	w := before(t)
	w.Press("enter")
	w.Settle()
	for line := range strings.Lines(w.Screen()) {
		if name, id, found := strings.Cut(line, ", application ID "); found && strings.Fields(id)[0] != name[strings.LastIndex(name, " ")+1:] {
			t.Errorf("one principal has two aliases: %s", line)
		}
	}
	w.MustShow("✓ service principal sp-", ", application ID sp-")
	w.MustNotShow("name-")
}
