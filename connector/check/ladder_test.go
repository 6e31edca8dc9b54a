package check_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// story is one situation that a support engineer may be told of, and what the ladder says about it.
type story struct {
	name     string
	scenario string
	fault    rest.Fault
	world    func(*demo.Scenario)
	choices  func(*testing.T, *stage)

	walk    string // see notable
	cause   check.Cause
	pattern string
	exit    int
	seen    string // part of the failed stage's evidence
	copied  string // part of what the remedy offers to copy
}

const (
	whole       = "unknown S18"
	atIdentity  = "failed S07"
	grantSchema = "GRANT USE SCHEMA ON SCHEMA `inventory`.`assets` TO `" + demo.ConnectorID + "`;"
)

func token(secret func(demo.Credentials) connector.Secret) func(*testing.T, *stage) {
	return func(t *testing.T, s *stage) {
		s.signIn(t, connector.Credentials{Method: connector.PAT, Secret: secret(s.Connector())})
	}
}

func warehouse(id string) func(*testing.T, *stage) {
	return func(_ *testing.T, s *stage) { s.Warehouse = ref(connector.WarehouseID(id)) }
}

func tables(names ...string) func(*testing.T, *stage) {
	return func(t *testing.T, s *stage) { s.choose(t, names...) }
}

func also(g ...demo.Grant) func(*demo.Scenario) {
	return func(s *demo.Scenario) { s.Grants = append(s.Grants, g...) }
}

