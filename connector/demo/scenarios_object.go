package demo

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// objectScenarios end with a catalog, schema or table that does not show, whatever is granted.
func objectScenarios() []Scenario {
	reads := func(table string) Preset { return Preset{Tables: []string{table}} }
	return granted([]Scenario{
		{
			ID: "catalog-missing", Title: "The catalog does not exist",
			Story: "The catalog's name is mistyped. The workspace does not say whether it is missing or hidden.",
			Want:  Want{stageCatalog, permissions, "catalog-hidden", 40}, Preset: reads("inventroy.assets.components"),
		},
		{
			ID: "catalog-hidden", Title: "The catalog does not show",
			Story: "The catalog hr exists, and nothing of it is granted to the connector, not even BROWSE.",
			Want:  Want{stageCatalog, permissions, "no-use-catalog", 40}, Preset: reads("hr.people.employees"),
		},
		{
			ID: "catalog-not-bound", Title: "The catalog belongs to another workspace",
			Story: "The catalog finance_eu is bound to the finance workspace. No grant opens it here.",
			Want:  Want{stageCatalog, permissions, "catalog-not-bound", 40}, Preset: reads("finance_eu.ledger.entries"),
		},
		{
			ID: "metastore-missing", Title: "The workspace has no Unity Catalog",
			Story: "No metastore is assigned to the workspace, so there are no catalogs to choose from.",
			Want:  Want{stageCatalog, permissions, "no-metastore", 40},
			Faults: failing("/api/2.1/unity-catalog/*", http.StatusNotFound,
				denial(`"METASTORE_DOES_NOT_EXIST"`, "No metastore assigned for the current workspace.")),
		},
		{
			ID: "schema-missing", Title: "The schema does not exist",
			Story: "The schema's name is mistyped.",
			Want:  Want{stageSchema, permissions, "schema-hidden", 40}, Preset: reads("inventory.asets.components"),
		},
		{
			ID: "table-missing", Title: "A table does not exist",
			Story:  "One of the chosen tables was renamed since it was chosen.",
			Want:   Want{stageColumns, permissions, "table-hidden", 40},
			Preset: Preset{Tables: []string{"inventory.assets.components", "inventory.assets.devises"}},
		},
		{
			ID: "row-filter-function", Title: "The row filter cannot run",
			Story: "SELECT is granted. The function that filters the table's rows may not be executed, so no row is read.",
			Want:  Want{stageRead, permissions, "no-execute", 40}, Preset: reads("inventory.assets.contracts"),
			Refusals: map[string]string{"contracts": "User does not have EXECUTE on Routine or Model 'inventory.reference.own_region'."},
		},
		{
			ID: "column-mask-function", Title: "The column mask cannot run",
			Story: "SELECT is granted. The function that masks a column may not be executed, so no row is read.",
			Want:  Want{stageRead, permissions, "no-execute", 40}, Preset: reads("inventory.assets.contracts"),
			Refusals: map[string]string{"contracts": "User does not have EXECUTE on Routine or Model 'inventory.reference.finance_only'."},
		},
		{
			ID: "view-owner-lost", Title: "The view's owner lost its right",
			Story: "SELECT on the view is granted. Its owner may no longer read the table below, so nobody reads the view.",
			Want:  Want{stageRead, permissions, "view-owner", 40}, Preset: reads("inventory.assets.open_tickets"),
			Refusals: map[string]string{"open_tickets": "User does not have SELECT on Table 'inventory.assets.tickets'."},
		},
		{
			ID: "hive-usage", Title: "A table of the legacy metastore",
			Story: "hive_metastore has table access control of its own, and USAGE was not granted.",
			Want:  Want{stageRead, permissions, "no-usage", 40}, Preset: reads("hive_metastore.default.old_assets"),
		},
	})
}

// onAssets are privileges on inventory.assets, beside USE CATALOG on the catalog.
func onAssets(list ...unity.Privilege) []Grant {
	return []Grant{{unity.OnCatalog("inventory"), []unity.Privilege{unity.UseCatalog}}, {unity.OnSchema("inventory", "assets"), list}}
}

// grantScenarios end with one privilege that is missing.
func grantScenarios() []Scenario {
	return []Scenario{
		{
			ID: "browse-only", Title: "The catalog can only be browsed",
			Story: "The catalog sales shows through BROWSE. Its tables can be seen, and not used.",
			Want:  Want{stageCatalog, permissions, "browse-only", 40}, Preset: Preset{Tables: []string{"sales.crm.accounts"}},
		},
		{
			ID: "no-use-catalog", Title: "USE CATALOG was forgotten",
			Story:  "USE SCHEMA and SELECT were granted on the schema. Without USE CATALOG above them they open nothing.",
			Want:   Want{stageCatalog, permissions, "browse-only", 40},
			Grants: []Grant{{unity.OnSchema("inventory", "assets"), []unity.Privilege{unity.UseSchema, unity.Select}}},
		},
		{
			ID: "no-use-schema", Title: "USE SCHEMA was forgotten",
			Story:  "USE CATALOG and SELECT were granted, and USE SCHEMA between them was not.",
			Want:   Want{stageSchema, permissions, "browse-only", 40},
			Grants: onAssets(unity.Select),
		},
		{
			ID: "no-select", Title: "SELECT was forgotten",
			Story:  "USE CATALOG and USE SCHEMA were granted. The columns show, the rows do not.",
			Want:   Want{stageRead, permissions, "no-select", 40},
			Grants: onAssets(unity.UseSchema),
		},
		{
			ID: "one-table-refused", Title: "SELECT on one of two tables",
			Story:  "SELECT was granted on components alone, and devices was chosen as well.",
			Want:   Want{stageRead, permissions, "no-select", 40},
			Preset: Preset{ByTable: true},
			Grants: append(onAssets(unity.UseSchema), Grant{unity.OnTable("inventory", "assets", "components"), []unity.Privilege{unity.Select}}),
		},
		{
			ID: "system-catalog", Title: "Grants on the system catalog reach nothing",
			Story:  "USE SCHEMA and SELECT were granted on the catalog system, where they are taken and do not reach its schemas.",
			Want:   Want{stageSchema, permissions, "no-use-schema", 40},
			Preset: Preset{Tables: []string{"system.billing.usage"}},
			Grants: []Grant{{unity.OnCatalog("system"), []unity.Privilege{unity.UseCatalog, unity.UseSchema, unity.Select}}},
		},
	}
}
