package demo_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/iam"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func give(c *client.DatabricksClient, kind, name, to string, privileges ...catalog.Privilege) error {
	_, err := grants(c).Update(ctx, catalog.UpdatePermissions{
		SecurableType: kind, FullName: name, Changes: []catalog.PermissionsChange{{Principal: to, Add: privileges}},
	})
	return err
}

func take(c *client.DatabricksClient, kind, name, from string, privileges ...catalog.Privilege) error {
	_, err := grants(c).Update(ctx, catalog.UpdatePermissions{
		SecurableType: kind, FullName: name, Changes: []catalog.PermissionsChange{{Principal: from, Remove: privileges}},
	})
	return err
}

func TestGrantedReadRevokedRefused(t *testing.T) {
	_, admin, ordinary := people(t)
	all := []catalog.Privilege{catalog.PrivilegeUseCatalog, catalog.PrivilegeUseSchema, catalog.PrivilegeSelect}
	for range 2 {
		if _, err := readable(ordinary); missing(err) != "USE CATALOG" {
			t.Errorf("without grants: %v", err)
		}
		if err := give(admin, "catalog", "inventory", demo.ConnectorID, all...); err != nil {
			t.Fatal(err)
		}
		if names, err := readable(ordinary); err != nil || len(names) != 12 {
			t.Errorf("with grants: %q, %v", names, err)
		}
		if err := take(admin, "catalog", "inventory", demo.ConnectorID, all...); err != nil {
			t.Fatal(err)
		}
	}
}

func TestALongListOfGrantsComesInPages(t *testing.T) {
	_, admin, _ := people(t)
	const holders = 120
	for i := range holders {
		id := fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
		if _, err := servicePrincipals(admin).Create(ctx, iam.CreateServicePrincipalRequest{ApplicationId: id}); err != nil {
			t.Fatal(err)
		}
		if err := give(admin, "schema", "inventory.assets", id, catalog.PrivilegeSelect); err != nil {
			t.Fatal(err)
		}
	}
	direct, err := grants(admin).ListAll(ctx, catalog.ListPrivilegeAssignmentsRequest{SecurableType: "schema", FullName: "inventory.assets"})
	if err != nil || len(direct) != holders {
		t.Errorf("direct: %d, %v", len(direct), err)
	}
	effective, err := grants(admin).ListEffectiveAll(ctx, catalog.ListEffectivePrivilegeAssignmentsRequest{SecurableType: "schema", FullName: "inventory.assets"})
	if err != nil || len(effective) != holders+1 { // account users may browse the catalog
		t.Errorf("effective: %d, %v", len(effective), err)
	}
	found, empty := 0, 0
	request := catalog.GetEffectiveRequest{SecurableType: "schema", FullName: "inventory.assets", ForceSendFields: []string{"MaxResults"}}
	for {
		page, err := grants(admin).GetEffective(ctx, request)
		if err != nil {
			t.Fatal(err)
		}
		found += len(page.PrivilegeAssignments)
		if len(page.PrivilegeAssignments) == 0 {
			empty++
		}
		if page.NextPageToken == "" {
			break
		}
		request.PageToken = page.NextPageToken
	}
	if found != holders+1 || empty == 0 {
		t.Errorf("%d in pages, %d of them empty", found, empty)
	}
	whole, err := grants(admin).GetEffective(ctx, catalog.GetEffectiveRequest{SecurableType: "schema", FullName: "inventory.assets"})
	if err != nil || len(whole.PrivilegeAssignments) != holders+1 || whole.NextPageToken != "" {
		t.Errorf("unpaged: %d, %v", len(whole.PrivilegeAssignments), err)
	}
	for _, n := range []int{1, 149} {
		_, err := grants(admin).GetEffective(ctx, catalog.GetEffectiveRequest{SecurableType: "schema", FullName: "inventory.assets", MaxResults: n})
		if !errors.Is(err, apierr.ErrInvalidParameterValue) {
			t.Errorf("pages of %d: %v", n, err)
		}
	}
}

