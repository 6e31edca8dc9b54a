//lint:file-ignore SA1019 what the SDK still offers is asked as well, since clients of others use it

package demo_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/ml"
	"github.com/databricks/databricks-sdk-go/service/sql"
	"github.com/databricks/databricks-sdk-go/service/workspace"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// full is an admin in a workspace with 45 more experiments, legacy dashboards, legacy queries and Git folders.
func full(t *testing.T) *client.DatabricksClient {
	t.Helper()
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Start(ctx, s, demo.Options{Furnish: func(w *model.World) error {
		for i := range 45 {
			for _, kind := range []model.ControlledKind{"experiments", "dbsql-dashboards", "queries", model.GitFolders} {
				more := model.Thing{Kind: kind, ID: fmt.Sprintf("%d", 9000+i), Creator: samuel, Details: map[string]any{"name": fmt.Sprint(i)}}
				if kind == model.GitFolders {
					more.Path = fmt.Sprintf("/Shared/Runbooks/git-%02d", i)
				}
				if err := w.AddThing(more); err != nil {
					return err
				}
			}
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return signIn(t, w, w.Admin())
}

func TestListsThatArePagedInTheirOwnWayAreReadToTheEnd(t *testing.T) {
	admin := full(t)
	experiments, err := ml.NewExperiments(admin).SearchExperimentsAll(ctx, ml.SearchExperiments{MaxResults: 10})
	if err != nil || len(experiments) != 46 {
		t.Errorf("by a body: %d experiments, %v", len(experiments), err)
	}
	boards, err := sql.NewDashboards(admin).ListAll(ctx, sql.ListDashboardsRequest{})
	if err != nil || len(boards) != 46 {
		t.Errorf("by number: %d legacy dashboards, %v", len(boards), err)
	}
	queries, err := sql.NewQueriesLegacy(admin).ListAll(ctx, sql.ListQueriesLegacyRequest{})
	if err != nil || len(queries) != 46 {
		t.Errorf("also by number: %d legacy queries, %v", len(queries), err)
	}
	repos, err := workspace.NewRepos(admin).ListAll(ctx, workspace.ListReposRequest{PathPrefix: "/Workspace/Shared/"})
	if err != nil || len(repos) != 45 {
		t.Errorf("by next_page_token: %d Git folders, %v", len(repos), err)
	}
	var page struct{ Count, Page int }
	if err := admin.Do(ctx, http.MethodGet, "/api/2.0/preview/sql/dashboards", nil, map[string]any{"page": 9}, nil, &page); err != nil || page.Count != 46 || page.Page != 9 {
		t.Errorf("a page beyond the last: %+v, %v", page, err)
	}
	err = admin.Do(ctx, http.MethodGet, "/api/2.0/preview/sql/dashboards", nil, map[string]any{"page": 0}, nil, nil)
	if !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("page 0: %v", err)
	}
	_, err = ml.NewExperiments(admin).SearchExperimentsAll(ctx, ml.SearchExperiments{Filter: "name LIKE 'x%'"})
	if !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("a filter in a body: %v", err)
	}
}

func TestTheOlderListsCallThingsAsTheyDid(t *testing.T) {
	admin, _, _ := inhabited(t)
	query, err := sql.NewQueriesLegacy(admin).GetByQueryId(ctx, "7c3e1f80-54a9-4d27-b6f1-08d2e9c47a13")
	if err != nil || query.Name != "Open orders by region" || query.Query == "" || query.UpdatedAt != "2026-09-18T15:40:51Z" {
		t.Errorf("a query: %+v, %v", query, err)
	}
	alerts, err := sql.NewAlertsLegacy(admin).List(ctx)
	if err != nil || len(alerts) != 1 || alerts[0].Name != "Servers not seen for a week" || alerts[0].State != "" {
		t.Errorf("alerts: %+v, %v", alerts, err)
	}
}
