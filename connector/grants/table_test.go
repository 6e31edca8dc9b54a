package grants_test

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// What a read-only connector may hold is not what the table of access has as writing, making or managing. The other way round is stricter: calling a
// function or reading files is no writing, and still more than Draftt needs.
func TestNothingThatTheTableHasAsWritingCountsAsReadOnly(t *testing.T) {
	readOnly := 0
	for _, p := range access.Table().Privileges {
		if !connector.Privilege(p.Name).ReadOnly() {
			continue
		}
		if readOnly++; p.Writes || p.Makes || !slices.Contains([]string{"use", "see", "read"}, p.Risk) {
			t.Errorf("%s may be held by a read-only connector, and is there to %s", p.Name, p.Risk)
		}
	}
	if readOnly != 6 {
		t.Errorf("the table has %d of the 6 privileges that a read-only connector may hold", readOnly)
	}
	for _, p := range access.Table().Privileges {
		e := grants.NewExcess(connector.Privilege(p.Name), grants.Origin{})
		if writes := p.Writes || p.Makes || slices.Contains([]string{"write", "make", "manage"}, p.Risk); writes && !e.Writes {
			t.Errorf("%s is no way to write in a certificate, and the table has it as one to %s", p.Name, p.Risk)
		}
	}
}

// What one privilege amounts to is said in one place, the table of access.
func TestWhatAllPrivilegesAmountToIsSaidByTheTable(t *testing.T) {
	for granted, asked := range map[connector.Privilege]map[connector.Privilege]bool{
		connector.AllPrivileges: {connector.Select: true, connector.UseCatalog: true, connector.UseSchema: true, connector.Browse: true, connector.Manage: false, "EXTERNAL_USE_SCHEMA": false, grants.Ownership: false, "NO_SUCH": false},
		connector.Manage:        {connector.Select: false, connector.Manage: true},
		connector.Browse:        {connector.Select: false, connector.UseCatalog: false},
		"NO_SUCH":               {"NO_SUCH": true, connector.Select: false},
	} {
		for p, want := range asked {
			if got := grants.Gives(granted, p); got != want {
				t.Errorf("%s gives %s: %t", granted, p, got)
			}
		}
	}
}
