package audit_test

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// enumerate is the independent judge: it asks the model itself, object by object, in the model's own terms.
func enumerate(t *testing.T, w *model.World) (writes, more, legacy bool) {
	t.Helper()
	who, _ := w.Principal(draftt)
	names := []string{draftt, model.AccountUsers}
	entitled := slices.Clone(who.Entitlements)
	for _, g := range w.Groups(who) {
		names, entitled = append(names, g.Name), append(entitled, g.Entitlements...)
	}
	objects := []unity.Securable{
		unity.OnMetastore(), unity.OnCatalog("inventory"), unity.OnSchema("inventory", "assets"), unity.OnTable("inventory", "assets", "devices"), unity.OnTable("inventory", "assets", "notes"),
		unity.OnSchema("inventory", "staging"), unity.OnCatalog("sales"), unity.OnSchema("sales", "crm"), unity.OnTable("sales", "crm", "accounts"),
	}
	reading := []unity.Privilege{unity.UseCatalog, unity.UseSchema, unity.Select, unity.Browse, unity.ReadVolume}
	for _, on := range objects {
		found, err := w.Assignments(by(w), on, "")
		ok(t, err)
		for _, a := range found {
			if !slices.Contains(names, a.Principal) {
				continue
			}
			for _, h := range a.Privileges {
				chosen := on == unity.OnCatalog("inventory") && h.Privilege == unity.UseCatalog ||
					on == unity.OnSchema("inventory", "assets") && (h.Privilege == unity.UseSchema || h.Privilege == unity.Select) ||
					on.Kind == unity.TableKind && on.Schema == "assets" && h.Privilege == unity.Select
				everybodys := a.Principal == model.AccountUsers && slices.Contains([]unity.Privilege{unity.UseCatalog, unity.UseSchema, unity.Browse}, h.Privilege)
				// A grant on a table of a closed schema opens nothing, so nobody looks for it.
				dormant := on.Kind == unity.TableKind && w.CheckUse(who, unity.OnSchema(on.Catalog, on.Schema)) != nil
				switch {
				case chosen, everybodys, dormant:
				case !slices.Contains(reading, h.Privilege):
					writes = true
				default:
					more = true
				}
			}
		}
		writes = writes || on.Kind != unity.MetastoreKind && w.Owns(who, on)
	}
	writes = writes || w.WorkspaceAdmin(who) || slices.Contains(entitled, model.ClusterCreate)
	more = more || slices.Contains(entitled, model.WorkspaceAccess)
	for _, id := range []string{"w1", "w2"} {
		entries, err := w.AccessList(by(w), model.Controlled{Kind: model.WarehouseAccess, ID: id})
		ok(t, err)
		for _, e := range entries {
			if slices.Contains(names, e.Principal.Name) && !e.Inherited() {
				writes = writes || e.Level >= model.CanManage
				more = more || id != "w1" || e.Level > model.CanUse // using it includes seeing it
			}
		}
	}
	tokens, err := w.AccessList(by(w), model.Controlled{Kind: model.TokenAccess})
	ok(t, err)
	more = more || slices.ContainsFunc(tokens, func(e model.AccessEntry) bool { return slices.Contains(names, e.Principal.Name) })
	schemas, err := w.Schemas(who, "hive_metastore", model.Everything)
	return writes, more, err != nil || len(schemas.Items) > 0
}

func serve(t *testing.T, w *model.World) (connector.Host, workspace.Network) {
	t.Helper()
	return serveBy(t, rest.New(w, rest.Options{}))
}

func serveBy(t *testing.T, handler http.Handler) (connector.Host, workspace.Network) {
	t.Helper()
	server := httptest.NewTLSServer(handler)
	t.Cleanup(server.Close)
	allow, err := connector.AllowList(nil).Allow("example.com")
	ok(t, err)
	host, _, err := connector.ParseHost("example.com", allow)
	ok(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return host, workspace.Network{OnlyRoots: roots, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", server.Listener.Addr().String())
	}}
}
