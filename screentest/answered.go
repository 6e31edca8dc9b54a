package screentest

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// HasAnswered is a draft in which every question is answered and everything was seen to hold.
func HasAnswered(t testing.TB) *setup.Draft {
	t.Helper()
	d := setup.NewDraft(nil)
	if err := d.Prefill(setup.Answers{Host: AHost, ClientID: AClientID, Secret: SecretOf("dose0123456789"), Schema: "inventory.assets", Name: "prod"}, setup.FromFlag); err != nil {
		t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	d.SetWarehouse(connector.Warehouse{ID: "w1", Name: connector.FromRemote("Starter"), State: connector.Running}, setup.FromList)
	d.SetReach(true)
	d.ToggleTable(table, setup.FromList)
	return d
}

// HasRead has a walk read every chosen table.
func HasRead(d *setup.Draft) {
	var reads []check.Read
	for _, name := range d.Tables() {
		reads = append(reads, check.Read{Name: name})
	}
	d.TakeReads([]check.Result{{Stage: check.StageRead, State: check.Passed}}, reads, Morning)
}
