package demo_test

import (
	"slices"
	"testing"
	"time"
)

var (
	madeCatalog = []call{
		{method: "POST", path: unityCatalog + "catalogs", body: `{"name": "terraformed", "comment": "by code", "properties": {"team": "data"}}`},
		{method: "DELETE", path: unityCatalog + "schemas/terraformed.default?force=true"},
	}
	madeSchema = slices.Concat(madeCatalog, []call{{
		method: "POST", path: unityCatalog + "schemas", body: `{"catalog_name": "terraformed", "name": "raw", "comment": "as it comes"}`, keep: "schema=full_name",
	}})
)

// after is what the provider sends behind what it sent before.
func after(before []call, more ...call) []call { return slices.Concat(before, more) }

// governedByTerraform are databricks_catalog, databricks_catalog_workspace_binding, databricks_workspace_binding, databricks_schema and databricks_volume.
var governedByTerraform = map[string]lifecycle{
	"catalog": {
		create: after(madeCatalog, call{method: "PATCH", path: unityCatalog + "catalogs/terraformed", body: `{"owner": "data-governance"}`}),
		read:   call{method: "GET", path: unityCatalog + "catalogs/terraformed"},
		has: `{"name": "terraformed", "comment": "by code", "owner": "data-governance", "properties": {"team": "data"}, "isolation_mode": "OPEN",
			"catalog_type": "MANAGED_CATALOG"}`,
		update: []call{
			{method: "PATCH", path: unityCatalog + "catalogs/terraformed", body: `{"owner": "metastore-admins"}`},
			{method: "PATCH", path: unityCatalog + "catalogs/terraformed", body: `{"comment": "", "properties": {"team": "assets"}, "isolation_mode": "ISOLATED",
				"enable_predictive_optimization": "DISABLE"}`},
			{method: "GET", path: unityCatalog + "current-metastore-assignment", keep: "workspace=workspace_id"},
			{method: "PATCH", path: unityCatalog + "bindings/catalog/terraformed", body: `{"add": [{"binding_type": "BINDING_TYPE_READ_WRITE", "workspace_id": {workspace}}]}`},
		},
		then:   `{"comment": null, "owner": "metastore-admins", "properties": {"team": "assets"}, "isolation_mode": "ISOLATED", "enable_predictive_optimization": "DISABLE"}`,
		remove: []call{{method: "DELETE", path: unityCatalog + "catalogs/terraformed"}},
		gone:   "CATALOG_DOES_NOT_EXIST",
	},
	"catalog with all that is in it": {
		create: madeSchema,
		read:   call{method: "GET", path: unityCatalog + "catalogs/terraformed"},
		has:    `{"name": "terraformed"}`,
		remove: []call{
			{method: "DELETE", path: unityCatalog + "catalogs/terraformed", refused: "INVALID_STATE"},
			{method: "DELETE", path: unityCatalog + "catalogs/terraformed?force=true"},
		},
		gone: "CATALOG_DOES_NOT_EXIST",
	},
	"binding of a catalog": {
		create: after(madeCatalog,
			call{method: "PATCH", path: unityCatalog + "catalogs/terraformed", body: `{"isolation_mode": "ISOLATED"}`},
			call{method: "PATCH", path: unityCatalog + "bindings/catalog/terraformed", body: `{"add": [{"binding_type": "BINDING_TYPE_READ_ONLY", "workspace_id": 1234}]}`}),
		read:   call{method: "GET", path: unityCatalog + "bindings/catalog/terraformed"},
		has:    `{"bindings": [{"workspace_id": 1234, "binding_type": "BINDING_TYPE_READ_ONLY"}]}`,
		update: []call{{method: "PATCH", path: unityCatalog + "bindings/catalog/terraformed", body: `{"add": [{"binding_type": "BINDING_TYPE_READ_WRITE", "workspace_id": 1234}]}`}},
		then:   `{"bindings": [{"workspace_id": 1234, "binding_type": "BINDING_TYPE_READ_WRITE"}]}`,
		remove: []call{{method: "PATCH", path: unityCatalog + "bindings/catalog/terraformed", body: `{"remove": [{"binding_type": "BINDING_TYPE_READ_WRITE", "workspace_id": 1234}]}`}},
	},
	"binding of a catalog in the older form": {
		create: after(madeCatalog,
			call{method: "PATCH", path: unityCatalog + "catalogs/terraformed", body: `{"isolation_mode": "ISOLATED"}`},
			call{method: "PATCH", path: unityCatalog + "workspace-bindings/catalogs/terraformed", body: `{"assign_workspaces": [1234]}`}),
		read:   call{method: "GET", path: unityCatalog + "workspace-bindings/catalogs/terraformed"},
		has:    `{"workspaces": [1234]}`,
		remove: []call{{method: "PATCH", path: unityCatalog + "workspace-bindings/catalogs/terraformed", body: `{"unassign_workspaces": [1234]}`}},
	},
	"schema": {
		create: after(madeSchema, call{method: "PATCH", path: unityCatalog + "schemas/{schema}", body: `{"owner": "data-governance"}`}),
		read:   call{method: "GET", path: unityCatalog + "schemas/{schema}"},
		has:    `{"full_name": "terraformed.raw", "name": "raw", "catalog_name": "terraformed", "comment": "as it comes", "owner": "data-governance", "properties": null}`,
		update: []call{
			{method: "PATCH", path: unityCatalog + "schemas/{schema}", body: `{"owner": "metastore-admins"}`},
			{method: "PATCH", path: unityCatalog + "schemas/{schema}", body: `{"comment": "cleaned", "properties": {"team": "assets"}, "enable_predictive_optimization": "ENABLE"}`},
		},
		then:   `{"comment": "cleaned", "owner": "metastore-admins", "properties": {"team": "assets"}, "enable_predictive_optimization": "ENABLE"}`,
		remove: []call{{method: "DELETE", path: unityCatalog + "schemas/{schema}"}},
		gone:   "SCHEMA_DOES_NOT_EXIST",
	},
	"schema with all that is in it": {
		create: after(madeSchema, madeVolume),
		read:   call{method: "GET", path: unityCatalog + "schemas/{schema}"},
		has:    `{"name": "raw"}`,
		remove: []call{
			{method: "DELETE", path: unityCatalog + "schemas/{schema}", refused: "INVALID_STATE"},
			{method: "DELETE", path: unityCatalog + "schemas/{schema}?force=true"},
		},
		gone: "SCHEMA_DOES_NOT_EXIST",
	},
	"volume": {
		create: after(madeSchema, madeVolume, call{method: "PATCH", path: unityCatalog + "volumes/{volume}", body: `{"owner": "data-governance"}`}),
		read:   call{method: "GET", path: unityCatalog + "volumes/{volume}"},
		has: `{"full_name": "{volume}", "name": "files", "catalog_name": "terraformed", "schema_name": "raw", "volume_type": "MANAGED", "comment": "by code",
			"owner": "data-governance"}`,
		update: []call{{method: "PATCH", path: unityCatalog + "volumes/{volume}", body: `{"owner": "metastore-admins"}`},
			{method: "PATCH", path: unityCatalog + "volumes/{volume}", body: `{"new_name": "documents", "comment": "by code, renamed"}`, keep: "volume=full_name"}},
		then:   `{"full_name": "terraformed.raw.documents", "name": "documents", "comment": "by code, renamed", "owner": "metastore-admins", "volume_type": "MANAGED"}`,
		remove: []call{{method: "DELETE", path: unityCatalog + "volumes/{volume}"}},
		gone:   "VOLUME_DOES_NOT_EXIST",
	},
	"external volume": {
		create: after(madeSchema, call{method: "POST", path: unityCatalog + "volumes", keep: "volume=full_name", body: `{"catalog_name": "terraformed", "schema_name": "raw",
			"name": "landed", "volume_type": "EXTERNAL", "storage_location": "abfss://external@contosowesteurope.dfs.core.windows.net/landing/terraformed"}`}),
		read:   call{method: "GET", path: unityCatalog + "volumes/{volume}"},
		has:    `{"volume_type": "EXTERNAL", "storage_location": "abfss://external@contosowesteurope.dfs.core.windows.net/landing/terraformed"}`,
		remove: []call{{method: "DELETE", path: unityCatalog + "volumes/{volume}"}},
		gone:   "VOLUME_DOES_NOT_EXIST",
	},
}

