package check_test

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// hurried is the whole ladder with a short deadline for one stage, so that a test need not wait for the real one.
func hurried(id check.ID) []check.Stage { return hurriedIn(check.All(), id) }

func hurriedIn(stages []check.Stage, id check.ID) []check.Stage {
	for i := range stages {
		if stages[i].ID == id {
			stages[i].Deadline = 100 * time.Millisecond
		}
	}
	return stages
}

func TestWhateverHangsFailsForWantOfAnAnswer(t *testing.T) {
	tests := []struct {
		stage check.ID
		fault rest.Fault
	}{
		{"S04", rest.Fault{Path: "/oidc/.well-known/*"}},
		{"S05", rest.Fault{Path: "/api/2.0/preview/scim/v2/Me"}},
		{"S06", rest.Fault{Path: "/oidc/v1/token"}},
		{"S07", rest.Fault{Path: "/api/2.0/preview/scim/v2/Me", After: 1}},
		{"S09", rest.Fault{Path: "/api/2.0/sql/warehouses/*"}},
		{"S10", rest.Fault{Path: "/sql/*"}},
		{"S13", rest.Fault{Path: "/api/2.1/unity-catalog/catalogs/*"}},
		{"S14", rest.Fault{Path: "/api/2.1/unity-catalog/schemas/*"}},
		{"S15", rest.Fault{Path: "/api/2.1/unity-catalog/tables/*"}},
	}
	for _, tt := range tests {
		t.Run(string(tt.stage), func(t *testing.T) {
			t.Parallel()
			world := scenario(t, "ready")
			tt.fault.Delay = time.Hour
			world.Faults = []rest.Fault{tt.fault}
			s := set(t, world)
			results := s.walk(t, hurried(tt.stage))
			proper(t, s, results)
			failed := check.Failure(results)
			if failed == nil || failed.Stage != tt.stage || failed.Finding.Pattern != "timeout" || failed.Finding.Cause != check.Unreachable || !strings.HasSuffix(failed.Evidence, "no answer in time") {
				t.Errorf("the first failure is %+v in %s", failed, states(results))
			}
		})
	}
}

// Statements run side by side on sessions of their own, so that a walk of few stages tells which request is which.
func TestAStatementThatHangsFailsForWantOfAnAnswer(t *testing.T) {
	for id, stages := range map[check.ID][]check.Stage{"S12": check.Warehouse(), "S16": check.Access()} {
		t.Run(string(id), func(t *testing.T) {
			t.Parallel()
			world := scenario(t, "ready")
			world.Faults = []rest.Fault{{Path: "/sql/*", After: 1, Delay: time.Hour}} // a session passes
			s := set(t, world)
			results := s.walk(t, hurriedIn(stages, id))
			proper(t, s, results)
			if failed := check.Failure(results); failed == nil || failed.Stage != id || failed.Finding.Pattern != "timeout" {
				t.Errorf("the first failure is %+v in %s", failed, states(results))
			}
		})
	}
}

func TestPrivilegesThatAreNotShownInTimeAreUnknown(t *testing.T) {
	world := scenario(t, "ready")
	world.Faults = []rest.Fault{{Path: "/api/2.1/unity-catalog/effective-permissions/*", Delay: time.Hour}}
	s := set(t, world)
	results := s.walk(t, hurried("S17"))
	proper(t, s, results)
	if got := notable(results); got != "unknown S17-S18" {
		t.Errorf("the walk is %s", got)
	}
	if r := find(t, results, "S17"); !strings.Contains(r.Evidence, "show") {
		t.Errorf("S17 saw %+v", r)
	}
}

func TestWhatStandsBetweenIsNamed(t *testing.T) {
	gone := closedPort(t)
	to := dialing
	plain := answerWith(t, "HTTP/1.1 400 Bad Request\r\n\r\n")
	tests := []struct {
		name, failed, pattern string
		exit                  int
		change                func(*workspace.Network)
	}{
		{"nothing listens", "S02", "refused", check.ExitNetwork, func(n *workspace.Network) { n.Dial = to(gone) }},
		{"the resolver does not answer", "S01", "timeout", check.ExitNetwork, func(n *workspace.Network) {
			n.Lookup = func(context.Context, string) ([]string, error) {
				return nil, &net.DNSError{Err: "i/o timeout", Name: "adb", IsTimeout: true}
			}
		}},
		{"the certificate is from another authority", "S03", "untrusted-certificate", check.ExitTLS, func(n *workspace.Network) { n.OnlyRoots = x509.NewCertPool() }},
		{"no TLS is spoken", "S03", "plain-http", check.ExitTLS, func(n *workspace.Network) { n.Dial = to(plain) }},
		{"the connection is closed at once", "S03", "cut", check.ExitNetwork, func(n *workspace.Network) { n.Dial = to(answerWith(t, "")) }},
		{"the proxy wants a sign-in", "S02", "proxy-sign-in", check.ExitNetwork, func(n *workspace.Network) {
			n.Dial = to(answerWith(t, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"))
			n.Lookup = func(context.Context, string) ([]string, error) { return []string{"10.0.0.9"}, nil }
			n.Proxy = func(*http.Request) (*url.URL, error) {
				return url.Parse("http://maria:proxy-canary@proxy.example:3128")
			}
		}},
		{"the proxy has no name", "S01", "proxy-name", check.ExitNetwork, func(n *workspace.Network) {
			n.Proxy = func(*http.Request) (*url.URL, error) {
				return url.Parse("http://maria:proxy-canary@proxy.example:3128")
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := set(t, scenario(t, "ready"))
			network := s.Network()
			tt.change(&network)
			s.open(t, connector.Credentials{Method: connector.OAuth, ClientID: s.Connector().ClientID, Secret: s.Connector().Secret}, network)
			results := s.walk(t, check.All())
			proper(t, s, results)
			failed := check.Failure(results)
			if failed == nil || string(failed.Stage) != tt.failed || failed.Finding.Pattern != tt.pattern || failed.Finding.Exit != tt.exit || failed.Finding.Cause != check.Unreachable {
				t.Errorf("the first failure is %+v", failed)
			}
			for _, r := range results {
				if strings.Contains(r.Evidence+r.Detail, "canary") {
					t.Errorf("%s tells the proxy's password: %q %q", r.Stage, r.Evidence, r.Detail)
				}
			}
		})
	}
}

// dialing connects to one address, whatever it is asked for.
func dialing(addr string) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	}
}

// closedPort is an address on which nothing listens until the test has ended: it is the near end of a connection, so the system gives it
// to nobody else.
func closedPort(t *testing.T) string {
	t.Helper()
	conn, err := net.Dial("tcp", answerWith(t, "x"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn.LocalAddr().String()
}

// answerWith is a server that says one thing to whoever connects, and closes.
func answerWith(t *testing.T, text string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			if text != "" {
				_, _ = conn.Read(make([]byte, 4096)) // a client that still writes would see a reset instead of the answer
				_, _ = conn.Write([]byte(text))
			}
			_ = conn.Close()
		}
	}()
	return listener.Addr().String()
}
