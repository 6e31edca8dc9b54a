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
	"github.com/databricks/databricks-sdk-go/service/iam"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

const connectorSCIM = "5103948571029384"

func servicePrincipals(c *client.DatabricksClient) *iam.ServicePrincipalsV2API {
	return iam.NewServicePrincipalsV2(c)
}

// people is what the stories in this file are played by: a workspace, its admin and its connector.
func people(t *testing.T) (w *demo.Workspace, admin, ordinary *client.DatabricksClient) {
	t.Helper()
	w, _ = start(t, "first-time")
	return w, signIn(t, w, w.Admin()), signIn(t, w, w.Connector())
}

func TestTheDirectoryIsForAdmins(t *testing.T) {
	_, admin, ordinary := people(t)
	if _, err := servicePrincipals(ordinary).Get(ctx, iam.GetServicePrincipalRequest{Id: connectorSCIM}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector read a service principal: %v", err)
	}
	named, err := iam.NewUsersV2(ordinary).ListAll(ctx, iam.ListUsersRequest{})
	if err != nil || len(named) != 3 || named[0].Id == "" || named[0].UserName == "" || named[0].DisplayName == "" || len(named[0].Groups)+len(named[0].Emails) > 0 {
		t.Errorf("the connector listed users: %+v, %v", named, err)
	}
	list, err := servicePrincipals(admin).ListAll(ctx, iam.ListServicePrincipalsRequest{})
	if err != nil || len(list) != 3 {
		t.Fatalf("service principals: %+v, %v", list, err)
	}
	found, err := servicePrincipals(admin).ListAll(ctx, iam.ListServicePrincipalsRequest{Filter: `applicationId eq "` + demo.ConnectorID + `"`})
	if err != nil || len(found) != 1 || found[0].Id != connectorSCIM || found[0].DisplayName != demo.ConnectorName {
		t.Errorf("found by application ID: %+v, %v", found, err)
	}
	users, err := iam.NewUsersV2(admin).ListAll(ctx, iam.ListUsersRequest{Filter: `userName sw "maria"`, Attributes: "userName"})
	if err != nil || len(users) != 1 || users[0].UserName != "maria.lindqvist@contoso.example" || users[0].DisplayName != "" {
		t.Errorf("users: %+v, %v", users, err)
	}
	if _, err := servicePrincipals(admin).ListAll(ctx, iam.ListServicePrincipalsRequest{Filter: `displayName co ""`}); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a filter without a value: %v", err)
	}
}

func TestTheDirectoryComesInPages(t *testing.T) {
	_, admin, _ := people(t)
	var page struct {
		Total     int `json:"totalResults"`
		Start     int `json:"startIndex"`
		Count     int `json:"itemsPerPage"`
		Resources []iam.ServicePrincipal
	}
	var names []string
	for start := 1; ; start += page.Count {
		query := map[string]any{"startIndex": start, "count": 2, "sortBy": "displayName"}
		page.Resources = nil
		if err := admin.Do(ctx, http.MethodGet, "/api/2.0/preview/scim/v2/ServicePrincipals", nil, query, nil, &page); err != nil {
			t.Fatal(err)
		}
		if page.Total != 3 || page.Start != start || page.Count != len(page.Resources) {
			t.Errorf("page from %d: %+v", start, page)
		}
		if len(page.Resources) == 0 {
			break
		}
		for _, p := range page.Resources {
			names = append(names, p.DisplayName)
		}
	}
	if want := []string{"FIVETRAN_USER", demo.ConnectorName, demo.AdminName}; !slices.Equal(names, want) {
		t.Errorf("listed %q", names)
	}
}

func TestAServicePrincipalIsNamedByItsNumberThere(t *testing.T) {
	w, admin, _ := people(t)
	_, err := servicePrincipals(admin).Get(ctx, iam.GetServicePrincipalRequest{Id: demo.ConnectorID})
	if !errors.Is(err, apierr.ErrNotFound) || !strings.Contains(err.Error(), "Service principal with id "+demo.ConnectorID+" not found.") {
		t.Errorf("by application ID: %v", err)
	}
	if err := servicePrincipals(admin).Delete(ctx, iam.DeleteServicePrincipalRequest{Id: demo.ConnectorID}); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("deleted by application ID: %v", err)
	}
	p, err := servicePrincipals(admin).Get(ctx, iam.GetServicePrincipalRequest{Id: connectorSCIM})
	if err != nil || p.ApplicationId != demo.ConnectorID || len(p.Entitlements) != 1 {
		t.Errorf("by SCIM id: %+v, %v", p, err)
	}
	_, err = me(signIn(t, w, demo.Credentials{ClientID: connectorSCIM, Secret: w.Connector().Secret})).Me(ctx, iam.MeRequest{})
	if !errors.Is(err, apierr.ErrUnauthenticated) || !strings.Contains(err.Error(), "invalid_client") {
		t.Errorf("signed in with the SCIM id: %v", err)
	}
}

