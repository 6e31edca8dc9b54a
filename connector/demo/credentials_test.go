package demo_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/oauth2"
	"github.com/databricks/databricks-sdk-go/service/settings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func withSecret(id, secret string) demo.Credentials {
	return demo.Credentials{ClientID: connector.ClientID(id), Secret: connector.NewSecret([]byte(secret))}
}

func withToken(token string) demo.Credentials {
	return demo.Credentials{Token: connector.NewSecret([]byte(token))}
}

// asks tells what becomes of somebody who asks who they are.
func asks(c *client.DatabricksClient) error {
	_, err := me(c).Me(ctx, iam.MeRequest{})
	return err
}

func TestASecretIsMadeUsedAndEnds(t *testing.T) {
	w, clock := start(t, "ready")
	admin, ordinary := signIn(t, w, w.Admin()), signIn(t, w, w.Connector())
	secrets := oauth2.NewServicePrincipalSecretsProxy(admin)
	request := oauth2.CreateServicePrincipalSecretRequest{ServicePrincipalId: connectorSCIM, Lifetime: "3600s"}
	if _, err := oauth2.NewServicePrincipalSecretsProxy(ordinary).Create(ctx, request); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector made itself a secret: %v", err)
	}
	made, err := secrets.Create(ctx, request)
	if err != nil || !strings.HasPrefix(made.Secret, "dose") || made.Status != "ACTIVE" {
		t.Fatalf("made %+v, %v", made, err)
	}
	list, err := secrets.ListAll(ctx, oauth2.ListServicePrincipalSecretsRequest{ServicePrincipalId: connectorSCIM, PageSize: 1})
	if err != nil || len(list) != 2 || !slices.ContainsFunc(list, func(s oauth2.SecretInfo) bool {
		return s.Id == made.Id && s.ExpireTime == "2026-11-20T11:00:00Z"
	}) {
		t.Errorf("listed %+v, %v", list, err)
	}
	if err := asks(signIn(t, w, withSecret(demo.ConnectorID, made.Secret))); err != nil {
		t.Errorf("with the new secret: %v", err)
	}
	clock.Advance(time.Hour)
	if err := asks(signIn(t, w, withSecret(demo.ConnectorID, made.Secret))); !errors.Is(err, apierr.ErrUnauthenticated) || !strings.Contains(err.Error(), "invalid_client") {
		t.Errorf("with an expired secret: %v", err)
	}
	admin = signIn(t, w, w.Admin())
	if err := oauth2.NewServicePrincipalSecretsProxy(admin).Delete(ctx, oauth2.DeleteServicePrincipalSecretRequest{ServicePrincipalId: connectorSCIM, SecretId: list[0].Id}); err != nil {
		t.Fatal(err)
	}
	if err := oauth2.NewServicePrincipalSecretsProxy(admin).Delete(ctx, oauth2.DeleteServicePrincipalSecretRequest{ServicePrincipalId: connectorSCIM, SecretId: list[0].Id}); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("deleted twice: %v", err)
	}
}

func TestAPrincipalHasFiveSecretsAtMost(t *testing.T) {
	w, _ := start(t, "ready")
	secrets := oauth2.NewServicePrincipalSecretsProxy(signIn(t, w, w.Admin()))
	request := oauth2.CreateServicePrincipalSecretRequest{ServicePrincipalId: connectorSCIM}
	for i := range 4 {
		made, err := secrets.Create(ctx, request)
		if err != nil || made.ExpireTime != "2028-11-19T10:00:00Z" {
			t.Fatalf("secret %d: %+v, %v", i+2, made, err)
		}
	}
	if _, err := secrets.Create(ctx, request); !errors.Is(err, apierr.ErrBadRequest) || !strings.Contains(err.Error(), "maximum number of secrets") {
		t.Errorf("a sixth: %v", err)
	}
	for id, lifetime := range map[string]string{"an application ID": "", "a long life": "63072001s", "no life": "0s"} {
		request := oauth2.CreateServicePrincipalSecretRequest{ServicePrincipalId: "5103948571027716", Lifetime: lifetime}
		if lifetime == "" {
			request.ServicePrincipalId = demo.ConnectorID
		}
		if _, err := secrets.Create(ctx, request); err == nil {
			t.Errorf("%s was accepted", id)
		}
	}
}

func TestADeletedPrincipalIsLetInByNothing(t *testing.T) {
	w, admin, ordinary := people(t)
	byToken := signInWithToken(t, w, w.Connector())
	if err := errors.Join(asks(ordinary), asks(byToken)); err != nil {
		t.Fatal(err)
	}
	if err := servicePrincipals(admin).Delete(ctx, iam.DeleteServicePrincipalRequest{Id: connectorSCIM}); err != nil {
		t.Fatal(err)
	}
	if err := asks(ordinary); err == nil || !strings.Contains(err.Error(), "user not found") {
		t.Errorf("with an access token from before: %v", err)
	}
	if err := asks(byToken); err == nil || !strings.Contains(err.Error(), "Invalid access token.") {
		t.Errorf("with its personal access token: %v", err)
	}
	if err := asks(signIn(t, w, w.Connector())); !errors.Is(err, apierr.ErrUnauthenticated) {
		t.Errorf("with its secret: %v", err)
	}
}

