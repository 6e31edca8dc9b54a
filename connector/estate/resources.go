package estate

// resources are the rows of the document's table in its order, by priority and then by scope, then the planned ones, then what stands beside
// them. The document's numbers skip 7 and 13 and have 6 three times.
var resources = []Resource{
	{"identity", "who is signed in", Beyond, Unnumbered, ""},
	{"workspaces", "workspaces", OfAccount, 0, ""},
	{"metastores", "metastores", OfAccount, 1, ""},
	{"users", "users", OfAccount, 2, singleSignOn},
	{"groups", "groups", OfAccount, 3, ""},
	{"memberships", "group memberships", OfAccount, 4, justInTime},
	{"service-principals", "service principals", OfAccount, 5, ""},
	{"account-roles", "account roles", OfAccount, 6, ""},
	{"alerts", "alerts", OfWorkspace, 6, ""},
	{"legacy-alerts", "legacy alerts", OfWorkspace, 6, ""},
	{"user-roles", "role assignments of users", OfAccount, 8, ""},
	{"service-principal-roles", "role assignments of service principals", OfAccount, 9, ""},
	{"tokens", "personal access tokens", OfWorkspace, 10, ""},
	{"oauth-secrets", "service principal secrets", OfWorkspace, 11, ""}, // asked for each service principal of the workspace, which the next row finds
	{"workspace-roles", "workspace roles", OfWorkspace, 12, ""},
	{"workspace-assignments", "workspace role assignments", OfWorkspace, 14, ""},
	{"clusters", "clusters", Planned, Unnumbered, ""},
	{"jobs", "jobs", Planned, Unnumbered, ""},
	{"objects", "workspace objects", Planned, Unnumbered, ""},
	{"unity", "Unity Catalog", Planned, Unnumbered, ""},
	{"metastore-roles", "metastore roles", Planned, Unnumbered, ""},
	{"compute", "warehouses, policies, pools and pipelines", Beyond, Unnumbered, ""},
	{"sql", "queries, dashboards and Genie spaces", Beyond, Unnumbered, ""},
	{"models", "experiments, models, endpoints and apps", Beyond, Unnumbered, ""},
	{"control", "secret scopes and IP access lists", Beyond, Unnumbered, ""},
	{"permissions", "permissions of each object", Beyond, Unnumbered, ""},
	{"grants", "grants of each object in Unity Catalog", Beyond, Unnumbered, ""},
}

// Resources lists them in their order.
func Resources() []Resource { return append([]Resource(nil), resources...) }

// justInTime is to know of who is in which group.
const justInTime = "Where automatic identity management is on, who is in a group of the identity provider is in the account from their first sign-in on: who has not signed in yet is in no group here."

// singleSignOn is to know of how users sign in.
const singleSignOn = "Whether single sign-on is on is not visible: no API tells it."
