package grants_test

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// stage serves one world after the other at the same address.
type stage struct {
	handler    atomic.Pointer[rest.Handler]
	own, admin crowd
}

// crowd is many sign-ins of the same principal taking turns: a client keeps to fifty requests a second, and this test makes thousands.
type crowd struct {
	members []*workspace.Workspace
	turn    *atomic.Uint32
}

func (c crowd) next() *workspace.Workspace { return c.members[int(c.turn.Add(1))%len(c.members)] }

func (c crowd) Effective(ctx context.Context, kind connector.SecurableType, full string, who connector.Remote) ([]connector.Grant, error) {
	return c.next().Effective(ctx, kind, full, who)
}
func (c crowd) Catalog(ctx context.Context, name connector.Ident) (connector.Catalog, error) {
	return c.next().Catalog(ctx, name)
}
func (c crowd) Schema(ctx context.Context, name connector.SchemaName) (connector.Schema, error) {
	return c.next().Schema(ctx, name)
}
func (c crowd) Table(ctx context.Context, name connector.TableName) (connector.Table, error) {
	return c.next().Table(ctx, name)
}
func (c crowd) Me(ctx context.Context) (connector.Principal, error) { return c.next().Me(ctx) }

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.handler.Load().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	allow, err := connector.AllowList(nil).Allow("example.com")
	if err != nil {
		t.Fatal(err)
	}
	host, _, err := connector.ParseHost("example.com", allow)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	network := workspace.Network{OnlyRoots: roots, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", server.Listener.Addr().String())
	}}
	for token, to := range map[string]*crowd{"dapi-own": &s.own, "dapi-admin": &s.admin} {
		to.turn = &atomic.Uint32{}
		for range 40 {
			ws, err := workspace.Open(workspace.Config{Host: host, Network: network, Credentials: connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte(token))}})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(ws.Close)
			to.members = append(to.members, ws)
		}
	}
	return s
}

func (s *stage) show(w *model.World) { s.handler.Store(rest.New(w, rest.Options{})) }
