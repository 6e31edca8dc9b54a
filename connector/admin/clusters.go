package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const (
	deleteClusterPath = "/api/2.1/clusters/permanent-delete" // what is called delete there only ends its run
	jobsPath          = "/api/2.2/jobs/list"
	jobsPage          = 100
)

// deleteCluster deletes a cluster for good.
func deleteCluster(c ComputeFact) (Change, error) {
	request, err := withBody(http.MethodPost, deleteClusterPath, struct {
		ID string `json:"cluster_id"`
	}{c.ID})
	return Change{
		Kind: DeleteCluster, Object: "cluster " + c.Name.String() + " (" + c.ID + ")", Before: "there, " + strings.ToLower(c.State),
		After: "deleted", Undo: "None: a new cluster has another ID.", Why: "The connection has it for its own.", subject: subject{request: &request},
	}, err
}

// noCluster reports whether an answer says that a cluster is gone. Databricks calls that a parameter with a wrong value.
func noCluster(err error) bool {
	var refused *apierr.APIError
	return errors.Is(err, apierr.ErrNotFound) || errors.As(err, &refused) && refused.ErrorCode == "INVALID_PARAMETER_VALUE" && strings.Contains(refused.Message, "does not exist")
}

// ClusterLevels are the levels on a cluster. It takes CAN_MANAGE on it.
func (s *Session) ClusterLevels(ctx context.Context, id string) ([]ComputeLevel, error) {
	list, err := s.access(ctx, "/api/2.0/permissions/clusters/"+connector.PathSegment(id))
	return levels(list), err
}

// JobsOnClusters are the names of the jobs that run on a cluster that is there before them, by the ID of the cluster, and how many jobs have more
// tasks than are told. A workspace admin is shown all jobs.
func (s *Session) JobsOnClusters(ctx context.Context) (on map[string][]connector.Remote, cut int, err error) {
	type task struct {
		Cluster string `json:"existing_cluster_id"`
	}
	type job struct {
		Settings struct {
			Name  string `json:"name"`
			Tasks []task `json:"tasks"`
			task         // of a job of the older form, which is one task
		} `json:"settings"`
		More bool `json:"has_more"` // tasks
	}
	on = map[string][]connector.Remote{}
	_, err = workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[job], error) {
		var answer struct {
			Jobs []job  `json:"jobs"`
			Next string `json:"next_page_token"`
		}
		query := struct {
			Token string `url:"page_token,omitempty"`
			Most  int    `url:"limit"`
			Tasks bool   `url:"expand_tasks"`
		}{token, jobsPage, true}
		if err := s.get(ctx, jobsPath, query, &answer); err != nil {
			return workspace.Page[job]{}, err
		}
		for _, j := range answer.Jobs {
			if j.More {
				cut++
			}
			used := map[string]bool{}
			for _, t := range append(j.Settings.Tasks, j.Settings.task) {
				if t.Cluster != "" && !used[t.Cluster] {
					used[t.Cluster] = true
					on[t.Cluster] = append(on[t.Cluster], connector.Known().Remote(connector.KindName, j.Settings.Name))
				}
			}
		}
		return workspace.Page[job]{Next: answer.Next}, nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list jobs: %w", err)
	}
	return on, cut, nil
}