var stories = []story{
	{name: "everything is granted", scenario: "ready", walk: whole},
	{name: "everything is granted, signed in with a token", scenario: "ready", choices: token(func(c demo.Credentials) connector.Secret { return c.Token }), walk: "skipped S06"},
	{name: "a schema of 100,000 tables", scenario: "large", walk: whole},
	{name: "a table whose rows are filtered", scenario: "ready", choices: tables("inventory.assets.contracts", "inventory.assets.open_tickets"), walk: whole},

	{name: "the client ID is a SCIM id", scenario: "ready", choices: func(t *testing.T, s *stage) {
		s.signIn(t, connector.Credentials{Method: connector.OAuth, ClientID: "5103948571029384", Secret: s.Connector().Secret})
	}, walk: "failed S00", cause: check.AuthenticationFailed, pattern: "values", exit: check.ExitAuth},
	{name: "the host has no DNS record", scenario: "unreachable", walk: "failed S01",
		cause: check.Unreachable, pattern: "name-does-not-resolve", exit: check.ExitNetwork, seen: "does not resolve"},
	{name: "the host answers, but is no workspace", scenario: "ready", fault: rest.Fault{Path: "/oidc/.well-known/*", Status: 404, Body: "{}"},
		walk: "failed S04", cause: check.Unreachable, pattern: "not-a-workspace", exit: check.ExitNotWorkspace},
	{name: "a portal answers with a page", scenario: "ready", fault: rest.Fault{Path: "/oidc/.well-known/*", Status: 200, Body: "<html>"},
		walk: "failed S04", cause: check.Unreachable, pattern: "web-page", exit: check.ExitNotWorkspace},
	{name: "a network sends everything to its own sign-in page", scenario: "ready", fault: rest.Fault{Path: "/oidc/.well-known/*", Status: 302, Header: map[string]string{"Location": "http://portal.hotel.example/login"}},
		walk: "failed S04", cause: check.Unreachable, pattern: "not-a-workspace", exit: check.ExitNotWorkspace, seen: "HTTP 302"},
	{name: "Private Link is asked for", scenario: "ready", fault: rest.Fault{Path: "/api/2.0/preview/scim/v2/Me", Status: 302, Header: map[string]string{"Location": "/login.html?error=private-link-validation-error:1"}},
		walk: "failed S05", cause: check.Unreachable, pattern: "private-link", exit: check.ExitNotWorkspace, seen: "HTTP 302"},
	{name: "the address is not on the access list", scenario: "ready",
		fault: rest.Fault{Path: "/api/*", Status: 403, Body: `{"error_code":403,"message":"Source IP address: 203.0.113.9 is blocked by Databricks IP ACL for workspace: 1"}`},
		walk:  "failed S05", cause: check.Unreachable, pattern: "ip-access-list", exit: check.ExitNotWorkspace, seen: "HTTP 403"},
	{name: "only the private network is let in", scenario: "ready", fault: rest.Fault{Path: "/api/*", Status: 403, Body: "Unauthorized network access to workspace: 1"},
		walk: "failed S05", cause: check.Unreachable, pattern: "network-policy", exit: check.ExitNotWorkspace},
	{name: "the workspace has trouble of its own", scenario: "ready", fault: rest.Fault{Path: "/oidc/*", Status: 500, Body: "{}"},
		walk: "failed S04", cause: check.Unreachable, pattern: "server-trouble", exit: check.ExitNetwork, seen: "HTTP 500"},
	{name: "the connection is cut", scenario: "ready", fault: rest.Fault{Path: "/oidc/.well-known/*", Cut: 20},
		walk: "failed S04", cause: check.Unreachable, pattern: "cut", exit: check.ExitNetwork},

	{name: "the secret was revoked", scenario: "wrong-secret", walk: "failed S06",
		cause: check.AuthenticationFailed, pattern: "bad-client", exit: check.ExitAuth, seen: "HTTP 401, invalid_client"},
	{name: "the token was revoked", scenario: "ready", choices: token(func(demo.Credentials) connector.Secret { return connector.NewSecret([]byte("dapi-old")) }),
		walk: "failed S07; skipped S06", cause: check.AuthenticationFailed, pattern: "token-refused", exit: check.ExitAuth},
	{name: "sign-in is throttled", scenario: "ready", fault: rest.Fault{Path: "/oidc/v1/token", Status: 400, Body: `{"error":"invalid_request","error_description":"Temporarily throttled, too many requests"}`},
		walk: "failed S06", cause: check.AuthenticationFailed, pattern: "token-throttled", exit: check.ExitAuth},
	{name: "the principal is not in the workspace", scenario: "ready", fault: rest.Fault{Path: "/api/*", After: 1, Status: 403, Body: `{"error_code":403,"message":"user not found"}`},
		walk: atIdentity, cause: check.AuthenticationFailed, pattern: "not-in-workspace", exit: check.ExitIdentity},
	{name: "the principal is deactivated", scenario: "ready", fault: rest.Fault{Path: "/api/2.0/preview/scim/v2/Me", After: 1, Times: 1, Status: 200, Body: `{"userName":"` + demo.ConnectorID + `","active":false}`},
		walk: atIdentity, cause: check.AuthenticationFailed, pattern: "inactive", exit: check.ExitIdentity},
	{name: "another principal was signed in", scenario: "ready", fault: rest.Fault{Path: "/api/2.0/preview/scim/v2/Me", After: 1, Times: 1, Status: 200, Body: `{"userName":"maria@contoso.example","active":true}`},
		walk: atIdentity, cause: check.AuthenticationFailed, pattern: "other-principal", exit: check.ExitIdentity, seen: "maria@contoso.example"},

	{name: "no warehouse is visible", scenario: "no-warehouse", walk: "failed S09",
		cause: check.WarehouseAccess, pattern: "no-warehouses", exit: check.ExitWarehouse, seen: "0 warehouses"},
	{name: "CAN_USE was taken away", scenario: "no-warehouse", choices: warehouse(starter), walk: "failed S10",
		cause: check.WarehouseAccess, pattern: "no-can-use", exit: check.ExitWarehouse, seen: "HTTP 403"},
	{name: "the warehouse may be seen, not used", scenario: "ready", choices: warehouse(finance), walk: "failed S10",
		cause: check.WarehouseAccess, pattern: "no-can-use", exit: check.ExitWarehouse},
	{name: "the warehouse was deleted", scenario: "ready", choices: warehouse("ffffffffffffffff"), walk: "failed S09",
		cause: check.WarehouseAccess, pattern: "warehouse-gone", exit: check.ExitWarehouse, seen: "HTTP 404"},
	{name: "the warehouse is stopped", scenario: "warehouse-stopped", walk: "failed S11; unknown S10",
		cause: check.WarehouseNotRunning, pattern: "warehouse-stopped", exit: check.ExitNotRunning, seen: "stopped"},
	{name: "SQL access is missing", scenario: "ready", fault: rest.Fault{Path: "/sql/*", Status: 403, Header: map[string]string{"X-Databricks-Reason-Phrase": "This API is disabled for users without the databricks-sql-access or workspace-consume entitlements."}},
		walk: "failed S10", cause: check.WarehouseAccess, pattern: "no-sql-entitlement", exit: check.ExitIdentity},

	{name: "nothing is granted", scenario: "first-time", walk: "failed S13",
		cause: check.MissingPermissions, pattern: "browse-only", exit: check.ExitPermissions, seen: "visible, not usable, owner data-governance", copied: "GRANT USE CATALOG ON CATALOG `inventory` TO `" + demo.ConnectorID + "`;"},
	{name: "USE SCHEMA was forgotten", scenario: "missing-grants", walk: "failed S14",
		cause: check.MissingPermissions, pattern: "browse-only", exit: check.ExitPermissions, copied: grantSchema},
	{name: "SELECT was forgotten", scenario: "missing-grants", world: also(demo.Grant{On: unity.OnSchema("inventory", "assets"), Privileges: []unity.Privilege{unity.UseSchema}}),
		walk: "failed S16", cause: check.MissingPermissions, pattern: "no-select", exit: check.ExitPermissions, seen: "components: INSUFFICIENT_PERMISSIONS, SQLSTATE 42501", copied: "GRANT SELECT ON SCHEMA `inventory`.`assets` TO `" + demo.ConnectorID + "`;"},
	{name: "the catalog is not visible at all", scenario: "ready", choices: tables("hr.people.employees"), walk: "failed S13",
		cause: check.MissingPermissions, pattern: "no-use-catalog", exit: check.ExitPermissions, copied: "GRANT USE CATALOG ON CATALOG `hr`"},
	{name: "the catalog belongs to another workspace", scenario: "ready", choices: tables("finance_eu.ledger.entries"), walk: "failed S13",
		cause: check.MissingPermissions, pattern: "catalog-not-bound", exit: check.ExitPermissions},
	{name: "the catalog is misspelt", scenario: "ready", choices: tables("inventroy.assets.devices"), walk: "failed S13",
		cause: check.MissingPermissions, pattern: "catalog-hidden", exit: check.ExitPermissions, seen: "HTTP 404, CATALOG_DOES_NOT_EXIST"},
	{name: "the table is misspelt", scenario: "ready", choices: tables("inventory.assets.devises"), walk: "failed S15",
		cause: check.MissingPermissions, pattern: "table-hidden", exit: check.ExitPermissions},
	{name: "the principal may write", scenario: "ready", world: also(demo.Grant{On: unity.OnSchema("inventory", "assets"), Privileges: []unity.Privilege{unity.Modify}}),
		walk: "failed S17; unknown S18", cause: check.BeyondReadOnly, pattern: "beyond-read-only", exit: check.ExitBeyond, seen: "beyond read-only"},
	{name: "a legacy table", scenario: "ready", choices: tables("hive_metastore.default.old_assets"), walk: "failed S16; unknown S13-S14; skipped S15",
		cause: check.MissingPermissions, pattern: "no-usage", exit: check.ExitPermissions, seen: "old_assets: INSUFFICIENT_PERMISSIONS, SQLSTATE 42501", copied: "GRANT USAGE ON SCHEMA `hive_metastore`.`default` TO"},
}

