package audit_test

import (
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// TestAnEntitlementThatNobodyKnowsCountsAsARightToWrite: what Databricks adds one day is beyond reading until somebody has looked.
func TestAnEntitlementThatNobodyKnowsCountsAsARightToWrite(t *testing.T) {
	for name, want := range map[string]audit.Verdict{
		connector.EntitlementSQL: audit.Exact, connector.EntitlementConsume: audit.Exact, "workspace-access": audit.Broader,
		"allow-cluster-create": audit.CanWrite, "allow-instance-pool-create": audit.CanWrite, "allow-everything-new": audit.CanWrite, "": audit.CanWrite,
	} {
		facts := audit.Facts{Rights: []audit.Right{{Kind: audit.Entitlement, Name: name, Holder: grants.Identity{Name: connector.FromRemote(draftt)}}}}
		c := audit.Certify(facts, time.Unix(0, 0), "1.2.3")
		if c.Verdict != want || (want != audit.Exact) != slices.ContainsFunc(c.Extras, func(e grants.Extra) bool {
			return e.What == "entitlement "+name && e.Writes == (want == audit.CanWrite)
		}) {
			t.Errorf("%q: %s, %+v", name, c.Verdict, c.Extras)
		}
		facts.Unseen = []string{"who may use tokens"}
		if c := audit.Certify(facts, time.Unix(0, 0), "1.2.3"); want == audit.CanWrite && c.Verdict != audit.CanWrite || want != audit.CanWrite && c.Verdict != audit.Unknown {
			t.Errorf("%q, and something was not seen: %s", name, c.Verdict)
		}
	}
}
