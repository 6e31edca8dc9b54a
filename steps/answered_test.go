package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// hasAnswered is a draft in which every question is answered and everything was seen to hold.
func hasAnswered(t testing.TB) *Draft {
	t.Helper()
	d := NewDraft(nil)
	if err := d.Prefill(Answers{Host: aHost, ClientID: aClientID, Secret: secretOf("dose0123456789"), Schema: "inventory.assets", Name: "prod"}, FromFlag); err != nil {
		t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	d.SetWarehouse(connector.Warehouse{ID: "w1", Name: connector.FromRemote("Starter"), State: connector.Running}, FromList)
	d.SetReach(true)
	d.ToggleTable(table, FromList)
	return d
}

// hasRead has a walk read every chosen table.
func hasRead(d *Draft) {
	var reads []check.Read
	for _, name := range d.Tables() {
		reads = append(reads, check.Read{Name: name})
	}
	d.TakeReads([]check.Result{{Stage: check.StageRead, State: check.Passed}}, reads, morning)
}
