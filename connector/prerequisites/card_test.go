package prerequisites_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/prerequisites"
)

func remote(text string) connector.Remote { return connector.FromRemote(text) }

var draftt = connector.Principal{Name: remote("6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"), DisplayName: remote("draftt-connector"), Active: true}

// seen is a set-up in step 3: connected, a warehouse tried, a schema chosen whose owner shows.
func seen(t *testing.T) prerequisites.Seen {
	t.Helper()
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	warehouse := connector.Warehouse{ID: "w", Name: remote("Analytics"), Type: connector.Pro, State: connector.Running}
	return prerequisites.Seen{
		Connected: true, Principal: draftt, Schema: table.SchemaName, Rest: grants.Read(table.SchemaName, connector.ScopeSchema, nil),
		Views: []grants.View{
			{Object: grants.Catalog(table.Catalog), Owner: remote("governance"), Sight: grants.Full},
			{Object: grants.Schema(table.SchemaName), Owner: remote("asset-owners"), Sight: grants.Full},
			{Object: grants.Table(table, ""), Owner: remote("somebody-else"), Sight: grants.Full},
		},
		Listed: []connector.Warehouse{warehouse}, Chosen: warehouse, Used: "w",
	}
}

func TestWhatASetUpNeedsIsSaidAsFarAsItWasSeen(t *testing.T) {
	const admin, owner, warehouse = 0, 1, 2
	for name, c := range map[string]struct {
		do    func(*prerequisites.Seen)
		need  int
		holds prerequisites.Holds
		says  string
		never string
	}{
		"nothing is known":             {func(s *prerequisites.Seen) { *s = prerequisites.Seen{} }, admin, prerequisites.NotAskedYet, "Makes the service principal", ""},
		"nobody's admin is seen":       {func(*prerequisites.Seen) {}, admin, prerequisites.CannotTell, "Whether you are one cannot be seen", ""},
		"the principal is an admin":    {func(s *prerequisites.Seen) { s.Principal.Groups = []connector.Remote{remote("admins")} }, admin, prerequisites.ItHoldsBut, "draftt-connector is itself in the group admins", ""},
		"no schema":                    {func(s *prerequisites.Seen) { s.Schema = connector.SchemaName{} }, owner, prerequisites.NotAskedYet, "step 3 names the owner", ""},
		"owners":                       {func(*prerequisites.Seen) {}, owner, prerequisites.CannotTell, "The owner (asset-owners, governance) or a metastore admin can grant on inventory.assets.", "somebody-else"},
		"another schema was looked at": {func(s *prerequisites.Seen) { s.Views = nil }, owner, prerequisites.NotAskedYet, "step 3 names the owner", ""},
		"MANAGE and the metastore": {func(s *prerequisites.Seen) {
			s.Metastore = remote("metastore-admins")
			s.Views[1].Grants = []connector.Grant{{Principal: remote("stewards"), Privilege: connector.Manage}}
		}, owner, prerequisites.CannotTell, "The owner (asset-owners, governance), whoever has MANAGE (stewards) or a metastore admin (metastore-admins) can grant", ""},
		"the way is open":                {func(s *prerequisites.Seen) { s.Reached = true }, owner, prerequisites.ItHolds, "For the rest ask asset-owners, governance.", "somebody-else"},
		"it owns the catalog by a group": {func(s *prerequisites.Seen) { s.Principal.Groups = []connector.Remote{remote("governance")} }, owner, prerequisites.ItHoldsBut, "draftt-connector can itself grant on inventory.assets", ""},
		"it has MANAGE": {func(s *prerequisites.Seen) {
			s.Views[1].Grants = []connector.Grant{{Principal: draftt.Name, Privilege: connector.Manage}}
		}, owner, prerequisites.ItHoldsBut, "can itself grant", ""},
		"the warehouse took a statement": {func(*prerequisites.Seen) {}, warehouse, prerequisites.ItHolds, "Analytics runs, pro (seen in the list).", "CAN_USE"},
		"the warehouse is only listed":   {func(s *prerequisites.Seen) { s.Used = "" }, warehouse, prerequisites.CannotTell, "Analytics runs, pro (seen in the list). Whether CAN_USE is there shows when it is tried.", ""},
		"another took a statement":       {func(s *prerequisites.Seen) { s.Used = "other" }, warehouse, prerequisites.CannotTell, "Whether CAN_USE is there", ""},
		"an admin uses each warehouse":   {func(s *prerequisites.Seen) { s.Used, s.Principal.Groups = "", []connector.Remote{remote("admins")} }, warehouse, prerequisites.ItHolds, "(seen in the list).", "CAN_USE"},
		"none is listed":                 {func(s *prerequisites.Seen) { s.Listed, s.Chosen = []connector.Warehouse{}, connector.Warehouse{} }, warehouse, prerequisites.ItLacks, "None is listed.", "tried"},
		"none was listed yet":            {func(s *prerequisites.Seen) { s.Listed = nil }, warehouse, prerequisites.NotAskedYet, "Checked in step 2", "tried"},
		"the listed one is classic":      {func(s *prerequisites.Seen) { s.Chosen.Type = connector.Classic }, warehouse, prerequisites.ItHoldsBut, "only serverless and pro are documented", ""},
		"the chosen one stopped since":   {func(s *prerequisites.Seen) { s.Chosen.State = connector.Stopped }, warehouse, prerequisites.ItHoldsBut, "Analytics is stopped, pro", "CAN_USE"},
		"one that is stopped and untried": {func(s *prerequisites.Seen) {
			s.Chosen, s.Used, s.Listed[0].State = connector.Warehouse{}, "", connector.Stopped
		}, warehouse, prerequisites.ItHoldsBut, "None runs. Analytics can be started, pro (seen in the list). Whether CAN_USE", ""},
	} {
		s := seen(t)
		c.do(&s)
		got := s.All()[c.need]
		if got.Holds != c.holds || !strings.Contains(got.Text, c.says) || c.never != "" && strings.Contains(got.Text, c.never) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
