package export

// nodeKinds are the kinds of rows that are nodes, principals first.
var nodeKinds = []struct{ kind, label string }{
	{"users", "DatabricksUser"}, {"workspace-users", "DatabricksUser"}, {"groups", "DatabricksGroup"}, {"workspace-groups", "DatabricksGroup"},
	{"service-principals", "DatabricksServicePrincipal"}, {"workspace-service-principals", "DatabricksServicePrincipal"}, {"workspaces", "DatabricksWorkspace"},
	{"metastore", "DatabricksMetastore"}, {"catalogs", "DatabricksCatalog"}, {"schemas", "DatabricksSchema"}, {"tables", "DatabricksTable"},
	{"volumes", "DatabricksVolume"}, {"functions", "DatabricksFunction"}, {"models", "DatabricksModel"}, {"storage-credentials", "DatabricksStorageCredential"},
	{"external-locations", "DatabricksExternalLocation"}, {"connections", "DatabricksConnection"}, {"shares", "DatabricksShare"}, {"clusters", "DatabricksCluster"},
	{"cluster-policies", "DatabricksClusterPolicy"}, {"instance-pools", "DatabricksInstancePool"}, {"jobs", "DatabricksJob"}, {"pipelines", "DatabricksPipeline"},
	{"warehouses", "DatabricksWarehouse"}, {"queries", "DatabricksQuery"}, {"alerts", "DatabricksAlert"}, {"legacy-alerts", "DatabricksLegacyAlert"},
	{"dashboards", "DatabricksDashboard"}, {"dbsql-dashboards", "DatabricksLegacyDashboard"}, {"genie", "DatabricksGenieSpace"}, {"experiments", "DatabricksExperiment"},
	{"registered-model-ids", "DatabricksRegisteredModel"}, {"serving-endpoints", "DatabricksServingEndpoint"}, {"vector-search-endpoints", "DatabricksVectorSearchEndpoint"},
	{"apps", "DatabricksApp"}, {"knowledge-assistants", "DatabricksKnowledgeAssistant"}, {"supervisor-agents", "DatabricksSupervisorAgent"},
	{"database-projects", "DatabricksDatabaseProject"}, {"directories", "DatabricksFolder"}, {"repos", "DatabricksGitFolder"}, {"notebooks", "DatabricksNotebook"},
	{"files", "DatabricksFile"}, {"secret-scopes", "DatabricksSecretScope"},
}
