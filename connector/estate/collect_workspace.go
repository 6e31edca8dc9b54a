package estate

import "net/http"

const workspaceSCIM = "/api/2.0/preview/scim/v2/"

// workspaceCollectors are the people of a workspace and what it runs. Lists leave out what somebody may not see, and do not say so; a workspace
// admin sees everything.
var workspaceCollectors = []Collector{
	{
		ID: "me", Resource: "identity", Path: workspaceSCIM + "Me", Shape: One, Key: []string{"id"}, Name: "userName",
		Keep: []string{"userName", "displayName", "groups", "entitlements"}, Plane: AtWorkspace,
	},
	{
		ID: "metastore", Resource: "identity", Path: unityAPI + "metastore_summary", Shape: One, Key: []string{"metastore_id"}, Name: "name",
		Keep: []string{"name", "owner", "region", "cloud", "global_metastore_id"}, Plane: AtWorkspace,
	},
	listed("alerts", "alerts", "/api/2.0/alerts", "alerts", "id", "display_name", "owner_user_name", "create_time", "warehouse_id", "run_as_user_name").sized("page_size=100", Token),
	listed("legacy-alerts", "legacy-alerts", "/api/2.0/sql/alerts", "results", "id", "display_name", "owner_user_name", "create_time", "query_id").sized("page_size=100", Token),
	{
		ID: "tokens", Resource: "tokens", Path: "/api/2.0/token-management/tokens", Items: "token_infos", Key: []string{"token_id"}, Name: "comment", Plane: AtWorkspace,
		Keep:  []string{"comment", "owner_id", "created_by_id", "created_by_username", "creation_time", "expiry_time", "last_used_day", "scopes"},
		Needs: WorkspaceAdmin, Own: &Own{Path: "/api/2.0/token/list", Of: "owner_id"},
	},
	scimed("workspace-users", "Users", "userName", "userName", "displayName", "active", "externalId", "entitlements", "roles"),
	scimed("workspace-service-principals", "ServicePrincipals", "displayName", "applicationId", "displayName", "active", "externalId", "entitlements", "roles"),
	scimed("workspace-groups", "Groups", "displayName", "displayName", "externalId", "entitlements", "roles", "meta"),
	{
		ID: "workspace-memberships", Resource: "workspace-roles", Plane: AtWorkspace, Path: workspaceSCIM + "Groups/{id}", Query: "attributes=id,displayName,members",
		For: []string{"workspace-groups"}, Shape: Values, Key: []string{"id", "members"}, Name: "displayName", Keep: []string{"displayName"}, Needs: WorkspaceAdmin,
	},
	{ // a secret is known by its id: the hash of its value is not kept
		ID: "oauth-secrets", Resource: "oauth-secrets", Plane: AtWorkspace, Path: "/api/2.0/accounts/servicePrincipals/{id}/credentials/secrets", Paging: Token,
		For: []string{"workspace-service-principals"}, Items: "secrets", Key: []string{"id"}, Within: true, Name: "id", Keep: []string{"status", "create_time", "expire_time"},
		Needs: WorkspaceAdmin,
	},
	{
		ID: "workspace-assignments", Resource: "workspace-assignments", Plane: AtWorkspace, Path: "/api/2.0/preview/permissionassignments",
		Items: "permission_assignments", Key: []string{"principal.principal_id"}, Name: "principal.display_name", Keep: []string{"permissions", "principal"}, Needs: WorkspaceAdmin,
	},
	listed("clusters", "clusters", "/api/2.1/clusters/list", "clusters", "cluster_id", "cluster_name",
		"creator_user_name", "cluster_source", "spark_version", "data_security_mode", "single_user_name", "policy_id", "instance_pool_id",
		"spark_conf.spark.databricks.acl.needAdminPermissionToViewLogs").sized("page_size=100", Token),
	listed("jobs", "jobs", "/api/2.2/jobs/list", "jobs", "job_id", "settings.name", "settings.name", "creator_user_name", "run_as_user_name", "created_time").sized("limit=100", Token),
	listed("warehouses", "compute", "/api/2.0/sql/warehouses", "warehouses", "id", "name", "cluster_size", "warehouse_type", "enable_serverless_compute", "creator_name").sized("", Token),
	listed("cluster-policies", "compute", "/api/2.0/policies/clusters/list", "policies", "policy_id", "name", "creator_user_name", "is_default", "policy_family_id"),
	listed("instance-pools", "compute", "/api/2.0/instance-pools/list", "instance_pools", "instance_pool_id", "instance_pool_name", "node_type_id"),
	listed("pipelines", "compute", "/api/2.0/pipelines", "statuses", "pipeline_id", "name", "creator_user_name", "run_as_user_name").sized("max_results=100", Token),
	listed("queries", "sql", "/api/2.0/sql/queries", "results", "id", "display_name", "owner_user_name", "warehouse_id", "create_time").sized("page_size=100", Token),
	listed("dashboards", "sql", "/api/2.0/lakeview/dashboards", "dashboards", "dashboard_id", "display_name", "create_time", "warehouse_id", "lifecycle_state").sized("page_size=100", Token),
	listed("dbsql-dashboards", "sql", "/api/2.0/preview/sql/dashboards", "results", "id", "name", "user.email", "created_at").sized("page_size=100", Numbered),
	listed("genie", "sql", "/api/2.0/genie/spaces", "spaces", "space_id", "title", "warehouse_id").sized("page_size=100", Token),
	{ // told to those alone who may edit the space
		ID: "genie-tables", Resource: "sql", Plane: AtWorkspace, Path: "/api/2.0/genie/spaces/{id}", Query: "include_serialized_space=true",
		For: []string{"genie"}, Shape: Sources, Within: true, Name: "title", Needs: WorkspaceAdmin,
	},
	searched(listed("experiments", "models", "/api/2.0/mlflow/experiments/search", "experiments", "experiment_id", "name", "creation_time", "lifecycle_stage")),
	listed("registered-models", "models", "/api/2.0/mlflow/registered-models/search", "registered_models", "name", "name", "user_id", "creation_timestamp").sized("max_results=100", Token),
	{ // permissions go by an id that the list does not have
		ID: "registered-model-ids", Resource: "models", Plane: AtWorkspace, Path: "/api/2.0/mlflow/databricks/registered-models/get", Query: "name={id}",
		For: []string{"registered-models"}, Shape: One, Items: "registered_model_databricks", Key: []string{"id"}, Name: "name", Keep: []string{"user_id", "permission_level"},
	},
	listed("serving-endpoints", "models", "/api/2.0/serving-endpoints", "endpoints", "id", "name", "creator", "creation_timestamp", "config.served_entities.entity_name"),
	listed("vector-search-endpoints", "models", "/api/2.0/vector-search/endpoints", "endpoints", "id", "name", "creator", "endpoint_type").sized("", Token),
	listed("apps", "models", "/api/2.0/apps", "apps", "name", "name", "creator", "service_principal_client_id", "service_principal_name", "create_time").sized("page_size=100", Token),
	listed("knowledge-assistants", "models", "/api/2.1/knowledge-assistants", "knowledge_assistants", "id", "display_name", "creator", "create_time").sized("page_size=100", Token),
	listed("supervisor-agents", "models", "/api/2.1/supervisor-agents", "supervisor_agents", "supervisor_agent_id", "display_name", "creator", "create_time").sized("page_size=100", Token),
	listed("database-projects", "models", "/api/2.0/postgres/projects", "projects", "project_id", "display_name", "creator", "create_time").sized("page_size=100", Token),
	listed("secret-scopes", "control", "/api/2.0/secrets/scopes/list", "scopes", "name", "name", "backend_type", "keyvault_metadata"),
	{
		ID: "secret-keys", Resource: "control", Plane: AtWorkspace, Path: "/api/2.0/secrets/list", Query: "scope={id}", For: []string{"secret-scopes"},
		Items: "secrets", Key: []string{"key"}, Within: true, Name: "key", Keep: []string{"last_updated_timestamp"}, Sees: WorkspaceAdmin,
	},
	{
		ID: "ip-access-lists", Resource: "control", Plane: AtWorkspace, Path: "/api/2.0/ip-access-lists", Items: "ip_access_lists", Key: []string{"list_id"}, Name: "label",
		Keep: []string{"label", "list_type", "enabled", "ip_addresses", "address_count"}, Needs: WorkspaceAdmin,
	},
	{ // lists count where they are switched on
		ID: "workspace-settings", Resource: "control", Plane: AtWorkspace, Path: "/api/2.0/workspace-conf", Query: "keys=enableIpAccessLists", Shape: One,
		Keep: []string{"enableIpAccessLists"}, Needs: WorkspaceAdmin,
	},
}

// listed is a list of the workspace that leaves out what somebody may not see.
func listed(id, resource, path, items, key, name string, keep ...string) Collector {
	return Collector{
		ID: id, Resource: resource, Plane: AtWorkspace, Path: path, Items: items, Key: []string{key}, Name: name, Keep: append([]string{name}, keep...), Sees: WorkspaceAdmin,
	}
}

func (c Collector) sized(query string, p Paging) Collector {
	c.Query, c.Paging = query, p
	return c
}

// searched has the parameters in the body.
func searched(c Collector) Collector {
	c.Method, c.Body, c.Paging = http.MethodPost, `{"max_results":1000}`, Token
	return c
}

// scimed is a list of principals of the workspace. Who is no admin is told their names alone.
func scimed(id, path, name string, keep ...string) Collector {
	query := "count=500&attributes=id"
	for _, field := range keep {
		query += "," + field
	}
	return Collector{
		ID: id, Resource: "workspace-roles", Plane: AtWorkspace, Path: workspaceSCIM + path, Query: query, Paging: SCIM, Items: "Resources", Key: []string{"id"}, Name: name,
		Keep: keep, Sees: WorkspaceAdmin,
	}
}
