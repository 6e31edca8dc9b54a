package screentest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Company is an inventory of a small company as a workspace admin takes it: what takes an account admin was refused, and of the table
// payroll nobody was told who was granted what. Change adds rows or takes away some.
type Company struct {
	Day    int // runs of different days have different ids
	Change func(put func(kind, id, parent, name, body string))
}

// companyRows are what it found, in the form that collectors keep.
var companyRows = [][5]string{
	{"me", "1", "", "ines.moreau@contoso.example", `{"displayName":"Ines Moreau","groups":[{"display":"admins"}],"userName":"ines.moreau@contoso.example"}`},
	{"metastore", "m", "", "main", `{"owner":"platform-admins"}`},
	{"workspace-users", "1", "", "ines.moreau@contoso.example", `{"active":true,"displayName":"Ines Moreau"}`},
	{"workspace-users", "2", "", "maria.lindqvist@contoso.example", `{"active":true,"displayName":"Maria Lindqvist"}`},
	{"workspace-users", "3", "", "j.smith@contoso.example", `{"active":false,"displayName":"J. Smith"}`},
	{"workspace-users", "4", "", "tom.okafor@contoso.example", `{"active":true,"displayName":"Tom Okafor"}`},
	{"workspace-groups", "10", "", "admins", `{"displayName":"admins","meta":{"resourceType":"WorkspaceGroup"}}`},
	{"workspace-groups", "11", "", "users", `{"displayName":"users","entitlements":[{"value":"workspace-access"},{"value":"databricks-sql-access"}],"meta":{"resourceType":"WorkspaceGroup"}}`},
	{"workspace-groups", "12", "", "analysts", `{"displayName":"analysts","meta":{"resourceType":"Group"}}`},
	{"workspace-groups", "13", "", "data-readers", `{"displayName":"data-readers","meta":{"resourceType":"Group"}}`},
	{"workspace-groups", "14", "", "platform-admins", `{"displayName":"platform-admins","meta":{"resourceType":"Group"}}`},
	{"workspace-service-principals", "20", "", "draftt-connector", `{"active":true,"applicationId":"` + AClientID + `","displayName":"draftt-connector"}`},
	{"workspace-memberships", "10/1", "", "", `{}`}, {"workspace-memberships", "14/1", "", "", `{}`}, {"workspace-memberships", "12/2", "", "", `{}`},
	{"workspace-memberships", "13/12", "", "", `{}`}, {"workspace-memberships", "11/1", "", "", `{}`}, {"workspace-memberships", "11/2", "", "", `{}`},
	{"workspace-memberships", "11/3", "", "", `{}`}, {"workspace-memberships", "11/4", "", "", `{}`}, {"workspace-memberships", "11/20", "", "", `{}`},
	{"workspace-assignments", "1", "", "", `{"permissions":["ADMIN"]}`}, {"workspace-assignments", "2", "", "", `{"permissions":["USER"]}`},
	{"workspace-assignments", "3", "", "", `{"permissions":["USER"]}`}, {"workspace-assignments", "4", "", "", `{"permissions":["USER"]}`},
	{"workspace-assignments", "20", "", "", `{"permissions":["USER"]}`},
	{"catalogs", "inventory", "", "inventory", `{"catalog_type":"MANAGED_CATALOG","isolation_mode":"OPEN","owner":"platform-admins"}`},
	{"schemas", "inventory.assets", "inventory", "inventory.assets", `{"catalog_name":"inventory","owner":"platform-admins"}`},
	{"schemas", "inventory.people", "inventory", "inventory.people", `{"catalog_name":"inventory","owner":"platform-admins"}`},
	{"tables", "inventory.assets.components", "inventory.assets", "inventory.assets.components", `{"owner":"platform-admins","table_type":"MANAGED"}`},
	{"tables", "inventory.assets.devices", "inventory.assets", "inventory.assets.devices", `{"owner":"platform-admins","table_type":"MANAGED"}`},
	{"tables", "inventory.people.payroll", "inventory.people", "inventory.people.payroll", `{"owner":"platform-admins","table_type":"MANAGED"}`},
	{"grants:catalogs", "inventory/data-readers", "inventory", "data-readers", `{"principal":"data-readers","privileges":["USE_CATALOG","USE_SCHEMA"]}`},
	{"grants:catalogs", "inventory/" + AClientID, "inventory", AClientID, `{"principal":"` + AClientID + `","privileges":["USE_CATALOG"]}`},
	{"grants:schemas", "inventory.assets/" + AClientID, "inventory.assets", AClientID, `{"principal":"` + AClientID + `","privileges":["SELECT","USE_SCHEMA"]}`},
	{"grants:tables", "inventory.assets.components/data-readers", "inventory.assets.components", "data-readers", `{"principal":"data-readers","privileges":["SELECT"]}`},
	{"warehouses", "a3f19c0d7be24418", "", "Starter Warehouse", `{"warehouse_type":"PRO"}`},
	{"permissions:warehouses", "a3f19c0d7be24418", "", "", `{"entries":[{"kind":"group","level":"CAN_USE","principal":"users"}]}`},
}

// TakeInventory keeps such a run in the folder of saved connections, for the workspace of a host, and gives its id.
func TakeInventory(t testing.TB, dir, host string, c Company) string {
	t.Helper()
	folder := estate.FolderOf(dir, host)
	free, err := folder.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer free()
	began := Morning.AddDate(0, 0, c.Day-1)
	run, id, _, err := folder.Begin(began, true)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(run.Write(func(change *store.Change) error {
		put := func(kind, id, parent, name, body string) {
			_, err := change.Put(store.Row{Kind: kind, ID: id, Parent: parent, Name: name, Body: body})
			must(err)
			rows[kind]++
		}
		for _, row := range companyRows {
			put(row[0], row[1], row[2], row[3], row[4])
		}
		if c.Change != nil {
			c.Change(put)
		}
		return change.Fact("place", estate.Place{Host: host, Workspace: "7405605741000000", As: "ines.moreau@contoso.example"})
	}))
	must(run.Write(func(change *store.Change) error {
		for _, collector := range estate.Collectors() {
			must(change.Line(collector.ID, lineOf(collector, rows)))
		}
		return nil
	}))
	seen, err := estate.CoverageOf(run)
	must(err)
	summary, err := json.Marshal(seen)
	must(err)
	_, err = folder.Seal(run, store.Manifest{ID: id, Began: began, Ended: began.Add(12 * time.Minute), Summary: summary}, 0)
	must(err)
	connector.Known().Note(connector.KindHost, host)
	return id
}

// lineOf is how a collector ended: those of the account were not answered, and the grants on tables in part.
func lineOf(c estate.Collector, rows map[string]int) estate.Line {
	line := estate.Line{State: estate.Done, Pages: 1, Requests: 1, Answered: 1}
	for _, kind := range c.Kinds() {
		line.Rows += rows[kind]
	}
	switch {
	case c.Plane == estate.AtAccount:
		return estate.Line{State: estate.Skipped, Why: "the account was not read", Lacks: estate.AccountAdmin, NotAsked: estate.AtAccount}
	case c.ID == estate.GrantsOf("tables"):
		line.State, line.Lacks, line.Requests, line.Refused = estate.Partial, estate.MetastoreAdmin, 3, 1
		line.Why = "1 of 3 were not answered: refused"
	}
	return line
}
