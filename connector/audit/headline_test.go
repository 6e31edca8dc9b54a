package audit_test

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// TestACertificateNeverSaysMoreThanWasSeen: what is missing is not read, and a right that opens no data is not read either.
func TestACertificateNeverSaysMoreThanWasSeen(t *testing.T) {
	table, err := connector.ParseTable("inventory.assets.devices", connector.SchemaName{})
	ok(t, err)
	needs := grants.Reach(table.SchemaName)
	lacking := audit.Facts{Chosen: audit.Chosen{Needs: needs}, Missing: []grants.Line{{Need: needs[0]}}}
	tokens := audit.Facts{Rights: []audit.Right{{Kind: audit.OnTokens, Name: "CAN_USE", Holder: grants.Identity{Name: connector.FromRemote(draftt)}}}}
	for _, c := range []struct {
		facts audit.Facts
		page  string
	}{
		{audit.Facts{}, "Read-only certificate: nothing beyond what was chosen was seen\nIt can only read, and only what was chosen.\n"},
		{lacking, "Read-only certificate: nothing beyond what was chosen was seen, with 1 privilege of it missing\nIt can only read; what it lacks of what was chosen stands under Missing of it.\n"},
		{tokens, "Read-only certificate: holds more than was chosen\nNo right to change data was seen"},
	} {
		if page := audit.Certify(c.facts, time.Unix(0, 0), "1.2.3").Text(); !strings.HasPrefix(page, c.page) {
			t.Errorf("%s\nwant %s", page, c.page)
		}
	}
}
