package demo_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/catalog"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// TestTerraformMakesACatalogASchemaAndGrants sends what the provider's resources send, in its order: it makes the catalog and takes its
// schema default away, sets what creation does not, reads, updates in place, reads again, and drops all.
func TestTerraformMakesACatalogASchemaAndGrants(t *testing.T) {
	_, admin, _ := people(t)
	made, err := catalogs(admin).Create(ctx, catalog.CreateCatalog{Name: "terraformed", Comment: "by code", Properties: map[string]string{"team": "data"}})
	if err != nil || made.Name != "terraformed" || made.Owner != demo.AdminID || made.Properties["team"] != "data" || made.CatalogType != "MANAGED_CATALOG" {
		t.Fatalf("made %+v, %v", made, err)
	}
	if err := schemas(admin).Delete(ctx, catalog.DeleteSchemaRequest{FullName: "terraformed.default", Force: true}); err != nil {
		t.Errorf("the schema default: %v", err)
	}
	if _, err := catalogs(admin).Update(ctx, catalog.UpdateCatalog{Name: "terraformed", Owner: "data-governance"}); err != nil {
		t.Errorf("the owner: %v", err)
	}
	schema, err := schemas(admin).Create(ctx, catalog.CreateSchema{CatalogName: "terraformed", Name: "raw", Comment: "as it comes"})
	if err != nil || schema.FullName != "terraformed.raw" || schema.CatalogName != "terraformed" {
		t.Fatalf("made %+v, %v", schema, err)
	}
	grantOn := func(kind, name string, add, remove []catalog.Privilege) []catalog.PrivilegeAssignment {
		t.Helper()
		change := catalog.PermissionsChange{Principal: demo.ConnectorID, Add: add, Remove: remove}
		if _, err := grants(admin).Update(ctx, catalog.UpdatePermissions{SecurableType: kind, FullName: name, Changes: []catalog.PermissionsChange{change}}); err != nil {
			t.Fatal(err)
		}
		now, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: kind, FullName: name})
		if err != nil {
			t.Fatal(err)
		}
		return now.PrivilegeAssignments
	}
	use := []catalog.Privilege{catalog.PrivilegeUseCatalog}
	if now := grantOn("catalog", "terraformed", use, nil); len(now) != 1 || !slices.Equal(now[0].Privileges, use) {
		t.Errorf("granted %+v", now)
	}
	if now := grantOn("catalog", "terraformed", []catalog.Privilege{catalog.PrivilegeUseSchema}, use); len(now) != 1 || now[0].Privileges[0] != catalog.PrivilegeUseSchema {
		t.Errorf("changed to %+v", now)
	}

	before, err := catalogs(admin).GetByName(ctx, "terraformed")
	if err != nil {
		t.Fatal(err)
	}
	_, err = catalogs(admin).Update(ctx, catalog.UpdateCatalog{
		Name: "terraformed", Comment: "by code, changed", Properties: map[string]string{"team": "assets"}, IsolationMode: catalog.CatalogIsolationModeIsolated,
		EnablePredictiveOptimization: catalog.EnablePredictiveOptimizationDisable,
	})
	if err != nil {
		t.Fatal(err)
	}
	after, err := catalogs(admin).GetByName(ctx, "terraformed")
	if err != nil || after.Comment != "by code, changed" || after.Properties["team"] != "assets" || after.IsolationMode != "ISOLATED" ||
		after.EnablePredictiveOptimization != "DISABLE" || after.Owner != "data-governance" || after.CreatedAt != before.CreatedAt || after.CreatedBy != demo.AdminID {
		t.Errorf("updated to %+v, %v", after, err)
	}
	if _, err := schemas(admin).Update(ctx, catalog.UpdateSchema{FullName: "terraformed.raw", Comment: "", ForceSendFields: []string{"Comment"}}); err != nil {
		t.Error(err)
	}
	if again, err := schemas(admin).GetByFullName(ctx, "terraformed.raw"); err != nil || again.Comment != "" || again.CreatedAt != schema.CreatedAt {
		t.Errorf("the schema is %+v, %v", again, err)
	}
	if err := catalogs(admin).DeleteByName(ctx, "terraformed"); !refusedAs(err, "INVALID_STATE", "is not empty") {
		t.Errorf("with a schema in it: %v", err)
	}
	if err := errors.Join(schemas(admin).DeleteByFullName(ctx, "terraformed.raw"), catalogs(admin).DeleteByName(ctx, "terraformed")); err != nil {
		t.Error(err)
	}
	if _, err := catalogs(admin).GetByName(ctx, "terraformed"); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("after it was dropped: %v", err)
	}
}

// refusedAs reports whether an error of the API has a code and a text.
func refusedAs(err error, code, text string) bool {
	var refused *apierr.APIError
	return errors.As(err, &refused) && refused.ErrorCode == code && strings.Contains(refused.Message, text)
}

