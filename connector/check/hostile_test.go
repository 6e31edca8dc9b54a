package check_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// hostile is text that would move the cursor, set the title, reverse the line and start a new one.
const hostile = "\x1b[2J\x1b]0;owned\a\u202e\u009b31m\r\nGRANT MODIFY\u2028\u200b\ufeff"

func TestAHostileAnswerIsShownHarmlessAtEveryStage(t *testing.T) {
	text, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	h := string(text)
	bodies := []string{
		`{"error_code":` + h + `,"message":` + h + `,"error":` + h + `,"error_description":` + h + `}`, hostile, "<html>" + hostile + "</html>",
		strings.Repeat(hostile, 2000),
	}
	answers := map[string]string{
		"/api/2.0/preview/scim/v2/Me":            `{"id":` + h + `,"userName":` + h + `,"displayName":` + h + `,"active":true}`,
		"/api/2.0/sql/warehouses/" + starter:     `{"id":` + h + `,"name":` + h + `,"cluster_size":` + h + `,"state":` + h + `,"warehouse_type":` + h + `,"odbc_params":{"path":` + h + `},"health":{"status":"FAILED","summary":` + h + `}}`,
		"/api/2.1/unity-catalog/catalogs/*":      `{"name":` + h + `,"owner":` + h + `,"browse_only":true}`,
		"/api/2.1/unity-catalog/schemas/*":       `{"name":` + h + `,"owner":` + h + `}`,
		"/api/2.1/unity-catalog/tables/*":        `{"name":` + h + `,"owner":"` + demo.ConnectorID + `","table_type":` + h + `,"columns":[{"name":` + h + `,"type_text":` + h + `}]}`,
		"/api/2.1/unity-catalog/effective-perm*": `{"privilege_assignments":[{"principal":` + h + `,"privileges":[{"privilege":` + h + `,"inherited_from_name":` + h + `,"inherited_from_type":` + h + `}]}]}`,
		"/oidc/.well-known/*":                    `{"token_endpoint":` + h + `}`,
	}
	var faults []rest.Fault
	for path, body := range answers {
		faults = append(faults, rest.Fault{Path: path, Status: 200, Body: body})
	}
	for _, path := range []string{
		"/oidc/.well-known/*", "/oidc/v1/token", "/api/2.0/preview/scim/v2/Me", "/api/2.0/sql/warehouses/*", "/sql/*", "/api/2.1/unity-catalog/catalogs/*",
		"/api/2.1/unity-catalog/schemas/*", "/api/2.1/unity-catalog/tables/*", "/api/2.1/unity-catalog/effective-permissions/*",
	} {
		for i, status := range []int{400, 403, 404, 403} {
			refusal := rest.Fault{Path: path, Status: status, Body: bodies[i], Header: map[string]string{"X-Databricks-Reason-Phrase": "a\u202e\u009b31m refused"}}
			faults = append(faults, refusal)
			refusal.After = 1
			faults = append(faults, refusal)
		}
		faults = append(faults, rest.Fault{Path: path, Status: 302, Header: map[string]string{"Location": "/login\u202e.html"}})
	}
	failed := 0
	for _, fault := range faults {
		world := scenario(t, "ready")
		world.Faults = []rest.Fault{fault}
		s := set(t, world)
		results := s.walk(t, check.All())
		proper(t, s, results)
		if check.Failure(results) != nil {
			failed++
		}
		if t.Failed() {
			t.Fatalf("%s answered %d with %.60q", fault.Path, fault.Status, fault.Body)
		}
		if err := s.Workspace.Close(); err != nil { // the many workspaces of this test need not wait for its end
			t.Fatal(err)
		}
	}
	if failed < len(faults)/2 {
		t.Errorf("only %d of %d walks failed", failed, len(faults))
	}
}

func TestARevokedSecretIsNamedWhereverItShows(t *testing.T) {
	s := set(t, scenario(t, "wrong-secret"))
	_, me := s.Subject.Workspace.Me(t.Context())
	_, list := s.Subject.Workspace.Warehouses(t.Context(), "")
	for _, err := range []error{me, list} {
		var refused *oauth2.RetrieveError
		if got := check.Explain(err); got.Pattern != "bad-client" || got.Cause != check.AuthenticationFailed || !errors.As(err, &refused) {
			t.Errorf("%v is named %s", err, got.Pattern)
		}
	}
	session, err := s.Session()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := session.Ping(t.Context()); check.Explain(err).Pattern != "bad-client" {
		t.Errorf("in SQL, %v is named %s", err, check.Explain(err).Pattern)
	}
}

func TestWhatIsHeldBeyondReadingIsNamed(t *testing.T) {
	tests := map[string]struct {
		held []demo.Grant
		want string
	}{
		"MODIFY on the table":          {[]demo.Grant{{On: unity.OnTable("inventory", "assets", "components"), Privileges: []unity.Privilege{unity.Modify}}}, "holds MODIFY on table inventory.assets.components. Draftt"},
		"MANAGE on the schema":         {[]demo.Grant{{On: unity.OnSchema("inventory", "assets"), Privileges: []unity.Privilege{unity.Manage}}}, "holds MANAGE on schema inventory.assets. Draftt"},
		"ALL PRIVILEGES on the schema": {[]demo.Grant{{On: unity.OnSchema("inventory", "assets"), Privileges: []unity.Privilege{unity.AllPrivileges}}}, "holds ALL PRIVILEGES on schema inventory.assets. Draftt"},
		"MODIFY on the catalog, once":  {[]demo.Grant{{On: unity.OnCatalog("inventory"), Privileges: []unity.Privilege{unity.Modify}}}, "holds MODIFY on catalog inventory. Draftt"},
	}
	for name, tt := range tests {
		world := scenario(t, "ready")
		world.Grants = append(slices.Clone(world.Grants), tt.held...)
		s := set(t, world)
		r := find(t, s.walk(t, check.All()), "S17")
		if r.State != check.Failed || !strings.Contains(r.Finding.Reason, tt.want) || r.Finding.Cause != check.BeyondReadOnly {
			t.Errorf("%s: %s %+v", name, r.State, r.Finding)
		}
		if len(r.Beyond) != 1 || !r.Beyond[0].Writes || r.Finding.Remedy.Copy != r.Beyond[0].Revoke+"\n" || !strings.HasPrefix(r.Beyond[0].Revoke, "REVOKE ") {
			t.Errorf("%s: %+v is taken away with %q", name, r.Beyond, r.Finding.Remedy.Copy)
		}
	}
	t.Run("ownership", func(t *testing.T) {
		world := scenario(t, "ready")
		world.Faults = []rest.Fault{{Path: "/api/2.1/unity-catalog/tables/*", Status: 200, Body: fmt.Sprintf(`{"name":"components","owner":%q,"table_type":"MANAGED"}`, demo.ConnectorID)}}
		s := set(t, world)
		if r := find(t, s.walk(t, check.All()), "S17"); r.State != check.Failed || !strings.Contains(r.Finding.Reason, "ownership of table inventory.assets.components") {
			t.Errorf("%s %+v", r.State, r.Finding)
		}
	})
	t.Run("nobody knows", func(t *testing.T) {
		world := scenario(t, "ready")
		world.Faults = []rest.Fault{{Path: "/api/2.1/unity-catalog/effective-permissions/*", Status: 403, Body: `{"error_code":"PERMISSION_DENIED","message":"no"}`}}
		s := set(t, world)
		results := s.walk(t, check.All())
		if r := find(t, results, "S17"); r.State != check.Unknown || len(check.Uncertain(results)) != 2 {
			t.Errorf("%s %q", r.State, r.Evidence)
		}
	})
}
