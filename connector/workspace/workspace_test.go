package workspace_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const starter, finance = "a3f19c0d7be24418", "09fb6a7d35c2e184"

func ident(t testing.TB, name string) connector.Ident {
	t.Helper()
	id, err := connector.RemoteIdent(connector.FromRemote(name))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func schema(t testing.TB, catalog, name string) connector.SchemaName {
	t.Helper()
	return connector.SchemaName{Catalog: ident(t, catalog), Schema: ident(t, name)}
}

// all walks a listing to its end and counts the pages.
func all[T any](t testing.TB, list func(context.Context, string) (workspace.Page[T], error)) (items []T, pages int) {
	t.Helper()
	for next := ""; ; pages++ {
		page, err := list(t.Context(), next)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, page.Items...)
		if next = page.Next; next == "" {
			return items, pages + 1
		}
	}
}

func TestTheConnectorSeesWhoItIs(t *testing.T) {
	d := start(t, "ready")
	for name, creds := range map[string]connector.Credentials{"OAuth": withSecret(d.Connector()), "a token": withToken(d.Connector())} {
		w := openDemo(t, d, creds)
		if err := w.SignIn(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		me, err := w.Me(t.Context())
		if err != nil || me.Name.Raw() != demo.ConnectorID || me.DisplayName.Raw() != demo.ConnectorName || !me.Active || !me.IsServicePrincipal() || me.ID == "" {
			t.Errorf("%s: %+v, %v", name, me, err)
		}
		if len(me.Entitlements) != 1 || me.Entitlements[0] != connector.EntitlementSQL {
			t.Errorf("%s: entitlements %q", name, me.Entitlements)
		}
		if w.Method() != creds.Method || w.ClientID() != creds.ClientID || w.Host().Name() != d.Host() {
			t.Errorf("%s: %s as %q at %s", name, w.Method(), w.ClientID(), w.Host())
		}
	}
	admin, err := openDemo(t, d, withSecret(d.Admin())).Me(t.Context())
	if err != nil || len(admin.Groups) != 2 {
		t.Errorf("the admin: %+v, %v", admin, err)
	}
}

func TestSigningInNeedsTheRightSecret(t *testing.T) {
	d := start(t, "wrong-secret")
	w := openDemo(t, d, withSecret(d.Connector()))
	if _, err := w.Discover(t.Context()); err != nil {
		t.Errorf("discovery needs no secret: %v", err)
	}
	var knock *workspace.StatusError
	if err := w.Knock(t.Context()); !errors.As(err, &knock) || knock.Status != http.StatusUnauthorized {
		t.Errorf("without signing in: %v", err)
	}
	err := w.SignIn(t.Context())
	if err == nil || !strings.Contains(err.Error(), "invalid_client") {
		t.Errorf("signing in: %v", err)
	}
	if _, err := w.Me(t.Context()); err == nil || !strings.Contains(err.Error(), "invalid_client") {
		t.Errorf("asking: %v", err)
	}
}

func TestWarehousesAreListedAndRead(t *testing.T) {
	d := start(t, "ready")
	w := openDemo(t, d, withSecret(d.Connector()))
	list, _ := all(t, w.Warehouses)
	want := []connector.Warehouse{
		{Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, State: connector.Running, AutoStop: 10 * time.Minute},
		{Name: connector.FromRemote("Analytics"), Type: connector.Pro, State: connector.Stopped, AutoStop: 45 * time.Minute},
		{Name: connector.FromRemote("BI Classic"), Type: connector.Classic, State: connector.Running, AutoStop: 2 * time.Hour},
		{Name: connector.FromRemote("Finance"), Type: connector.Pro, State: connector.Running, AutoStop: 20 * time.Minute},
	}
	if len(list) != len(want) {
		t.Fatalf("listed %v", list)
	}
	for i, got := range list {
		if got.Name != want[i].Name || got.Type != want[i].Type || got.State != want[i].State || got.AutoStop != want[i].AutoStop || got.HTTPPath != got.ID.HTTPPath() {
			t.Errorf("listed %+v, not %+v", got, want[i])
		}
		read, err := w.Warehouse(t.Context(), got.ID)
		if err != nil || read != got {
			t.Errorf("read %+v, listed %+v, %v", read, got, err)
		}
	}
	if _, err := w.Warehouse(t.Context(), "0000000000000000"); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("a warehouse that is not there: %v", err)
	}
	if err := w.StartWarehouse(t.Context(), list[1].ID); err != nil {
		t.Errorf("starting: %v", err)
	}
	if now, err := w.Warehouse(t.Context(), list[1].ID); err != nil || now.State != connector.Starting {
		t.Errorf("after starting it is %s, %v", now.State, err)
	}
	if err := w.StartWarehouse(t.Context(), finance); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("starting without CAN_USE: %v", err)
	}
	var refused *workspace.RefusedError
	if _, err := w.Warehouse(t.Context(), "../../2.0/secrets"); !errors.As(err, &refused) {
		t.Errorf("an ID that leads elsewhere: %v", err)
	}
}

