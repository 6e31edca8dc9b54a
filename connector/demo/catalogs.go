package demo

import "github.com/draftt-io/draftt-databricks/connector/demo/model"

// catalogSeed is a catalog with its schemas, what every account user may do with it, and the names of tables that are there to be seen.
type catalogSeed struct {
	model.Catalog
	everybody []model.Privilege
	schemas   map[string][]string // table names by schema; inventory.assets has its own definitions
}

var (
	browsable = []model.Privilege{model.Browse}
	readable  = []model.Privilege{model.UseCatalog, model.UseSchema, model.Select}
)

// catalogs are what a middle-sized company has: some may be browsed by everybody, hr is for those who were granted it, finance_eu
// belongs to another workspace, and three have the unusual names that Unity Catalog allows.
func catalogs() []catalogSeed {
	return []catalogSeed{
		{model.Catalog{Name: "inventory", Owner: governance, Comment: "Hardware and software assets, refreshed every night"}, browsable,
			map[string][]string{"assets": nil, "reference": {"countries", "device_types"}, "staging": {"agent_reports", "cmdb_export"}}},
		{model.Catalog{Name: "inventory_archive", Owner: governance, Comment: "Assets that were retired"}, browsable,
			map[string][]string{"assets_2024": {"components", "devices", "servers"}, "assets_2025": {"components", "devices", "servers"}}},
		{model.Catalog{Name: "main", Owner: metastoreAdmins, Comment: "Main catalog (auto-created)"}, browsable,
			map[string][]string{"default": {"scratch"}}},
		{model.Catalog{Name: "sales", Owner: analysts, Comment: "Orders and customers"}, browsable,
			map[string][]string{"crm": {"accounts", "opportunities"}, "orders": {"order_lines", "orders", "returns"}}},
		{model.Catalog{Name: "marketing", Owner: analysts}, browsable,
			map[string][]string{"campaigns": {"clicks", "emails"}}},
		{model.Catalog{Name: "logistics", Owner: platformLead, Comment: "Shipments and carriers"}, browsable,
			map[string][]string{"shipping": {"carriers", "shipments"}}},
		{model.Catalog{Name: "dev_inventory", Owner: assetOwners, Comment: "Development copy of inventory"}, browsable,
			map[string][]string{"assets": {"components", "devices"}}},
		{model.Catalog{Name: "hr", Owner: platformLead, Comment: "People data"}, nil,
			map[string][]string{"people": {"employees", "salaries"}}},
		{model.Catalog{Name: "finance_eu", Owner: financeLead, Isolated: true, Bindings: []model.Binding{{WorkspaceID: financeWorkspaceID}}}, browsable,
			map[string][]string{"ledger": {"entries"}}},
		{model.Catalog{Name: "field-ops", Owner: platformLead, Comment: "Field operations"}, browsable,
			map[string][]string{"work-orders": {"open-orders", "visits"}}},
		{model.Catalog{Name: "lagerbestände", Owner: platformLead, Comment: "Lager Hamburg und Leipzig"}, browsable,
			map[string][]string{"hamburg": {"artikel", "stellplätze"}}},
		{model.Catalog{Name: "odd`name", Owner: platformLead}, browsable,
			map[string][]string{"back`tick": {"t`1"}}},
		{model.Catalog{Name: "samples", Owner: "System user", Type: "DELTASHARING_CATALOG", FixedGrants: true, Comment: "Sample data sets"}, readable,
			map[string][]string{"nyctaxi": {"trips"}, "tpch": {"customer", "lineitem", "orders"}}},
		{model.Catalog{Name: "system", Owner: "System user", Type: "SYSTEM_CATALOG", NoInheritance: true}, []model.Privilege{model.UseCatalog},
			map[string][]string{"access": {"audit"}, "billing": {"usage"}, "compute": {"warehouses"}}},
		{model.Catalog{Name: "hive_metastore", Owner: model.Admins, Legacy: true, Comment: "Legacy tables from before Unity Catalog"}, nil,
			map[string][]string{"default": {"old_assets"}}},
	}
}