func TestMakingTakesAPrivilegeAndDroppingTheRuleOverIt(t *testing.T) {
	w, admin, ordinary := people(t)
	db := open(t, w, w.Admin(), starter)
	mine := catalog.CreateCatalog{Name: "mine"}
	if _, err := catalogs(ordinary).Create(ctx, mine); missing(err) != "CREATE CATALOG" {
		t.Errorf("without CREATE CATALOG: %v", err)
	}
	exec(t, db, "GRANT CREATE CATALOG ON METASTORE TO `"+demo.ConnectorID+"`")
	if made, err := catalogs(ordinary).Create(ctx, mine); err != nil || made.Owner != demo.ConnectorID {
		t.Errorf("with it: %+v, %v", made, err)
	}
	if _, err := catalogs(ordinary).Create(ctx, mine); !refusedAs(err, "CATALOG_ALREADY_EXISTS", "Catalog 'mine' already exists") {
		t.Errorf("twice: %v", err)
	}
	if list, err := schemas(ordinary).ListAll(ctx, catalog.ListSchemasRequest{CatalogName: "mine"}); err != nil || len(list) != 2 || list[0].Name != "default" {
		t.Errorf("it has %+v, %v", list, err)
	}
	in := catalog.CreateSchema{CatalogName: "sales", Name: "leads"}
	for _, step := range []struct{ lacks, grant string }{
		{"USE CATALOG", "GRANT USE CATALOG ON CATALOG sales TO `%s`"}, {"CREATE SCHEMA", "GRANT CREATE SCHEMA ON CATALOG sales TO `%s`"},
	} {
		if _, err := schemas(ordinary).Create(ctx, in); missing(err) != step.lacks {
			t.Errorf("without %s: %v", step.lacks, err)
		}
		exec(t, db, strings.Replace(step.grant, "%s", demo.ConnectorID, 1))
	}
	if made, err := schemas(ordinary).Create(ctx, in); err != nil || made.Owner != demo.ConnectorID {
		t.Errorf("with both: %+v, %v", made, err)
	}
	if _, err := schemas(ordinary).Create(ctx, in); !refusedAs(err, "SCHEMA_ALREADY_EXISTS", "Schema 'leads' already exists") {
		t.Errorf("twice: %v", err)
	}
	if err := schemas(ordinary).DeleteByFullName(ctx, "sales.crm"); missing(err) != "MANAGE" {
		t.Errorf("somebody else's: %v", err)
	}
	if err := schemas(ordinary).DeleteByFullName(ctx, "sales.leads"); err != nil {
		t.Errorf("one's own: %v", err)
	}
	if err := tables(admin).DeleteByFullName(ctx, "sales.crm.accounts"); err != nil {
		t.Errorf("a table, as the admin: %v", err)
	}
	if _, err := tables(admin).GetByFullName(ctx, "sales.crm.accounts"); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("after it was dropped: %v", err)
	}
	for _, name := range []string{"samples", "hive_metastore", "system"} {
		if err := catalogs(admin).Delete(ctx, catalog.DeleteCatalogRequest{Name: name, Force: true}); !errors.Is(err, apierr.ErrBadRequest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := catalogs(admin).Create(ctx, catalog.CreateCatalog{Name: "a.b"}); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a name with a dot: %v", err)
	}
}

// TestAFieldOfACatalogIsKeptOrRefusedByItsName sends each field that the API has for a new catalog or schema.
func TestAFieldOfACatalogIsKeptOrRefusedByItsName(t *testing.T) {
	_, admin, _ := people(t)
	for field, value := range map[string]any{
		"storage_root": "abfss://a@b.dfs.core.windows.net/", "connection_name": "cmdb", "provider_name": "northwind_prices", "share_name": "x",
		"custom_max_retention_hours": 24,
	} {
		err := send(admin, http.MethodPost, "catalogs", map[string]any{"name": "other", field: value})
		if !refusedAs(err, "INVALID_PARAMETER_VALUE", field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := send(admin, http.MethodPatch, "catalogs/sales", map[string]any{"new_name": "x"}); !refusedAs(err, "INVALID_PARAMETER_VALUE", "new_name") {
		t.Errorf("new_name: %v", err)
	}
	if err := send(admin, http.MethodPost, "schemas", map[string]any{"name": "x", "catalog_name": "sales", "storage_root": "x"}); !refusedAs(err, "INVALID_PARAMETER_VALUE", "storage_root") {
		t.Errorf("storage_root: %v", err)
	}
	if err := send(admin, http.MethodPatch, "volumes/inventory.staging.exports", map[string]any{"comment": "every night"}); err != nil {
		t.Errorf("a comment: %v", err)
	}
	if v, err := catalog.NewVolumes(admin).ReadByName(ctx, "inventory.staging.exports"); err != nil || v.Comment != "every night" {
		t.Errorf("%+v, %v", v, err)
	}
}

func send(c *client.DatabricksClient, method, path string, body map[string]any) error {
	return c.Do(ctx, method, "/api/2.1/unity-catalog/"+path, nil, nil, body, nil)
}
