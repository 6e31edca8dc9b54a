package keys

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// row is a screen, or a panel over another row, in one state.
type row struct {
	back  int           // how often Esc comes first: 0 is over the row before, 1 beside it
	same  bool          // it is the row before in another state: Esc leads to below both
	text  string        // what is typed, in place of what stands there
	keys  string        // what is pressed then, each key once the answers to the one before are there
	does  func(*person) // in place of both, what takes more
	shows string        // what is there once nothing is awaited any more
	by    string        // the function that makes the panel; empty for a screen, and for a panel of a type of its own
}

// scene is a way through rows. A row that has nothing else to show for it while it works is judged then, too.
type scene struct {
	name  string
	begin func(testing.TB) *person
	past  func(*person) // on to the first row, through what other scenes judge
	rows  []row
}

// play comes from one row to another.
func (r row) play(p *person) {
	if r.does != nil {
		r.does(p)
		return
	}
	if r.text != "" {
		p.Press("ctrl+u")
		p.Write(r.text)
	}
	press(strings.Fields(r.keys)...)(p)
}

// press presses keys, write types in place of what stands there.
func press(names ...string) func(*person) {
	return func(p *person) {
		for i, name := range names {
			if p.Press(name); i+1 < len(names) {
				p.calm()
			}
		}
	}
}

func write(text string, names ...string) func(*person) {
	return row{text: text, keys: strings.Join(names, " ")}.play
}

// The ways to the steps.
func toWarehouses(p *person) {
	press("enter", "enter")(p)
	p.calm()
	p.MustShow("Draftt runs its queries here.")
}

func toCatalogs(p *person) {
	toWarehouses(p)
	write("starter", "enter")(p)
	p.calm()
	p.MustShow("Choose the catalog and schema")
}

func toTables(p *person) {
	toCatalogs(p)
	write("inventory.assets", "enter", "enter")(p)
	p.calm()
	p.MustShow("Scope")
}

func toReview(p *person) {
	toTables(p)
	write("components", "enter")(p)
	p.calm()
	if !p.Shows("Review and save") {
		p.Press("enter")
	}
	p.calm()
	p.MustShow("Review and save")
}

func toFinish(p *person) {
	toReview(p)
	p.Press("enter")
	p.calm()
	p.MustShow("Integrations › Azure Databricks › Connect")
}

// unlocked opens the saved connections by their passphrase.
func unlocked(p *person) {
	write(passphrase, "enter")(p)
	p.calm()
}

// signsIn is what an admin types of their own.
func signsIn(p *person) {
	who := p.Workspace.Admin()
	p.Write("oauth")
	p.Press("enter")
	p.Paste(string(who.ClientID))
	p.Press("enter")
	p.Paste(string(who.Secret.Reveal()))
	p.Press("enter")
}

func then(all ...func(*person)) func(*person) {
	return func(p *person) {
		for i, do := range all {
			if do(p); i+1 < len(all) {
				p.calm()
			}
		}
	}
}

var (
	own   = screentest.Person{Own: true}
	ready = screentest.Person{Scenario: "ready"}
)

func in(scenario string) screentest.Person { return screentest.Person{Scenario: scenario} }

