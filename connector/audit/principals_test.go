package audit_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const (
	draftt   = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	adminID  = "c2a4d9b6-1e37-4b80-9f6d-50e8a7c3d914"
	somebody = "somebody@contoso.example"
	here     = "7405605741000000"

	unhurried = 100_000 // more requests a second than a test sends
)

// town is a small workspace: a chosen schema and a sales catalog, samples and system as everywhere, two warehouses, and a group within a group.
func town(t *testing.T) *model.World {
	t.Helper()
	w := model.New(model.SystemClock{}, here, model.Metastore{ID: "8e1f3c52", Name: "m", Owner: adminID})
	for _, p := range []model.Principal{
		{Kind: model.Group, Name: model.AccountUsers}, {Kind: model.Group, Name: "outer"}, {Kind: model.Group, Name: "inner", MemberOf: []string{"outer"}},
		{Kind: model.Group, Name: "strangers"}, {Kind: model.User, Name: somebody, Active: true},
		{Kind: model.Group, Name: model.Admins, WorkspaceLocal: true}, {Kind: model.Group, Name: model.WorkspaceUsers, WorkspaceLocal: true},
		{Kind: model.ServicePrincipal, Name: adminID, Active: true, MemberOf: []string{model.Admins}, Entitlements: []string{model.SQLAccess}},
		{Kind: model.ServicePrincipal, ID: "42", Name: draftt, DisplayName: "draftt-connector", Active: true, MemberOf: []string{"inner"}, Entitlements: []string{model.SQLAccess}},
	} {
		w.AddPrincipal(p)
	}
	w.AddToken(adminID, []byte("dapi-admin"))
	steps := []error{
		w.AddCatalog(model.Catalog{Name: "inventory", Owner: somebody}), w.AddSchema(model.Schema{Catalog: "inventory", Name: "assets", Owner: somebody}),
		w.AddTable(model.Table{Catalog: "inventory", Schema: "assets", Name: "devices", Type: model.Managed, Owner: somebody}),
		w.AddTable(model.Table{Catalog: "inventory", Schema: "assets", Name: "notes", Type: model.View, Owner: somebody}),
		w.AddSchema(model.Schema{Catalog: "inventory", Name: "staging", Owner: somebody}),
		w.AddCatalog(model.Catalog{Name: "sales", Owner: somebody}), w.AddSchema(model.Schema{Catalog: "sales", Name: "crm", Owner: somebody}),
		w.AddTable(model.Table{Catalog: "sales", Schema: "crm", Name: "accounts", Type: model.Managed, Owner: somebody}),
		w.AddCatalog(model.Catalog{Name: "samples", Owner: "System user", FixedGrants: true}), w.AddSchema(model.Schema{Catalog: "samples", Name: "tpch", Owner: "System user"}),
		w.Preset(unity.OnCatalog("samples"), model.AccountUsers, unity.UseCatalog, unity.UseSchema, unity.Select),
		w.Preset(unity.OnCatalog("sales"), model.AccountUsers, unity.Browse), w.Preset(unity.OnCatalog("sales"), "strangers", unity.AllPrivileges),
		w.AddCatalog(model.Catalog{Name: "hive_metastore", Owner: model.Admins, Legacy: true}), w.AddSchema(model.Schema{Catalog: "hive_metastore", Name: "default", Owner: model.Admins}),
		w.AddWarehouse(compute.Warehouse{ID: "w1", Name: "Chosen", Type: compute.Pro, Creator: somebody, Access: map[string]model.Level{draftt: model.CanUse, "strangers": model.CanManage}}),
		w.AddWarehouse(compute.Warehouse{ID: "w2", Name: "Other", Type: compute.Pro, Creator: somebody}),
		w.Preset(unity.OnCatalog("inventory"), draftt, unity.UseCatalog), w.Preset(unity.OnSchema("inventory", "assets"), draftt, unity.UseSchema, unity.Select),
	}
	for _, err := range steps {
		if err != nil {
			t.Fatal(err)
		}
	}
	return w
}

type twist struct {
	name string
	do   func(t *testing.T, w *model.World)
}

