package demo

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// assetsGrants open inventory.assets to the connector the documented way: USE CATALOG, USE SCHEMA, and SELECT on the schema.
var assetsGrants = []Grant{
	{unity.OnCatalog("inventory"), []unity.Privilege{unity.UseCatalog}},
	{unity.OnSchema("inventory", "assets"), []unity.Privilege{unity.UseSchema, unity.Select}},
	{unity.OnCatalog("inventory_archive"), []unity.Privilege{unity.UseCatalog, unity.UseSchema, unity.Select}},
}

// Scenarios lists the scenarios; the first is the default. Those that a presenter walks come first, then those of each cause.
func Scenarios() []Scenario {
	return slices.Concat(
		walkScenarios(), passingScenarios(), nameScenarios(), certificateScenarios(), answerScenarios(), signInScenarios(), tokenScenarios(),
		warehouseScenarios(), stateScenarios(), objectScenarios(), grantScenarios(), broadScenarios(),
	)
}

// walkScenarios are those for walking the five steps.
func walkScenarios() []Scenario {
	return []Scenario{
		{
			ID: "first-time", Title: "Nothing granted yet",
			Story: "The service principal may use the warehouses and has no Unity Catalog privileges. Catalogs show, their contents do not open until the grants are made.",
			Want:  Want{stageCatalog, permissions, "browse-only", 40},
		},
		{
			ID: "ready", Title: "Everything granted",
			Story:  "The service principal may read inventory.assets. The walk goes straight through.",
			Grants: assetsGrants,
		},
		{
			ID: "wrong-secret", Title: "The secret is refused",
			Story:  "The OAuth secret in the form was revoked, so the workspace refuses the sign-in.",
			Want:   Want{stageToken, authentication, "bad-client", 20},
			Grants: assetsGrants, SignIn: SignIn{Condition: Revoked},
		},
		{
			ID: "no-warehouse", Title: "No SQL warehouse to use",
			Story:  "The service principal has no permission on any SQL warehouse, so the list is empty.",
			Want:   Want{stageWarehouse, warehouse, "no-warehouses", 30},
			Grants: assetsGrants, Warehouses: withoutConnector(seed.Warehouses()),
		},
		{
			ID: "warehouse-stopped", Title: "Every warehouse is stopped",
			Story:  "The serverless warehouse starts within seconds, the pro one within minutes, and one stays starting.",
			Want:   Want{stageState, notRunning, "warehouse-stopped", 31},
			Grants: assetsGrants, Warehouses: stoppedWarehouses(),
		},
		{
			ID: "missing-grants", Title: "Half of the grants",
			Story:  "USE CATALOG on inventory was granted. USE SCHEMA and SELECT were forgotten.",
			Want:   Want{stageSchema, permissions, "browse-only", 40},
			Grants: []Grant{{unity.OnCatalog("inventory"), []unity.Privilege{unity.UseCatalog}}},
		},
		{
			ID: "unreachable", Title: "The workspace cannot be reached",
			Story:  "The workspace host has no DNS record, as with a mistyped name or a private link seen from outside.",
			Want:   Want{stageAddress, unreachable, "name-does-not-resolve", 10},
			Grants: assetsGrants, Between: NoAddress,
		},
		{
			ID: "large", Title: "A catalog with 100,000 tables",
			Story:  "Everything is granted, and the catalog warehouse_100k holds 100,000 tables in one schema.",
			Grants: assetsGrants, Tables: 100_000,
		},
	}
}

// withoutConnector takes the connector off every access list.
func withoutConnector(list []compute.Warehouse) []compute.Warehouse {
	for i := range list {
		delete(list[i].Access, ConnectorID)
	}
	return list
}

// stoppedWarehouses are the usual ones at rest, and one whose start never ends.
func stoppedWarehouses() []compute.Warehouse {
	list := seed.Warehouses()
	for i := range list {
		list[i].InitiallyRunning = false
	}
	return append(list, seed.WarehousesAtRest()...)
}
