package demo_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/iamv2"
)

const (
	connectorNumber = 5103948571029384
	analystsID      = "210005"
)

func TestTheAssignmentsOfTheWorkspaceAreTheSameFromBothSides(t *testing.T) {
	w := company(t)
	a, ofWorkspace := atAccount(t, w, w.AccountAdmin()), signIn(t, w, of(onlyWorkspaceAdmin))
	list, err := a.WorkspaceAssignment.ListAll(ctx, iam.ListWorkspaceAssignmentRequest{WorkspaceId: workspaceNumber})
	if err != nil || len(list) != 14 {
		t.Fatalf("at the account: %d, %v", len(list), err)
	}
	for _, one := range list {
		want := iam.WorkspacePermissionUser
		if one.Principal.UserName == "maria.lindqvist@contoso.example" || one.Principal.ServicePrincipalName == onlyWorkspaceAdmin.Name ||
			one.Principal.ServicePrincipalName == string(w.Admin().ClientID) {
			want = iam.WorkspacePermissionAdmin
		}
		if !slices.Equal(one.Permissions, []iam.WorkspacePermission{want}) || one.Principal.GroupName == "admins" || one.Principal.PrincipalId == 0 {
			t.Errorf("%+v has %v", one.Principal, one.Permissions)
		}
	}
	var there iam.PermissionAssignments
	if err := ofWorkspace.Do(ctx, http.MethodGet, "/api/2.0/preview/permissionassignments", nil, nil, nil, &there); err != nil || len(there.PermissionAssignments) != len(list) {
		t.Errorf("at the workspace: %d, %v", len(there.PermissionAssignments), err)
	}
	levels, err := a.WorkspaceAssignment.GetByWorkspaceId(ctx, workspaceNumber)
	if err != nil || len(levels.Permissions) != 2 {
		t.Errorf("what can be assigned: %+v, %v", levels, err)
	}
	for what, request := range map[string]iam.UpdateWorkspaceAssignments{
		"a level that is none":     {WorkspaceId: workspaceNumber, PrincipalId: connectorNumber, Permissions: []iam.WorkspacePermission{iam.WorkspacePermissionUnknown}},
		"nobody":                   {WorkspaceId: workspaceNumber, PrincipalId: 4, Permissions: []iam.WorkspacePermission{iam.WorkspacePermissionUser}},
		"a group of the workspace": {WorkspaceId: workspaceNumber, PrincipalId: 310001, Permissions: []iam.WorkspacePermission{iam.WorkspacePermissionUser}},
		"another workspace":        {WorkspaceId: 17, PrincipalId: connectorNumber, Permissions: []iam.WorkspacePermission{iam.WorkspacePermissionUser}},
	} {
		if _, err := a.WorkspaceAssignment.Update(ctx, request); err == nil {
			t.Errorf("%s was assigned", what)
		}
	}
}

func TestTheIdentityServiceListsTheAccountInPages(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	users, err := a.IamV2.ListUsersAll(ctx, iamv2.ListUsersRequest{PageSize: 2})
	if err != nil || len(users) != 3 || users[0].AccountUserStatus != iamv2.StateActive || users[0].Username == "" {
		t.Errorf("users: %+v, %v", users, err)
	}
	groups, err := a.IamV2.ListGroupsAll(ctx, iamv2.ListGroupsRequest{})
	if err != nil || len(groups) != 7 || groups[0].GroupName != "account users" || groups[0].AccountId != w.AccountID() {
		t.Errorf("groups: %+v, %v", groups, err)
	}
	principals, err := a.IamV2.ListServicePrincipalsAll(ctx, iamv2.ListServicePrincipalsRequest{PageSize: 3})
	if err != nil || len(principals) != 7 || principals[6].ApplicationId == "" {
		t.Errorf("service principals: %d, %v", len(principals), err)
	}
	group, err := a.IamV2.GetGroup(ctx, iamv2.GetGroupRequest{GroupId: readersID})
	if err != nil || group.GroupName != "inventory-readers" {
		t.Errorf("a group: %+v, %v", group, err)
	}
	if _, err := a.IamV2.GetUser(ctx, iamv2.GetUserRequest{UserId: users[0].UserId}); err != nil {
		t.Errorf("a user: %v", err)
	}
	if _, err := a.IamV2.GetServicePrincipal(ctx, iamv2.GetServicePrincipalRequest{ServicePrincipalId: "4"}); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := a.IamV2.ListUsersAll(ctx, iamv2.ListUsersRequest{Filter: `username eq "x"`}); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a filter, which is not played: %v", err)
	}
}