// wizardScenes are the five steps and what comes after them.
var wizardScenes = []scene{
	{"connect", setUp(ready), nil, []row{
		{shows: "Connect to your workspace"},
		{keys: "f1", shows: "Keys"},
		{back: 1, keys: "f2", shows: "SQL warehouse"},
		{back: 1, keys: "f3", shows: "The names of the service principal", by: "steps.newWhoCard"},
		{back: 1, keys: "ctrl+l", shows: "Only the host is taken", by: "steps.connect.offerHosts"},
		{text: "zzz", shows: "No name has"},
		{back: 2, keys: "enter", shows: "Signed in as", by: "steps.connect.newTest"},
		{keys: "f1", shows: "Keys"},
		{back: 2, keys: "ctrl+t", shows: "Access token"},
	}},
	{"connect, nothing typed", setUp(screentest.Person{Blank: true}), nil, []row{{shows: "Connect to your workspace"}, {same: true, keys: "enter", shows: "Workspace host"}}},
	{"connect, failed", setUp(in("wrong-secret")), nil, []row{
		{keys: "enter", shows: "Authentication failed", by: "steps.connect.newTest"},
		{keys: "d", shows: "Details", by: "panels.Checks.details"},
		{keys: "f1", shows: "Keys"},
		{back: 2, keys: "v", shows: "Seen: HTTP 401"},
	}},
	{"connect, an authority nobody knows", setUp(in("certificate-unknown")), nil, []row{
		{keys: "enter", shows: "enter trust an authority", by: "steps.connect.newTest"},
		{keys: "enter", shows: "CA file", by: "steps.connect.newTrusting"},
		{keys: "f3", shows: "What was seen", by: "steps.trusting.shown"},
		{back: 1, does: theFile, shows: "Compare the fingerprint", by: "steps.trusting.looked"},
		{back: 2, keys: "p", shows: "Use a proxy", by: "steps.connect.newProxying"},
	}},
	{"connect, an admin", setUp(own), nil, []row{
		{keys: "ctrl+o", shows: "an OAuth secret of a service principal", by: "steps.adminWork.open"},
		{text: "zzz", shows: "No name has"},
		{text: "oauth", keys: "enter", shows: "Client ID", by: "panels.newCredentials"},
		{keys: "f1", shows: "Keys"},
	}},
	{"connect, the demo's admin", setUp(in("first-time")), nil, []row{
		{keys: "ctrl+o", shows: "Make a new one", by: "steps.adminWork.begin"},
		{keys: "enter", shows: "Display name", by: "panels.Offers.choose"},
		{text: "draftt-connector-2", keys: "enter", shows: "This makes 3 changes", by: "steps.adminWork.plan"},
		{same: true, text: "nothing of it", keys: "enter", shows: "Nothing was changed."},
	}},
	{"warehouse", setUp(in("first-time")), toWarehouses, []row{
		{shows: "› Starter Warehouse"},
		{keys: "f4", shows: "The whole row"},
		{back: 1, text: "zzz", shows: "No name has"},
		{back: 1, text: "analytics", keys: "enter", shows: "Analytics is stopped."},
		{back: 1, text: "classic", keys: "enter", shows: "is a classic warehouse"},
		{back: 1, text: "finance", keys: "enter", shows: "Cannot access the SQL warehouse", by: "steps.warehouse.newProof"},
		{keys: "d", shows: "Details", by: "panels.Checks.details"},
	}},
	{"warehouse, empty", setUp(in("no-warehouse")), toWarehouses, []row{{shows: "Cannot access the SQL warehouse"}}},
	{"warehouse, failed", setUp(in("warehouse-api-fails")), toWarehouses, []row{{shows: "Select your SQL warehouse"}}},
	{"catalog", setUp(in("first-time")), toCatalogs, []row{
		{shows: "Not in the list?"},
		{keys: "f4", shows: "The whole row"},
		{back: 1, text: "zzz", shows: "No catalog of that name"},
		{same: true, keys: "enter", shows: "which is not among"},
		{back: 1, text: "hr", keys: "ctrl+e", shows: "No schemas to show"},
		{back: 1, text: "inventory.assets", keys: "enter", shows: "✗ USE CATALOG"},
		{keys: "v", shows: "GRANT"},
		{back: 1, keys: "a", shows: "This makes 2 changes", by: "steps.adminWork.plan"},
		{same: true, text: "nothing of it", keys: "enter", shows: "Nothing was changed."},
		{back: 1, keys: "d", shows: "Privileges that were looked for", by: "steps.grantPanel.details"},
		{back: 1, keys: "h", shows: "One page for each owner", by: "steps.newHandoff"},
		{keys: "enter", shows: "q leave now", by: "steps.handoff.told"},
	}},
	{"catalog, failed", setUp(in("html-instead-of-json")), toCatalogs, []row{{shows: "Catalog"}}},
	{"access", setUp(ready), toTables, []row{
		{shows: "Scope"},
		{keys: "f4", shows: "The whole row"},
		{back: 1, keys: "ctrl+g", shows: "✓ SELECT"},
		{back: 1, text: "components", keys: "enter", shows: "✓ read, 5 rows shown", by: "steps.access.newReading"},
		{keys: "f4", shows: "components", by: "steps.access.whole"},
		{back: 1, text: "no_such_table", shows: "No table of that name"},
		{keys: "enter enter enter", shows: "Missing Unity Catalog permissions", by: "steps.access.newReading"},
	}},
	{"access, empty", setUp(screentest.Person{World: closedSchema}), toCatalogs, []row{{text: "hr.people", keys: "ctrl+e enter", shows: "No tables to show"}}},
	{"review", setUp(ready), toReview, []row{
		{shows: "Review and save"},
		{keys: "ctrl+w", shows: "Besides SELECT 1", by: "steps.review.runs"},
		{back: 1, keys: "ctrl+y", shows: "Read-only certificate", by: "steps.certifying.page"},
		{back: 1, keys: "f3", shows: "The names of the service principal", by: "steps.newWhoCard"},
		{back: 1, keys: "down", shows: "enter change it"},
	}},
	{"review, the passphrase", setUp(screentest.Person{Scenario: "ready", Own: true}), toReview, []row{
		{keys: "enter", shows: "No keychain is available", by: "steps.newProtection"}, {same: true, keys: "ctrl+g", shows: "Write these down"},
	}},
	{"review, too much", setUp(in("may-write")), toReview, []row{
		{keys: "enter", shows: "MODIFY on schema", by: "steps.review.writes"},
		{keys: "enter", shows: "accept", by: "steps.review.acceptance"},
		{back: 1, keys: "a enter", shows: "Revoke privileges", by: "steps.adminWork.plan"},
	}},
	{"finish", setUp(ready), toFinish, []row{
		{shows: "Integrations › Azure Databricks › Connect"},
		{keys: "p", shows: "Read them now?", by: "steps.finish.newSync"},
		{back: 1, keys: "t", shows: "Connected: read the table", by: "steps.finish.newRead"},
		{back: 1, keys: "u", shows: "Read-only certificate", by: "steps.certifying.page"},
		{back: 1, keys: "d", shows: "Kept in", by: "steps.finish.details"},
		{back: 1, keys: "v", shows: "Workspace host"},
	}},
}

