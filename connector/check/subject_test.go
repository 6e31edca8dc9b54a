package check_test

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

func TestAnErrorThatIsNoRefusalIsNotCalledAMissingPrivilege(t *testing.T) {
	world := scenario(t, "ready")
	world.Faults = []rest.Fault{{Path: "/api/2.1/unity-catalog/*", Status: 500, Body: `{"error_code":"INTERNAL_ERROR","message":"x"}`}}
	s := set(t, world)
	r := check.Failure(s.walk(t, check.Namespace()))
	if r == nil {
		t.Fatal("nothing failed")
	}
	if r.Finding.Cause != check.Unreachable || r.Finding.Remedy.Copy != "" {
		t.Errorf("%s: %+v", r.Name, r.Finding)
	}
}

func TestTheWorkspaceIsOnlyEverRead(t *testing.T) {
	s := set(t, scenario(t, "ready"))
	s.walk(t, check.All())
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
	if got := notable(s.walk(t, check.All())); got != whole {
		t.Fatalf("the walk is %s", got)
	}
	s.Subject.Close()
}
