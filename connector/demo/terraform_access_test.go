package demo_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// controlledByTerraform is an object type of databricks_permissions: the type that the provider insists on reading, two levels to give, and what
// it adds by itself: who applies it as managing the object, as its owner, or the admins.
type controlledByTerraform struct {
	path, objectType, first, second string
	me, owner, admins               bool
}

// permissionsOf are the object types of databricks_permissions with the specimen that this workspace has of each.
func permissionsOf() map[string]controlledByTerraform {
	id := func(kind string) string { return specimens()[model.ControlledKind(kind)].id }
	return map[string]controlledByTerraform{
		"cluster policy":        {path: "cluster-policies/" + id("cluster-policies"), objectType: "cluster-policy", first: "CAN_USE", second: "CAN_USE"},
		"instance pool":         {path: "instance-pools/" + id("instance-pools"), objectType: "instance-pool", first: "CAN_ATTACH_TO", second: "CAN_MANAGE", me: true},
		"cluster":               {path: "clusters/" + id("clusters"), objectType: "cluster", first: "CAN_ATTACH_TO", second: "CAN_RESTART", me: true},
		"pipeline":              {path: "pipelines/" + id("pipelines"), objectType: "pipelines", first: "CAN_VIEW", second: "CAN_RUN", owner: true},
		"job":                   {path: "jobs/" + id("jobs"), objectType: "job", first: "CAN_VIEW", second: "CAN_MANAGE_RUN", owner: true},
		"notebook":              {path: "notebooks/" + id("notebooks"), objectType: "notebook", first: "CAN_READ", second: "CAN_RUN"},
		"directory":             {path: "directories/" + id("directories"), objectType: "directory", first: "CAN_EDIT", second: "CAN_MANAGE"},
		"root directory":        {path: "directories/0", objectType: "directory", first: "CAN_READ", second: "CAN_RUN", admins: true},
		"file":                  {path: "files/" + id("files"), objectType: "file", first: "CAN_READ", second: "CAN_EDIT"},
		"Git folder":            {path: "repos/" + id("repos"), objectType: "repo", first: "CAN_READ", second: "CAN_MANAGE"},
		"tokens":                {path: "authorization/tokens", objectType: "tokens", first: "CAN_USE", second: "CAN_USE", admins: true},
		"passwords":             {path: "authorization/passwords", objectType: "passwords", first: "CAN_USE", second: "CAN_USE"},
		"warehouse":             {path: "sql/warehouses/" + id("warehouses"), objectType: "warehouses", first: "CAN_USE", second: "CAN_MONITOR", me: true, owner: true},
		"old dashboard":         {path: "dbsql-dashboards/" + id("dbsql-dashboards"), objectType: "dbsql-dashboard", first: "CAN_READ", second: "CAN_RUN", me: true},
		"alert":                 {path: "sql/alerts/" + id("alerts"), objectType: "alert", first: "CAN_READ", second: "CAN_EDIT", me: true},
		"query":                 {path: "sql/queries/" + id("queries"), objectType: "query", first: "CAN_READ", second: "CAN_RUN", me: true},
		"dashboard":             {path: "dashboards/" + id("dashboards"), objectType: "dashboard", first: "CAN_READ", second: "CAN_EDIT"},
		"experiment":            {path: "experiments/" + id("experiments"), objectType: "mlflowExperiment", first: "CAN_READ", second: "CAN_EDIT"},
		"registered model":      {path: "registered-models/" + id("registered-models"), objectType: "registered-model", first: "CAN_READ", second: "CAN_MANAGE_STAGING_VERSIONS", me: true},
		"all registered models": {path: "registered-models/root", objectType: "registered-model", first: "CAN_READ", second: "CAN_EDIT", me: true, admins: true},
		"serving endpoint":      {path: "serving-endpoints/" + id("serving-endpoints"), objectType: "serving-endpoint", first: "CAN_VIEW", second: "CAN_QUERY", me: true},
		"search endpoint":       {path: "vector-search-endpoints/" + id("vector-search-endpoints"), objectType: "vector-search-endpoints", first: "CAN_USE", second: "CAN_MANAGE", me: true},
		"app":                   {path: "apps/" + id("apps"), objectType: "apps", first: "CAN_USE", second: "CAN_MANAGE", me: true},
		"alert of the new API":  {path: "alertsv2/" + id("alertsv2"), objectType: "alertv2", first: "CAN_READ", second: "CAN_RUN", me: true},
	}
}