func TestACatalogIsBoundToWorkspaces(t *testing.T) {
	_, admin, ordinary := people(t)
	bindings := catalog.NewWorkspaceBindings(admin)
	of := func(name string) []catalog.WorkspaceBinding {
		t.Helper()
		list, err := bindings.GetBindingsAll(ctx, catalog.GetBindingsRequest{SecurableType: "catalog", SecurableName: name})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := of("inventory"); len(list) != 0 {
		t.Errorf("an open catalog is bound to %+v", list)
	}
	if list := of("finance_eu"); len(list) != 1 || list[0].WorkspaceId != 3019486627750194 || list[0].BindingType != "BINDING_TYPE_READ_WRITE" {
		t.Errorf("the catalog of another workspace is bound to %+v", list)
	}
	old, err := bindings.Get(ctx, catalog.GetWorkspaceBindingRequest{Name: "finance_eu"})
	if err != nil || !slices.Equal(old.Workspaces, []int64{3019486627750194}) {
		t.Errorf("in the older form: %+v, %v", old, err)
	}
	if _, err := catalog.NewWorkspaceBindings(ordinary).GetBindingsAll(ctx, catalog.GetBindingsRequest{SecurableType: "catalog", SecurableName: "finance_eu"}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector read the bindings: %v", err)
	}
	refused := func(err error) bool {
		return errors.Is(err, apierr.ErrPermissionDenied) && strings.Contains(err.Error(), "Catalog 'finance_eu' is not accessible in current workspace")
	}
	if _, err := catalogs(admin).GetByName(ctx, "finance_eu"); !refused(err) {
		t.Errorf("an unbound catalog for the admin: %v", err)
	}
	if err := give(admin, "catalog", "finance_eu", demo.ConnectorID, catalog.PrivilegeUseCatalog); !refused(err) {
		t.Errorf("a grant on it: %v", err)
	}
	for c, want := range map[*client.DatabricksClient]bool{admin: true, ordinary: false} {
		list, err := catalogs(c).ListAll(ctx, catalog.ListCatalogsRequest{IncludeUnbound: true, IncludeBrowse: true})
		if err != nil || slices.ContainsFunc(list, func(i catalog.CatalogInfo) bool { return i.Name == "finance_eu" }) != want {
			t.Errorf("with include_unbound, for the admin %t: %v", want, err)
		}
	}
	_, err = bindings.UpdateBindings(ctx, catalog.UpdateWorkspaceBindingsParameters{
		SecurableType: "catalog", SecurableName: "finance_eu",
		Add: []catalog.WorkspaceBinding{{WorkspaceId: 7405605741000000, BindingType: "BINDING_TYPE_READ_ONLY"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	info, err := catalogs(admin).GetByName(ctx, "finance_eu")
	if err != nil || info.IsolationMode != catalog.CatalogIsolationModeIsolated {
		t.Errorf("when bound: %+v, %v", info, err)
	}
	if _, err := catalogs(admin).Update(ctx, catalog.UpdateCatalog{Name: "inventory", IsolationMode: catalog.CatalogIsolationModeIsolated}); err != nil {
		t.Fatal(err)
	}
	if list := of("inventory"); len(list) != 1 || list[0].WorkspaceId != 7405605741000000 {
		t.Errorf("an isolated catalog is bound to %+v", list)
	}
}

// TestACatalogIsChangedAsAWholeOrNotAtAll isolates a catalog and hands it to nobody, and comments on one that is bound elsewhere as it is opened.
func TestACatalogIsChangedAsAWholeOrNotAtAll(t *testing.T) {
	_, admin, _ := people(t)
	before, err := catalogs(admin).GetByName(ctx, "inventory")
	if err != nil {
		t.Fatal(err)
	}
	_, err = catalogs(admin).Update(ctx, catalog.UpdateCatalog{
		Name: "inventory", IsolationMode: catalog.CatalogIsolationModeIsolated, Owner: "nobody", Comment: "isolated",
	})
	if err == nil {
		t.Error("handed to nobody")
	}
	after, err := catalogs(admin).GetByName(ctx, "inventory")
	if err != nil || after.IsolationMode != before.IsolationMode || after.Comment != before.Comment || after.UpdatedAt != before.UpdatedAt {
		t.Errorf("what was refused has changed %+v to %+v, %v", before, after, err)
	}
	opened, err := catalogs(admin).Update(ctx, catalog.UpdateCatalog{
		Name: "finance_eu", IsolationMode: catalog.CatalogIsolationModeOpen, Comment: "for everybody",
	})
	if err != nil || opened.IsolationMode != catalog.CatalogIsolationModeOpen || opened.Comment != "for everybody" {
		t.Errorf("opened: %+v, %v", opened, err)
	}
}

func TestOwnersMayHandOver(t *testing.T) {
	_, admin, ordinary := people(t)
	if _, err := catalogs(ordinary).Update(ctx, catalog.UpdateCatalog{Name: "inventory", Owner: demo.ConnectorID}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector took a catalog: %v", err)
	}
	if _, err := catalogs(admin).Update(ctx, catalog.UpdateCatalog{Name: "inventory", Owner: demo.ConnectorName}); err == nil || !strings.Contains(err.Error(), "Could not find principal with name draftt-connector") {
		t.Errorf("handed to a display name: %v", err)
	}
	info, err := catalogs(admin).Update(ctx, catalog.UpdateCatalog{Name: "inventory", Owner: demo.ConnectorID})
	if err != nil || info.Owner != demo.ConnectorID {
		t.Fatalf("handed over: %+v, %v", info, err)
	}
	if err := give(ordinary, "schema", "inventory.assets", "analysts", catalog.PrivilegeSelect); err != nil {
		t.Errorf("the new owner grants: %v", err)
	}
	if s, err := schemas(ordinary).Update(ctx, catalog.UpdateSchema{FullName: "inventory.staging", Owner: "analysts"}); err != nil || s.Owner != "analysts" {
		t.Errorf("a schema: %+v, %v", s, err)
	}
	if err := tables(ordinary).Update(ctx, catalog.UpdateTableRequest{FullName: "inventory.assets.devices", Owner: "analysts"}); err != nil {
		t.Error(err)
	}
	if table, err := tables(admin).GetByFullName(ctx, "inventory.assets.devices"); err != nil || table.Owner != "analysts" {
		t.Errorf("a table: %+v, %v", table, err)
	}
	if _, err := catalogs(admin).Update(ctx, catalog.UpdateCatalog{Name: "inventory", NewName: "stock"}); !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("a change that is not made: %v", err)
	}
}

func TestCatalogsWithRulesOfTheirOwn(t *testing.T) {
	_, admin, ordinary := people(t)
	for _, name := range []string{"samples", "hive_metastore"} {
		if err := give(admin, "catalog", name, demo.ConnectorID, catalog.PrivilegeSelect); !errors.Is(err, apierr.ErrInvalidParameterValue) {
			t.Errorf("a grant on %s: %v", name, err)
		}
	}
	if err := give(admin, "catalog", "system", demo.ConnectorID, catalog.PrivilegeUseSchema, catalog.PrivilegeSelect); err != nil {
		t.Errorf("a grant on system: %v", err)
	}
	if _, err := tables(ordinary).GetByFullName(ctx, "system.billing.usage"); missing(err) != "USE SCHEMA" {
		t.Errorf("a grant on system reached its schemas: %v", err)
	}
	if err := give(admin, "schema", "system.billing", demo.ConnectorID, catalog.PrivilegeUseSchema, catalog.PrivilegeSelect); err != nil {
		t.Fatal(err)
	}
	if _, err := tables(ordinary).GetByFullName(ctx, "system.billing.usage"); err != nil {
		t.Errorf("with a grant on the schema: %v", err)
	}
}

func TestTablesInShort(t *testing.T) {
	w, _ := start(t, "ready")
	admin, ordinary := signIn(t, w, w.Admin()), signIn(t, w, w.Connector())
	short := func(c *client.DatabricksClient, schema, table string, max int) []string {
		t.Helper()
		list, err := tables(c).ListSummariesAll(ctx, catalog.ListSummariesRequest{
			CatalogName: "inventory", SchemaNamePattern: schema, TableNamePattern: table, MaxResults: max,
		})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, s := range list {
			names = append(names, s.FullName)
		}
		return names
	}
	if got := short(ordinary, "", "%o_pone%", 2); !slices.Equal(got, []string{"inventory.assets.components"}) {
		t.Errorf("by pattern: %q", got)
	}
	if got := short(ordinary, "", "", 3); len(got) != 12 {
		t.Errorf("the connector's: %q", got)
	}
	if got := short(admin, "%", "%", 0); len(got) <= 12 {
		t.Errorf("the admin's: %q", got)
	}
	for name, want := range map[string]bool{"inventory.assets.devices": true, "inventory.assets.unicorns": false} {
		answer, err := tables(ordinary).Exists(ctx, catalog.ExistsRequest{FullName: name})
		if err != nil || answer.TableExists != want {
			t.Errorf("%s: %+v, %v", name, answer, err)
		}
	}
	if _, err := tables(ordinary).Exists(ctx, catalog.ExistsRequest{FullName: "hr.people.salaries"}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("behind a closed door: %v", err)
	}
	summary, err := catalog.NewMetastores(ordinary).Summary(ctx)
	if err != nil || summary.Owner != "metastore-admins" {
		t.Errorf("the metastore: %+v, %v", summary, err)
	}
	if _, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "metastore", FullName: summary.MetastoreId}); err != nil {
		t.Errorf("its grants: %v", err)
	}
	var refused *apierr.APIError
	_, err = grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "metastore", FullName: "00000000-0000-4000-8000-000000000000"})
	if !errors.As(err, &refused) || refused.ErrorCode != "METASTORE_DOES_NOT_EXIST" || refused.StatusCode != http.StatusNotFound {
		t.Errorf("another metastore: %v", err)
	}
	_, err = grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "metastore", FullName: summary.Name})
	if !errors.As(err, &refused) || refused.StatusCode != http.StatusBadRequest || !strings.Contains(refused.Message, "Invalid UUID string") {
		t.Errorf("the metastore by its name: %v", err)
	}
}
