package demo

import (
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// assetsGrants open inventory.assets to the connector the documented way: USE CATALOG, USE SCHEMA, and SELECT on the schema.
var assetsGrants = []Grant{
	{model.OnCatalog("inventory"), []model.Privilege{model.UseCatalog}},
	{model.OnSchema("inventory", "assets"), []model.Privilege{model.UseSchema, model.Select}},
	{model.OnCatalog("inventory_archive"), []model.Privilege{model.UseCatalog, model.UseSchema, model.Select}},
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
			Want:  Want{"S13", permissions, "browse-only", 40},
		},
		{
			ID: "ready", Title: "Everything granted",
			Story:  "The service principal may read inventory.assets. The walk goes straight through.",
			Grants: assetsGrants,
		},
		{
			ID: "wrong-secret", Title: "The secret is refused",
			Story:  "The OAuth secret in the form was revoked, so the workspace refuses the sign-in.",
			Want:   Want{"S06", authentication, "bad-client", 20},
			Grants: assetsGrants, SignIn: SignIn{Condition: Revoked},
		},
		{
			ID: "no-warehouse", Title: "No SQL warehouse to use",
			Story:  "The service principal has no permission on any SQL warehouse, so the list is empty.",
			Want:   Want{"S09", warehouse, "no-warehouses", 30},
			Grants: assetsGrants, Warehouses: withoutConnector(usualWarehouses()),
		},
		{
			ID: "warehouse-stopped", Title: "Every warehouse is stopped",
			Story:  "The serverless warehouse starts within seconds, the pro one within minutes, and one stays starting.",
			Want:   Want{"S11", notRunning, "warehouse-stopped", 31},
			Grants: assetsGrants, Warehouses: stoppedWarehouses(),
		},
		{
			ID: "missing-grants", Title: "Half of the grants",
			Story:  "USE CATALOG on inventory was granted. USE SCHEMA and SELECT were forgotten.",
			Want:   Want{"S14", permissions, "browse-only", 40},
			Grants: []Grant{{model.OnCatalog("inventory"), []model.Privilege{model.UseCatalog}}},
		},
		{
			ID: "unreachable", Title: "The workspace cannot be reached",
			Story:  "The workspace host has no DNS record, as with a mistyped name or a private link seen from outside.",
			Want:   Want{"S01", unreachable, "name-does-not-resolve", 10},
			Grants: assetsGrants, Between: NoAddress,
		},
		{
			ID: "large", Title: "A catalog with 100,000 tables",
			Story:  "Everything is granted, and the catalog warehouse_100k holds 100,000 tables in one schema.",
			Grants: assetsGrants, Tables: 100_000,
		},
	}
}

// usualWarehouses are one of each kind, and one that the connector sees but may not use.
func usualWarehouses() []model.Warehouse {
	return []model.Warehouse{
		{
			ID: "a3f19c0d7be24418", Name: "Starter Warehouse", Size: "2X-Small", Type: model.Serverless, Creator: platformLead,
			AutoStop: 10 * time.Minute, StartTakes: 4 * time.Second, InitiallyRunning: true,
			Access: map[string]model.Level{ConnectorID: model.CanUse, analysts: model.CanUse},
		},
		{
			ID: "5e70b2c94d1f8a36", Name: "Analytics", Size: "Medium", Type: model.Pro, Creator: platformLead,
			AutoStop: 45 * time.Minute, StartTakes: 4 * time.Minute,
			Access: map[string]model.Level{ConnectorID: model.CanUse, analysts: model.CanMonitor},
		},
		{
			ID: "c81d4460af9e2b57", Name: "BI Classic", Size: "Large", Type: model.Classic, Creator: platformLead,
			AutoStop: 2 * time.Hour, StartTakes: 5 * time.Minute, InitiallyRunning: true,
			Access: map[string]model.Level{ConnectorID: model.CanUse, analysts: model.CanUse},
		},
		{
			ID: "09fb6a7d35c2e184", Name: "Finance", Size: "Small", Type: model.Pro, Creator: financeLead,
			AutoStop: 20 * time.Minute, StartTakes: 4 * time.Minute, InitiallyRunning: true,
			Access: map[string]model.Level{ConnectorID: model.CanView, financeLead: model.CanManage},
		},
	}
}

// withoutConnector takes the connector off every access list.
func withoutConnector(list []model.Warehouse) []model.Warehouse {
	for i := range list {
		delete(list[i].Access, ConnectorID)
	}
	return list
}

// stoppedWarehouses are the usual ones at rest, and one whose start never ends.
func stoppedWarehouses() []model.Warehouse {
	list := usualWarehouses()
	for i := range list {
		list[i].InitiallyRunning = false
	}
	return append(list, model.Warehouse{
		ID: "72d8e05b1c4fa693", Name: "Reporting", Size: "X-Large", Type: model.Pro, Creator: platformLead,
		AutoStop: time.Hour, StartTakes: model.Never,
		Access: map[string]model.Level{ConnectorID: model.CanUse},
	})
}
