package torture

import (
	"regexp"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/query"
)

// granted are the statements by which an inventory reads what is granted on all objects of a kind, and counts these. Nothing of them comes from outside.
var granted = regexp.MustCompile(`^SELECT (catalog_name(?:, schema_name)?|table_catalog, table_schema, table_name|volume_catalog, volume_schema, volume_name|routine_catalog, routine_schema, routine_name), grantee, privilege_type ` +
	`FROM system\.information_schema\.(?:catalog|schema|table|volume|routine)_privileges WHERE inherited_from = 'NONE' OR inherited_from IS NULL ` +
	`ORDER BY (?:catalog_name(?:, schema_name)?|table_catalog, table_schema, table_name|volume_catalog, volume_schema, volume_name|routine_catalog, routine_schema, routine_name), grantee, privilege_type$|` +
	`^SELECT (catalog_name|table_catalog, table_schema|volume_catalog, volume_schema|routine_catalog, routine_schema), count\(\*\) AS total FROM system\.information_schema\.(?:catalogs|schemata|tables|volumes|routines) ` +
	`GROUP BY (?:catalog_name|table_catalog, table_schema|volume_catalog, volume_schema|routine_catalog, routine_schema)$`)

func TestTheJudgeKnowsHowAnInventoryReadsGrants(t *testing.T) {
	sins := func(sql string, admin bool) int {
		who := demo.ConnectorID
		if admin {
			who = demo.AdminID
		}
		e := demo.LedgerEntry{Principal: who, Admin: admin, Agent: "draftt-databricks/1.2.3", Method: "POST", Path: "/sql/1.0/warehouses/abc", Statement: sql, Status: 200}
		v, _ := judge(write(t, append(whole(), e)))
		return len(v.sins)
	}
	for _, kind := range []query.Granted{query.GrantedCatalogs, query.GrantedSchemas, query.GrantedTables, query.GrantedVolumes, query.GrantedFunctions} {
		for _, s := range []query.Statement{query.Privileges(kind), query.CountListed(kind)} {
			if s.SQL() == "" || sins(s.SQL(), true) != 0 || sins(s.SQL(), false) != 1 {
				t.Errorf("%q is judged otherwise", s.SQL())
			}
		}
	}
	for _, sql := range []string{
		"SELECT * FROM system.information_schema.table_privileges", "SELECT catalog_name, count(*) AS total FROM system.information_schema.catalogs GROUP BY catalog_name; DROP TABLE a",
		"SELECT catalog_name, count(*) AS total FROM system.access.audit GROUP BY catalog_name",
	} {
		if sins(sql, true) != 1 {
			t.Errorf("%s passes", sql)
		}
	}
}
