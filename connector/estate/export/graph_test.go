package export

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// TestNamesakesAreTwoNodesWithTheRightsOfEach has a group of the account that is called as the one whose members are the workspace's admins.
func TestNamesakesAreTwoNodesWithTheRightsOfEach(t *testing.T) {
	run, _, _, err := store.Folder{Dir: t.TempDir()}.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = run.Close() }()
	if err := run.Write(func(c *store.Change) error {
		for _, row := range []store.Row{
			{Kind: "groups", ID: "1", Name: "admins", Body: `{"displayName":"admins"}`},
			{Kind: "workspace-groups", ID: "2", Name: "admins", Body: `{"displayName":"admins","meta":{"resourceType":"WorkspaceGroup"}}`},
			{Kind: "users", ID: "3", Name: "ann", Body: `{"userName":"ann"}`}, {Kind: "users", ID: "4", Name: "bob", Body: `{"userName":"bob"}`},
			{Kind: "groups", ID: "5", Name: "bob", Body: `{"displayName":"bob"}`},
			{Kind: "memberships", ID: "1/3", Parent: "1", Body: "{}"}, {Kind: "workspace-memberships", ID: "2/4", Parent: "2", Body: "{}"},
			{Kind: "service-principals", ID: "6", Name: "etl", Body: `{"applicationId":"a-1","displayName":"etl"}`},
			{Kind: "group-roles", ID: "1/account_admin", Parent: "1", Name: "admins", Body: `{"value":"account_admin","of":"1"}`},
			{Kind: "service-principal-rules", ID: "6/roles/servicePrincipal.user/users/ann", Parent: "6", Body: `{"role":"roles/servicePrincipal.user","principal":"users/ann"}`},
			{Kind: "workspace-assignments", ID: "3", Body: `{"permissions":["ADMIN"]}`},
			{Kind: "jobs", ID: "7", Name: "load", Body: "{}"}, {Kind: "catalogs", ID: "main", Name: "main", Body: `{"owner":"bob"}`},
			{Kind: estate.ListsOf("jobs"), ID: "7", Parent: "7", Body: `{"entries":[{"kind":"group","principal":"admins","level":"CAN_MANAGE"}]}`},
			{Kind: estate.GrantsOf("catalogs"), ID: "main/admins", Parent: "main", Body: `{"principal":"admins","privileges":["USE_CATALOG"]}`},
		} {
			if _, err := c.Put(row); err != nil {
				return err
			}
		}
		return c.Fact("place", estate.Place{Workspace: "42", Account: "acc"})
	}); err != nil {
		t.Fatal(err)
	}
	content := string(written(t, run, Options{Form: OpenGraph})["databricks.opengraph.json"])
	for _, link := range []string{
		"DatabricksMemberOf user/ann group/admins", "DatabricksMemberOf user/bob workspace-group/admins", "DatabricksCanManage workspace-group/admins jobs/7",
		"DatabricksUseCatalog group/admins catalogs/main", "DatabricksAccountAdmin group/admins account/acc",
		"DatabricksServicePrincipalUser user/ann service_principal/a-1", "DatabricksWorkspaceAdmin user/ann workspaces/42",
	} {
		part := strings.Fields(link)
		if want := fmt.Sprintf(`{"kind":"%s","start":{"value":"%s","match_by":"id"},"end":{"value":"%s","match_by":"id"},"properties":{}}`, part[0], part[1], part[2]); !strings.Contains(content, want) {
			t.Errorf("there is no %s in\n%s", link, content)
		}
	}
	if strings.Contains(content, "DatabricksOwns") {
		t.Error("who owns the catalog is told, although two have its name")
	}
	wellFormed(t, []byte(content))
}

func TestNoCellOfASpreadsheetIsAFormula(t *testing.T) {
	run, _, _, err := store.Folder{Dir: t.TempDir()}.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = run.Close() }()
	if err := run.Write(func(c *store.Change) error {
		_, err := c.Put(store.Row{Kind: "secret-scopes", ID: "@SUM(A1)", Name: `=cmd|' /C calc'!A1`, Parent: "-1", Body: "{}"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	const want = "secret-scopes,'@SUM(A1),'-1,'=cmd|' /C calc'!A1,{}"
	if got := string(written(t, run, Options{Form: CSV})["secret-scopes.csv"]); !strings.Contains(got, want) {
		t.Errorf("%q", got)
	}
	if got := string(written(t, run, Options{Form: NDJSON})["secret-scopes.ndjson"]); !strings.Contains(got, `"name":"=cmd|' /C calc'!A1"`) {
		t.Errorf("what programs read is another text: %q", got)
	}
}
