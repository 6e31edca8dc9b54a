package demo_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/service/catalog"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"
)

// TestEveryCatalogListsItsInformationSchema asks REST and SQL alike, as one who may use the catalog and one of its schemas.
func TestEveryCatalogListsItsInformationSchema(t *testing.T) {
	w, _ := start(t, "ready")
	db, api := open(t, w, w.Connector(), starter), catalog.NewSchemas(signIn(t, w, w.Connector()))
	listed, err := api.ListAll(ctx, catalog.ListSchemasRequest{CatalogName: "inventory"})
	if err != nil {
		t.Fatal(err)
	}
	var owner string
	for _, s := range listed {
		if s.Name == "information_schema" {
			owner = s.Owner
		}
	}
	if owner != "System user" {
		t.Errorf("REST lists %d schemas, that of information owned by %q", len(listed), owner)
	}
	one, err := api.GetByFullName(ctx, "inventory.information_schema")
	if err != nil || one.CatalogName != "inventory" {
		t.Errorf("got %+v, %v", one, err)
	}
	for sql, want := range map[string]string{
		"SHOW SCHEMAS IN inventory LIKE 'info*'": "information_schema",
		"SELECT schema_owner FROM inventory.information_schema.schemata WHERE schema_name = 'information_schema'":      "System user",
		"SELECT table_type FROM inventory.information_schema.tables WHERE table_schema = 'information_schema' LIMIT 1": "VIEW",
	} {
		if got := lines(t, db, sql); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q", sql, got)
		}
	}
	if got := lines(t, open(t, w, w.Admin(), starter), "SHOW SCHEMAS IN hive_metastore LIKE 'info*'"); len(got) != 0 {
		t.Errorf("the legacy catalog has %q", got)
	}
}

// TestShowTablesPassesOnWhatUnityCatalogSays holds the text that was recorded of a principal with USE CATALOG alone.
func TestShowTablesPassesOnWhatUnityCatalogSays(t *testing.T) {
	w, _ := start(t, "no-use-schema")
	exec(t, open(t, w, w.Admin(), starter), "REVOKE BROWSE ON CATALOG inventory FROM `account users`")
	_, err := open(t, w, w.Connector(), starter).QueryContext(ctx, "SHOW TABLES IN inventory.assets")
	var failed dbsqlerr.DBExecutionError
	if !errors.As(err, &failed) || failed.SqlState() != "42501" || !strings.HasSuffix(err.Error(), ": PERMISSION_DENIED: User does not have BROWSE on Catalog 'inventory'.") {
		t.Errorf("got %v", err)
	}
}