func by(w *model.World) *model.Principal { p, _ := w.Principal(adminID); return p }

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func edit(name string, kind model.PrincipalKind, id func(*model.World) string, change func(*model.Draft)) twist {
	return twist{name, func(t *testing.T, w *model.World) {
		_, err := w.InWorkspace().Edit(by(w), kind, id(w), func(d *model.Draft) error {
			change(d)
			return nil
		})
		ok(t, err)
	}}
}

func idOf(name string) func(*model.World) string {
	return func(w *model.World) string { p, _ := w.Principal(name); return p.ID }
}

// twists are the ways in which a principal differs from an exact one.
func twists() []twist {
	list := []twist{{"exactly what was chosen", func(*testing.T, *model.World) {}}}
	places := map[string]unity.Securable{
		"inventory": unity.OnCatalog("inventory"), "assets": unity.OnSchema("inventory", "assets"), "devices": unity.OnTable("inventory", "assets", "devices"),
		"staging": unity.OnSchema("inventory", "staging"), "sales": unity.OnCatalog("sales"), "crm": unity.OnSchema("sales", "crm"), "accounts": unity.OnTable("sales", "crm", "accounts"),
	}
	may := map[string][]unity.Privilege{
		"inventory": {unity.Select, unity.UseSchema, unity.Browse, unity.Modify, unity.AllPrivileges, unity.CreateSchema, unity.Manage},
		"assets":    {unity.Modify, unity.CreateTable, unity.Execute, unity.ReadVolume, unity.WriteVolume, unity.ExternalUseSchema, unity.Refresh},
		"devices":   {unity.Select, unity.Modify, unity.ApplyTag, unity.Manage}, "staging": {unity.UseSchema, unity.Select},
		"sales": {unity.UseCatalog, unity.Select, unity.UseSchema}, "crm": {unity.Select, unity.AllPrivileges}, "accounts": {unity.Select},
	}
	for place, privileges := range may {
		for i, p := range privileges {
			for j, holder := range []string{draftt, "inner", "outer", model.AccountUsers, "strangers"} {
				if (i+j)%2 == 0 { // half of them are plenty
					list = append(list, twist{p.SQL() + " on " + place + " to " + holder, func(t *testing.T, w *model.World) { ok(t, w.Preset(places[place], holder, p)) }})
				}
			}
		}
		for _, owner := range []string{draftt, "outer"} {
			list = append(list, twist{owner + " owns " + place, func(t *testing.T, w *model.World) { ok(t, w.SetOwner(by(w), places[place], owner)) }})
		}
	}
	for _, holder := range []string{draftt, "outer", "strangers"} {
		for _, level := range []model.Level{model.CanView, model.CanUse, model.CanMonitor, model.CanManage} {
			for _, id := range []string{"w1", "w2"} {
				list = append(list, twist{fmt.Sprintf("%s on %s to %s", level, id, holder), func(t *testing.T, w *model.World) {
					p, _ := w.Principal(holder)
					_, err := w.GrantAccess(by(w), model.Controlled{Kind: model.WarehouseAccess, ID: id}, []model.AccessRequest{{Kind: p.Kind, Principal: holder, Level: level}})
					ok(t, err)
				}})
			}
		}
		list = append(list, twist{"tokens to " + holder, func(t *testing.T, w *model.World) {
			p, _ := w.Principal(holder)
			_, err := w.GrantAccess(by(w), model.Controlled{Kind: model.TokenAccess}, []model.AccessRequest{{Kind: p.Kind, Principal: holder, Level: model.CanUse}})
			ok(t, err)
		}})
	}
	list = append(list,
		twist{"MODIFY on a table of a schema that is open", func(t *testing.T, w *model.World) {
			ok(t, w.Preset(places["sales"], model.AccountUsers, unity.UseCatalog))
			ok(t, w.Preset(places["crm"], "outer", unity.UseSchema))
			ok(t, w.Preset(places["accounts"], "inner", unity.Modify))
		}},
		twist{"CREATE CATALOG on the metastore", func(t *testing.T, w *model.World) { ok(t, w.Preset(unity.OnMetastore(), "outer", unity.CreateCatalog)) }},
		twist{"a legacy privilege", func(t *testing.T, w *model.World) {
			ok(t, w.Preset(unity.OnSchema("hive_metastore", "default"), draftt, unity.Usage))
		}},
		edit("workspace access", model.ServicePrincipal, idOf(draftt), func(d *model.Draft) { d.Entitlements = append(d.Entitlements, model.WorkspaceAccess) }),
		edit("clusters through a group", model.Group, idOf("outer"), func(d *model.Draft) { d.Entitlements = append(d.Entitlements, model.ClusterCreate) }),
		edit("workspace admin", model.Group, idOf(model.Admins), func(d *model.Draft) { d.Members = append(d.Members, model.Reference{ID: "42"}) }),
		edit("the group users", model.Group, idOf(model.WorkspaceUsers), func(d *model.Draft) { d.Members = append(d.Members, model.Reference{ID: "42"}) }),
		edit("no group", model.ServicePrincipal, idOf(draftt), func(d *model.Draft) { d.Groups = nil }),
	)
	return list
}