func TestEveryStoryIsToldByItsFirstFailure(t *testing.T) {
	for _, tt := range stories {
		t.Run(tt.name, func(t *testing.T) {
			world := scenario(t, tt.scenario)
			if tt.world != nil {
				tt.world(&world)
			}
			if tt.fault.Path != "" {
				world.Faults = []rest.Fault{tt.fault}
			}
			s := set(t, world)
			if tt.choices != nil {
				tt.choices(t, s)
			}
			results := s.walk(t, check.All())
			proper(t, s, results)
			if got := notable(results); got != tt.walk {
				t.Errorf("the walk is\n  %s, not\n  %s", got, tt.walk)
			}
			failed := check.Failure(results)
			if failed == nil || tt.cause == "" {
				if failed != nil || tt.cause != "" {
					t.Errorf("the first failure is %+v", failed)
				}
				return
			}
			f := failed.Finding
			if f.Cause != tt.cause || f.Pattern != tt.pattern || f.Exit != tt.exit {
				t.Errorf("%s failed as %q, %s, exit %d: %s", failed.Stage, f.Cause, f.Pattern, f.Exit, failed.Detail)
			}
			if !strings.Contains(failed.Evidence, tt.seen) || !strings.Contains(f.Remedy.Copy, tt.copied) {
				t.Errorf("%s saw %q and offers %q", failed.Stage, failed.Evidence, f.Remedy.Copy)
			}
			for _, r := range results {
				if r.State == check.Blocked && r.BlockedBy != failed.Stage {
					t.Errorf("%s is blocked by %s, and the first failure is %s", r.Stage, r.BlockedBy, failed.Stage)
				}
			}
		})
	}
}

