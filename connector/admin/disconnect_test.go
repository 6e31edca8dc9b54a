package admin

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// saved is the connection that the demo's wizard would have saved.
func saved(t testing.TB, d *demo.Workspace) connector.Connection {
	t.Helper()
	return connector.Connection{
		Name: "Asset inventory", Host: hostOf(t, d), Credentials: oauth(d.Connector()), Schema: assets(t), Scope: connector.ScopeSchema,
		Principal: connector.Principal{Name: connector.FromRemote(demo.ConnectorID), DisplayName: connector.FromRemote(demo.ConnectorName)},
		Warehouse: connector.WarehouseRef{ID: starter, HTTPPath: "/sql/1.0/warehouses/" + starter},
		Tables:    []connector.TableName{assets(t).Table(ident(t, "devices"))},
	}
}

func contains(list []string, part string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, part) })
}

func TestDisconnectingTakesAsMuchAsItsLevelSays(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	for level, want := range map[Level][]Kind{
		LocalOnly: nil, RevokeGrants: {RemoveGrants, RemoveGrants}, RevokeSecret: {RemoveGrants, RemoveGrants, DeleteSecret}, DeleteThePrincipal: {RemoveGrants, RemoveGrants, DeletePrincipal},
	} {
		p, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: level, Connection: saved(t, d)})
		if err != nil {
			t.Fatal(err)
		}
		sameKinds(t, p, want...)
		if p.Name != "Asset inventory" || len(p.Kept) == 0 || len(p.Deleted())+len(p.Revoked()) != len(want) {
			t.Errorf("level %d: %q deletes %q revokes %q keeps %q", level, p.Name, p.Deleted(), p.Revoked(), p.Kept)
		}
		if keeps := contains(p.Kept, "CAN_USE on warehouse"); keeps != (level == RevokeGrants || level == RevokeSecret) {
			t.Errorf("level %d keeps %q", level, p.Kept)
		}
		if level != LocalOnly && !slices.ContainsFunc(p.Uses, func(u Use) bool {
			return strings.Contains(u.What, "inventory_archive") && u.Breaks == (level == DeleteThePrincipal)
		}) {
			t.Errorf("level %d does not see the other grants: %+v", level, p.Uses)
		}
	}
	// The principal is deleted by its SCIM id, whatever name it was looked for by.
	p, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: DeleteThePrincipal, Connection: saved(t, d)})
	if err != nil {
		t.Fatal(err)
	}
	if r := p.Changes[2].Request; r.Method != "DELETE" || r.Path != "/api/2.0/preview/scim/v2/ServicePrincipals/5103948571029384" || r.Body != nil {
		t.Errorf("%+v", r)
	}
	apply(t, s, p, j)
	gone, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: DeleteThePrincipal, Connection: saved(t, d)})
	if err != nil || !gone.Empty() || !contains(gone.Kept, "gone already") {
		t.Errorf("%+v, %v", gone, err)
	}
	checkPromises(t, d, j)
}

func TestWhatAnotherConnectionNeedsStays(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	other := saved(t, d)
	other.Name, other.Schema.Schema = "Reference data", ident(t, "reference")
	p, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: RevokeGrants, Connection: saved(t, d), Others: []connector.Connection{other}})
	if err != nil {
		t.Fatal(err)
	}
	sameKinds(t, p, RemoveGrants)
	if p.Changes[0].Object != "schema inventory.assets" || !contains(p.Kept, "USE CATALOG on catalog inventory, which another saved connection needs") {
		t.Errorf("%+v, keeps %q", p.Changes, p.Kept)
	}
	for _, level := range []Level{RevokeSecret, DeleteThePrincipal} {
		if _, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: level, Connection: saved(t, d), Others: []connector.Connection{other}}); !errors.Is(err, ErrInUse) {
			t.Errorf("level %d: %v", level, err)
		}
	}
}

func TestWhoeverOwnsSomethingIsNotDeleted(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	// Somebody makes the connector's principal the owner of a table.
	own := Change{Kind: AddGrants, Request: Request{Method: "PATCH", Path: "/api/2.1/unity-catalog/tables/inventory.assets.devices", Body: []byte(`{"owner":"` + demo.ConnectorID + `"}`)}}
	if _, err := s.change(t.Context(), own); err == nil {
		t.Fatal("a session may change owners")
	}
	setOwner(t, d, "tables/inventory.assets.devices", demo.ConnectorID)
	_, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: DeleteThePrincipal, Connection: saved(t, d)})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), "table inventory.assets.devices") {
		t.Errorf("%v", err)
	}
	if p, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: RevokeSecret, Connection: saved(t, d)}); err != nil || len(p.Changes) != 3 {
		t.Errorf("%v, %v", kinds(p), err)
	}
}

func TestReconnectingSaysWhatToEnterAgain(t *testing.T) {
	lines := Reconnect(saved(t, start(t, "ready")))
	for _, part := range []string{demo.HostName, "/sql/1.0/warehouses/" + starter, demo.ConnectorID, "inventory.assets", "secret"} {
		if !contains(lines, part) {
			t.Errorf("%q lacks %s", lines, part)
		}
	}
	if n := Needs(saved(t, start(t, "ready"))); len(n) != 3 || n[2].On.Type != connector.SchemaType || n[2].Privilege != connector.Select || !n[2].On.Same(grants.Schema(assets(t))) {
		t.Errorf("%+v", n)
	}
}