func chosen(t *testing.T) audit.Chosen {
	t.Helper()
	name, err := connector.ParseTable("inventory.assets.x", connector.SchemaName{})
	ok(t, err)
	return audit.Chosen{Warehouse: "w1", Needs: append(grants.Reach(name.SchemaName), grants.Read(name.SchemaName, connector.ScopeSchema, nil)...)}
}

func certify(t *testing.T, w *model.World) (withAdmin, alone audit.Certificate) {
	t.Helper()
	host, network := serve(t, w)
	secret := model.NewSecretValue()
	w.AddSecret(draftt, secret)
	s, err := admin.Open(t.Context(), admin.Config{Host: host, Network: network, Credentials: connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte("dapi-admin"))}, Rate: unhurried})
	ok(t, err)
	defer s.Close()
	own, err := workspace.Open(workspace.Config{Host: host, Network: network, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: draftt, Secret: connector.NewSecret(secret)}, Rate: unhurried})
	ok(t, err)
	defer own.Close()
	facts, err := s.Facts(t.Context(), "draftt-connector", own, chosen(t))
	ok(t, err)
	mine, err := audit.Own(t.Context(), own, chosen(t))
	ok(t, err)
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	return audit.Certify(facts, at, "1.2.3"), audit.Certify(mine, at, "1.2.3")
}

func TestEveryPrincipalGetsTheVerdictItDeserves(t *testing.T) {
	list := twists()
	if len(list) < 60 {
		t.Fatalf("%d principals", len(list))
	}
	verdicts := make(chan audit.Verdict, len(list))
	t.Run("principals", func(t *testing.T) {
		for _, twist := range list {
			t.Run(twist.name, func(t *testing.T) {
				t.Parallel()
				w := town(t)
				twist.do(t, w)
				writes, more, legacy := enumerate(t, w)
				want := audit.Exact
				switch {
				case writes:
					want = audit.CanWrite
				case legacy:
					want = audit.Unknown
				case more:
					want = audit.Broader
				}
				got, alone := certify(t, w)
				if got.Verdict != want {
					t.Errorf("%s, not %s: extras %+v, unseen %q", got.Verdict, want, got.Extras, got.Unseen)
				}
				verdicts <- got.Verdict
				if len(got.Unseen) > 0 && got.Verdict == audit.Exact || alone.Verdict == audit.Exact || alone.Verdict == audit.Broader || alone.Verdict == audit.CanWrite && !writes {
					t.Errorf("with unseen %q: %s, and alone %s", got.Unseen, got.Verdict, alone.Verdict)
				}
				for _, e := range got.Extras {
					if e.What == "" || e.Source == "" || e.Revoke == "" {
						t.Errorf("an extra does not explain itself: %+v", e)
					}
				}
				for _, c := range []audit.Certificate{got, alone} {
					if text := c.Text(); !intact(c) || strings.Count(text, "\n") > 66 || !strings.Contains(text, c.Verdict.Words()) || !strings.Contains(text, c.SHA256) {
						t.Errorf("the page:\n%s", text)
					}
				}
			})
		}
	})
	close(verdicts)
	seen := map[audit.Verdict]int{}
	for v := range verdicts {
		seen[v]++
	}
	if len(seen) != 4 {
		t.Errorf("of the four verdicts only %v came up", seen)
	}
}

