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

// TestACertificateIsWholeOnANarrowScreen: nothing is wider than the screen but a name, and the digest is there to compare.
func TestACertificateIsWholeOnANarrowScreen(t *testing.T) {
	c, _ := certify(t, town(t))
	c.Connection = "Asset inventory"
	for range 20 {
		c.Unseen = append(c.Unseen, "privileges that come through groups on catalog inventory, and one thing more")
	}
	narrow := c.Page(56)
	for line := range strings.SplitSeq(narrow, "\n") {
		if len(line) > 56 {
			t.Errorf("%d wide: %q", len(line), line)
		}
	}
	for _, want := range []string{
		"  " + c.SHA256[:32] + "\n  " + c.SHA256[32:] + "\n", "\nPrincipal:   draftt-connector, application ID\n             " + draftt, "\n  privileges that come through groups on catalog\n    inventory, and one thing more",
	} {
		if !strings.Contains(narrow, want) {
			t.Errorf("%q is not in\n%s", want, narrow)
		}
	}
	if whole := c.Text(); !strings.Contains(whole, "SHA-256 of the content: "+c.SHA256) || !strings.Contains(whole, "draftt-databricks audit 'Asset inventory' --json") && !strings.Contains(whole, `draftt-databricks audit "Asset inventory" --json`) {
		t.Error(whole)
	}
}
