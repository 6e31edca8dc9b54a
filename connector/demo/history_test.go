package demo_test

import (
	"testing"

	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/sql"
)

func TestTheQueryHistoryIsWhatWasRun(t *testing.T) {
	w, _ := start(t, "ready")
	admin, ordinary := signIn(t, w, w.Admin()), signIn(t, w, w.Connector())
	run := func(c *client.DatabricksClient, text string) {
		t.Helper()
		_, err := sql.NewStatementExecution(c).ExecuteStatement(ctx, sql.ExecuteStatementRequest{
			WarehouseId: "a3f19c0d7be24418", Statement: text, WaitTimeout: "50s",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	run(ordinary, "SELECT 1")
	run(ordinary, "SELECT nothing FROM nowhere")
	if err := w.Grant(ctx, "GRANT BROWSE ON CATALOG inventory TO `analysts`"); err != nil { // over the SQL driver
		t.Fatal(err)
	}
	ask := func(c *client.DatabricksClient, request sql.ListQueryHistoryRequest) []sql.QueryInfo {
		t.Helper()
		page, err := sql.NewQueryHistory(c).List(ctx, request)
		if err != nil {
			t.Fatal(err)
		}
		return page.Res
	}
	all := ask(admin, sql.ListQueryHistoryRequest{})
	if len(all) != 3 || all[0].StatementType != sql.QueryStatementTypeGrant || all[0].Status != sql.QueryStatusFinished {
		t.Fatalf("an admin is shown %+v", all)
	}
	own := ask(ordinary, sql.ListQueryHistoryRequest{IncludeMetrics: true})
	if len(own) != 2 || own[0].Status != sql.QueryStatusFailed || own[0].ErrorMessage == "" || own[1].RowsProduced != 1 || own[1].QueryText != "SELECT 1" ||
		own[1].UserId == 0 || own[1].WarehouseId != "a3f19c0d7be24418" || own[1].Metrics == nil {
		t.Errorf("the connector is shown %+v", own)
	}
	failed := ask(admin, sql.ListQueryHistoryRequest{FilterBy: &sql.QueryFilter{
		Statuses: []sql.QueryStatus{sql.QueryStatusFailed}, UserIds: []int64{own[0].UserId}, WarehouseIds: []string{"a3f19c0d7be24418"},
	}})
	if len(failed) != 1 || failed[0].QueryId != own[0].QueryId {
		t.Errorf("those that failed: %+v", failed)
	}
	later := ask(admin, sql.ListQueryHistoryRequest{FilterBy: &sql.QueryFilter{QueryStartTimeRange: &sql.TimeRange{StartTimeMs: all[0].QueryStartTimeMs + 1}}})
	if len(later) != 0 {
		t.Errorf("after all of them there is %+v", later)
	}
	page, err := sql.NewQueryHistory(admin).List(ctx, sql.ListQueryHistoryRequest{MaxResults: 2})
	if err != nil || len(page.Res) != 2 || !page.HasNextPage || page.NextPageToken == "" {
		t.Errorf("a page of two: %+v, %v", page, err)
	}
}
