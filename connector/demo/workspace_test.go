package demo_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

var ctx = context.Background()

func TestTheConnectorSignsIn(t *testing.T) {
	w, _ := start(t, "ready")
	t.Run("with its OAuth secret", func(t *testing.T) {
		who, err := me(signIn(t, w, w.Connector())).Me(ctx, iam.MeRequest{})
		if err != nil {
			t.Fatal(err)
		}
		if who.UserName != demo.ConnectorID || who.DisplayName != demo.ConnectorName || !who.Active {
			t.Errorf("signed in as %+v", who)
		}
	})
	t.Run("with a personal access token", func(t *testing.T) {
		who, err := me(signInWithToken(t, w, w.Connector())).Me(ctx, iam.MeRequest{})
		if err != nil || who.UserName != demo.ConnectorID {
			t.Errorf("signed in as %+v, %v", who, err)
		}
	})
	t.Run("and the admin is somebody else", func(t *testing.T) {
		who, err := me(signIn(t, w, w.Admin())).Me(ctx, iam.MeRequest{})
		if err != nil || who.UserName != demo.AdminID || len(who.Groups) != 2 {
			t.Errorf("signed in as %+v, %v", who, err)
		}
	})
}

func TestAnAccessTokenExpiresAndIsRenewed(t *testing.T) {
	w, clock := start(t, "ready")
	first := signIn(t, w, w.Connector())
	if _, err := me(first).Me(ctx, iam.MeRequest{}); err != nil {
		t.Fatal(err)
	}
	clock.Advance(61 * time.Minute)
	if _, err := me(first).Me(ctx, iam.MeRequest{}); !errors.Is(err, apierr.ErrUnauthenticated) {
		t.Errorf("with an expired token: %v", err)
	}
	if _, err := me(signIn(t, w, w.Connector())).Me(ctx, iam.MeRequest{}); err != nil {
		t.Errorf("with a new token: %v", err)
	}
}

func TestCatalogsShowWhatBrowseAllowsAndNoMore(t *testing.T) {
	w, _ := start(t, "first-time")
	c := signIn(t, w, w.Connector())
	list, err := catalogs(c).ListAll(ctx, catalog.ListCatalogsRequest{IncludeBrowse: true})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]catalog.CatalogInfo{}
	for _, info := range list {
		seen[info.Name] = info
	}
	if !seen["inventory"].BrowseOnly || seen["inventory"].Owner != "data-governance" {
		t.Errorf("inventory is listed as %+v", seen["inventory"])
	}
	for _, name := range []string{"sales", "main", "samples", "system", "hive_metastore", "field-ops", "lagerbestände", "odd`name", "inventory_archive"} {
		if _, ok := seen[name]; !ok {
			t.Errorf("%s is not listed", name)
		}
	}
	for _, name := range []string{"hr", "finance_eu"} {
		if _, ok := seen[name]; ok {
			t.Errorf("%s is listed", name)
		}
	}
	_, err = tables(c).GetByFullName(ctx, "inventory.assets.devices")
	var refused *apierr.APIError
	if !errors.As(err, &refused) || refused.StatusCode != http.StatusForbidden {
		t.Fatalf("a table behind missing grants: %v", err)
	}
	if info := refused.ErrorDetails().ErrorInfo; info == nil || info.Metadata["msg"] != "USE CATALOG" || info.Metadata["resourceName"] != "inventory" {
		t.Errorf("the refusal names %+v", info)
	}
}

func TestAnAdminGrantsAndTheConnectorSees(t *testing.T) {
	w, _ := start(t, "first-time")
	c, admin := signIn(t, w, w.Connector()), signIn(t, w, w.Admin())
	steps := []struct {
		kind, name string
		add        catalog.Privilege
	}{
		{"catalog", "inventory", catalog.PrivilegeUseCatalog},
		{"schema", "inventory.assets", catalog.PrivilegeUseSchema},
		{"table", "inventory.assets.devices", catalog.PrivilegeSelect},
	}
	for _, s := range steps {
		if _, err := tables(c).GetByFullName(ctx, "inventory.assets.devices"); !errors.Is(err, apierr.ErrPermissionDenied) {
			t.Errorf("before %s: %v", s.add, err)
		}
		change := catalog.UpdatePermissions{
			SecurableType: s.kind, FullName: s.name,
			Changes: []catalog.PermissionsChange{{Principal: demo.ConnectorID, Add: []catalog.Privilege{s.add}}},
		}
		if _, err := grants(c).Update(ctx, change); !errors.Is(err, apierr.ErrPermissionDenied) {
			t.Errorf("the connector granted itself %s: %v", s.add, err)
		}
		if _, err := grants(admin).Update(ctx, change); err != nil {
			t.Fatal(err)
		}
	}
	info, err := tables(c).GetByFullName(ctx, "inventory.assets.devices")
	if err != nil || len(info.Columns) != 9 || info.BrowseOnly {
		t.Fatalf("after the grants: %+v, %v", info, err)
	}
	effective, err := grants(c).GetEffective(ctx, catalog.GetEffectiveRequest{
		SecurableType: "table", FullName: "inventory.assets.devices", Principal: demo.ConnectorID,
	})
	if err != nil || len(effective.PrivilegeAssignments) != 1 {
		t.Fatalf("effective permissions: %+v, %v", effective, err)
	}
	var got []string
	for _, p := range effective.PrivilegeAssignments[0].Privileges {
		got = append(got, string(p.Privilege)+" "+string(p.InheritedFromType)+" "+p.InheritedFromName)
	}
	want := []string{"SELECT  ", "USE_SCHEMA SCHEMA inventory.assets", "USE_CATALOG CATALOG inventory"}
	if !slices.Equal(got, want) {
		t.Errorf("effective permissions are %q, not %q", got, want)
	}
}

