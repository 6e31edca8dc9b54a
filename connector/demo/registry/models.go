package registry

var (
	endpointLevels = []LevelRow{{CanView, "Can view"}, {CanQuery, "Can query"}, {CanManage, "Can manage"}}
	agentLevels    = []LevelRow{{CanQuery, "Can query"}, {CanManage, "Can manage"}}
	useLevels      = []LevelRow{{CanUse, "Can use"}, {CanManage, "Can manage"}}
)

// modelRows are machine learning, and what serves its results: models, endpoints, agents, apps and the databases behind them.
var modelRows = []ThingRow{
	{
		Control: ControlRow{
			Kind: "experiments", Type: "mlflowExperiment", Paths: []string{"experiments/{id}"}, Object: "/experiments/", Noun: "experiment",
			InheritsFrom: "/experiments/", Levels: []LevelRow{{CanRead, "Can read"}, {CanEdit, "Can edit"}, {CanManage, "Can manage"}},
		},
		Versions: []string{"2.0"}, List: "mlflow/experiments/search", Post: true, Get: "mlflow/experiments/get", ID: "experiment_id",
		Within: "experiment", Items: "experiments", Size: "max_results", Usual: 1000, Largest: 3000, Absent: "Node ID %s does not exist.",
	},
	{
		Control: ControlRow{
			Kind: "registered-models", Type: "registered-model", Paths: []string{"registered-models/{id}"}, Object: "/registered-models/",
			Noun: "registered model", InheritsFrom: "/registered-models/root", Root: "root",
			Levels: []LevelRow{
				{CanRead, "Can read"}, {CanEdit, "Can edit"}, {CanManageStaging, "Can manage staging versions"},
				{CanManageProduction, "Can manage production versions"}, {CanManage, "Can manage"},
			},
		},
		Versions: []string{"2.0"}, Get: "mlflow/databricks/registered-models/get", ID: "id", Key: "name", Within: "registered_model_databricks",
		Absent: "RegisteredModel '%s' does not exist.",
	},
	{
		Control: ControlRow{Kind: "registered-models"}, View: true,
		Versions: []string{"2.0"}, List: "mlflow/registered-models/search", Items: "registered_models", Size: "max_results", Usual: 100, Largest: 1000,
		Fields: map[string]string{
			"name": "name", "description": "description", "creation_timestamp": "creation_timestamp", "last_updated_timestamp": "last_updated_timestamp",
			"user_id": "user_id", "latest_versions": "latest_versions",
		},
	},
	{
		Control: ControlRow{
			Kind: "serving-endpoints", Type: "serving-endpoint", Paths: []string{"serving-endpoints/{id}"}, Object: "/serving-endpoints/",
			Noun: "serving endpoint", InheritsFrom: "/serving-endpoints/", Levels: endpointLevels,
		},
		Versions: []string{"2.0"}, List: "serving-endpoints", Get: "serving-endpoints/{id}", ID: "id", Key: "name", Items: "endpoints",
		Absent: "Endpoint with name '%s' does not exist.",
	},
	{
		Control: ControlRow{
			Kind: "vector-search-endpoints", Paths: []string{"vector-search-endpoints/{id}"}, Object: "/vector-search-endpoints/",
			Noun: "vector search endpoint", InheritsFrom: "/vector-search-endpoints/", Levels: useLevels,
		},
		Versions: []string{"2.0"}, List: "vector-search/endpoints", Get: "vector-search/endpoints/{id}", ID: "id", Key: "name", Items: "endpoints",
		Absent: "Vector search endpoint %s not found.",
	},
	{
		Control: ControlRow{
			Kind: "apps", Paths: []string{"apps/{id}"}, Object: "/apps/", Noun: "app", InheritsFrom: "/apps/", Levels: useLevels,
		},
		Versions: []string{"2.0"}, List: "apps", Get: "apps/{id}", ID: "name", Items: "apps",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "App with name %s does not exist or is deleted.",
	},
	{
		Control: ControlRow{
			Kind: "knowledge-assistants", Type: "knowledge-assistant", Paths: []string{"knowledge-assistants/{id}"}, Object: "/knowledge-assistants/",
			Noun: "knowledge assistant", InheritsFrom: "/knowledge-assistants/", Levels: agentLevels,
		},
		Versions: []string{"2.1"}, List: "knowledge-assistants", Get: "knowledge-assistants/{id}", ID: "id", Items: "knowledge_assistants",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Knowledge assistant %s does not exist.",
	},
	{
		Control: ControlRow{
			Kind: "supervisor-agents", Type: "supervisor-agent", Paths: []string{"supervisor-agents/{id}"}, Object: "/supervisor-agents/",
			Noun: "supervisor agent", InheritsFrom: "/supervisor-agents/", Levels: agentLevels,
		},
		Versions: []string{"2.1"}, List: "supervisor-agents", Get: "supervisor-agents/{id}", ID: "supervisor_agent_id", Items: "supervisor_agents",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Supervisor agent %s does not exist.",
	},
	{
		Control: ControlRow{
			Kind: "database-projects", Paths: []string{"database-projects/{id}"}, Object: "/database-projects/", Noun: "database project",
			InheritsFrom: "/database-projects/", Levels: useLevels,
		},
		Versions: []string{"2.0"}, List: "postgres/projects", Get: "postgres/projects/{id}", ID: "project_id", Items: "projects",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Project projects/%s does not exist.",
	},
}