// put is the whole list as the provider sends it, for one group beside what it adds.
func (c controlledByTerraform) put(lines string) call {
	add := func(line string, wanted bool) {
		switch {
		case wanted && lines != "":
			lines += ", " + line
		case wanted:
			lines = line
		}
	}
	add(`{"user_name": "{me}", "permission_level": "CAN_MANAGE"}`, c.me)
	add(`{"group_name": "admins", "permission_level": "CAN_MANAGE"}`, c.admins)
	add(`{"user_name": "{owner}", "permission_level": "IS_OWNER"}`, c.owner)
	return call{method: "PUT", path: "/api/2.0/permissions/" + c.path, body: `{"access_control_list": [` + lines + `]}`}
}

func TestTerraformGivesChangesAndTakesPermissions(t *testing.T) {
	for name, c := range permissionsOf() {
		t.Run(name, func(t *testing.T) {
			_, admin, _ := people(t)
			p := newTerraform(t, admin)
			p.kept["me"], p.kept["owner"] = demo.AdminID, demo.AdminID
			given := func(level string) string {
				return `{"group_name": "terraformers", "permission_level": "` + level + `"}`
			}
			read := func(level string) string {
				return `{"object_type": "` + c.objectType + `", "access_control_list": [
					{"group_name": "terraformers", "all_permissions": [{"permission_level": "` + level + `", "inherited": false}]}]}`
			}
			p.live(lifecycle{
				create: []call{madeTeam, {method: "GET", path: "/api/2.0/preview/scim/v2/Me", keep: "me=userName"}, c.put(given(c.first))},
				read:   call{method: "GET", path: "/api/2.0/permissions/" + c.path},
				has:    read(c.first),
				update: []call{c.put(given(c.second))},
				then:   read(c.second),
				remove: []call{{method: "GET", path: "/api/2.0/permissions/" + c.path}, c.put("")},
			})
		})
	}
}

const unityCatalog = "/api/2.1/unity-catalog/"

// grantsOf are databricks_grants and databricks_grant on each kind of object that the provider knows and this workspace has.
var grantsOf = map[string]struct{ on, first, second string }{
	"metastore":          {"metastore/{metastore}", "CREATE_CATALOG", "CREATE_CONNECTION"},
	"catalog":            {"catalog/inventory", "USE_CATALOG", "CREATE_SCHEMA"},
	"schema":             {"schema/inventory.assets", "USE_SCHEMA", "CREATE_TABLE"},
	"table":              {"table/inventory.assets.devices", "SELECT", "MODIFY"},
	"volume":             {"volume/inventory.staging.exports", "READ_VOLUME", "WRITE_VOLUME"},
	"function":           {"function/inventory.reference.own_region", "EXECUTE", "MANAGE"},
	"external location":  {"external_location/landing", "READ_FILES", "WRITE_FILES"},
	"storage credential": {"storage_credential/contoso_lake", "READ_FILES", "CREATE_EXTERNAL_TABLE"},
	"connection":         {"connection/cmdb", "USE_CONNECTION", "CREATE_FOREIGN_CATALOG"},
}

func TestTerraformGrantsChangesAndRevokes(t *testing.T) {
	for name, g := range grantsOf {
		t.Run(name, func(t *testing.T) {
			_, admin, _ := people(t)
			p := newTerraform(t, admin)
			p.do([]call{
				{method: "GET", path: unityCatalog + "current-metastore-assignment", keep: "metastore=metastore_id"},
			})
			read := call{method: "GET", path: unityCatalog + "permissions/" + g.on}
			patch := func(change string) []call {
				return []call{read, {method: "PATCH", path: read.path, body: `{"changes": [{"principal": "asset-owners", ` + change + `}]}`}, read}
			}
			holds := func(privilege string) string {
				return `{"privilege_assignments": [{"principal": "asset-owners", "privileges": ["` + privilege + `"]}]}`
			}
			p.live(lifecycle{
				create: patch(`"add": ["` + g.first + `"]`),
				read:   read,
				has:    holds(g.first),
				update: patch(`"add": ["` + g.second + `"], "remove": ["` + g.first + `"]`),
				then:   holds(g.second),
				remove: patch(`"remove": ["` + g.second + `"]`),
			})
		})
	}
}
