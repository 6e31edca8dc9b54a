package connector_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestEachIdentifierIsTakenForWhatItIsAndForNothingElse(t *testing.T) {
	const warehouse, number, uuid = "a3f19c0d7be24418", "7405605741000000", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	kinds := map[string]struct {
		parse func(string) (fmt.Stringer, error)
		takes []string
	}{
		"a warehouse": {func(s string) (fmt.Stringer, error) { return connector.ParseWarehouseID(s) }, []string{warehouse, number}},
		"a workspace": {func(s string) (fmt.Stringer, error) { return connector.ParseWorkspaceID(s) }, []string{number, "1"}},
		"a SCIM id":   {func(s string) (fmt.Stringer, error) { return connector.ParseSCIMID(s) }, []string{number, "1"}},
		"a metastore": {func(s string) (fmt.Stringer, error) { return connector.ParseMetastoreID(s) }, []string{uuid}},
	}
	for kind, of := range kinds {
		for _, text := range []string{warehouse, number, uuid, "1", "", " 1", "A3F19C0D7BE24418", "Starter Warehouse", "1\n", "../1"} {
			wanted := false
			for _, taken := range of.takes {
				wanted = wanted || taken == text
			}
			id, err := of.parse(text)
			switch {
			case wanted && (err != nil || id.String() != text):
				t.Errorf("%s: %q is refused: %v", kind, text, err)
			case !wanted && !errors.Is(err, connector.ErrInput):
				t.Errorf("%s: %q is taken", kind, text)
			}
		}
	}
}

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