func TestADisplayNameIsNoPrincipal(t *testing.T) {
	w, _ := start(t, "first-time")
	_, err := grants(signIn(t, w, w.Admin())).Update(ctx, catalog.UpdatePermissions{
		SecurableType: "catalog", FullName: "inventory",
		Changes: []catalog.PermissionsChange{{Principal: demo.ConnectorName, Add: []catalog.Privilege{catalog.PrivilegeUseCatalog}}},
	})
	var refused *apierr.APIError
	if !errors.As(err, &refused) || refused.ErrorCode != "PRINCIPAL_DOES_NOT_EXIST" || refused.Message != "Could not find principal with name "+demo.ConnectorName {
		t.Errorf("got %v", err)
	}
}

func TestUnknownPathsSaySo(t *testing.T) {
	w, _ := start(t, "ready")
	c := &http.Client{Transport: transport(t, w)}
	for _, path := range []string{"/api/2.0/git-credentials", "/api/2.0/connector-service/feature-flags/GOLANG/1.14.0", "/", "/api//2.0/sql/warehouses"} {
		resp, err := c.Get("https://" + w.Host() + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusNotFound || resp.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
}

func TestNothingButTheWorkspaceIsDialled(t *testing.T) {
	w, _ := start(t, "ready")
	for _, addr := range []string{"login.microsoftonline.com:443", w.Host() + ":80", "127.0.0.1:22", w.Addr(), "evil-" + w.Host() + ":443", "nonsense"} {
		conn, err := w.DialContext(ctx, "tcp", addr)
		if err == nil {
			_ = conn.Close()
			t.Errorf("%s was dialled", addr)
			continue
		}
		if op := (*net.OpError)(nil); !errors.As(err, &op) {
			t.Errorf("%s: %v is not a network error", addr, err)
		}
	}
	addresses, err := w.LookupHost(ctx, w.Host())
	if err != nil || len(addresses) != 1 {
		t.Fatalf("the workspace's name: %v, %v", addresses, err)
	}
	conn, err := w.DialContext(ctx, "tcp", net.JoinHostPort(addresses[0], "443"))
	if err != nil {
		t.Fatalf("the address it resolves to: %v", err)
	}
	_ = conn.Close()
	if _, err := w.LookupHost(ctx, "example.com"); err == nil {
		t.Error("another name was resolved")
	}
}

func TestEveryRequestIsInTheLedger(t *testing.T) {
	w, _ := start(t, "ready")
	c := signIn(t, w, w.Connector())
	if _, err := warehouses(c).ListAll(ctx, sql.ListWarehousesRequest{}); err != nil {
		t.Fatal(err)
	}
	want := []rest.Exchange{
		{Method: "GET", Path: "/.well-known/databricks-config", Status: 200},
		{Method: "GET", Path: "/oidc/.well-known/oauth-authorization-server", Status: 200},
		{Method: "POST", Path: "/oidc/v1/token", Principal: demo.ConnectorID, Status: 200},
		{Method: "GET", Path: "/api/2.0/sql/warehouses", Principal: demo.ConnectorID, Status: 200},
	}
	got := w.Requests()
	for i, e := range got {
		if e.EscapedPath != e.Path || !strings.HasPrefix(e.Agent, "foreign-client") || e.Statement != "" {
			t.Errorf("the ledger has %+v", e)
		}
		got[i] = rest.Exchange{Method: e.Method, Path: e.Path, Principal: e.Principal, Status: e.Status}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the ledger has %+v", got)
	}
}

func TestManyClientsAtOnce(t *testing.T) {
	w, _ := start(t, "first-time")
	admin := signIn(t, w, w.Admin())
	var wg sync.WaitGroup
	for i := range 16 {
		c := signIn(t, w, w.Connector())
		wg.Go(func() {
			for range 5 {
				if _, err := me(c).Me(ctx, iam.MeRequest{}); err != nil {
					t.Error(err)
				}
				if _, err := schemas(c).ListAll(ctx, catalog.ListSchemasRequest{CatalogName: "inventory", IncludeBrowse: true}); err != nil {
					t.Error(err)
				}
			}
			change := catalog.PermissionsChange{Principal: demo.ConnectorID, Add: []catalog.Privilege{catalog.PrivilegeUseSchema}}
			if i%2 == 1 {
				change.Add, change.Remove = nil, change.Add
			}
			if _, err := grants(admin).Update(ctx, catalog.UpdatePermissions{
				SecurableType: "schema", FullName: "inventory.assets", Changes: []catalog.PermissionsChange{change},
			}); err != nil {
				t.Error(err)
			}
			if _, err := warehouses(c).Start(ctx, sql.StartRequest{Id: "5e70b2c94d1f8a36"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
