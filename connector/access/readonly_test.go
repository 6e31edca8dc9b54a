package access

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// TestWhatAConnectorMayHoldOnlyReads holds the short list of the certificate against the table of privileges.
func TestWhatAConnectorMayHoldOnlyReads(t *testing.T) {
	held := 0
	for _, p := range Table().Privileges {
		if !connector.Privilege(p.Name).ReadOnly() {
			continue
		}
		if held++; p.Writes || p.Makes || !slices.Contains([]string{"use", "see", "read"}, p.Risk) {
			t.Errorf("a connector may hold %s, whose risk is %s", p.Name, p.Risk)
		}
	}
	if held < 5 {
		t.Errorf("the table has only %d of what a connector may hold", held)
	}
}
