package estate

// controlledKinds are the kinds of rows that have an access control list, and what the permissions API calls them.
var controlledKinds = [][2]string{
	{"clusters", "clusters"}, {"cluster-policies", "cluster-policies"}, {"instance-pools", "instance-pools"}, {"jobs", "jobs"}, {"pipelines", "pipelines"},
	{"warehouses", "warehouses"}, {"queries", "queries"}, {"alerts", "alertsv2"}, {"legacy-alerts", "alerts"}, {"dashboards", "dashboards"},
	{"dbsql-dashboards", "dbsql-dashboards"}, {"genie", "genie"}, {"experiments", "experiments"}, {"registered-model-ids", "registered-models"},
	{"serving-endpoints", "serving-endpoints"}, {"vector-search-endpoints", "vector-search-endpoints"}, {"apps", "apps"},
	{"knowledge-assistants", "knowledge-assistants"}, {"supervisor-agents", "supervisor-agents"}, {"database-projects", "database-projects"},
	{"directories", "directories"}, {"repos", "repos"}, {"notebooks", "notebooks"}, {"files", "files"},
}

// governedKinds are the kinds of rows that Unity Catalog grants privileges on, and what it calls them. A model is a function there.
var governedKinds = [][2]string{
	{"catalogs", "CATALOG"}, {"schemas", "SCHEMA"}, {"tables", "TABLE"}, {"volumes", "VOLUME"}, {"functions", "FUNCTION"}, {"models", "FUNCTION"},
	{"storage-credentials", "STORAGE_CREDENTIAL"}, {"external-locations", "EXTERNAL_LOCATION"}, {"connections", "CONNECTION"},
}

// ListsOf is the kind of the rows with the access control lists, or the grants, of another kind.
func ListsOf(kind string) string { return "permissions:" + kind }

// GrantsOf is the kind of the rows with the grants on things of another kind.
func GrantsOf(kind string) string { return "grants:" + kind }

// permissionCollectors ask for the list of each object, one at a time: there is no other way.
func permissionCollectors() []Collector {
	var out []Collector
	for _, k := range controlledKinds {
		out = append(out, Collector{
			ID: ListsOf(k[0]), Resource: "permissions", Plane: AtWorkspace, Path: "/api/2.0/permissions/" + k[1] + "/{id}", For: k[:1], Shape: Lists, Sees: WorkspaceAdmin,
		})
	}
	for _, what := range []string{"tokens", "passwords"} {
		out = append(out, Collector{
			ID: ListsOf(what), Resource: "permissions", Plane: AtWorkspace, Path: "/api/2.0/permissions/authorization/" + what, Shape: Lists, Needs: WorkspaceAdmin,
		})
	}
	out = append(out, Collector{
		ID: ListsOf("secret-scopes"), Resource: "permissions", Plane: AtWorkspace, Path: "/api/2.0/secrets/acls/list", Query: "scope={id}", For: []string{"secret-scopes"},
		Items: "items", Key: []string{"principal"}, Within: true, Name: "principal", Keep: []string{"principal", "permission"}, Sees: WorkspaceAdmin,
	})
	for _, k := range governedKinds {
		one := granted(k[0], unityAPI+"permissions/"+k[1]+"/{id}", k[0])
		one.Own = ownGrants
		out = append(out, one)
	}
	return append(out, granted("shares", unityAPI+"shares/{id}/permissions", "shares"))
}

// ownGrants are those of who asks, some of which a group of theirs may hold.
var ownGrants = &Own{Query: "principal={self}"}

func granted(what, path, kind string) Collector {
	return Collector{
		ID: GrantsOf(what), Resource: "grants", Plane: AtWorkspace, Path: path, Query: "max_results=0", Paging: Token, For: []string{kind}, Shape: Grants,
		Items: "privilege_assignments", Within: true, Sees: MetastoreAdmin,
	}
}
