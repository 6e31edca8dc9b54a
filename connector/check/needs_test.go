package check_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// contract is every need of what is chosen.
func contract(s *stage, kinds ...connector.TableKind) []grants.Need {
	var targets []grants.Target
	for i, name := range s.Tables {
		target := grants.Target{Name: name}
		if i < len(kinds) {
			target.Kind = kinds[i]
		}
		targets = append(targets, target)
	}
	return append(grants.Reach(s.Schema), grants.Read(s.Schema, s.Scope, targets)...)
}

func TestEverythingThatIsMissingIsSaidAtOnce(t *testing.T) {
	s := set(t, scenario(t, "first-time"))
	s.Principal = principal(s)
	results := s.walk(t, check.Needs(contract(s)))
	proper(t, s, results)
	want := []struct{ id, name, grant string }{
		{"S13", "USE CATALOG on inventory", "GRANT USE CATALOG ON CATALOG `inventory` TO `" + demo.ConnectorID + "`;"},
		{"S14", "USE SCHEMA on inventory.assets", "GRANT USE SCHEMA ON SCHEMA `inventory`.`assets` TO `" + demo.ConnectorID + "`;"},
		{"S15", "SELECT on inventory.assets", "GRANT SELECT ON SCHEMA `inventory`.`assets` TO `" + demo.ConnectorID + "`;"},
	}
	if len(results) != len(want) {
		t.Fatalf("looked for %d privileges", len(results))
	}
	var script strings.Builder
	for i, r := range results {
		if string(r.Stage) != want[i].id || r.Name != want[i].name || r.State != check.Failed {
			t.Errorf("%s %q is %s", r.Stage, r.Name, r.State)
			continue
		}
		lines := slices.Collect(strings.Lines(r.Finding.Remedy.Copy))
		if r.Finding.Cause != check.MissingPermissions || len(lines) != 2 || strings.TrimSpace(lines[1]) != want[i].grant {
			t.Errorf("%s: %s, offers %q", r.Name, r.Finding.Cause, lines)
		}
		script.WriteString(r.Finding.Remedy.Copy)
	}
	if err := s.Grant(t.Context(), script.String()); err != nil {
		t.Fatal(err)
	}
	if got := states(s.walk(t, check.Needs(contract(s)))); got != "passed S13-S15" {
		t.Errorf("after the grants: %s", got)
	}
}

// principal is the connector, known before the walk, as a person who comes from the first step has it.
func principal(s *stage) connector.Principal {
	return connector.Principal{Name: connector.FromRemote(s.Connector().ClientID), DisplayName: connector.FromRemote(s.Connector().DisplayName)}
}

func TestEachNeedIsLookedAtByItself(t *testing.T) {
	on := func(g ...demo.Grant) []demo.Grant { return g }
	catalog, assets, devices := model.OnCatalog("inventory"), model.OnSchema("inventory", "assets"), model.OnTable("inventory", "assets", "devices")
	tests := []struct {
		name   string
		grants []demo.Grant
		scope  connector.Scope
		tables []string
		want   string
	}{
		{"SELECT on one of two tables", on(demo.Grant{On: catalog, Privileges: []model.Privilege{model.UseCatalog}}, demo.Grant{On: assets, Privileges: []model.Privilege{model.UseSchema}}, demo.Grant{On: devices, Privileges: []model.Privilege{model.Select}}),
			connector.ScopeTables, []string{"inventory.assets.devices", "inventory.assets.servers"}, "passed passed passed failed"},
		{"everything on the catalog", on(demo.Grant{On: catalog, Privileges: []model.Privilege{model.UseCatalog, model.UseSchema, model.Select}}),
			connector.ScopeSchema, []string{"inventory.assets.devices"}, "passed passed passed"},
		{"SELECT on one table, where the schema is wanted", on(demo.Grant{On: catalog, Privileges: []model.Privilege{model.UseCatalog, model.UseSchema}}),
			connector.ScopeSchema, []string{"inventory.assets.devices"}, "passed passed failed"},
		{"only the catalog", on(demo.Grant{On: catalog, Privileges: []model.Privilege{model.UseCatalog}}), connector.ScopeTables, []string{"inventory.assets.devices"}, "passed failed failed"},
		{"the legacy metastore shows nothing", nil, connector.ScopeSchema, []string{"hive_metastore.default.old_assets"}, "unknown unknown unknown"},
		{"the samples, which everybody may read", nil, connector.ScopeTables, []string{"samples.nyctaxi.trips"}, "passed passed passed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			world := scenario(t, "first-time")
			world.Grants = tt.grants
			s := set(t, world)
			s.choose(t, tt.tables...)
			s.Scope, s.Principal = tt.scope, principal(s)
			results := s.walk(t, check.Needs(contract(s)))
			proper(t, s, results)
			var got []string
			for _, r := range results {
				got = append(got, string(r.State))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, not %q", got, tt.want)
			}
		})
	}
}

