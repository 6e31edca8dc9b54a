//lint:file-ignore SA1019 what the SDK still offers is asked as well, since clients of others use it

package demo_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/compute"
	"github.com/databricks/databricks-sdk-go/service/jobs"
	"github.com/databricks/databricks-sdk-go/service/pipelines"
	"github.com/databricks/databricks-sdk-go/service/sql"
	"github.com/databricks/databricks-sdk-go/service/workspace"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// specimen is one object of a kind: how the unmodified SDK lists its kind and gets it.
type specimen struct {
	id, owner string
	list      func(*client.DatabricksClient) ([]string, error)
	get       func(*client.DatabricksClient) error
}

// each gives a field of what was listed, such as the ids.
func each[T any](all []T, err error, field func(T) string) ([]string, error) {
	var out []string
	for _, one := range all {
		out = append(out, field(one))
	}
	return out, err
}

// inFolder lists a folder for the ids of a type of object in it.
func inFolder(folder string, kind workspace.ObjectType) func(*client.DatabricksClient) ([]string, error) {
	return func(c *client.DatabricksClient) ([]string, error) {
		all, err := workspace.NewWorkspace(c).ListAll(ctx, workspace.ListWorkspaceRequest{Path: folder})
		if errors.Is(err, apierr.ErrResourceDoesNotExist) {
			return nil, nil // the folder does not show either
		}
		all = slices.DeleteFunc(all, func(o workspace.ObjectInfo) bool { return o.ObjectType != kind })
		return each(all, err, func(o workspace.ObjectInfo) string { return o.ResourceId })
	}
}

func status(path string) func(*client.DatabricksClient) error {
	return func(c *client.DatabricksClient) error {
		_, err := workspace.NewWorkspace(c).GetStatusByPath(ctx, path)
		return err
	}
}

// runningCode are a specimen of each kind that has an id, by the object type of the permissions API: what runs code, and where the code is.
var runningCode = map[model.ControlledKind]specimen{
	"warehouses": {
		"5e70b2c94d1f8a36", "maria.lindqvist@contoso.example",
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := sql.NewWarehouses(c).ListAll(ctx, sql.ListWarehousesRequest{})
			return each(all, err, func(e sql.EndpointInfo) string { return e.Id })
		},
		func(c *client.DatabricksClient) error {
			_, err := sql.NewWarehouses(c).GetById(ctx, "5e70b2c94d1f8a36")
			return err
		},
	},
	"clusters": {
		"0904-143010-q7m1c8de", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := compute.NewClusters(c).ListAll(ctx, compute.ListClustersRequest{})
			return each(all, err, func(e compute.ClusterDetails) string { return e.ClusterId })
		},
		func(c *client.DatabricksClient) error {
			_, err := compute.NewClusters(c).GetByClusterId(ctx, "0904-143010-q7m1c8de")
			return err
		},
	},
	"cluster-policies": {
		"001A2B3C4D5E6F70", "",
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := compute.NewClusterPolicies(c).ListAll(ctx, compute.ListClusterPoliciesRequest{})
			return each(all, err, func(e compute.Policy) string { return e.PolicyId })
		},
		func(c *client.DatabricksClient) error {
			_, err := compute.NewClusterPolicies(c).GetByPolicyId(ctx, "001A2B3C4D5E6F70")
			return err
		},
	},
	"instance-pools": {
		"0712-094417-oaks12-pool-xk29d3ha", "maria.lindqvist@contoso.example",
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := compute.NewInstancePools(c).ListAll(ctx)
			return each(all, err, func(e compute.InstancePoolAndStats) string { return e.InstancePoolId })
		},
		func(c *client.DatabricksClient) error {
			pool, err := compute.NewInstancePools(c).GetByInstancePoolId(ctx, "0712-094417-oaks12-pool-xk29d3ha")
			if err == nil && (pool.Stats == nil || pool.Stats.IdleCount != pool.MinIdleInstances) {
				err = fmt.Errorf("its stats are %+v", pool.Stats)
			}
			return err
		},
	},
	"jobs": {
		"932718450663017", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := jobs.NewJobs(c).ListAll(ctx, jobs.ListJobsRequest{})
			return each(all, err, func(e jobs.BaseJob) string { return strconv.FormatInt(e.JobId, 10) })
		},
		func(c *client.DatabricksClient) error {
			_, err := jobs.NewJobs(c).GetByJobId(ctx, 932718450663017)
			return err
		},
	},
	"pipelines": {
		"5d0c9b7e-2f46-4a81-93be-7c1e60f8a2d5", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := pipelines.NewPipelines(c).ListPipelinesAll(ctx, pipelines.ListPipelinesRequest{})
			return each(all, err, func(e pipelines.PipelineStateInfo) string { return e.PipelineId })
		},
		func(c *client.DatabricksClient) error {
			_, err := pipelines.NewPipelines(c).GetByPipelineId(ctx, "5d0c9b7e-2f46-4a81-93be-7c1e60f8a2d5")
			return err
		},
	},
	"directories": {"2871930465518230", samuel, inFolder("/Shared", workspace.ObjectTypeDirectory), status("/Shared/Runbooks")},
	"notebooks":   {"2871930465518211", ines, inFolder("/Users/"+ines+"/Month end", workspace.ObjectTypeNotebook), status(books)},
	"files":       {"2871930465518214", ines, inFolder("/Users/"+ines+"/Month end", workspace.ObjectTypeFile), status("/Users/" + ines + "/Month end/rates.csv")},
	"repos": {
		"2871930465518252", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := workspace.NewRepos(c).ListAll(ctx, workspace.ListReposRequest{})
			return each(all, err, func(e workspace.RepoInfo) string { return strconv.FormatInt(e.Id, 10) })
		},
		func(c *client.DatabricksClient) error {
			_, err := workspace.NewRepos(c).GetByRepoId(ctx, 2871930465518252)
			return err
		},
	},
}
