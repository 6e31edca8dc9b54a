package demo

import "github.com/draftt-io/draftt-databricks/connector/demo/model"

// assetTables are the tables of inventory.assets, which the demo is about.
func assetTables() []model.Table {
	tables := []model.Table{
		{Name: "components", Comment: "Parts of devices and servers", Columns: componentColumns, RowCount: 12_408, Rows: componentRow},
		{Name: "devices", Comment: "Network and workplace devices", Columns: deviceColumns, RowCount: 3_214, Rows: deviceRow},
		{Name: "servers", Comment: "Physical and virtual servers", Columns: serverColumns, RowCount: 1_876, Rows: serverRow},
		{Name: "tickets", Comment: "Maintenance tickets", Columns: ticketColumns, RowCount: 5_230, Rows: ticketRow},
		{
			Name: "open_tickets", Comment: "Tickets that are not closed", Type: model.View, Columns: openTicketColumns,
			ViewDefinition: "SELECT id, title, priority, asset, assignee, opened_at FROM inventory.assets.tickets WHERE status <> 'closed'",
		},
		{
			Name: "contracts", Comment: "Support contracts; rows are limited to the reader's region", Columns: contractColumns,
			RowFilter: "inventory.reference.own_region", RowCount: 240, Rows: contractRow,
		},
		{Name: "software", Comment: "Installed packages by checksum", Columns: softwareColumns, RowCount: 4_096, Rows: softwareRow},
		{Name: "locations", Columns: plainColumns, RowCount: len(sites), Rows: plainRows(21)},
		{Name: "licenses", Columns: plainColumns, RowCount: 310, Rows: plainRows(22)},
		{Name: "ip_addresses", Columns: plainColumns, RowCount: 8_190, Rows: plainRows(23)},
		{Name: "maintenance_windows", Columns: plainColumns, RowCount: 96, Rows: plainRows(24)},
		{Name: "decommissioned", Comment: "Empty until the next audit", Columns: plainColumns},
	}
	for i := range tables {
		tables[i].Catalog, tables[i].Schema, tables[i].Owner = "inventory", "assets", governance
		if tables[i].Type == "" {
			tables[i].Type = model.Managed
		}
	}
	return tables
}

var (
	componentColumns = []model.Column{
		{Name: "id", Type: model.BigInt, NotNull: true, Comment: "Asset number"},
		{Name: "name", Type: model.String, NotNull: true},
		{Name: "kind", Type: model.String},
		{Name: "vendor", Type: model.String},
		{Name: "version", Type: model.String, Comment: "Firmware or software version"},
		{Name: "serial_number", Type: model.String},
		{Name: "device_id", Type: model.BigInt, Comment: "The device it is built into"},
		{Name: "unit_price", Type: model.Decimal, Precision: 10, Scale: 2},
		{Name: "in_service", Type: model.Boolean},
		{Name: "purchased_on", Type: model.Date},
		{Name: "last_seen", Type: model.Timestamp},
	}
	deviceColumns = []model.Column{
		{Name: "id", Type: model.BigInt, NotNull: true},
		{Name: "hostname", Type: model.String, NotNull: true},
		{Name: "device_type", Type: model.String},
		{Name: "site", Type: model.String},
		{Name: "os", Type: model.String},
		{Name: "os_version", Type: model.String},
		{Name: "owner_team", Type: model.String},
		{Name: "managed", Type: model.Boolean},
		{Name: "last_seen", Type: model.Timestamp},
	}
	serverColumns = []model.Column{
		{Name: "id", Type: model.BigInt, NotNull: true},
		{Name: "hostname", Type: model.String, NotNull: true},
		{Name: "environment", Type: model.String},
		{Name: "site", Type: model.String},
		{Name: "rack", Type: model.String},
		{Name: "cpu_cores", Type: model.Int},
		{Name: "memory_gb", Type: model.Int},
		{Name: "disk_tb", Type: model.Double},
		{Name: "os", Type: model.String},
		{Name: "os_version", Type: model.String},
		{Name: "ip_address", Type: model.String},
		{Name: "monthly_cost", Type: model.Decimal, Precision: 12, Scale: 2},
		{Name: "commissioned_on", Type: model.Date},
		{Name: "last_patched_at", Type: model.Timestamp},
	}
	ticketColumns = []model.Column{
		{Name: "id", Type: model.BigInt, NotNull: true},
		{Name: "title", Type: model.String},
		{Name: "priority", Type: model.String},
		{Name: "status", Type: model.String},
		{Name: "asset", Type: model.String},
		{Name: "assignee", Type: model.String},
		{Name: "opened_at", Type: model.Timestamp},
		{Name: "closed_at", Type: model.Timestamp},
	}
	openTicketColumns = []model.Column{
		{Name: "id", Type: model.BigInt},
		{Name: "title", Type: model.String},
		{Name: "priority", Type: model.String},
		{Name: "asset", Type: model.String},
		{Name: "assignee", Type: model.String},
		{Name: "opened_at", Type: model.Timestamp},
	}
	contractColumns = []model.Column{
		{Name: "id", Type: model.BigInt, NotNull: true},
		{Name: "vendor", Type: model.String},
		{Name: "region", Type: model.String},
		{Name: "annual_cost", Type: model.Decimal, Precision: 12, Scale: 2, Mask: "inventory.reference.finance_only"},
		{Name: "ends_on", Type: model.Date},
	}
	softwareColumns = []model.Column{
		{Name: "id", Type: model.BigInt, NotNull: true},
		{Name: "package", Type: model.String},
		{Name: "version", Type: model.String},
		{Name: "installs", Type: model.Int},
		{Name: "checksum", Type: model.Binary, Comment: "First eight bytes of SHA-256"},
	}
)
