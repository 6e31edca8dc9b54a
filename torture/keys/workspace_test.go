package keys

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/screens/access"
	"github.com/draftt-io/draftt-databricks/screens/home"
	"github.com/draftt-io/draftt-databricks/screens/inventory"
	"github.com/draftt-io/draftt-databricks/screens/partners"
	"github.com/draftt-io/draftt-databricks/screens/tokens"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// doors are those of the program.
var doors = []home.Door{
	{Name: "Token permissions", About: "who may use personal access tokens", Panel: tokens.Opens(authorization.Tokens)},
	{Name: "Password permissions", About: "who may sign in with a password", Panel: tokens.Opens(authorization.Passwords)},
	{Name: "Partner connections", About: "which partners are connected", Panel: partners.Opens},
	{Name: "Inventory", About: "what is there", Panel: inventory.Opens},
	{Name: "Who can access what", About: "who can reach what", Panel: access.Opens},
}

// inventoried puts a person in front of home, with two inventories of a company's workspace.
func inventoried(t testing.TB) *person {
	p := atHome(ready, "ops")(t)
	for day, change := range []func(func(kind, id, parent, name, body string)){nil, func(put func(kind, id, parent, name, body string)) {
		put("workspace-users", "5", "", "new.hire@contoso.example", "{}")
	}} {
		screentest.TakeInventory(t, p.Env.Vault.Dir(), p.connection("ops").Host.Typed(), screentest.Company{Day: day, Change: change})
	}
	return p
}