func TestCatalogsSchemasAndTablesAreSeenAsGranted(t *testing.T) {
	d := start(t, "ready")
	w := openDemo(t, d, withSecret(d.Connector()))
	seen := map[string]connector.Catalog{}
	catalogs, _ := all(t, w.Catalogs)
	for _, c := range catalogs {
		seen[c.Name.Raw()] = c
	}
	if seen["inventory"].BrowseOnly || !seen["sales"].BrowseOnly || seen["inventory"].Owner.Raw() != "data-governance" {
		t.Errorf("inventory %+v, sales %+v", seen["inventory"], seen["sales"])
	}
	if _, ok := seen["hr"]; ok {
		t.Error("hr is listed, which was never granted")
	}
	one, err := w.Catalog(t.Context(), ident(t, "inventory"))
	if err != nil || one != seen["inventory"] {
		t.Errorf("read %+v, %v", one, err)
	}
	schemas, _ := all(t, func(ctx context.Context, next string) (workspace.Page[connector.Schema], error) {
		return w.Schemas(ctx, ident(t, "inventory"), next)
	})
	if len(schemas) != 4 {
		t.Errorf("schemas %+v", schemas)
	}
	if s, err := w.Schema(t.Context(), schema(t, "inventory", "assets")); err != nil || s.Name.Raw() != "assets" || s.BrowseOnly {
		t.Errorf("read %+v, %v", s, err)
	}
	tables, _ := all(t, func(ctx context.Context, next string) (workspace.Page[connector.Table], error) {
		return w.Tables(ctx, schema(t, "inventory", "assets"), next)
	})
	kinds := map[string]connector.TableKind{}
	for _, table := range tables {
		kinds[table.Name.Raw()] = table.Kind
		if table.RowFilter != (table.Name.Raw() == "contracts") || table.BrowseOnly {
			t.Errorf("listed %+v", table)
		}
	}
	if len(tables) != 12 || kinds["open_tickets"] != "VIEW" || kinds["devices"] != "MANAGED" {
		t.Errorf("tables %v", kinds)
	}
	contracts, err := w.Table(t.Context(), schema(t, "inventory", "assets").Table(ident(t, "contracts")))
	if err != nil || !contracts.RowFilter || !contracts.ColumnMasks || len(contracts.Columns) != 5 || contracts.Columns[3].Type.Raw() != "decimal(12,2)" {
		t.Errorf("read %+v, %v", contracts, err)
	}
	if _, err := w.Table(t.Context(), schema(t, "inventory", "assets").Table(ident(t, "nothing"))); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("a table that is not there: %v", err)
	}
}

func TestUnusualNamesArriveWhole(t *testing.T) {
	d := start(t, "ready")
	w := openDemo(t, d, withSecret(d.Admin()))
	for _, name := range []connector.TableName{
		schema(t, "field-ops", "work-orders").Table(ident(t, "open-orders")),
		schema(t, "lagerbestände", "hamburg").Table(ident(t, "stellplätze")),
		schema(t, "odd`name", "back`tick").Table(ident(t, "t`1")),
	} {
		if table, err := w.Table(t.Context(), name); err != nil || table.Name.Raw() != name.Table.Raw() {
			t.Errorf("%s: %+v, %v", name, table, err)
		}
		if s, err := w.Schema(t.Context(), name.SchemaName); err != nil || s.Name.Raw() != name.Schema.Raw() {
			t.Errorf("%s: %+v, %v", name.SchemaName, s, err)
		}
	}
}

