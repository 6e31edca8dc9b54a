package connector_test

import (
	"fmt"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAnIdentifierIsPrintedClean(t *testing.T) {
	const hostile = "a\x1b[2J\u202eb"
	for _, id := range []any{
		connector.WarehouseID(hostile), connector.WorkspaceID(hostile), connector.ClientID(hostile), connector.SCIMID(hostile),
		connector.MetastoreID(hostile),
	} {
		for _, verb := range []string{"%v", "%s", "%q", "%+v", "%#v"} {
			if got := fmt.Sprintf(verb, id); !safe(got) {
				t.Errorf("%T with %s prints %q", id, verb, got)
			}
		}
	}
}

func TestAWarehouseIsKeptByWhatDoesNotChange(t *testing.T) {
	w := connector.Warehouse{
		ID: "a3f19c0d7be24418", Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless,
		HTTPPath: "/sql/1.0/warehouses/a3f19c0d7be24418", State: connector.Running,
	}
	want := connector.WarehouseRef{ID: w.ID, Name: w.Name, Type: w.Type, HTTPPath: w.HTTPPath}
	if got := w.Ref(); got != want {
		t.Errorf("%+v", got)
	}
}

// What a server says in a header is a number, or nothing: it stands on screens, and is compared with what was pasted.
func TestOnlyTheNumberOfAWorkspaceIsReadFromAHeader(t *testing.T) {
	for header, want := range map[string]connector.WorkspaceID{
		"7405605741000000": "7405605741000000", "": "", "0": "", "17 ": "", "-1": "", "\x1b[31m17": "", "123456789012345678901": "",
	} {
		if got := connector.ReadWorkspaceID(header); got != want {
			t.Errorf("%q is read as %q", header, got)
		}
	}
}