func TestAnAdminWhoIsNotShownTheMetastoreNeverSaysExact(t *testing.T) {
	w := town(t)
	w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, Name: "9a1b2c3d-1111-4222-8333-444455556666", Active: true, MemberOf: []string{model.Admins}, Entitlements: []string{model.SQLAccess}})
	w.AddToken("9a1b2c3d-1111-4222-8333-444455556666", []byte("dapi-lesser"))
	host, network := serve(t, w)
	s, err := admin.Open(t.Context(), admin.Config{Host: host, Network: network, Credentials: connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte("dapi-lesser"))}, Rate: unhurried})
	ok(t, err)
	defer s.Close()
	facts, err := s.Facts(t.Context(), draftt, nil, chosen(t))
	ok(t, err)
	c := audit.Certify(facts, time.Now(), "")
	if c.Verdict != audit.Unknown || len(c.Unseen) < 2 {
		t.Errorf("%s, unseen %q", c.Verdict, c.Unseen)
	}
}

func TestAnOwnerThatDoesNotShowIsUnknownAndNotNobody(t *testing.T) {
	w := town(t)
	ok(t, w.AddTable(model.Table{Catalog: "inventory", Schema: "assets", Name: "orphans", Type: model.Managed}))
	ok(t, w.AddCatalog(model.Catalog{Name: "attic"}))
	c, _ := certify(t, w)
	if want := []string{"who owns catalog attic", "who owns the tables of schema inventory.assets"}; c.Verdict != audit.Unknown || !slices.Equal(slices.Sorted(slices.Values(c.Unseen)), want) {
		t.Errorf("%s, unseen %q", c.Verdict, c.Unseen)
	}
}

// TestAListThatIsNotWholeIsNoProof: some workspaces answer the question for everybody's grants to anybody, and leave out what the reader may
// not see without a word. An admin of the workspace has the right to see all, the principal itself has not.
func TestAListThatIsNotWholeIsNoProof(t *testing.T) {
	w := town(t)
	handler := rest.New(w, rest.Options{})
	host, network := serveBy(t, http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "effective-p") && !r.URL.Query().Has("principal") {
			out.Header().Set("Content-Type", "application/json")
			_, _ = out.Write([]byte("{}"))
			return
		}
		handler.ServeHTTP(out, r)
	}))
	w.AddToken(draftt, []byte("dapi-draftt"))
	for token, whole := range map[string]bool{"dapi-admin": true, "dapi-draftt": false} {
		ws, err := workspace.Open(workspace.Config{Host: host, Network: network, Credentials: connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte(token))}, Rate: unhurried})
		ok(t, err)
		defer ws.Close()
		me, err := ws.Me(t.Context())
		ok(t, err)
		held, err := audit.Survey(t.Context(), ws, grants.Self(me), nil)
		ok(t, err)
		if unseen := slices.Contains(held.Unseen, "privileges that come through groups on catalog inventory"); unseen == whole {
			t.Errorf("%s sees all: %t; unseen %q", token, whole, held.Unseen)
		}
	}
}

// intact reports whether the content of a certificate is what its digest was made of, as whoever is handed the JSON can find out.
func intact(c audit.Certificate) bool {
	said := c.SHA256
	c.SHA256 = ""
	plain, err := json.Marshal(c)
	sum := sha256.Sum256(plain)
	return err == nil && said == hex.EncodeToString(sum[:])
}

func TestAChangedCertificateIsNotIntact(t *testing.T) {
	c, _ := certify(t, town(t))
	text, err := c.JSON()
	if err != nil || !intact(c) || !strings.Contains(string(text), `"verdict": "READ-ONLY-EXACT"`) || c.MetastoreID != "8e1f3c52" {
		t.Fatalf("%s, %v", text, err)
	}
	c.Verdict = audit.Broader
	if intact(c) {
		t.Error("a changed verdict goes unnoticed")
	}
}