func TestEffectivePrivilegesNameWhereTheyComeFrom(t *testing.T) {
	d := start(t, "ready")
	w := openDemo(t, d, withSecret(d.Connector()))
	me := connector.FromRemote(demo.ConnectorID)
	held, err := w.Effective(t.Context(), connector.TableType, "inventory.assets.devices", me)
	if err != nil {
		t.Fatal(err)
	}
	got := map[connector.Privilege]string{}
	for _, g := range held {
		if g.Principal == me {
			got[g.Privilege] = g.InheritedFrom.Raw()
		}
	}
	if len(got) != 3 || got[connector.UseCatalog] != "inventory" || got[connector.Select] != "inventory.assets" || got[connector.UseSchema] != "inventory.assets" {
		t.Errorf("held %v", got)
	}
}

func TestWorkspacesAreOpenedAndUsedAtTheSameTime(t *testing.T) {
	d := start(t, "ready")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			w, err := workspace.Open(workspace.Config{Host: parseHost(t, d.Host()), Network: d.Network(), Credentials: withSecret(d.Connector())})
			if err != nil {
				t.Error(err)
				return
			}
			defer w.Close()
			if _, err := w.Me(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

func TestOwnTokensAreListedWithTheirEnds(t *testing.T) {
	d := start(t, "ready")
	own, err := openDemo(t, d, withToken(d.Connector())).OwnTokens(t.Context())
	if err != nil || len(own) == 0 || own[0].ID == "" || own[0].Created.IsZero() {
		t.Errorf("listed %+v, %v", own, err)
	}
	v := newTown(t, map[string]http.HandlerFunc{"/api/2.0/token/list": answers(`{"token_infos":[{"token_id":"a","creation_time":1795000000000,"expiry_time":-1},{"token_id":"b","expiry_time":1798761600000}]}`)})
	own, err = v.open(t, connector.PAT).OwnTokens(t.Context())
	if err != nil || len(own) != 2 || !own[0].Expires.IsZero() || !own[1].Expires.Equal(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("listed %+v, %v", own, err)
	}
}

func TestTheUserAgentNamesTheSignInThatIsUsed(t *testing.T) {
	for method, other := range map[connector.AuthMethod]connector.AuthMethod{connector.OAuth: connector.PAT, connector.PAT: connector.OAuth} {
		v := newTown(t, nil)
		if _, err := v.open(t, method).Me(t.Context()); err != nil {
			t.Fatal(err)
		}
		last := v.agents[len(v.agents)-1]
		if !strings.Contains(last, "auth/"+string(method)) || strings.Contains(last, "auth/"+string(other)) {
			t.Errorf("signed in by %s as %q", method, last)
		}
	}
}

// The rate is a courtesy to everybody else who uses the workspace, so leaving it out must not mean none.
func TestRequestsAreSentAtTheDefaultRateUnlessAnotherIsGiven(t *testing.T) {
	for given, want := range map[int]int{0: workspace.DefaultRate, -1: workspace.DefaultRate, 400: 400} {
		c, done, err := workspace.Client(workspace.Config{Host: parseHost(t, hostName), Rate: given}, func(string, string) bool { return false })
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Config.RateLimitPerSecond; got != want {
			t.Errorf("a rate of %d gives %d requests a second, not %d", given, got, want)
		}
		done()
	}
}

func TestTheClocksAreComparedByTheOneThatIsGiven(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	v := newTown(t, map[string]http.HandlerFunc{discovery: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", at.Add(-7*time.Minute).Format(http.TimeFormat))
		usual(w, r)
	}})
	network := v.network()
	network.Now = func() time.Time { return at }
	w, err := workspace.OpenAnonymous(parseHost(t, hostName), network, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if found, err := w.Discover(t.Context()); err != nil || found.Skew != 7*time.Minute {
		t.Errorf("the clock is %s ahead, %v", found.Skew, err)
	}
}