// theFile types the path of a file with the authority of the network.
func theFile(p *person) {
	p.T.Helper()
	path := filepath.Join(p.T.TempDir(), "authority.pem")
	if err := os.WriteFile(path, p.Workspace.NetworkCAPEM(), 0o600); err != nil {
		p.T.Fatal(err)
	}
	p.Press("ctrl+u")
	p.Paste(path)
	p.Press("enter")
}

// aFileToImport types the path of a set-up without its secret, which cannot be used any more once that is asked for, so that no key leads on.
func aFileToImport(p *person) {
	p.T.Helper()
	path := filepath.Join(p.T.TempDir(), "set-up.yaml")
	text := "host: " + p.Workspace.Host() + "\nname: set-up\nclient_id: 00000000-0000-0000-0000-000000000000\nwarehouse: Starter Warehouse\ncatalog: inventory\nschema: assets\ntables: [devices]\n"
	writes := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			p.T.Fatal(err)
		}
	}
	writes(text)
	p.Paste(path)
	p.Press("enter")
	p.calm()
	writes(text + "ca_file: none.pem\n")
}

// closedSchema may be used, while nothing in it may be seen.
var closedSchema = demo.Scenario{ID: "closed", Grants: []demo.Grant{
	{On: unity.OnCatalog("hr"), Privileges: []unity.Privilege{unity.UseCatalog}},
	{On: unity.OnSchema("hr", "people"), Privileges: []unity.Privilege{unity.UseSchema}},
}}

