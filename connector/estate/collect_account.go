package estate

const (
	ofAccount   = "/api/2.0/accounts/{account}"
	accountSCIM = ofAccount + "/scim/v2/"
	identity    = "/api/2.0/identity/accounts/{account}/"
	ruleSets    = "/api/2.0/preview/accounts/{account}/access-control/rule-sets"
)

// accountCollectors are what the account knows. Everything there takes an account admin.
var accountCollectors = []Collector{
	{
		ID: "workspaces", Resource: "workspaces", Plane: AtAccount, Path: ofAccount + "/workspaces", Key: []string{"workspace_id"}, Name: "workspace_name",
		Keep:  []string{"workspace_name", "deployment_name", "workspace_status", "location", "pricing_tier", "cloud", "creation_time", "azure_workspace_info"},
		Needs: AccountAdmin, Here: true,
	},
	{
		ID: "metastores", Resource: "metastores", Plane: AtAccount, Path: ofAccount + "/metastores", Items: "metastores", Key: []string{"metastore_id"}, Name: "name",
		Keep: []string{"name", "owner", "region", "cloud", "storage_root", "global_metastore_id", "created_at", "created_by"}, Needs: AccountAdmin,
	},
	{
		ID: "metastore-workspaces", Resource: "metastores", Plane: AtAccount, Path: ofAccount + "/metastores/{id}/workspaces", For: []string{"metastores"},
		Shape: Bare, Items: "workspace_ids", Within: true, Needs: AccountAdmin,
	},
	{
		ID: "users", Resource: "users", Plane: AtAccount, Path: accountSCIM + "Users", Query: "count=500&attributes=id,userName,displayName,active,externalId",
		Paging: SCIM, Items: "Resources", Key: []string{"id"}, Name: "userName", Keep: []string{"userName", "displayName", "active", "externalId"}, Needs: AccountAdmin,
	},
	{ // without their members, which make the list of many slow
		ID: "groups", Resource: "groups", Plane: AtAccount, Path: accountSCIM + "Groups", Query: "count=500&attributes=id,displayName,externalId",
		Paging: SCIM, Items: "Resources", Key: []string{"id"}, Name: "displayName", Keep: []string{"displayName", "externalId"}, Needs: AccountAdmin,
	},
	{ // which SCIM does not tell of groups that an identity provider fills
		ID: "memberships", Resource: "memberships", Plane: AtAccount, Path: identity + "groups/{id}/direct-members", Query: "page_size=1000", Paging: Token,
		For: []string{"groups"}, Items: "direct_group_members", Key: []string{"principal_id"}, Within: true, Name: "display_name",
		Keep: []string{"group_id", "principal_id", "principal_type", "membership_source", "display_name"}, Needs: AccountAdmin,
	},
	{
		ID: "service-principals", Resource: "service-principals", Plane: AtAccount, Path: accountSCIM + "ServicePrincipals",
		Query: "count=500&attributes=id,applicationId,displayName,active,externalId", Paging: SCIM, Items: "Resources", Key: []string{"id"}, Name: "displayName",
		Keep: []string{"applicationId", "displayName", "active", "externalId"}, Needs: AccountAdmin,
	},
	{
		ID: "account-roles", Resource: "account-roles", Plane: AtAccount, Path: ruleSets, Query: "name=accounts/{account}/ruleSets/default&etag=",
		Shape: Rules, Items: "grant_rules", Needs: AccountAdmin,
	},
	{
		ID: "group-rules", Resource: "account-roles", Plane: AtAccount, Path: ruleSets, Query: "name=accounts/{account}/groups/{id}/ruleSets/default&etag=",
		For: []string{"groups"}, Shape: Rules, Items: "grant_rules", Within: true, Needs: AccountAdmin,
	},
	{ // what a group has, everybody has who is in it, through groups as well
		ID: "group-roles", Resource: "account-roles", Plane: AtAccount, Path: accountSCIM + "Groups", Query: "count=500&attributes=id,displayName,roles", Paging: SCIM,
		Shape: Values, Items: "Resources", Key: []string{"id", "roles"}, Name: "displayName", Keep: []string{"displayName"}, Needs: AccountAdmin,
	},
	{
		ID: "user-roles", Resource: "user-roles", Plane: AtAccount, Path: accountSCIM + "Users", Query: "count=500&attributes=id,userName,roles", Paging: SCIM,
		Shape: Values, Items: "Resources", Key: []string{"id", "roles"}, Name: "userName", Keep: []string{"userName"}, Needs: AccountAdmin,
	},
	{
		ID: "service-principal-roles", Resource: "service-principal-roles", Plane: AtAccount, Path: accountSCIM + "ServicePrincipals",
		Query: "count=500&attributes=id,applicationId,displayName,roles", Paging: SCIM, Shape: Values, Items: "Resources", Key: []string{"id", "roles"}, Name: "displayName",
		Keep: []string{"applicationId", "displayName"}, Needs: AccountAdmin,
	},
	{
		ID: "service-principal-rules", Resource: "service-principal-roles", Plane: AtAccount, Path: ruleSets,
		Query: "name=accounts/{account}/servicePrincipals/{applicationId}/ruleSets/default&etag=", For: []string{"service-principals"}, Shape: Rules, Items: "grant_rules",
		Within: true, Needs: AccountAdmin,
	},
}
