package tokens

import (
	"context"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// alone is the screen without the list that it opens over.
type alone struct{ *Screen }

func (alone) Title() string { return "Tokens" }

// person is a person in front of the screen, signed in as the admin of a workspace.
type person struct {
	*screentest.Walk
	screen *Screen
}

// before has a person in front of the permissions on an object.
func before(t testing.TB, o authorization.Object) *person {
	t.Helper()
	return show(t, screentest.Prepare(t, screentest.Person{Scenario: "ready"}), o)
}

// asConnector has the person sign in as the connector, who is no workspace admin.
func asConnector(w *screentest.Walk) *screentest.Walk {
	who := w.Workspace.Connector()
	host, _, _ := connector.ParseHost(w.Workspace.Host(), nil)
	w.Env.Demo.Admin = func(ctx context.Context) (*admin.Session, error) {
		return admin.Open(ctx, admin.Config{
			Host: host, Network: w.Workspace.Inside(), Version: "1.2.3", Now: w.Clock.Now,
			Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		})
	}
	return w
}

func show(t testing.TB, w *screentest.Walk, o authorization.Object) *person {
	t.Helper()
	p := &person{Walk: w}
	host, _, err := connector.ParseHost(p.Workspace.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	theme := ui.NewTheme(true)
	p.screen = New(panels.Visit{Env: p.Env, Saved: connector.Connection{Name: "prod", Host: host}, Theme: &theme}, o)
	p.Show(func(ctx context.Context) *ui.Shell {
		return ui.NewShell(ctx, []ui.Step{alone{p.screen}}, ui.Options{Product: "Draftt", Alone: true, Theme: &theme, Now: p.Clock.Now})
	})
	t.Cleanup(p.Leave)
	p.Settle()
	return p
}

func TestThePermissionsLookAsDrawn(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	for _, scene := range []struct {
		name string
		keys []string
		undo []string
	}{
		{name: "list"},
		{name: "grant", keys: []string{"g"}, undo: []string{"esc"}},
		{name: "victims", keys: []string{"down", "x"}},
		{name: "kept", keys: []string{"enter"}, undo: []string{"enter"}},
		{name: "plan", keys: []string{"p"}, undo: []string{"esc", "esc"}},
		{name: "settings", keys: []string{"s"}, undo: []string{"esc"}},
		{name: "help", keys: []string{"?"}, undo: []string{"?"}},
		{name: "everybody", keys: []string{"tab"}},
		{name: "ways", keys: []string{"enter"}, undo: []string{"esc"}},
		{name: "tokens", keys: []string{"tab"}},
		{name: "along", keys: []string{"y"}},
	} {
		p.Press(scene.keys...)
		p.Settle()
		p.Golden("tokens/" + scene.name)
		p.Press(scene.undo...)
		p.Settle()
	}
}

func TestPasswordsLookAsDrawn(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Passwords)
	p.Golden("passwords/list")
}

// confirms types what the plan in sight wants to have typed.
func (p *person) confirms(number string) {
	p.T.Helper()
	p.See("type " + number + " and press enter")
	p.Write(number)
	p.Press("enter")
	p.See("Done: ")
	p.Settle()
}

func TestWhoIsKeptKeepsTheirTokens(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	p.Press("down", "x")
	p.See("2 users and 1 service principal lose personal access tokens. 1 token is")
	p.Press("enter") // FIVETRAN_USER stands first
	p.See("2 users lose personal access tokens. No token is deleted.")
	p.Press("p")
	p.confirms("0")
	p.MustShow("Done: 1 step.", "rollback-", "FIVETRAN_USER")
	p.MustNotShow("users             group")
	p.Press("tab", "tab")
	p.MustShow("Tokens 3")
}

func TestWhoIsKeptIsStillSoAfterALookAtThePlan(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	p.Press("down", "x")
	p.See("2 users and 1 service principal lose personal access tokens.")
	p.Press("enter", "p")
	p.See("To go on")
	p.Press("esc")
	p.Settle()
	p.MustShow("FIVETRAN_USER                  ✓ keeps Can Use", "2 users lose personal access tokens. No token is deleted.")
}

func TestNothingIsTakenFromAGroupByTheLineOfOneInIt(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	p.Press("tab", "x")
	p.MustShow("has Can Manage by group admins, and", "nothing was taken: 2 users and service", "take them out of the group instead.")
	p.Press("down", "down", "x")
	p.MustShow("ines.moreau@contoso.example has Can Use by group users, and nothing was", "on the first list, or take them out of the group.")
	p = before(t, authorization.Passwords)
	p.Press("tab", "end", "x")
	p.MustShow("by group users, and nothing was", "taken: 2 users have it by that group.")
}

func TestTickedTokensAreRevokedByTheirNumber(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	p.Press("tab", "tab", "space", "down", "space", "x")
	p.See("Revoke 2 tokens", "To go on")
	p.Write("3")
	p.Press("enter")
	p.MustShow("Nothing was changed. Type 2 to go on.")
	p.Press("ctrl+u")
	p.confirms("2")
	p.MustShow("Tokens 1")
}

func TestAGrantIsFoundByNameAndPlanned(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	p.Press("g", "ctrl+u")
	p.Write("nobody-here")
	p.Press("enter")
	p.MustShow("Nobody in this workspace")
	p.Press("ctrl+u")
	p.Write("ines.moreau@contoso.example")
	p.Press("enter")
	p.See("Nobody loses access.")
	p.confirms("0")
	p.MustShow("On the list 4", "ines.moreau@contoso.example")
}

func TestTheMatrixStandsInTheHelp(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	p.Resize(120, 40)
	p.Press("?")
	p.MustShow("What each permission is for", "Revoke any user's or service principal's token", "CAN MANAGE")
}

// Share mode is the whole program's, so that this test has it to itself.
func TestSharedScreensHaveNoNames(t *testing.T) {
	ui.UseAliases(panels.Aliases())
	t.Cleanup(func() { ui.UseAliases(nil) })
	p := before(t, authorization.Tokens)
	p.Press("ctrl+s")
	t.Cleanup(func() { panels.Aliases().Share(false) })
	for _, keys := range [][]string{nil, {"tab"}, {"enter"}, {"esc", "tab"}, {"home", "tab", "down", "x"}} {
		p.Press(keys...)
		p.Settle()
		p.MustNotShow("adb-7405605741000000", "contoso", "FIVETRAN_USER")
	}
}

func TestWhoIsNoAdminSeesTheirOwnTokensAndWhoCould(t *testing.T) {
	t.Parallel()
	p := show(t, asConnector(screentest.Prepare(t, screentest.Person{Scenario: "ready"})), authorization.Tokens)
	p.MustShow("› Tokens 1", "Listing everybody's tokens takes Can Manage, and draftt-connector is no")
	p.MustNotShow("FIVETRAN_USER", "On the list")
	p.Golden("tokens/limited")
	p.MustNotShow("g grant", "s settings") // which are not theirs
	p.Press("g", "s", "y", "tab")
	p.MustShow("› Tokens 1")
	p.Press("x")
	p.See("Revoke 1 token", "POST /api/2.0/token/delete")
	p.confirms("1")
	p.MustShow("› Tokens 0")
}

func TestWhoIsNoAdminIsToldWhoCouldSeePasswords(t *testing.T) {
	t.Parallel()
	p := show(t, asConnector(screentest.Prepare(t, screentest.Person{Scenario: "ready"})), authorization.Passwords)
	p.MustShow("Reading password permissions takes a workspace admin", "group admins")
	p.Press("x", "enter", "g")
	p.MustShow("On the list 0", "Reading password permissions takes a workspace admin")
	p.MustNotShow("g grant")
}

func TestATokenOfOnesOwnIsMadeAndItsValueIsNotDrawn(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	p.Press("t")
	p.Golden("tokens/make")
	p.Write("nightly export")
	p.Press("tab")
	p.Write("731")
	p.Press("enter")
	p.MustShow("A token lasts from 1 to 730 days.")
	p.Press("ctrl+u")
	p.Write("30")
	p.Press("enter")
	p.See("Create token", "which lasts 30 days", "type platform-admin and press enter")
	p.Write("platform-admin")
	p.Press("enter")
	p.See("The new token", "given once, and not shown here")
	p.Settle()
	p.Golden("tokens/made")
	p.Press("esc")
	p.MustShow("Nobody has the value yet")
	p.MustNotShow("dapi")
	p.Press("esc")
	p.Settle()
	p.MustShow("The token was made.")
	p.Press("tab", "tab")
	p.MustShow("Tokens 4", "nightly export")
}

func TestWhoIsNoAdminMakesATokenOfTheirOwn(t *testing.T) {
	t.Parallel()
	p := show(t, asConnector(screentest.Prepare(t, screentest.Person{Scenario: "ready"})), authorization.Tokens)
	p.Press("t")
	p.MustShow("It is draftt-connector's.")
	p.Press("enter")
	p.See("type draftt-connector and press enter", "POST /api/2.0/token/create")
	p.Write("draftt-connector")
	p.Press("enter")
	p.See("The new token")
	p.Press("esc", "esc")
	p.Settle()
	p.MustShow("› Tokens 2")
}