// otherScenes are home and what opens from it, the menu of the demo and a bundle.
var otherScenes = []scene{
	{"menu", theMenu, nil, []row{{shows: "What would you like to see?"}, {text: "zzz", shows: "Nothing has this name"}, {keys: "f1", shows: "Keys"}}},
	{"bundle", aBundle, nil, []row{
		{shows: "What the test of this connection found"}, {keys: "t", shows: "The timeline", by: "bundle.Screen.panel"}, {keys: "f1", shows: "Keys"},
	}},
	{"home", atHome(ready, "ops", "prod"), nil, []row{
		{shows: "› ops"},
		{keys: "f1", shows: "Keys"},
		{back: 1, keys: "enter", shows: "Connected: read the table", by: "home.newTestPanel"},
		{back: 1, keys: "p", shows: "Read them now?", by: "home.newSyncPanel"},
		{same: true, keys: "enter", shows: "rows of 1 table"},
		{back: 1, keys: "u", shows: "Read-only certificate", by: "home.newCertificateAs"},
		{keys: "/", shows: "type what to look for"},
		{same: true, text: "select", keys: "enter", shows: "line 1 of"},
		{back: 2, keys: "g", shows: `Grants of "ops"`, by: "home.newGrantsAs"},
		{back: 1, keys: "w", shows: "Enter this in Draftt", by: "home.newDashboardPanel"},
		{keys: "v", shows: "Workspace host"},
		{back: 2, keys: "v", shows: `What is known about "ops"`, by: "home.newSheetPanel"},
		{back: 1, keys: "b", shows: "The bundle will hold", by: "home.bundlePanel.review"},
		{keys: "enter", shows: "Nothing is sent anywhere.", by: "home.Screen.newFilePanel"},
		{back: 2, shows: "enter what it will hold", by: "home.newBundlePanel"},
		{back: 1, keys: "m", shows: "New name", by: "home.newRenamePanel"},
		{back: 1, keys: "s", shows: `Export "ops"`, by: "home.Screen.newFilePanel"},
		{back: 1, keys: "i", shows: "Import", by: "home.newImportPanel"},
		{does: aFileToImport, shows: "OAuth secret of", by: "home.newImportSecret"},
		{back: 2, keys: "x", shows: "Its name", by: "home.deletePanel"},
		{back: 1, keys: "a", shows: "2 of 2 connections", by: "home.newTestAllPanel"},
		{back: 1, keys: "d", shows: "Each level includes", by: "home.newDisconnectPanel"},
		{keys: "enter", shows: "Will be deleted", by: "home.disconnectPanel.newPlan"},
		{back: 2, keys: "r", shows: `Give "ops" a new secret`, by: "home.rotatePanel.newSourceForm"},
		{keys: "down enter", shows: "It is tested first.", by: "home.rotatePanel.newSecretForm"},
		{text: "dose-not-the-one", keys: "enter", shows: "Authentication failed"},
		{back: 3, keys: "/", shows: "Type to filter"},
		{same: true, text: "zz", shows: "No name has"},
		{same: true, keys: "enter", shows: "No name has"},
	}},
	{"home, what was left", atHome(own, "ops", "prod"), unlocked, []row{
		{keys: "down down", shows: "go on with it"}, {keys: "x", shows: "Its answers are deleted", by: "home.newForgetPanel"},
	}},
	{"home, missing grants", atHome(in("missing-grants"), "ops"), nil, []row{
		{keys: "t", shows: "Missing Unity Catalog permissions", by: "home.newTestPanel"},
		{keys: "w", shows: "What to run", by: "panels.Test.remedies"},
		{back: 2, keys: "p", shows: "Missing Unity Catalog permissions", by: "home.newSyncPanel"},
		{keys: "w", shows: "What to run", by: "panels.Sync.page"},
		{back: 2, keys: "g", shows: "Is missing", by: "home.newGrantsAs"},
		{keys: "w", shows: "What to run", by: "home.grantsPanel.offered"},
		{back: 1, keys: "h", shows: "A page for each owner", by: "home.grantsPanel.handOff"},
		{keys: "enter", shows: "handoff-ops", by: "home.grantsPanel.handOff"},
	}},
	{"home, stopped", atHome(in("warehouse-stopped"), "ops"), nil, []row{{keys: "t", shows: "start it and test again", by: "home.newTestPanel"}, {back: 1, keys: "p", shows: "start it and go on", by: "home.newSyncPanel"}}},
	{"home, refused", atHome(in("wrong-secret"), "ops"), nil, []row{{keys: "u", shows: "Authentication failed", by: "home.newCertificateAs"}}},
	{"home, of one's own", atHome(screentest.Person{Scenario: "ready", Own: true}, "ops"), nil, []row{
		{shows: "opened by a passphrase"},
		{same: true, text: passphrase, keys: "enter", shows: "› ops"},
		{keys: "r", shows: `Give "ops" a new secret`, by: "home.rotatePanel.newSourceForm"},
		{keys: "enter", shows: "an OAuth secret of a service principal", by: "home.adminSession.whenSignedIn"},
		{text: "oauth", keys: "enter", shows: "Client ID", by: "panels.newCredentials"},
		{does: refused, shows: "Authentication failed"},
		{back: 2, does: signsIn, shows: "Create OAuth secret", by: "home.rotatePanel.newPlan"},
		{text: demo.ConnectorName, keys: "enter", shows: "Switched"},
		{keys: "d", shows: "Delete OAuth secret", by: "home.rotatePanel.newRetirePlan"},
	}},
	{"home, an old secret", atHome(screentest.Person{Scenario: "ready", Own: true}, "ops"), then(unlocked, anotherSecret, press("r", "enter"), signsIn, write(demo.ConnectorName, "enter", "d")), []row{
		{shows: "d name the old secret"}, {keys: "d", shows: "which one is deleted", by: "home.rotatePanel.newOldForm"},
	}},
}

// refused are credentials of nobody.
func refused(p *person) {
	p.Press("ctrl+u")
	p.Paste(screentest.AClientID)
	p.Press("tab")
	p.Paste("dose0000000000000000")
	p.Press("enter")
}