func TestEntitlementsAreGivenAndTaken(t *testing.T) {
	_, admin, ordinary := people(t)
	patch := func(p ...iam.Patch) error {
		return servicePrincipals(admin).Patch(ctx, iam.PatchServicePrincipalRequest{
			Id: connectorSCIM, Operations: p, Schemas: []iam.PatchSchema{iam.PatchSchemaUrnIetfParamsScimApiMessages20PatchOp},
		})
	}
	steps := []struct {
		name   string
		change iam.Patch
		refuse bool // whether the change is
		may    bool // use the API afterwards
	}{
		{"SQL access taken by condition", iam.Patch{Op: iam.PatchOpRemove, Path: `entitlements[value eq "databricks-sql-access"]`}, false, false},
		{"workspace access given", iam.Patch{Op: iam.PatchOpAdd, Path: "entitlements", Value: []iam.ComplexValue{{Value: "workspace-access"}}}, false, true},
		{"consumer access beside it", iam.Patch{Op: iam.PatchOpAdd, Path: "entitlements", Value: []iam.ComplexValue{{Value: "workspace-consume"}}}, true, true},
		{"something made up", iam.Patch{Op: iam.PatchOpAdd, Path: "entitlements", Value: []iam.ComplexValue{{Value: "everything"}}}, true, true},
		{"all replaced by SQL access", iam.Patch{Op: iam.PatchOpReplace, Path: "entitlements", Value: []iam.ComplexValue{{Value: "databricks-sql-access"}}}, false, true},
		{"deactivated", iam.Patch{Op: iam.PatchOpReplace, Value: map[string]any{"active": false}}, false, false},
		{"activated", iam.Patch{Op: iam.PatchOpReplace, Path: "active", Value: true}, false, true},
	}
	for _, s := range steps {
		if err := patch(s.change); (err != nil) != s.refuse {
			t.Errorf("%s: %v", s.name, err)
		}
		if _, err := me(ordinary).Me(ctx, iam.MeRequest{}); (err == nil) != s.may {
			t.Errorf("after %s: %v", s.name, err)
		}
	}
	if err := servicePrincipals(ordinary).Patch(ctx, iam.PatchServicePrincipalRequest{
		Id: connectorSCIM, Operations: []iam.Patch{{Op: iam.PatchOpAdd, Path: "entitlements", Value: []iam.ComplexValue{{Value: "workspace-access"}}}},
	}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector entitled itself: %v", err)
	}
}

func TestServicePrincipalsAreMadeAndUnmade(t *testing.T) {
	_, admin, _ := people(t)
	const entraID = "0b6d7c1e-9f42-4a53-8d07-c51e2f9a6b34"
	made, err := servicePrincipals(admin).Create(ctx, iam.CreateServicePrincipalRequest{
		DisplayName: demo.ConnectorName, Entitlements: []iam.ComplexValue{{Value: "databricks-sql-access"}},
	})
	if err != nil || made.ApplicationId == "" || made.ApplicationId == demo.ConnectorID || made.Id == made.ApplicationId || !made.Active {
		t.Fatalf("a second principal of the same display name: %+v, %v", made, err)
	}
	entra, err := servicePrincipals(admin).Create(ctx, iam.CreateServicePrincipalRequest{ApplicationId: entraID, DisplayName: "from-entra"})
	if err != nil || entra.ApplicationId != entraID {
		t.Fatalf("an Entra-managed principal: %+v, %v", entra, err)
	}
	if _, err := servicePrincipals(admin).Create(ctx, iam.CreateServicePrincipalRequest{ApplicationId: entraID}); !errors.Is(err, apierr.ErrResourceConflict) {
		t.Errorf("the same application ID again: %v", err)
	}
	change := catalog.UpdatePermissions{
		SecurableType: "catalog", FullName: "inventory",
		Changes: []catalog.PermissionsChange{{Principal: made.ApplicationId, Add: []catalog.Privilege{catalog.PrivilegeUseCatalog}}},
	}
	if _, err := grants(admin).Update(ctx, change); err != nil {
		t.Fatal(err)
	}
	if err := servicePrincipals(admin).Delete(ctx, iam.DeleteServicePrincipalRequest{Id: made.Id}); err != nil {
		t.Fatal(err)
	}
	if _, err := servicePrincipals(admin).Get(ctx, iam.GetServicePrincipalRequest{Id: made.Id}); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("after its end: %v", err)
	}
	list, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "catalog", FullName: "inventory"})
	if err != nil || !slices.ContainsFunc(list.PrivilegeAssignments, func(a catalog.PrivilegeAssignment) bool { return a.Principal == made.ApplicationId }) {
		t.Errorf("the grant does not dangle: %+v, %v", list, err)
	}
	if _, err := grants(admin).Update(ctx, change); err == nil || !strings.Contains(err.Error(), "Could not find principal with name "+made.ApplicationId) {
		t.Errorf("a grant to nobody: %v", err)
	}
}