func TestATokenIsMadeUsedAndRevoked(t *testing.T) {
	w, clock := start(t, "ready")
	ordinary := signIn(t, w, w.Connector())
	tokens := settings.NewTokens(ordinary)
	made, err := tokens.Create(ctx, settings.CreateTokenRequest{Comment: "for a test", LifetimeSeconds: 600})
	if err != nil || made.TokenInfo.ExpiryTime-made.TokenInfo.CreationTime != 600_000 {
		t.Fatalf("made %+v, %v", made, err)
	}
	if err := asks(signInWithToken(t, w, withToken(made.TokenValue))); err != nil {
		t.Errorf("with the new token: %v", err)
	}
	list, err := tokens.ListAll(ctx)
	if err != nil || len(list) != 2 || !slices.ContainsFunc(list, func(i settings.PublicTokenInfo) bool { return i.ExpiryTime == -1 }) {
		t.Errorf("its own tokens: %+v, %v", list, err)
	}
	clock.Advance(10 * time.Minute)
	if err := asks(signInWithToken(t, w, withToken(made.TokenValue))); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("with an expired token: %v", err)
	}
	if err := tokens.Delete(ctx, settings.RevokeTokenRequest{TokenId: made.TokenInfo.TokenId}); err != nil {
		t.Error(err)
	}
	if err := tokens.Delete(ctx, settings.RevokeTokenRequest{TokenId: made.TokenInfo.TokenId}); !errors.Is(err, apierr.ErrResourceDoesNotExist) {
		t.Errorf("revoked twice: %v", err)
	}
	zero := map[string]any{"lifetime_seconds": 0}
	if err := ordinary.Do(ctx, http.MethodPost, "/api/2.0/token/create", nil, nil, zero, nil); err == nil || !strings.Contains(err.Error(), "Invalid timeout: 0") {
		t.Errorf("a token without a life: %v", err)
	}
}

func TestAdminsManageEverybodysTokens(t *testing.T) {
	w, admin, ordinary := people(t)
	managed := settings.NewTokenManagement(admin)
	if _, err := settings.NewTokenManagement(ordinary).ListAll(ctx, settings.ListTokenManagementRequest{}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector listed all tokens: %v", err)
	}
	made, err := managed.CreateOboToken(ctx, settings.CreateOboTokenRequest{ApplicationId: demo.ConnectorID, Comment: "on behalf", LifetimeSeconds: 3600})
	if err != nil {
		t.Fatal(err)
	}
	onBehalf := signInWithToken(t, w, withToken(made.TokenValue))
	if who, err := me(onBehalf).Me(ctx, iam.MeRequest{}); err != nil || who.UserName != demo.ConnectorID {
		t.Errorf("signed in as %+v, %v", who, err)
	}
	all, err := managed.ListAll(ctx, settings.ListTokenManagementRequest{})
	if err != nil || len(all) != 4 {
		t.Errorf("all tokens: %+v, %v", all, err)
	}
	byAdmin, err := managed.ListAll(ctx, settings.ListTokenManagementRequest{CreatedByUsername: demo.AdminID})
	if err != nil || len(byAdmin) != 2 {
		t.Fatalf("what the admin created: %+v, %v", byAdmin, err)
	}
	i := slices.IndexFunc(byAdmin, func(i settings.TokenInfo) bool { return i.TokenId == made.TokenInfo.TokenId })
	if i < 0 || byAdmin[i].OwnerId != 5103948571029384 || byAdmin[i].CreatedById != 5103948571027716 || byAdmin[i].LastUsedDay == 0 || byAdmin[i].Comment != "on behalf" {
		t.Errorf("the token on behalf: %+v", byAdmin)
	}
	if err := managed.DeleteByTokenId(ctx, made.TokenInfo.TokenId); err != nil {
		t.Fatal(err)
	}
	if err := asks(onBehalf); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("with a deleted token: %v", err)
	}
}