// workspaceScenes are what home opens about the workspace of a connection.
var workspaceScenes = []scene{
	{"tokens", atHome(ready, "ops"), nil, []row{
		{keys: "down", shows: "› Token permissions"},
		{keys: "enter", shows: "› On the list 3", by: "tokens.New"},
		{keys: "enter", shows: "Reaches:", by: "tokens.Screen.details"},
		{back: 1, keys: "g", shows: "Nobody loses anything", by: "tokens.Screen.grant"},
		{same: true, text: "ines.moreau@contoso.example", keys: "enter", shows: "This makes 1 change", by: "panels.Visit.Plan"},
		{back: 1, keys: "x", shows: "Enter keeps a principal"},
		{same: true, keys: "p", shows: "This makes 1 change", by: "panels.Visit.Plan"},
		{back: 1, keys: "s", shows: "Longest life", by: "tokens.Screen.settings"},
		{back: 1, keys: "y", shows: "Take the list along", by: "tokens.Screen.export"},
		{keys: "enter", shows: "databricks_permissions", by: "tokens.Screen.export"},
	}},
	{"tokens themselves", atHome(ready, "ops"), nil, []row{
		{keys: "down", shows: "› Token permissions"},
		{keys: "enter tab tab", shows: "› Tokens 3"},
		{keys: "x", shows: "Revoke 1 token", by: "panels.Visit.Plan"},
		{back: 1, keys: "t", shows: "Its value is given once", by: "tokens.Screen.make"},
		{same: true, keys: "enter", shows: "This makes 1 change", by: "panels.Visit.Plan"},
		{same: true, text: "platform-admin", keys: "enter", shows: "The new token"},
		{same: true, keys: "esc", shows: "Nobody has the value yet"},
		{same: true, keys: "esc", shows: "The token was made."},
		{keys: "/", shows: "Type to filter"},
	}},
	{"passwords", atHome(ready, "ops"), nil, []row{{keys: "down down", shows: "› Password permissions"}, {keys: "enter tab", shows: "› Everybody 3"}}},
	{"partners", atHome(ready, "ops"), nil, []row{
		{keys: "down down down", shows: "› Partner connections"},
		{keys: "enter", shows: "Known, without a trace here", by: "partners.New"},
		{keys: "enter", shows: "Fivetran: likely", by: "partners.Screen.details"},
		{back: 1, keys: "o", shows: "Nothing here belonged", by: "partners.Screen.orphans"},
		{back: 1, keys: "a", shows: "leaves an OAuth app", by: "partners.Screen.asksAccount"},
		{back: 1, keys: "d", shows: "reset: its warehouses and clusters", by: "partners.Screen.disconnect"},
		{same: true, keys: "enter", shows: "which goes at the level", by: "partners.Screen.ending"},
	}},
	{"partners, a plan", atHome(ready, "ops"), nil, []row{
		{keys: "down down down", shows: "› Partner connections"},
		{keys: "enter", shows: "Known, without a trace here"},
		{keys: "/", shows: "Type to filter"},
		{same: true, text: "dbt", keys: "enter", shows: "› dbt Cloud"},
		{keys: "c", shows: "hive_metastore is the legacy", by: "partners.Screen.selects"},
		{same: true, keys: "enter", shows: "No service principal of this workspace", by: "partners.Screen.check"},
		{back: 1, keys: "p", shows: "hive_metastore is the legacy", by: "partners.Screen.selects"},
		{same: true, keys: "enter", shows: "This makes 6 changes", by: "partners.Screen.planOrPage"},
	}},
	{"inventory, none", atHome(ready, "ops"), nil, []row{
		{keys: "down down down down", shows: "› Inventory"},
		{keys: "enter", shows: "No inventory of this workspace was taken yet"},
		{keys: "enter", shows: "empty for the workspace alone", by: "inventory.Screen.asks"},
		{same: true, text: "nobody's", keys: "enter", shows: "is no account ID"},
	}},
	{"inventory", inventoried, nil, []row{
		{keys: "down down down down", shows: "› Inventory"},
		{keys: "enter", shows: "› Resources 27"},
		{keys: "enter", shows: "What was asked for", by: "inventory.Screen.details"},
		{back: 1, keys: "/", shows: "Type to filter"},
	}},
	{"inventory, its kinds", inventoried, nil, []row{
		{keys: "down down down down enter", shows: "› Resources 27"},
		{keys: "tab", shows: "› Kinds"},
		{keys: "/", shows: "Type to filter"},
		{same: true, text: "workspace-users", keys: "enter", shows: "› workspace-users"},
		{keys: "enter", shows: "j.smith@contoso.example"},
		{keys: "enter", shows: "Properties", by: "inventory.newProperties"},
	}},
	{"inventory, its runs", inventoried, nil, []row{
		{keys: "down down down down enter tab tab", shows: "› Runs 2"},
		{keys: "enter", shows: "new.hire@contoso.example"},
		{keys: "enter", shows: "What is different", by: "inventory.newChange"},
	}},
	{"access, none", atHome(ready, "ops"), nil, []row{
		{keys: "down down down down down", shows: "› Who can access what"}, {keys: "enter", shows: "Take one under Inventory"},
		{keys: "i", shows: "No inventory of this workspace was taken yet"},
	}},
	{"access, looked up", inventoried, nil, []row{
		{keys: "down down down down down enter", shows: "of a name"},
		{keys: "ctrl+l", shows: "What levels and roles allow"},
	}},
	{"access, explored", inventoried, nil, []row{
		{keys: "down down down down down enter", shows: "of a name"},
		{same: true, text: "maria", shows: "› maria.lindqvist@contoso.example"},
		{keys: "enter", shows: "› What it can reach"},
		{keys: "enter", shows: "Why, or why not", by: "access.newWhy"},
		{same: true, keys: "tab", shows: "Why, or why not"},
		{back: 1, keys: "a", shows: "What may maria"},
		{back: 1, keys: "tab", shows: "› Is in"},
		{same: true, keys: "/", shows: "a part of a name"},
	}},
	{"tokens, of one's own", atHome(screentest.Person{Scenario: "ready", Own: true}, "ops"), unlocked, []row{
		{keys: "down", shows: "› Token permissions"},
		{keys: "enter", shows: "an OAuth secret of a service principal", by: "panels.Visit.SignIn"},
		{same: true, keys: "esc", shows: "Nobody has signed in"},
	}},
}