func TestAGroupHandsDownWhatItHolds(t *testing.T) {
	_, admin, ordinary := people(t)
	groups := iam.NewGroupsV2(admin)
	made, err := groups.Create(ctx, iam.CreateGroupRequest{DisplayName: "readers-here", Members: []iam.ComplexValue{{Value: connectorSCIM}}})
	if err != nil || len(made.Members) != 1 || made.Meta.ResourceType != "WorkspaceGroup" {
		t.Fatalf("a group of the workspace: %+v, %v", made, err)
	}
	if who, err := me(ordinary).Me(ctx, iam.MeRequest{}); err != nil || len(who.Groups) != 1 || who.Groups[0].Display != "readers-here" {
		t.Errorf("the member: %+v, %v", who, err)
	}
	_, err = grants(admin).Update(ctx, catalog.UpdatePermissions{
		SecurableType: "catalog", FullName: "inventory",
		Changes: []catalog.PermissionsChange{{Principal: "readers-here", Add: []catalog.Privilege{catalog.PrivilegeUseCatalog}}},
	})
	if err == nil || !strings.Contains(err.Error(), "Could not find principal with name readers-here") {
		t.Errorf("a group of the workspace was granted something in Unity Catalog: %v", err)
	}

	const analysts = "210005"
	if err := groups.Patch(ctx, iam.PatchGroupRequest{
		Id: analysts, Operations: []iam.Patch{{Op: iam.PatchOpAdd, Path: "members", Value: []iam.ComplexValue{{Value: connectorSCIM}}}},
	}); err != nil {
		t.Fatal(err)
	}
	_, err = grants(admin).Update(ctx, catalog.UpdatePermissions{
		SecurableType: "catalog", FullName: "inventory",
		Changes: []catalog.PermissionsChange{{Principal: "analysts", Add: []catalog.Privilege{"USE_CATALOG", "USE_SCHEMA", "SELECT"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if names, err := readable(ordinary); err != nil || len(names) != 12 {
		t.Errorf("through its group the connector reads %d tables, %v", len(names), err)
	}
	mine, err := grants(ordinary).GetEffective(ctx, catalog.GetEffectiveRequest{
		SecurableType: "schema", FullName: "inventory.assets", Principal: demo.ConnectorID,
	})
	if err != nil || len(mine.PrivilegeAssignments) != 0 {
		t.Errorf("what the group holds is under the member's name: %+v, %v", mine, err)
	}
	if err := groups.Patch(ctx, iam.PatchGroupRequest{
		Id: analysts, Operations: []iam.Patch{{Op: iam.PatchOpRemove, Path: `members[value eq "` + connectorSCIM + `"]`}},
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := readable(ordinary); missing(err) != "USE CATALOG" {
		t.Errorf("after leaving the group: %v", err)
	}
	if err := groups.Delete(ctx, iam.DeleteGroupRequest{Id: "310001"}); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("the group admins was deleted: %v", err)
	}
}

func TestAGroupIsNotWithinItself(t *testing.T) {
	_, admin, _ := people(t)
	groups := iam.NewGroupsV2(admin)
	const outer, inner = "210003", "210004"
	for _, pair := range [][2]string{{inner, outer}, {outer, outer}} {
		err := groups.Patch(ctx, iam.PatchGroupRequest{
			Id: pair[0], Operations: []iam.Patch{{Op: iam.PatchOpAdd, Path: "members", Value: []iam.ComplexValue{{Value: pair[1]}}}},
		})
		if !errors.Is(err, apierr.ErrBadRequest) {
			t.Errorf("%s in %s: %v", pair[1], pair[0], err)
		}
	}
}
