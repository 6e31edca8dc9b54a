package demo_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/compute"
	"github.com/databricks/databricks-sdk-go/service/dashboards"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/jobs"
	"github.com/databricks/databricks-sdk-go/service/pipelines"
	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

const nightlyJob = 418027365190284

// counts are how many clusters, policies, pools, jobs, pipelines, queries, alerts and dashboards somebody is shown.
func counts(t *testing.T, c *client.DatabricksClient) [8]int {
	t.Helper()
	clusters, err1 := compute.NewClusters(c).ListAll(ctx, compute.ListClustersRequest{})
	policies, err2 := compute.NewClusterPolicies(c).ListAll(ctx, compute.ListClusterPoliciesRequest{})
	pools, err3 := compute.NewInstancePools(c).ListAll(ctx)
	all, err4 := jobs.NewJobs(c).ListAll(ctx, jobs.ListJobsRequest{Limit: 1})
	flows, err5 := pipelines.NewPipelines(c).ListPipelinesAll(ctx, pipelines.ListPipelinesRequest{})
	queries, err6 := sql.NewQueries(c).ListAll(ctx, sql.ListQueriesRequest{})
	alerts, err7 := sql.NewAlerts(c).ListAll(ctx, sql.ListAlertsRequest{})
	boards, err8 := dashboards.NewLakeview(c).ListAll(ctx, dashboards.ListDashboardsRequest{})
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7, err8); err != nil {
		t.Fatal(err)
	}
	return [8]int{len(clusters), len(policies), len(pools), len(all), len(flows), len(queries), len(alerts), len(boards)}
}

func TestObjectsOfTheWorkspaceShowToThoseWhoMaySeeThem(t *testing.T) {
	_, admin, ordinary := people(t)
	if got := counts(t, admin); got != [8]int{2, 1, 1, 2, 1, 1, 1, 1} {
		t.Errorf("an admin is shown %v", got)
	}
	if got := counts(t, ordinary); got != [8]int{} {
		t.Errorf("the connector is shown %v", got)
	}
	job, err := jobs.NewJobs(admin).Get(ctx, jobs.GetJobRequest{JobId: nightlyJob})
	if err != nil || job.Settings.Name != "Refresh inventory" || job.RunAsUserName == "" || job.CreatorUserName != "samuel.okafor@contoso.example" {
		t.Errorf("a job: %+v, %v", job, err)
	}
	if _, err := jobs.NewJobs(ordinary).Get(ctx, jobs.GetJobRequest{JobId: nightlyJob}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("for the connector: %v", err)
	}
	if _, err := jobs.NewJobs(admin).Get(ctx, jobs.GetJobRequest{JobId: 1}); !errors.Is(err, apierr.ErrResourceDoesNotExist) || !strings.Contains(err.Error(), "Job 1 does not exist.") {
		t.Errorf("a job that is not there: %v", err)
	}
	if _, err := pipelines.NewPipelines(admin).GetByPipelineId(ctx, "nowhere"); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("a pipeline that is not there: %v", err)
	}
	if err := admin.Do(ctx, http.MethodGet, "/api/2.2/jobs/list", nil, map[string]any{"expand_tasks": false}, nil, nil); err != nil {
		t.Errorf("a parameter that says no: %v", err)
	}
	if err := admin.Do(ctx, http.MethodGet, "/api/2.2/jobs/list", nil, map[string]any{"name": "x"}, nil, nil); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a filter that is not there: %v", err)
	}
}

func TestPermissionsOnAJobAreThoseOfJobs(t *testing.T) {
	_, admin, ordinary := people(t)
	permissions := iam.NewPermissions(admin)
	levels, err := permissions.GetPermissionLevels(ctx, iam.GetPermissionLevelsRequest{RequestObjectType: "jobs", RequestObjectId: "418027365190284"})
	if err != nil || len(levels.PermissionLevels) != 4 {
		t.Errorf("levels: %+v, %v", levels, err)
	}
	change := func(level iam.PermissionLevel) (*iam.ObjectPermissions, error) {
		return permissions.Update(ctx, iam.UpdateObjectPermissions{
			RequestObjectType: "jobs", RequestObjectId: "418027365190284",
			AccessControlList: []iam.AccessControlRequest{{ServicePrincipalName: demo.ConnectorID, PermissionLevel: level}},
		})
	}
	if _, err := change(iam.PermissionLevelCanRestart); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a level of clusters: %v", err)
	}
	list, err := change(iam.PermissionLevelCanView)
	if err != nil || list.ObjectId != "/jobs/418027365190284" || list.ObjectType != "job" {
		t.Fatalf("given: %+v, %v", list, err)
	}
	owner := slices.IndexFunc(list.AccessControlList, func(e iam.AccessControlResponse) bool {
		return e.AllPermissions[0].PermissionLevel == iam.PermissionLevelIsOwner
	})
	if owner < 0 || list.AccessControlList[owner].UserName != "samuel.okafor@contoso.example" || len(list.AccessControlList) != 5 {
		t.Errorf("the list: %+v", list.AccessControlList)
	}
	if got := counts(t, ordinary); got != [8]int{3: 1} {
		t.Errorf("the connector is shown %v", got)
	}
	_, err = iam.NewPermissions(ordinary).Get(ctx, iam.GetPermissionRequest{RequestObjectType: "jobs", RequestObjectId: "418027365190284"})
	if !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector read the list: %v", err)
	}
	_, err = permissions.Get(ctx, iam.GetPermissionRequest{RequestObjectType: "database-instances", RequestObjectId: "1"})
	var refused *apierr.APIError
	if !errors.As(err, &refused) || refused.ErrorCode != "ENDPOINT_NOT_FOUND" {
		t.Errorf("permissions on what there is none of: %v", err)
	}
}