func TestNothingIsAskedOfAWarehouse(t *testing.T) {
	s := set(t, scenario(t, "warehouse-stopped"))
	s.Principal = principal(s)
	if got := states(s.walk(t, check.Needs(contract(s)))); got != "passed S13-S15" {
		t.Errorf("the walk is %s", got)
	}
	for _, r := range s.Requests() {
		if strings.HasPrefix(r.Path, "/sql/") || strings.Contains(r.Path, "/sql/warehouses") {
			t.Errorf("asked %s %s", r.Method, r.Path)
		}
	}
}

func TestAnErrorThatIsNoRefusalIsNotCalledAMissingPrivilege(t *testing.T) {
	world := scenario(t, "ready")
	world.Faults = []rest.Fault{{Path: "/api/2.1/unity-catalog/*", Status: 500, Body: `{"error_code":"INTERNAL_ERROR","message":"x"}`}}
	s := set(t, world)
	s.Principal = principal(s)
	results := s.walk(t, check.Needs(contract(s)))
	proper(t, s, results)
	for _, r := range results {
		if r.State != check.Failed || r.Finding.Cause != check.Unreachable || r.Finding.Remedy.Copy != "" {
			t.Errorf("%s: %+v", r.Name, r.Finding)
		}
	}
}

func TestTheWorkspaceIsOnlyEverRead(t *testing.T) {
	s := set(t, scenario(t, "ready"))
	s.walk(t, check.All())
	s.walk(t, check.Needs(contract(s)))
	for _, r := range s.Requests() {
		switch {
		case r.Method == "GET":
		case r.Method == "POST" && (r.Path == "/oidc/v1/token" || r.Path == "/sql/1.0/warehouses/"+starter):
		default:
			t.Errorf("asked %s %s", r.Method, r.Path)
		}
	}
}

func TestASubjectRemembersWhatWasFound(t *testing.T) {
	s := set(t, scenario(t, "ready"))
	s.choose(t, "inventory.assets.devices", "inventory.assets.contracts")
	s.walk(t, check.All())
	if s.Principal.Name.Raw() != demo.ConnectorID || s.Current.State != connector.Running || s.Warehouse.Type != connector.Serverless || len(s.Held) == 0 {
		t.Errorf("found %+v, %+v, %v", s.Principal, s.Current, s.Held)
	}
	if len(s.Reads) != 2 || len(s.Reads[0].Sample.Rows) != 3 || len(s.Reads[0].Columns) != 9 || s.Reads[0].Name != s.Tables[0] || !s.Reads[1].Table.RowFilter {
		t.Errorf("read %+v", s.Reads)
	}
}

func TestClosingDoesNotWaitForAWarehouseThatHangs(t *testing.T) {
	world := scenario(t, "ready")
	world.Faults = []rest.Fault{{Path: "/sql/*", After: 4, Delay: time.Hour}} // a session and three statements
	s := set(t, world)
	if got := states(s.walk(t, check.All())); got != whole {
		t.Fatalf("the walk is %s", got)
	}
	s.Subject.Close()
}