var madeVolume = call{
	method: "POST", path: unityCatalog + "volumes", keep: "volume=full_name",
	body: `{"catalog_name": "terraformed", "schema_name": "raw", "name": "files", "volume_type": "MANAGED", "comment": "by code"}`,
}

func TestTerraformMakesChangesAndDropsInUnityCatalog(t *testing.T) { liveAll(t, governedByTerraform) }

// TestTerraformMakesAWarehouseAndWaitsForIt is databricks_sql_endpoint. The provider waits until what it made runs, and not for what it edits.
func TestTerraformMakesAWarehouseAndWaitsForIt(t *testing.T) {
	const warehouses = "/api/2.0/sql/warehouses"
	w, clock := start(t, "first-time")
	p := newTerraform(t, signIn(t, w, w.Admin()))
	p.do([]call{{method: "POST", path: warehouses, keep: "warehouse=id", body: `{"name": "by code", "cluster_size": "Small", "auto_stop_mins": 20, "max_num_clusters": 2,
		"enable_photon": true, "spot_instance_policy": "COST_OPTIMIZED", "warehouse_type": "PRO", "enable_serverless_compute": true,
		"channel": {"name": "CHANNEL_NAME_CURRENT"}, "tags": {"custom_tags": [{"key": "team", "value": "data"}]}}`}})
	read := call{method: "GET", path: warehouses + "/{warehouse}"}
	p.reads("at once", read, `{"state": "STARTING"}`)
	clock.Advance(10 * time.Second)
	p.reads("later", read, `{"id": "{warehouse}", "name": "by code", "state": "RUNNING", "cluster_size": "Small", "auto_stop_mins": 20, "min_num_clusters": 1,
		"max_num_clusters": 2, "num_clusters": 1, "enable_photon": true, "spot_instance_policy": "COST_OPTIMIZED", "warehouse_type": "PRO",
		"enable_serverless_compute": true, "channel": {"name": "CHANNEL_NAME_CURRENT"}, "tags": {"custom_tags": [{"key": "team", "value": "data"}]},
		"health": {"status": "HEALTHY"}, "odbc_params": {"protocol": "https", "port": 443}}`)
	p.reads("its data source", call{method: "GET", path: "/api/2.0/preview/sql/data_sources"}, `[{"warehouse_id": "{warehouse}"}]`)
	edit := call{method: "POST", path: warehouses + "/{warehouse}/edit", body: `{"name": "by code, edited", "cluster_size": "Medium", "auto_stop_mins": 60, "max_num_clusters": 3,
		"enable_photon": true, "spot_instance_policy": "RELIABILITY_OPTIMIZED", "warehouse_type": "PRO", "enable_serverless_compute": true,
		"channel": {"name": "CHANNEL_NAME_PREVIEW"}, "tags": {"custom_tags": [{"key": "team", "value": "assets"}, {"key": "cost", "value": "7"}]}}`}
	for _, when := range []string{"edited", "edited again"} {
		p.do([]call{edit})
		clock.Advance(10 * time.Second)
		p.reads(when, read, `{"name": "by code, edited", "state": "RUNNING", "cluster_size": "Medium", "auto_stop_mins": 60, "max_num_clusters": 3,
			"spot_instance_policy": "RELIABILITY_OPTIMIZED", "channel": {"name": "CHANNEL_NAME_PREVIEW"},
			"tags": {"custom_tags": [{"key": "team", "value": "assets"}, {"key": "cost", "value": "7"}]}}`)
	}
	p.do([]call{{method: "DELETE", path: warehouses + "/{warehouse}"}})
	p.reads("on its way out", read, `{"state": "DELETING"}`)
	clock.Advance(time.Minute)
	p.reads("when gone", read, `{"state": "DELETED"}`)
	p.do([]call{{method: "POST", path: warehouses, body: `{"name": "by code, edited", "cluster_size": "Small"}`}})
}
