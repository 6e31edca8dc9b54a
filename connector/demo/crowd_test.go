package demo_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/oauth2"
	"github.com/databricks/databricks-sdk-go/service/settings"
	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// comeAndGo makes a principal with a secret, a token, a grant and a warehouse, signs in as it, and removes it again.
func comeAndGo(w *demo.Workspace, t *testing.T, admin *client.DatabricksClient, name string) error {
	made, err := servicePrincipals(admin).Create(ctx, iam.CreateServicePrincipalRequest{
		DisplayName: name, Entitlements: []iam.ComplexValue{{Value: "databricks-sql-access"}},
	})
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	secret, err := oauth2.NewServicePrincipalSecretsProxy(admin).Create(ctx, oauth2.CreateServicePrincipalSecretRequest{ServicePrincipalId: made.Id})
	if err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	if _, err := settings.NewTokenManagement(admin).UpdatePermissions(ctx, settings.TokenPermissionsRequest{
		AccessControlList: []settings.TokenAccessControlRequest{{ServicePrincipalName: made.ApplicationId, PermissionLevel: settings.TokenPermissionLevelCanUse}},
	}); err != nil {
		return fmt.Errorf("token permission: %w", err)
	}
	if _, err := warehouses(admin).UpdatePermissions(ctx, sql.WarehousePermissionsRequest{WarehouseId: finance, AccessControlList: canUse(made.ApplicationId)}); err != nil {
		return fmt.Errorf("warehouse permission: %w", err)
	}
	if err := give(admin, "catalog", "inventory", made.ApplicationId, "USE_CATALOG", "USE_SCHEMA", "SELECT"); err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	cfg := configFor(t, w)
	cfg.AuthType, cfg.ClientID, cfg.ClientSecret = "oauth-m2m", made.ApplicationId, secret.Secret
	c, err := client.New(cfg)
	if err != nil {
		return fmt.Errorf("client: %w", err)
	}
	if _, err := settings.NewTokens(c).Create(ctx, settings.CreateTokenRequest{Comment: name}); err != nil {
		return fmt.Errorf("token: %w", err)
	}
	if names, err := readable(c); err != nil || len(names) != 12 {
		return fmt.Errorf("reads %d tables: %w", len(names), err)
	}
	if _, err := warehouses(c).Start(ctx, sql.StartRequest{Id: finance}); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	if err := take(admin, "catalog", "inventory", made.ApplicationId, "USE_CATALOG", "USE_SCHEMA", "SELECT"); err != nil {
		return fmt.Errorf("revoke: %w", err)
	}
	if _, err := readable(c); missing(err) != "USE CATALOG" {
		return fmt.Errorf("after the revoke: %w", err)
	}
	return servicePrincipals(admin).Delete(ctx, iam.DeleteServicePrincipalRequest{Id: made.Id})
}

func TestACrowdLeavesTheWorkspaceAsItWas(t *testing.T) {
	w, admin, ordinary := people(t)
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			if err := comeAndGo(w, t, admin, fmt.Sprintf("visitor %d", i)); err != nil {
				t.Errorf("visitor %d: %v", i, err)
			}
			if err := asks(ordinary); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	principals, err := servicePrincipals(admin).ListAll(ctx, iam.ListServicePrincipalsRequest{})
	if err != nil || len(principals) != 3 {
		t.Errorf("left behind: %+v, %v", principals, err)
	}
	tokens, err := settings.NewTokenManagement(admin).ListAll(ctx, settings.ListTokenManagementRequest{})
	if err != nil || len(tokens) != 3 {
		t.Errorf("left behind: %+v, %v", tokens, err)
	}
	list, err := warehouses(admin).GetPermissionsByWarehouseId(ctx, finance)
	if err != nil || len(list.AccessControlList) != 3 {
		t.Errorf("left behind: %+v, %v", list, err)
	}
	assigned, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "catalog", FullName: "inventory"})
	if err != nil || len(assigned.PrivilegeAssignments) != 1 {
		t.Errorf("left behind: %+v, %v", assigned, err)
	}
}
