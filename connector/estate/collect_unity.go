package estate

const unityAPI = "/api/2.1/unity-catalog/"

// MetastoreAssignment is the kind of the one row whose ID is that of the workspace.
const MetastoreAssignment = "metastore-assignment"

// The kinds of rows with the catalogs that are open in some workspaces alone, and with these workspaces.
const (
	IsolatedCatalogs = "isolated-catalogs"
	CatalogBindings  = "catalog-bindings"
)

// isolatedCatalogs has those as well that are bound to other workspaces: nothing in them is answered here, so they are no catalogs to ask about.
var isolatedCatalogs = func() Collector {
	c := governed(IsolatedCatalogs, "catalogs", "include_browse=true&include_unbound=true&max_results=0", nil, "name", "catalog_type", "isolation_mode").of("catalogs")
	c.Only = [2]string{"isolation_mode", "ISOLATED"}
	return c
}()

// unityCollectors are what Unity Catalog governs. Who rules the metastore sees all of it.
var unityCollectors = []Collector{
	governed("catalogs", "catalogs", "include_browse=true&max_results=0", nil, "name", "catalog_type", "isolation_mode", "connection_name", "share_name"),
	isolatedCatalogs,
	{ // the older form of this call knows no reading alone
		ID: CatalogBindings, Resource: "unity", Plane: AtWorkspace, Path: unityAPI + "bindings/catalog/{id}", Query: "max_results=0", Paging: Token, For: []string{IsolatedCatalogs},
		Items: "bindings", Key: []string{"workspace_id"}, Within: true, Name: "workspace_id", Keep: []string{"workspace_id", "binding_type"}, Sees: MetastoreAdmin,
	},
	governed("schemas", "schemas", "include_browse=true&max_results=0&catalog_name={name}", []string{"catalogs"}, "full_name", "catalog_name"),
	governed("tables", "tables", "include_browse=true&max_results=0&omit_columns=true&omit_properties=true&catalog_name={catalog_name}&schema_name={name}", []string{"schemas"},
		"full_name", "catalog_name", "schema_name", "table_type", "data_source_format"),
	governed("volumes", "volumes", "include_browse=true&max_results=0&catalog_name={catalog_name}&schema_name={name}", []string{"schemas"},
		"full_name", "catalog_name", "schema_name", "volume_type", "storage_location"),
	governed("functions", "functions", "include_browse=true&max_results=0&catalog_name={catalog_name}&schema_name={name}", []string{"schemas"},
		"full_name", "catalog_name", "schema_name", "data_type"),
	governed("models", "models", "include_browse=true&max_results=0&catalog_name={catalog_name}&schema_name={name}", []string{"schemas"},
		"full_name", "catalog_name", "schema_name").of("registered_models"),
	governed("storage-credentials", "storage-credentials", "max_results=0", nil, "name", "read_only", "used_for_managed_storage").of("storage_credentials"),
	governed("external-locations", "external-locations", "max_results=0", nil, "name", "url", "credential_name", "read_only").of("external_locations"),
	governed("connections", "connections", "max_results=0", nil, "name", "connection_type", "credential_type"),
	governed("shares", "shares", "max_results=0", nil, "name"),
	governed("recipients", "recipients", "max_results=0", nil, "name", "authentication_type", "data_recipient_global_metastore_id", "cloud", "region"),
	governed("providers", "providers", "max_results=0", nil, "name", "authentication_type", "data_provider_global_metastore_id", "cloud", "region"),
	{ // which tells the ID of a workspace whose host does not have it
		ID: MetastoreAssignment, Resource: "identity", Plane: AtWorkspace, Path: unityAPI + "current-metastore-assignment", Shape: One, Key: []string{"workspace_id"},
		Name: "workspace_id", Keep: []string{"metastore_id", "default_catalog_name"},
	},
	{
		ID: "metastore-owners", Resource: "metastore-roles", Plane: AtWorkspace, For: []string{"metastore", "catalogs", "schemas"}, Shape: Derived, Sees: MetastoreAdmin,
	},
	{ // a refusal here leaves the owner, which everybody is told
		ID: "metastore-grants", Resource: "metastore-roles", Plane: AtWorkspace, Path: unityAPI + "permissions/METASTORE/{id}", Query: "max_results=0", Paging: Token,
		For: []string{"metastore"}, Shape: Grants, Items: "privilege_assignments", Within: true, Needs: MetastoreAdmin, Own: ownGrants,
	},
}

// governed is a list of Unity Catalog, paged by the server's own size.
func governed(id, path, query string, parents []string, key string, keep ...string) Collector {
	return Collector{
		ID: id, Resource: "unity", Plane: AtWorkspace, Path: unityAPI + path, Query: query, Paging: Token, For: parents, Items: id, Key: []string{key}, Name: "name",
		Keep: append([]string{"name", "owner", "comment", "created_at", "created_by", "browse_only"}, keep...), Sees: MetastoreAdmin,
	}
}

func (c Collector) of(items string) Collector {
	c.Items = items
	return c
}