func TestWhereNothingIsChosenTheRestIsSkipped(t *testing.T) {
	s := set(t, scenario(t, "ready"))
	s.Subject.Warehouse, s.Schema, s.Tables = ref(""), connector.SchemaName{}, nil
	results := s.walk(t, check.All())
	proper(t, s, results)
	signedIn := len(check.Connect())
	if got := notable(results[:signedIn]); got != "" {
		t.Errorf("signing in: %s", got)
	}
	for _, r := range results[signedIn:] {
		want := check.Skipped
		if r.Stage == check.StageLifetime { // which is about the credentials
			want = check.Unknown
		}
		if r.State != want {
			t.Errorf("%s is %s", r.Stage, r.State)
		}
	}
}

// The stories about privileges end well once an admin runs what the remedy offers, as often as it takes.
func TestWhatTheRemedyOffersHeals(t *testing.T) {
	tests := []struct {
		name, scenario string
		scope          connector.Scope
		tables         []string
		walk           string
	}{
		{"nothing is granted", "first-time", connector.ScopeSchema, []string{"inventory.assets.components"}, whole},
		{"nothing is granted, for two tables", "first-time", connector.ScopeTables, []string{"inventory.assets.devices", "inventory.assets.open_tickets"}, whole},
		{"half is granted", "missing-grants", connector.ScopeSchema, []string{"inventory.assets.components"}, whole},
		{"a hidden catalog", "ready", connector.ScopeTables, []string{"hr.people.employees"}, whole},
		{"unusual names", "ready", connector.ScopeTables, []string{"`odd``name`.`back``tick`.`t``1`"}, whole},
		{"the legacy metastore", "ready", connector.ScopeTables, []string{"hive_metastore.default.old_assets"}, "unknown S13-S14 S17-S18; skipped S15"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := set(t, scenario(t, tt.scenario))
			s.choose(t, tt.tables...)
			s.Scope = tt.scope
			for range 5 {
				results := s.walk(t, check.All())
				proper(t, s, results)
				failed := check.Failure(results)
				if failed == nil {
					if got := notable(results); got != tt.walk {
						t.Errorf("it ends with %s", got)
					}
					return
				}
				if failed.Finding.Remedy.Copy == "" {
					t.Fatalf("%s offers nothing: %s", failed.Stage, failed.Detail)
				}
				if err := s.Grant(t.Context(), failed.Finding.Remedy.Copy); err != nil {
					t.Fatal(err)
				}
			}
			t.Error("it does not heal")
		})
	}
}