func TestWhoMayUseTokens(t *testing.T) {
	w, admin, ordinary := people(t)
	managed := settings.NewTokenManagement(admin)
	byToken := signInWithToken(t, w, w.Connector())
	entry := func(id string, level settings.TokenPermissionLevel) settings.TokenPermissionsRequest {
		return settings.TokenPermissionsRequest{AccessControlList: []settings.TokenAccessControlRequest{{ServicePrincipalName: id, PermissionLevel: level}}}
	}
	now, err := managed.GetPermissions(ctx)
	if err != nil || now.ObjectType != "tokens" || len(now.AccessControlList) != 3 || now.AccessControlList[2].GroupName != "admins" || now.AccessControlList[2].AllPermissions[0].PermissionLevel != "CAN_MANAGE" {
		t.Fatalf("at first: %+v, %v", now, err)
	}
	if levels, err := managed.GetPermissionLevels(ctx); err != nil || len(levels.PermissionLevels) != 2 {
		t.Errorf("levels: %+v, %v", levels, err)
	}
	if _, err := settings.NewTokenManagement(ordinary).GetPermissions(ctx); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector read the permissions: %v", err)
	}
	if _, err := managed.UpdatePermissions(ctx, entry(demo.ConnectorID, settings.TokenPermissionLevelCanUse)); err != nil {
		t.Errorf("granted again: %v", err)
	}
	if _, err := managed.UpdatePermissions(ctx, entry(demo.ConnectorName, settings.TokenPermissionLevelCanUse)); err == nil || !strings.Contains(err.Error(), "Principal: ServicePrincipalName(draftt-connector) does not exist") {
		t.Errorf("granted to a display name: %v", err)
	}
	if _, err := managed.UpdatePermissions(ctx, entry(demo.ConnectorID, "CAN_MANAGE")); !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("CAN_MANAGE was granted: %v", err)
	}
	if err := asks(byToken); err != nil {
		t.Fatal(err)
	}
	replaced, err := managed.SetPermissions(ctx, settings.TokenPermissionsRequest{AccessControlList: []settings.TokenAccessControlRequest{
		{GroupName: "users", PermissionLevel: settings.TokenPermissionLevelCanUse}, {GroupName: "admins", PermissionLevel: "CAN_MANAGE"},
	}})
	if err != nil || len(replaced.AccessControlList) != 2 {
		t.Fatalf("replaced: %+v, %v", replaced, err)
	}
	all, err := managed.ListAll(ctx, settings.ListTokenManagementRequest{})
	if err != nil || len(all) != 2 || slices.ContainsFunc(all, func(i settings.TokenInfo) bool { return i.CreatedByUsername == demo.ConnectorID }) {
		t.Errorf("the connector's tokens outlived its permission: %+v, %v", all, err)
	}
	if err := asks(byToken); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector is let in: %v", err)
	}
	if _, err := settings.NewTokens(ordinary).Create(ctx, settings.CreateTokenRequest{}); err == nil || !strings.Contains(err.Error(), "User does not have permission to use tokens.") {
		t.Errorf("a token without permission: %v", err)
	}
	if _, err := managed.CreateOboToken(ctx, settings.CreateOboTokenRequest{ApplicationId: demo.ConnectorID}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("a token on behalf without permission: %v", err)
	}
}

func TestPasswordsHavePermissionsToo(t *testing.T) {
	_, admin, ordinary := people(t)
	users := iam.NewUsersV2(admin)
	if _, err := iam.NewUsersV2(ordinary).GetPermissions(ctx, iam.GetPasswordPermissionsRequest{}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector read them: %v", err)
	}
	list, err := users.UpdatePermissions(ctx, iam.PasswordPermissionsRequest{AccessControlList: []iam.PasswordAccessControlRequest{
		{UserName: "ines.moreau@contoso.example", PermissionLevel: iam.PasswordPermissionLevelCanUse},
	}})
	if err != nil || list.ObjectType != "passwords" || len(list.AccessControlList) != 3 {
		t.Errorf("passwords: %+v, %v", list, err)
	}
}

func TestTheWorkspaceLimitsTokens(t *testing.T) {
	w, admin, ordinary := people(t)
	conf := settings.NewWorkspaceConf(admin)
	keys := settings.GetStatusRequest{Keys: "enableTokensConfig,maxTokenLifetimeDays"}
	if now, err := conf.GetStatus(ctx, keys); err != nil || (*now)["enableTokensConfig"] != "true" || (*now)["maxTokenLifetimeDays"] != "" {
		t.Errorf("at first: %v, %v", now, err)
	}
	if _, err := settings.NewWorkspaceConf(ordinary).GetStatus(ctx, keys); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector read the settings: %v", err)
	}
	if _, err := conf.GetStatus(ctx, settings.GetStatusRequest{Keys: "makeCoffee"}); err == nil || !strings.Contains(err.Error(), `Invalid keys: ["makeCoffee"]`) {
		t.Errorf("an unknown key: %v", err)
	}
	if err := conf.SetStatus(ctx, settings.WorkspaceConf{"maxTokenLifetimeDays": "90"}); err != nil {
		t.Fatal(err)
	}
	const day = 24 * 60 * 60
	if _, err := settings.NewTokens(ordinary).Create(ctx, settings.CreateTokenRequest{LifetimeSeconds: 91 * day}); !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("91 days: %v", err)
	}
	made, err := settings.NewTokens(ordinary).Create(ctx, settings.CreateTokenRequest{})
	if err != nil || made.TokenInfo.ExpiryTime-made.TokenInfo.CreationTime != 90*day*1000 {
		t.Errorf("a token without a life of its own: %+v, %v", made, err)
	}
	if err := conf.SetStatus(ctx, settings.WorkspaceConf{"enableTokensConfig": "false"}); err != nil {
		t.Fatal(err)
	}
	if err := asks(signInWithToken(t, w, w.Connector())); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("with tokens switched off: %v", err)
	}
	if err := asks(ordinary); err != nil {
		t.Errorf("OAuth with tokens switched off: %v", err)
	}
}
