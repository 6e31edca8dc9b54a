package demo_test

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go"
	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/oauth2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// newcomer is a service principal that an account admin made, with a secret.
func newcomer(t *testing.T, a *databricks.AccountClient) (id int64, c demo.Credentials) {
	t.Helper()
	made, err := a.ServicePrincipalsV2.Create(ctx, iam.CreateAccountServicePrincipalRequest{DisplayName: "newcomer", Active: true})
	if err != nil {
		t.Fatal(err)
	}
	secret, err := a.ServicePrincipalSecrets.Create(ctx, oauth2.CreateServicePrincipalSecretRequest{ServicePrincipalId: made.Id})
	if err != nil {
		t.Fatal(err)
	}
	id, err = strconv.ParseInt(made.Id, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return id, demo.Credentials{ClientID: connector.ClientID(made.ApplicationId), Secret: connector.NewSecret([]byte(secret.Secret))}
}

func numeral(id int64) string { return strconv.FormatInt(id, 10) }

// reaches tells why somebody does not get into the workspace, empty for who does.
func reaches(c *client.DatabricksClient) string {
	_, err := me(c).Me(ctx, iam.MeRequest{})
	var refused *apierr.APIError
	if errors.As(err, &refused) {
		return refused.Message
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestWhoIsMadeAtTheAccountIsOfTheWorkspaceOnceAssigned(t *testing.T) {
	w := company(t)
	a, ofWorkspace := atAccount(t, w, w.AccountAdmin()), signIn(t, w, of(onlyWorkspaceAdmin))
	id, credentials := newcomer(t, a)
	known := func() bool {
		list, err := servicePrincipals(ofWorkspace).ListAll(ctx, iam.ListServicePrincipalsRequest{Filter: `displayName eq "newcomer"`})
		return err == nil && len(list) == 1
	}
	assign := func(levels ...iam.WorkspacePermission) {
		t.Helper()
		if _, err := a.WorkspaceAssignment.Update(ctx, iam.UpdateWorkspaceAssignments{WorkspaceId: workspaceNumber, PrincipalId: id, Permissions: levels}); err != nil {
			t.Fatal(err)
		}
	}
	c := signIn(t, w, credentials)
	if why := reaches(c); known() || !strings.HasPrefix(why, "user not found") {
		t.Errorf("of the account alone: %q", why)
	}
	assign(iam.WorkspacePermissionUser)
	if why := reaches(c); !known() || !strings.Contains(why, "entitlements") {
		t.Errorf("assigned, and entitled to nothing: %q", why)
	}
	if err := servicePrincipals(ofWorkspace).Patch(ctx, iam.PatchServicePrincipalRequest{
		Id: numeral(id), Schemas: []iam.PatchSchema{iam.PatchSchemaUrnIetfParamsScimApiMessages20PatchOp},
		Operations: []iam.Patch{{Op: iam.PatchOpAdd, Path: "entitlements", Value: []iam.ComplexValue{{Value: "workspace-access"}}}},
	}); err != nil {
		t.Fatal(err)
	}
	if why := reaches(c); why != "" {
		t.Errorf("assigned and entitled: %s", why)
	}
	assign(iam.WorkspacePermissionAdmin)
	if _, err := servicePrincipals(c).Get(ctx, iam.GetServicePrincipalRequest{Id: connectorSCIM}); err != nil {
		t.Errorf("as an admin: %v", err)
	}
	if err := a.WorkspaceAssignment.DeleteByWorkspaceIdAndPrincipalId(ctx, workspaceNumber, id); err != nil {
		t.Fatal(err)
	}
	if why := reaches(c); known() || !strings.HasPrefix(why, "user not found") {
		t.Errorf("taken out: %q", why)
	}
	assign(iam.WorkspacePermissionUser)
	if _, err := servicePrincipals(c).Get(ctx, iam.GetServicePrincipalRequest{Id: connectorSCIM}); !errors.Is(err, apierr.ErrPermissionDenied) || reaches(c) != "" {
		t.Errorf("who came back as a user: %v", err)
	}
}

func TestAGroupTakesItsMembersIntoTheWorkspace(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	id, credentials := newcomer(t, a)
	group, err := a.GroupsV2.Create(ctx, iam.CreateAccountGroupRequest{DisplayName: "guests", Members: []iam.ComplexValue{{Value: numeral(id)}}})
	if err != nil {
		t.Fatal(err)
	}
	c := signIn(t, w, credentials)
	if why := reaches(c); !strings.HasPrefix(why, "user not found") {
		t.Errorf("in a group that is not in the workspace: %q", why)
	}
	number, err := strconv.ParseInt(group.Id, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.WorkspaceAssignment.Update(ctx, iam.UpdateWorkspaceAssignments{
		WorkspaceId: workspaceNumber, PrincipalId: number, Permissions: []iam.WorkspacePermission{iam.WorkspacePermissionAdmin},
	}); err != nil {
		t.Fatal(err)
	}
	if why := reaches(c); why != "" {
		t.Errorf("in a group of admins: %s", why)
	}
}

func TestTheGroupsOfTheWorkspaceStayThere(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	list, err := a.GroupsV2.ListAll(ctx, iam.ListAccountGroupsRequest{})
	if err != nil || len(list) != 7 {
		t.Fatalf("groups: %d, %v", len(list), err)
	}
	for _, g := range list {
		if g.DisplayName == "admins" || g.DisplayName == "users" || len(g.Members) > 0 || g.AccountId != w.AccountID() {
			t.Errorf("listed: %+v", g)
		}
	}
	one, err := a.GroupsV2.Get(ctx, iam.GetAccountGroupRequest{Id: "210002"})
	if err != nil || len(one.Members) != 3 {
		t.Errorf("the metastore admins: %+v, %v", one, err)
	}
	const admins = "310001"
	if _, err := a.GroupsV2.Get(ctx, iam.GetAccountGroupRequest{Id: admins}); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("admins: %v", err)
	}
	if err := patchGroup(a, readersID, iam.Patch{Op: iam.PatchOpAdd, Path: "members", Value: []iam.ComplexValue{{Value: admins}}}); err == nil {
		t.Error("admins became members of a group of the account")
	}
	if err := patchGroup(a, readersID, iam.Patch{Op: iam.PatchOpAdd, Path: "members", Value: []iam.ComplexValue{{Value: connectorSCIM}}}); err != nil {
		t.Error(err)
	}
	group, err := iam.NewGroupsV2(signIn(t, w, w.Admin())).Get(ctx, iam.GetGroupRequest{Id: readersID})
	if err != nil || len(group.Members) != 1 || group.Members[0].Value != connectorSCIM {
		t.Errorf("the workspace has the group as %+v, %v", group, err)
	}
	user, err := a.UsersV2.ListAll(ctx, iam.ListAccountUsersRequest{Filter: `userName sw "maria"`})
	if err != nil || len(user) != 1 {
		t.Fatalf("a user: %+v, %v", user, err)
	}
	if err := a.UsersV2.Patch(ctx, iam.PatchAccountUserRequest{Id: user[0].Id, Operations: []iam.Patch{{Op: iam.PatchOpReplace, Path: "displayName", Value: "M. Lindqvist"}}}); err != nil {
		t.Fatal(err)
	}
	there, err := iam.NewUsersV2(signIn(t, w, w.Admin())).Get(ctx, iam.GetUserRequest{Id: user[0].Id})
	if err != nil || there.DisplayName != "M. Lindqvist" || !slices.ContainsFunc(there.Groups, func(g iam.ComplexValue) bool { return g.Display == "admins" }) {
		t.Errorf("a change at the account left the workspace with %+v, %v", there, err)
	}
}

func patchGroup(a *databricks.AccountClient, id string, operation iam.Patch) error {
	return a.GroupsV2.Patch(ctx, iam.PatchAccountGroupRequest{Id: id, Operations: []iam.Patch{operation}})
}

func TestTheAccountsDirectoryHasFiltersAndPages(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	all, err := a.ServicePrincipalsV2.ListAll(ctx, iam.ListAccountServicePrincipalsRequest{})
	if err != nil || len(all) != 7 {
		t.Fatalf("service principals: %d, %v", len(all), err)
	}
	one, err := a.ServicePrincipalsV2.ListAll(ctx, iam.ListAccountServicePrincipalsRequest{Filter: `applicationId eq "` + demo.AccountAdminID + `"`})
	if err != nil || len(one) != 1 || len(one[0].Roles) != 1 || one[0].Roles[0].Value != "account_admin" {
		t.Errorf("the account admin: %+v, %v", one, err)
	}
	var page struct {
		Total     int `json:"totalResults"`
		Resources []iam.AccountServicePrincipal
	}
	err = newClient(t, accountConfig(t, w, w.AccountAdmin())).Do(ctx, http.MethodGet, "/api/2.0/accounts/"+w.AccountID()+"/scim/v2/ServicePrincipals", nil,
		map[string]any{"startIndex": 3, "count": 2, "attributes": "displayName"}, nil, &page)
	if err != nil || page.Total != 7 || len(page.Resources) != 2 || page.Resources[0].Id != all[2].Id || page.Resources[0].Active {
		t.Errorf("a page: %+v, %v", page, err)
	}
}

func TestARoleMakesAnAccountAdmin(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	role := func(value string) iam.Patch {
		return iam.Patch{Op: iam.PatchOpAdd, Path: "roles", Value: []iam.ComplexValue{{Value: value}}}
	}
	for what, operation := range map[string]iam.Patch{
		"a role that is none": role("account_king"),
		"an entitlement":      {Op: iam.PatchOpAdd, Path: "entitlements", Value: []iam.ComplexValue{{Value: "workspace-access"}}},
	} {
		if err := a.ServicePrincipalsV2.Patch(ctx, iam.PatchAccountServicePrincipalRequest{Id: plainUser.ID, Operations: []iam.Patch{operation}}); !errors.Is(err, apierr.ErrBadRequest) {
			t.Errorf("%s: %v", what, err)
		}
	}
	plain := atAccount(t, w, of(plainUser))
	if _, err := plain.Workspaces.List(ctx); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("before: %v", err)
	}
	if err := a.ServicePrincipalsV2.Patch(ctx, iam.PatchAccountServicePrincipalRequest{Id: plainUser.ID, Operations: []iam.Patch{role("account_admin")}}); err != nil {
		t.Fatal(err)
	}
	if _, err := plain.Workspaces.List(ctx); err != nil {
		t.Errorf("after: %v", err)
	}
	ofWorkspace, err := servicePrincipals(signIn(t, w, of(onlyWorkspaceAdmin))).Get(ctx, iam.GetServicePrincipalRequest{Id: plainUser.ID})
	if err != nil || len(ofWorkspace.Roles) > 0 {
		t.Errorf("the workspace, whose roles are another thing, has %+v, %v", ofWorkspace, err)
	}
	err = servicePrincipals(signIn(t, w, of(onlyWorkspaceAdmin))).Patch(ctx, iam.PatchServicePrincipalRequest{Id: onlyMetastoreAdmin.ID, Operations: []iam.Patch{role("account_admin")}})
	if _, refused := atAccount(t, w, of(onlyMetastoreAdmin)).Workspaces.List(ctx); err == nil && !errors.Is(refused, apierr.ErrPermissionDenied) {
		t.Errorf("a workspace admin made an account admin: %v", refused)
	}
}
