package demo_test

import (
	"errors"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/service/catalog"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// TestAFunctionIsSeenGrantedAndReadAboutOnEveryFace goes through all that follows from the row of one kind of object: the listing and one
// object over REST, the grants over REST and in SQL, and the views of the information schema.
func TestAFunctionIsSeenGrantedAndReadAboutOnEveryFace(t *testing.T) {
	w, admin, ordinary := people(t)
	const name, filter = "inventory.reference.own_region", "FUNCTION `inventory`.`reference`.`own_region`"
	functions := catalog.NewFunctions(ordinary)
	where := catalog.ListFunctionsRequest{CatalogName: "inventory", SchemaName: "reference", IncludeBrowse: true}
	if list, err := functions.ListAll(ctx, where); err != nil || len(list) != 3 || !list[2].BrowseOnly || list[2].FullName != name {
		t.Errorf("before the grants: %v, %v", list, err)
	}
	if _, err := functions.GetByName(ctx, name); missing(err) != "USE CATALOG" {
		t.Errorf("before the grants: %v", err)
	}
	db := open(t, w, w.Admin(), starter)
	for _, statement := range []string{
		"GRANT USE CATALOG ON CATALOG inventory TO `" + demo.ConnectorID + "`", "GRANT USE SCHEMA ON SCHEMA inventory.reference TO `" + demo.ConnectorID + "`",
	} {
		exec(t, db, statement)
	}
	if _, err := functions.GetByName(ctx, name); missing(err) != "EXECUTE" {
		t.Errorf("without EXECUTE: %v", err)
	}
	exec(t, db, "GRANT EXECUTE ON "+filter+" TO `"+demo.ConnectorID+"`")
	if f, err := functions.GetByName(ctx, name); err != nil || f.Owner != "data-governance" || f.FullDataType != "BOOLEAN" || f.BrowseOnly {
		t.Errorf("with EXECUTE: %+v, %v", f, err)
	}
	if found, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "function", FullName: name}); err != nil || len(found.PrivilegeAssignments) != 1 {
		t.Errorf("granted over REST: %+v, %v", found, err)
	}
	var who, privilege, kind, key string
	if err := db.QueryRowContext(ctx, "SHOW GRANTS `"+demo.ConnectorID+"` ON "+filter).Scan(&who, &privilege, &kind, &key); err != nil ||
		who != demo.ConnectorID || privilege != "EXECUTE" || kind != "FUNCTION" || key != name {
		t.Errorf("granted in SQL: %s %s %s %s, %v", who, privilege, kind, key, err)
	}
	own := open(t, w, w.Connector(), starter)
	for query, want := range map[string]int{
		"SELECT count(*) FROM inventory.information_schema.routines WHERE routine_type = 'FUNCTION' AND comment LIKE 'Row filter%'":          1,
		"SELECT count(*) FROM system.information_schema.routine_privileges WHERE routine_name = 'own_region' AND privilege_type = 'EXECUTE'": 1,
	} {
		if n, err := count(own, query); err != nil || n != want {
			t.Errorf("%s: %d, %v", query, n, err)
		}
	}
	exec(t, db, "REVOKE EXECUTE ON "+filter+" FROM `"+demo.ConnectorID+"`")
	if _, err := functions.GetByName(ctx, name); missing(err) != "EXECUTE" {
		t.Errorf("after the revoke: %v", err)
	}
	if _, err := functions.GetByName(ctx, "inventory.reference.nobody"); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("a function that is not there: %v", err)
	}
}
