//lint:file-ignore SA1019 what the SDK still offers is asked as well, since clients of others use it

package demo_test

import (
	"errors"

	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/apps"
	"github.com/databricks/databricks-sdk-go/service/knowledgeassistants"
	"github.com/databricks/databricks-sdk-go/service/ml"
	"github.com/databricks/databricks-sdk-go/service/postgres"
	"github.com/databricks/databricks-sdk-go/service/serving"
	"github.com/databricks/databricks-sdk-go/service/supervisoragents"
	"github.com/databricks/databricks-sdk-go/service/vectorsearch"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// servingModels is a specimen of each kind of machine learning, and of what serves its results.
var servingModels = map[model.ControlledKind]specimen{
	"experiments": {
		"2871930465518301", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := ml.NewExperiments(c).SearchExperimentsAll(ctx, ml.SearchExperiments{MaxResults: 10})
			return each(all, err, func(e ml.Experiment) string { return e.ExperimentId })
		},
		func(c *client.DatabricksClient) error {
			got, err := ml.NewExperiments(c).GetExperiment(ctx, ml.GetExperimentRequest{ExperimentId: "2871930465518301"})
			if err == nil && got.Experiment.LifecycleStage != "active" {
				return errors.New("it has no stage")
			}
			return err
		},
	},
	"registered-models": {
		"6f2e90b7c1d84a35b0e7f4a9d3c58126", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := ml.NewModelRegistry(c).SearchModelsAll(ctx, ml.SearchModelsRequest{})
			return each(all, err, func(e ml.Model) string {
				one, err := ml.NewModelRegistry(c).GetModel(ctx, ml.GetModelRequest{Name: e.Name})
				if err != nil {
					return err.Error()
				}
				return one.RegisteredModelDatabricks.Id
			})
		},
		func(c *client.DatabricksClient) error {
			_, err := ml.NewModelRegistry(c).GetModel(ctx, ml.GetModelRequest{Name: "demand-forecast"})
			return err
		},
	},
	"serving-endpoints": {
		"a84c1d0be7f54296935dc20f61b7e84a", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := serving.NewServingEndpoints(c).ListAll(ctx)
			return each(all, err, func(e serving.ServingEndpoint) string { return e.Id })
		},
		func(c *client.DatabricksClient) error {
			_, err := serving.NewServingEndpoints(c).GetByName(ctx, "demand-forecast")
			return err
		},
	},
	"vector-search-endpoints": {
		"5b7a0e92-4c16-4d3f-8a05-e9d2c7b61f48", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := vectorsearch.NewVectorSearchEndpoints(c).ListEndpointsAll(ctx, vectorsearch.ListEndpointsRequest{})
			return each(all, err, func(e vectorsearch.EndpointInfo) string { return e.Id })
		},
		func(c *client.DatabricksClient) error {
			_, err := vectorsearch.NewVectorSearchEndpoints(c).GetEndpointByEndpointName(ctx, "runbooks")
			return err
		},
	},
	"apps": {
		"asset-lookup", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := apps.NewApps(c).ListAll(ctx, apps.ListAppsRequest{})
			return each(all, err, func(e apps.App) string { return e.Name })
		},
		func(c *client.DatabricksClient) error {
			_, err := apps.NewApps(c).GetByName(ctx, "asset-lookup")
			return err
		},
	},
	"knowledge-assistants": {
		"7d18c4e0-a29b-4653-b5f1-90e3d6a7c24b", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := knowledgeassistants.NewKnowledgeAssistants(c).ListKnowledgeAssistantsAll(ctx, knowledgeassistants.ListKnowledgeAssistantsRequest{})
			return each(all, err, func(e knowledgeassistants.KnowledgeAssistant) string { return e.Id })
		},
		func(c *client.DatabricksClient) error {
			_, err := knowledgeassistants.NewKnowledgeAssistants(c).GetKnowledgeAssistant(ctx, knowledgeassistants.GetKnowledgeAssistantRequest{Name: "knowledge-assistants/7d18c4e0-a29b-4653-b5f1-90e3d6a7c24b"})
			return err
		},
	},
	"supervisor-agents": {
		"c0a5e3f9-61d7-482b-9e04-b8f7d2c615a3", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := supervisoragents.NewSupervisorAgents(c).ListSupervisorAgentsAll(ctx, supervisoragents.ListSupervisorAgentsRequest{})
			return each(all, err, func(e supervisoragents.SupervisorAgent) string { return e.SupervisorAgentId })
		},
		func(c *client.DatabricksClient) error {
			_, err := supervisoragents.NewSupervisorAgents(c).GetSupervisorAgent(ctx, supervisoragents.GetSupervisorAgentRequest{Name: "supervisor-agents/c0a5e3f9-61d7-482b-9e04-b8f7d2c615a3"})
			return err
		},
	},
	"database-projects": {
		"asset-cache", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := postgres.NewPostgres(c).ListProjectsAll(ctx, postgres.ListProjectsRequest{})
			return each(all, err, func(e postgres.Project) string { return e.ProjectId })
		},
		func(c *client.DatabricksClient) error {
			_, err := postgres.NewPostgres(c).GetProject(ctx, postgres.GetProjectRequest{Name: "projects/asset-cache"})
			return err
		},
	},
}
