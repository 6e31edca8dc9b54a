package demo_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// statements are what databricks_sql_table sends to the warehouse, each of which has to succeed before the provider goes on.
func statements(list ...string) []call {
	var out []call
	for _, sql := range list {
		text, _ := json.Marshal(strings.ReplaceAll(sql, "~", "`"))
		out = append(out, call{
			method: "POST", path: "/api/2.0/sql/statements/",
			body:     `{"statement": ` + string(text) + `, "warehouse_id": "` + starter + `", "wait_timeout": "50s", "on_wait_timeout": "CANCEL"}`,
			succeeds: true,
		})
	}
	return out
}

const devices = "~terraformed~.~raw~.~devices~"

// tablesOf are databricks_sql_table, and databricks_grants on it.
var tablesOf = map[string]lifecycle{
	"table": {
		create: statements("CREATE TABLE " + devices + " (~id~ int NOT NULL COMMENT 'its number', ~name~ string, ~price~ decimal(10,2))\nUSING DELTA\n" +
			"COMMENT 'this table\\'s by code'\nTBLPROPERTIES ('team'='data', 'old'='1');"),
		read: call{method: "GET", path: unityCatalog + "tables/terraformed.raw.devices"},
		has: `{"name": "devices", "catalog_name": "terraformed", "schema_name": "raw", "table_type": "MANAGED", "data_source_format": "DELTA", "comment": "this table's by code",
			"properties": {"team": "data", "old": "1"}, "columns": [
				{"name": "id", "type_text": "int", "nullable": false, "comment": "its number", "position": 0},
				{"name": "name", "type_text": "string", "nullable": true, "position": 1}, {"name": "price", "type_text": "decimal(10,2)", "position": 2}]}`,
		update: append(statements(
			"COMMENT ON TABLE "+devices+" IS 'changed'",
			"ALTER TABLE "+devices+" UNSET TBLPROPERTIES IF EXISTS (old)",
			"ALTER TABLE "+devices+" SET TBLPROPERTIES ('team'='assets', 'tier'='gold')",
			"ALTER TABLE "+devices+" ALTER COLUMN ~name~ COMMENT 'what it\\'s called'",
			"ALTER TABLE "+devices+" ALTER COLUMN ~id~ DROP NOT NULL",
		), call{method: "PATCH", path: unityCatalog + "tables/terraformed.raw.devices", body: `{"owner": "metastore-admins"}`}),
		then: `{"comment": "changed", "owner": "metastore-admins", "properties": {"team": "assets", "tier": "gold", "old": null}, "columns": [
			{"name": "id", "nullable": true}, {"name": "name", "comment": "what it's called"}]}`,
		remove: statements("DROP TABLE " + devices),
		gone:   "TABLE_DOES_NOT_EXIST",
	},
	"columns of a table": {
		create: statements("CREATE TABLE "+devices+" (~id~ int, ~name~ string)\nUSING DELTA\nTBLPROPERTIES ('delta.columnMapping.mode'='name');",
			"INSERT INTO "+devices+" VALUES (1, 'lamp')",
			"ALTER TABLE "+devices+" ADD COLUMN ~site~ string COMMENT 'where it is' FIRST",
			"ALTER TABLE "+devices+" ADD COLUMN ~price~ double AFTER id",
			"ALTER TABLE "+devices+" RENAME COLUMN ~name~ to ~label~",
			"ALTER TABLE "+devices+" DROP COLUMN IF EXISTS (~id~, ~nothing~)"),
		read: call{method: "GET", path: unityCatalog + "tables/terraformed.raw.devices"},
		has: `{"columns": [{"name": "site", "position": 0, "comment": "where it is"}, {"name": "price", "position": 1, "type_text": "double"},
			{"name": "label", "position": 2}]}`,
		update: statements("INSERT INTO "+devices+" VALUES ('HH', 1.5, 'desk')", "SELECT label FROM "+devices+" WHERE site IS NULL AND price IS NULL"),
		then:   `{"columns": [{"name": "site"}, {"name": "price"}, {"name": "label"}]}`,
		remove: statements("DROP TABLE " + devices),
		gone:   "TABLE_DOES_NOT_EXIST",
	},
	"view": {
		create: statements("CREATE VIEW ~terraformed~.~raw~.~some~\nCOMMENT 'some of them'\nAS SELECT id FROM inventory.assets.devices;"),
		read:   call{method: "GET", path: unityCatalog + "tables/terraformed.raw.some"},
		has:    `{"table_type": "VIEW", "comment": "some of them", "view_definition": "SELECT id FROM inventory.assets.devices"}`,
		update: statements("ALTER VIEW ~terraformed~.~raw~.~some~ AS SELECT id, site FROM inventory.assets.devices"),
		then:   `{"table_type": "VIEW", "comment": "some of them", "view_definition": "SELECT id, site FROM inventory.assets.devices", "columns": [{"name": "site"}]}`,
		remove: statements("DROP VIEW ~terraformed~.~raw~.~some~"),
		gone:   "TABLE_DOES_NOT_EXIST",
	},
}

func TestTerraformMakesChangesAndDropsTables(t *testing.T) {
	for name, of := range tablesOf {
		t.Run(name, func(t *testing.T) {
			w, _ := start(t, "ready")
			p := newTerraform(t, signIn(t, w, w.Admin()))
			p.do(madeSchema)
			p.do([]call{{method: "PATCH", path: unityCatalog + "permissions/catalog/inventory",
				body: `{"changes": [{"principal": "` + demo.AdminID + `", "add": ["USE_CATALOG", "USE_SCHEMA", "SELECT"]}]}`}})
			p.live(of)
		})
	}
}