func TestTheIdentityServiceFollowsGroups(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	members, err := a.IamV2.ListDirectGroupMembersAll(ctx, iamv2.ListDirectGroupMembersRequest{GroupId: 210003})
	if err != nil || len(members) != 1 || members[0].PrincipalType != iamv2.PrincipalTypeGroup || members[0].MembershipSource != iamv2.GroupMembershipSourceInternal {
		t.Errorf("members of data-governance: %+v, %v", members, err)
	}
	const staff = 210007
	external, err := a.IamV2.ListDirectGroupMembersAll(ctx, iamv2.ListDirectGroupMembersRequest{GroupId: staff})
	if err != nil || len(external) != 1 || external[0].MembershipSource != iamv2.GroupMembershipSourceIdentityProvider {
		t.Errorf("members of a group of the identity provider: %+v, %v", external, err)
	}
	if g, err := a.GroupsV2.Get(ctx, iam.GetAccountGroupRequest{Id: numeral(staff)}); err != nil || len(g.Members) > 0 || g.ExternalId == "" {
		t.Errorf("SCIM tells of it %+v, %v", g, err)
	}
	if err := patchGroup(a, numeral(staff), iam.Patch{Op: iam.PatchOpAdd, Path: "members", Value: []iam.ComplexValue{{Value: connectorSCIM}}}); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a member was added here: %v", err)
	}
	const samuel = 8842019375610048
	parents, err := a.IamV2.ListTransitiveParentGroups(ctx, iamv2.ListTransitiveParentGroupsRequest{PrincipalId: samuel})
	if err != nil || len(parents.TransitiveParentGroups) != 2 || parents.TransitiveParentGroups[0].GroupId != "210004" || parents.TransitiveParentGroups[1].GroupId != "210003" {
		t.Errorf("Samuel's groups: %+v, %v", parents, err)
	}
	ofWorkspace := iamv2.NewWorkspaceIamV2(signIn(t, w, of(onlyWorkspaceAdmin)))
	there, err := ofWorkspace.ListTransitiveParentGroupsProxy(ctx, iamv2.ListTransitiveParentGroupsProxyRequest{PrincipalId: samuel})
	if err != nil || len(there.TransitiveParentGroups) != 2 {
		t.Errorf("from the workspace: %+v, %v", there, err)
	}
	plain := iamv2.NewWorkspaceIamV2(signIn(t, w, of(plainUser)))
	if _, err := plain.ListUsersProxyAll(ctx, iamv2.ListUsersProxyRequest{}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("a plain user: %v", err)
	}
}

func TestTheIdentityServiceTellsWhoGetsIntoTheWorkspace(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	details, err := a.IamV2.ListWorkspaceAssignmentDetailsAll(ctx, iamv2.ListWorkspaceAssignmentDetailsRequest{WorkspaceId: workspaceNumber, PageSize: 5})
	if err != nil || len(details) != 14 || slices.ContainsFunc(details, func(d iamv2.WorkspaceAssignmentDetail) bool { return len(d.Entitlements) > 0 }) {
		t.Errorf("details: %d, %v", len(details), err)
	}
	one, err := a.IamV2.GetWorkspaceAssignmentDetail(ctx, iamv2.GetWorkspaceAssignmentDetailRequest{WorkspaceId: workspaceNumber, PrincipalId: 900001})
	want := []iamv2.Entitlement{iamv2.EntitlementDatabricksSqlAccess, iamv2.EntitlementWorkspaceAccess, iamv2.EntitlementWorkspaceAdmin}
	if err != nil || !slices.Equal(one.Entitlements, want[2:]) || !slices.Equal(one.EffectiveEntitlements, want) {
		t.Errorf("an admin: %+v, %v", one, err)
	}
	access, err := a.IamV2.GetWorkspaceAccessDetail(ctx, iamv2.GetWorkspaceAccessDetailRequest{
		WorkspaceId: workspaceNumber, PrincipalId: connectorNumber, View: iamv2.WorkspaceAccessDetailViewFull,
	})
	if err != nil || access.AccessType != iamv2.WorkspaceAccessDetailAccessTypeDirect || !slices.Equal(access.Permissions, []iamv2.WorkspacePermission{iamv2.WorkspacePermissionUserPermission}) {
		t.Errorf("the connector: %+v, %v", access, err)
	}
	id, _ := newcomer(t, a)
	if _, err := a.IamV2.GetWorkspaceAccessDetail(ctx, iamv2.GetWorkspaceAccessDetailRequest{WorkspaceId: workspaceNumber, PrincipalId: id}); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("somebody of the account alone: %v", err)
	}
	if err := patchGroup(a, analystsID, iam.Patch{Op: iam.PatchOpAdd, Path: "members", Value: []iam.ComplexValue{{Value: numeral(id)}}}); err != nil {
		t.Fatal(err)
	}
	access, err = a.IamV2.GetWorkspaceAccessDetail(ctx, iamv2.GetWorkspaceAccessDetailRequest{WorkspaceId: workspaceNumber, PrincipalId: id})
	if err != nil || access.AccessType != iamv2.WorkspaceAccessDetailAccessTypeIndirect || len(access.Permissions) > 0 {
		t.Errorf("in a group that is there: %+v, %v", access, err)
	}
	there, err := iamv2.NewWorkspaceIamV2(signIn(t, w, of(onlyWorkspaceAdmin))).GetWorkspaceIdentityDetail(ctx, iamv2.GetWorkspaceIdentityDetailRequest{PrincipalId: id})
	if err != nil || there.AssignmentType != iamv2.WorkspaceIdentityDetailAssignmentTypeIndirect || there.WorkspaceIdentityStatus != iamv2.StateActive {
		t.Errorf("from the workspace: %+v, %v", there, err)
	}
}
