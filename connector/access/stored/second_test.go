package stored_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// TestWhatItTakesBesidesIsLookedAtOrSaidNotToBe asks of the workspace's things what comes with a level of them.
func TestWhatItTakesBesidesIsLookedAtOrSaidNotToBe(t *testing.T) {
	c := founded(t)
	f, in, err := stored.Read(c.taken(t, c.Admin(), c.AccountAdmin()), access.Table())
	if err != nil {
		t.Fatal(err)
	}
	const (
		samuel, ines, maria = "samuel.okafor@contoso.example", "ines.moreau@contoso.example", "maria.lindqvist@contoso.example"
		job, pipeline       = "job:418027365190284", "pipeline:5d0c9b7e-2f46-4a81-93be-7c1e60f8a2d5"
		runs                = "Whoever starts it, it runs with the rights of its owner or of whom it is set to run as: "
	)
	for _, asks := range []struct {
		who, on, right, want string // one without words for no line that begins so
		none                 bool
	}{
		{who: samuel, on: job, right: "CAN_MANAGE_RUN", want: runs + "service principal "},
		{who: samuel, on: job, right: "CAN_VIEW", want: runs, none: true},
		{who: maria, on: pipeline, right: "CAN_RUN", want: runs + samuel + "."},
		{who: samuel, on: pipeline, right: "CAN_RUN", want: runs, none: true}, // who runs it as oneself gains nothing
		{who: samuel, on: pipeline, right: "IS_OWNER", want: "It has one owner, and never a group."},
		{who: maria, on: "serving-endpoint:demand-forecast", right: "CAN_QUERY", want: "The endpoint reads its model as who made it, who needs EXECUTE: yes for " + ines + ", function or model sales.orders.return_risk."},
		{who: maria, on: "serving-endpoint:demand-forecast", right: "CAN_QUERY", want: "The endpoint reads its model as who made it, who needs CAN READ: yes for " + ines + ", workspace model demand-forecast."},
		{who: maria, on: "alert:4c1e7a92-3b60-4d85-a7f9-15d08e62c3b4", right: "CAN_RUN", want: "To run it takes CAN USE on a SQL warehouse: yes, SQL warehouse Analytics."},
		{who: maria, on: "alert:4c1e7a92-3b60-4d85-a7f9-15d08e62c3b4", right: "CAN_RUN", want: runs + samuel + "."},
		{who: maria, on: "alert:4c1e7a92-3b60-4d85-a7f9-15d08e62c3b4", right: "CAN_RUN", want: "An alert runs its query", none: true},
		{who: maria, on: "legacy-alert:2f9a6d51-c807-4b3e-9d14-6e5f20b8a7c9", right: "CAN_RUN", want: "An alert runs its query: yes, query Open orders by region."},
		{who: maria, on: "legacy-alert:2f9a6d51-c807-4b3e-9d14-6e5f20b8a7c9", right: "CAN_RUN", want: "To run it takes CAN USE on a SQL warehouse: yes, SQL warehouse Analytics."},
		{who: maria, on: "repo:/Repos/samuel.okafor@contoso.example/asset-pipelines", right: "CAN_MANAGE", want: "Only who made it manages its Git credentials."},
		{who: ines, on: "genie:Ask about orders", right: "CAN_RUN", want: "Unity Catalog governs the tables below it: yes, table or view sales.orders.orders."},
		{who: ines, on: "genie:Ask about orders", right: "CAN_RUN", want: "Unity Catalog governs the tables below it: yes, table or view sales.orders.order_lines."},
		{who: ines, on: "cluster:Shared Analytics", right: "CAN_ATTACH_TO", want: "Driver logs show to all who may attach, since spark.databricks.acl.needAdminPermissionToViewLogs is false."},
		{who: maria, on: "cluster:Inès Moreau's Personal Compute", right: "CAN_ATTACH_TO", want: "Driver logs show to CAN MANAGE alone, unless spark.databricks.acl.needAdminPermissionToViewLogs is false."},
		{who: maria, on: "cluster:Shared Analytics", right: "CAN_MANAGE", want: "Driver logs", none: true},
	} {
		who, err := f.Find(in, asks.who)
		if err != nil {
			t.Fatal(err)
		}
		on, err := f.Seek(asks.on, in)
		if err != nil {
			t.Errorf("%s: %v", asks.on, err)
			continue
		}
		right, err := f.Rules().ParseRight(f.Kind(on), asks.right)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := f.Why(access.Question{Who: who, Right: right, On: on, In: in})
		if err != nil {
			t.Fatal(err)
		}
		besides := f.Say(answer).Besides
		if slices.ContainsFunc(besides, func(line string) bool { return strings.HasPrefix(line, asks.want) }) == asks.none {
			t.Errorf("%s, %s on %s: %q is said, looked for %q", asks.who, asks.right, asks.on, besides, asks.want)
		}
	}
}

// TestTheCardOfAMetastoreHasItsWorkspacesWhereTheAccountWasRead takes it with the account and without.
func TestTheCardOfAMetastoreHasItsWorkspacesWhereTheAccountWasRead(t *testing.T) {
	c := founded(t)
	whole, err := stored.CardOf(c.taken(t, c.Admin(), c.AccountAdmin()))
	if err != nil || whole.Region != "westeurope" || whole.Cloud != "azure" || !whole.Whole || !slices.Equal(whole.Workspaces, []string{"contoso-inventory"}) {
		t.Errorf("with the account it is %+v: %v", whole, err)
	}
	part, err := stored.CardOf(c.taken(t, c.Admin(), demo.Credentials{}))
	if err != nil || part.Region != "westeurope" || part.Whole || part.Workspaces != nil {
		t.Errorf("without it is %+v: %v", part, err)
	}
}
