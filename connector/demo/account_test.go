package demo_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go"
	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/config"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/iamv2"
	"github.com/databricks/databricks-sdk-go/service/oauth2"
	"github.com/databricks/databricks-sdk-go/service/provisioning"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

const (
	workspaceNumber = 7405605741000000
	theMetastore    = "8e1f3c52-7a94-4d0b-b6c8-2f95d07a13e4"
	readersID       = "210006"
)

// Those who ask, beside the account admin: each may something else, and none of it at the account.
var (
	onlyWorkspaceAdmin = model.Principal{Name: "11111111-1111-4111-8111-111111111111", ID: "900001", MemberOf: []string{"admins"}}
	onlyMetastoreAdmin = model.Principal{Name: "22222222-2222-4222-8222-222222222222", ID: "900002", MemberOf: []string{"metastore-admins", "users"}}
	plainUser          = model.Principal{Name: "33333333-3333-4333-8333-333333333333", ID: "900003", MemberOf: []string{"users"}}
)

// company is the demo with one principal of each kind, whose secret is its id.
func company(t *testing.T) *demo.Workspace {
	t.Helper()
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Start(context.Background(), s, demo.Options{
		Clock: model.NewManualClock(time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)),
		Furnish: func(w *model.World) error {
			for _, p := range []model.Principal{onlyWorkspaceAdmin, onlyMetastoreAdmin, plainUser} {
				p.Kind, p.Active, p.DisplayName = model.ServicePrincipal, true, "sp-"+p.ID
				w.AddPrincipal(p)
				w.AddSecret(p.Name, []byte("dose-"+p.ID))
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func of(p model.Principal) demo.Credentials {
	return demo.Credentials{ClientID: connector.ClientID(p.Name), Secret: connector.NewSecret([]byte("dose-" + p.ID))}
}

// atAccount is the unmodified SDK's client of accounts, by the name of their host.
func atAccount(t *testing.T, w *demo.Workspace, c demo.Credentials) *databricks.AccountClient {
	t.Helper()
	a, err := databricks.NewAccountClient((*databricks.Config)(accountConfig(t, w, c)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func accountConfig(t *testing.T, w *demo.Workspace, c demo.Credentials) *config.Config {
	cfg := configFor(t, w)
	cfg.Host, cfg.AccountID = "https://"+demo.AccountHostName, w.AccountID()
	cfg.AuthType, cfg.ClientID, cfg.ClientSecret = "oauth-m2m", string(c.ClientID), string(c.Secret.Reveal())
	return cfg
}

func TestAnAccountAdminSeesTheWholeAccount(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	workspaces, err := a.Workspaces.List(ctx)
	if err != nil || len(workspaces) != 1 || workspaces[0].WorkspaceId != workspaceNumber || workspaces[0].WorkspaceStatus != provisioning.WorkspaceStatusRunning ||
		"https://"+workspaces[0].DeploymentName+".azuredatabricks.net" != "https://"+w.Host() {
		t.Errorf("workspaces: %+v, %v", workspaces, err)
	}
	one, err := a.Workspaces.GetByWorkspaceId(ctx, workspaceNumber)
	if err != nil || one.AccountId != w.AccountID() || one.CreationTime == 0 {
		t.Errorf("the workspace: %+v, %v", one, err)
	}
	if _, err := a.Workspaces.GetByWorkspaceId(ctx, 17); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("another workspace: %v", err)
	}
	metastores, err := a.Metastores.ListAll(ctx)
	if err != nil || len(metastores) != 1 || metastores[0].MetastoreId != theMetastore || metastores[0].Owner != "metastore-admins" {
		t.Errorf("metastores: %+v, %v", metastores, err)
	}
	metastore, err := a.Metastores.GetByMetastoreId(ctx, theMetastore)
	if err != nil || metastore.MetastoreInfo == nil || metastore.MetastoreInfo.Name != "contoso-westeurope" {
		t.Errorf("the metastore: %+v, %v", metastore, err)
	}
	assignment, err := a.MetastoreAssignments.GetByWorkspaceId(ctx, workspaceNumber)
	if err != nil || assignment.MetastoreAssignment == nil || assignment.MetastoreAssignment.MetastoreId != theMetastore {
		t.Errorf("the workspace's metastore: %+v, %v", assignment, err)
	}
	assigned, err := a.MetastoreAssignments.ListAll(ctx, catalog.ListAccountMetastoreAssignmentsRequest{MetastoreId: theMetastore})
	if err != nil || !slices.Equal(assigned, []int64{workspaceNumber}) {
		t.Errorf("the metastore's workspaces: %v, %v", assigned, err)
	}
	if _, err := a.MetastoreAssignments.ListAll(ctx, catalog.ListAccountMetastoreAssignmentsRequest{MetastoreId: "another"}); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("the workspaces of another metastore: %v", err)
	}
}

func TestTheAccountIsForItsAdmins(t *testing.T) {
	w := company(t)
	for kind, who := range map[string]model.Principal{"workspace admin": onlyWorkspaceAdmin, "metastore admin": onlyMetastoreAdmin, "plain user": plainUser} {
		a := atAccount(t, w, of(who))
		for name, ask := range map[string]func() error{
			"workspaces":  func() error { _, err := a.Workspaces.List(ctx); return err },
			"metastores":  func() error { _, err := a.Metastores.ListAll(ctx); return err },
			"a metastore": func() error { _, err := a.Metastores.GetByMetastoreId(ctx, theMetastore); return err },
			"users":       func() error { _, err := a.UsersV2.ListAll(ctx, iam.ListAccountUsersRequest{}); return err },
			"a group":     func() error { _, err := a.GroupsV2.Get(ctx, iam.GetAccountGroupRequest{Id: readersID}); return err },
			"assignments": func() error { _, err := a.WorkspaceAssignment.ListByWorkspaceId(ctx, workspaceNumber); return err },
			"identities":  func() error { _, err := a.IamV2.ListGroupsAll(ctx, iamv2.ListGroupsRequest{}); return err },
			"rules": func() error {
				_, err := a.AccessControl.GetRuleSet(ctx, iam.GetRuleSetRequest{Name: "accounts/" + w.AccountID() + "/ruleSets/default"})
				return err
			},
			"secrets": func() error {
				_, err := a.ServicePrincipalSecrets.ListAll(ctx, oauth2.ListServicePrincipalSecretsRequest{ServicePrincipalId: connectorSCIM})
				return err
			},
		} {
			var refused *apierr.APIError
			if err := ask(); !errors.As(err, &refused) || refused.StatusCode != http.StatusForbidden ||
				refused.Message != "This API is disabled for users without account admin status. Contact your administrator for more information." {
				t.Errorf("a %s asked for %s: %v", kind, name, err)
			}
		}
	}
}

func TestEachAdminHasWhatItsOwnPlaceGives(t *testing.T) {
	w := company(t)
	type may struct{ assignments, grants bool }
	for who, want := range map[string]may{onlyWorkspaceAdmin.ID: {assignments: true}, onlyMetastoreAdmin.ID: {grants: true}, plainUser.ID: {}} {
		p := map[string]model.Principal{onlyWorkspaceAdmin.ID: onlyWorkspaceAdmin, onlyMetastoreAdmin.ID: onlyMetastoreAdmin, plainUser.ID: plainUser}[who]
		c := signIn(t, w, of(p))
		var list iam.PermissionAssignments
		err := c.Do(ctx, http.MethodGet, "/api/2.0/preview/permissionassignments", nil, nil, nil, &list)
		if got := err == nil && len(list.PermissionAssignments) > 0; got != want.assignments {
			t.Errorf("%s reads the assignments of the workspace: %t, %v", who, got, err)
		}
		groups, err := iamv2.NewWorkspaceIamV2(c).ListGroupsProxyAll(ctx, iamv2.ListGroupsProxyRequest{})
		if got := err == nil && len(groups) > 0; got != want.assignments {
			t.Errorf("%s reads the groups: %t, %v", who, got, err)
		}
		if err := give(c, "catalog", "inventory", "inventory-readers", "USE_CATALOG"); (err == nil) != want.grants {
			t.Errorf("%s grants: %v", who, err)
		}
	}
	if _, err := me(signIn(t, w, w.AccountAdmin())).Me(ctx, iam.MeRequest{}); err == nil || !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the account admin, who is in no workspace: %v", err)
	}
}

func TestATokenIsForOneHost(t *testing.T) {
	w := company(t)
	both := of(plainUser)
	ofWorkspace, ofAccount := tokenOf(t, configOf(t, w, both)), tokenOf(t, accountConfig(t, w, w.AccountAdmin()))
	for name, c := range map[string]struct{ host, token, path string }{
		"a workspace's token at the account":  {demo.AccountHostName, ofWorkspace, "/api/2.0/accounts/" + w.AccountID() + "/workspaces"},
		"an account's token at the workspace": {w.Host(), ofAccount, "/api/2.0/preview/scim/v2/Me"},
		"a personal token at the account":     {demo.AccountHostName, string(w.Admin().Token.Reveal()), "/api/2.0/accounts/" + w.AccountID() + "/workspaces"},
		"no token at the account":             {demo.AccountHostName, "", "/api/2.0/accounts/" + w.AccountID() + "/workspaces"},
	} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+c.host+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+c.token)
		answer, err := transport(t, w).RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusUnauthorized && answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
	wrong := accountConfig(t, w, demo.Credentials{ClientID: demo.AccountAdminID, Secret: both.Secret})
	if _, err := client.New(wrong); err != nil {
		t.Fatal(err)
	}
	if err := wrong.Authenticate(&http.Request{Header: http.Header{}}); err == nil || !errors.Is(err, apierr.ErrUnauthenticated) {
		t.Errorf("a secret of somebody else: %v", err)
	}
}

func configOf(t *testing.T, w *demo.Workspace, c demo.Credentials) *config.Config {
	cfg := configFor(t, w)
	cfg.AuthType, cfg.ClientID, cfg.ClientSecret = "oauth-m2m", string(c.ClientID), string(c.Secret.Reveal())
	return cfg
}

func tokenOf(t *testing.T, cfg *config.Config) string {
	t.Helper()
	source := cfg.GetTokenSource()
	token, err := source.Token(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return token.AccessToken
}

func TestWhatSomebodyManagesIsTheirsToSee(t *testing.T) {
	w := company(t)
	admin, plain := atAccount(t, w, w.AccountAdmin()), atAccount(t, w, of(plainUser))
	name := fmt.Sprintf("accounts/%s/servicePrincipals/%s/ruleSets/default", w.AccountID(), demo.ConnectorID)
	now, err := admin.AccessControl.GetRuleSet(ctx, iam.GetRuleSetRequest{Name: name})
	if err != nil || len(now.GrantRules) != 0 || now.Etag == "" {
		t.Fatalf("at first: %+v, %v", now, err)
	}
	wanted := iam.UpdateRuleSetRequest{Name: name, RuleSet: iam.RuleSetUpdateRequest{Name: name, Etag: now.Etag, GrantRules: []iam.GrantRule{
		{Role: "roles/servicePrincipal.manager", Principals: []string{"servicePrincipals/" + plainUser.Name}},
	}}}
	changed, err := admin.AccessControl.UpdateRuleSet(ctx, wanted)
	if err != nil || len(changed.GrantRules) != 1 || changed.Etag == now.Etag {
		t.Fatalf("changed: %+v, %v", changed, err)
	}
	if _, err := admin.AccessControl.UpdateRuleSet(ctx, wanted); !errors.Is(err, apierr.ErrResourceConflict) {
		t.Errorf("with the tag of before: %v", err)
	}
	secrets := oauth2.ListServicePrincipalSecretsRequest{ServicePrincipalId: connectorSCIM}
	if list, err := plain.ServicePrincipalSecrets.ListAll(ctx, secrets); err != nil || len(list) != 1 {
		t.Errorf("the manager lists secrets: %+v, %v", list, err)
	}
	if seen, err := plain.AccessControl.GetRuleSet(ctx, iam.GetRuleSetRequest{Name: name, Etag: changed.Etag}); err != nil || len(seen.GrantRules) != 1 {
		t.Errorf("the manager reads the rules: %+v, %v", seen, err)
	}
	made, err := plain.ServicePrincipalSecrets.Create(ctx, oauth2.CreateServicePrincipalSecretRequest{ServicePrincipalId: connectorSCIM, Lifetime: "3600s"})
	if err != nil || made.Secret == "" {
		t.Fatalf("the manager makes a secret: %v", err)
	}
	if err := plain.ServicePrincipalSecrets.Delete(ctx, oauth2.DeleteServicePrincipalSecretRequest{ServicePrincipalId: connectorSCIM, SecretId: made.Id}); err != nil {
		t.Errorf("the manager ends it: %v", err)
	}
	if _, err := plain.ServicePrincipalSecrets.ListAll(ctx, oauth2.ListServicePrincipalSecretsRequest{ServicePrincipalId: "5103948571027716"}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("those of another: %v", err)
	}
}

func TestTheRolesThatCanBeGivenAreListed(t *testing.T) {
	w := company(t)
	a := atAccount(t, w, w.AccountAdmin())
	account := "accounts/" + w.AccountID()
	for resource, want := range map[string]string{
		account: "roles/marketplace.admin", account + "/groups/" + readersID: "roles/group.manager",
		account + "/servicePrincipals/" + connectorSCIM: "roles/servicePrincipal.user",
	} {
		roles, err := a.AccessControl.GetAssignableRolesForResource(ctx, iam.GetAssignableRolesForResourceRequest{Resource: resource})
		if err != nil || !slices.Contains(roles.Roles, iam.Role{Name: want}) {
			t.Errorf("%s: %+v, %v", resource, roles, err)
		}
	}
	name := account + "/ruleSets/default"
	now, err := a.AccessControl.GetRuleSet(ctx, iam.GetRuleSetRequest{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	for what, rules := range map[string][]iam.GrantRule{
		"a role that is none":       {{Role: "roles/account.king", Principals: []string{"users/maria.lindqvist@contoso.example"}}},
		"a role of something else":  {{Role: "roles/group.manager", Principals: []string{"users/maria.lindqvist@contoso.example"}}},
		"nobody":                    {{Role: "roles/marketplace.admin", Principals: []string{"users/nobody@contoso.example"}}},
		"a group that is of a kind": {{Role: "roles/marketplace.admin", Principals: []string{"users/analysts"}}},
		"a group of the workspace":  {{Role: "roles/marketplace.admin", Principals: []string{"groups/admins"}}},
	} {
		if _, err := a.AccessControl.UpdateRuleSet(ctx, iam.UpdateRuleSetRequest{Name: name, RuleSet: iam.RuleSetUpdateRequest{Name: name, Etag: now.Etag, GrantRules: rules}}); err == nil {
			t.Errorf("%s was taken", what)
		}
	}
}
