package workspace_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// socks is a SOCKS5 proxy on loopback that asks for a name and a password, and connects to one address whatever it is asked for.
func socks(t *testing.T, target string) (addr string, asked func() []string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var hosts []string
	var wait sync.WaitGroup
	t.Cleanup(func() {
		_ = listener.Close()
		wait.Wait()
	})
	wait.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			wait.Go(func() {
				defer func() { _ = conn.Close() }()
				ok := socksHandshake(conn, func(host string) {
					mu.Lock()
					defer mu.Unlock()
					hosts = append(hosts, host)
				})
				onward, err := net.Dial("tcp", target)
				if err != nil || !ok {
					return
				}
				go func() {
					_, _ = io.Copy(onward, conn)
					_ = onward.Close()
				}()
				_, _ = io.Copy(conn, onward)
			})
		}
	})
	return listener.Addr().String(), func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(hosts)
	}
}

// socksHandshake speaks the server's part of RFC 1928 and 1929.
func socksHandshake(conn net.Conn, asked func(host string)) bool {
	read := func(n int) []byte {
		part := make([]byte, n)
		if _, err := io.ReadFull(conn, part); err != nil {
			return make([]byte, n)
		}
		return part
	}
	read(int(read(2)[1])) // the methods
	_, _ = conn.Write([]byte{5, 2})
	user := string(read(int(read(2)[1])))
	password := string(read(int(read(1)[0])))
	if user != "maria" || password != "proxy-canary" {
		_, _ = conn.Write([]byte{1, 1})
		return false
	}
	_, _ = conn.Write([]byte{1, 0})
	if request := read(4); request[3] != 3 { // a name, which the proxy resolves
		return false
	}
	host := string(read(int(read(1)[0])))
	read(2)
	asked(host)
	_, _ = conn.Write([]byte{5, 0, 0, 1, 127, 0, 0, 1, 0, 0})
	return true
}

func TestASOCKSProxyIsUsedForEverything(t *testing.T) {
	d := start(t, "ready")
	addr, asked := socks(t, d.Addr())
	network := (&proxy{}).direct(d.RootCAs())
	network.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse("socks5://maria:proxy-canary@" + addr) }
	network.ProxyVariable = "ALL_PROXY"
	w := open(t, workspace.Config{Host: parseHost(t, d.Host()), Network: network, Credentials: withSecret(d.Connector())})
	_, handshake := w.Handshake(t.Context())
	_, me := w.Me(t.Context())
	for _, err := range []error{w.Connect(t.Context()), handshake, me} {
		if err != nil {
			t.Error(err)
		}
	}
	for _, host := range asked() {
		if host != d.Host() {
			t.Errorf("the proxy was asked for %q", host)
		}
	}
	if route, err := w.Route(); err != nil || route.Variable != "ALL_PROXY" || strings.Contains(route.Proxy.String(), "canary") || len(asked()) < 3 {
		t.Errorf("the way is %+v, %v; asked %d times", route, err, len(asked()))
	}
	network.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse("socks5://maria:wrong-canary@" + addr) }
	w = open(t, workspace.Config{Host: parseHost(t, d.Host()), Network: network, Credentials: withSecret(d.Connector())})
	var refused *workspace.ProxyError
	if err := w.Connect(t.Context()); !errors.As(err, &refused) || refused.Status != 0 || strings.Contains(err.Error(), "canary") {
		t.Errorf("a wrong password: %v", err)
	}
}

func TestAProxyThatIsReachedOverTLSIsUsed(t *testing.T) {
	d := start(t, "ready")
	certificate, roots := certificateFor(t, "127.0.0.1", "localhost")
	pool := roots.Clone()
	p := newProxy(t, d.Addr(), http.StatusOK)
	secured, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = secured.Close() })
	go func() {
		for {
			conn, err := secured.Accept()
			if err != nil {
				return
			}
			p.wait.Go(func() { p.serve(conn) })
		}
	}()
	network := p.through(pool)
	_, port, err := net.SplitHostPort(secured.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	network.Proxy = func(*http.Request) (*url.URL, error) {
		return url.Parse("https://maria:proxy-canary@localhost:" + port)
	}
	w := open(t, workspace.Config{Host: parseHost(t, d.Host()), Network: network, Credentials: withSecret(d.Connector())})
	if err := w.Connect(t.Context()); err != nil {
		t.Error(err)
	}
	if len(p.asked) != 1 || !strings.HasPrefix(p.asked[0], "CONNECT "+d.Host()) {
		t.Errorf("the proxy was asked %q", p.asked)
	}
	network.OnlyRoots = d.RootCAs() // which do not vouch for the proxy
	w = open(t, workspace.Config{Host: parseHost(t, d.Host()), Network: network, Credentials: withSecret(d.Connector())})
	var refused *workspace.ProxyError
	if err := w.Connect(t.Context()); !errors.As(err, &refused) {
		t.Errorf("a proxy that is not trusted: %v", err)
	}
}

// direct is the machine's own dialer, without a proxy.
func (p *proxy) direct(roots *x509.CertPool) workspace.Network {
	return workspace.Network{OnlyRoots: roots, Dial: (&net.Dialer{}).DialContext, Lookup: func(context.Context, string) ([]string, error) { return []string{"127.0.0.1"}, nil }}
}

func TestTheProxyIsNamedWithTheVariableItComesFrom(t *testing.T) {
	for _, tt := range []struct {
		name     string
		env      map[string]string
		proxy    string
		variable string
	}{
		{"none", nil, "", ""},
		{"the usual one", map[string]string{"HTTPS_PROXY": "http://proxy.example:3128"}, "http://proxy.example:3128", "HTTPS_PROXY"},
		{"in lower case", map[string]string{"https_proxy": "proxy.example:3128"}, "http://proxy.example:3128", "https_proxy"},
		{"one for everything", map[string]string{"ALL_PROXY": "socks5://proxy.example:1080"}, "socks5://proxy.example:1080", "ALL_PROXY"},
		{"two", map[string]string{"ALL_PROXY": "socks5://a.example", "HTTPS_PROXY": "http://b.example"}, "http://b.example", "HTTPS_PROXY"},
		{"for http alone", map[string]string{"HTTP_PROXY": "http://proxy.example:3128"}, "", ""},
		{"taken out", map[string]string{"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": ".azuredatabricks.net"}, "", "NO_PROXY"},
		{"taken out, in lower case", map[string]string{"HTTPS_PROXY": "http://proxy.example:3128", "no_proxy": "*"}, "", "no_proxy"},
		{"with a password", map[string]string{"HTTPS_PROXY": "http://maria:proxy-canary@proxy.example:3128"}, "http://maria@proxy.example:3128", "HTTPS_PROXY"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, name := range []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "NO_PROXY", "no_proxy"} {
				t.Setenv(name, tt.env[name])
			}
			route, err := open(t, workspace.Config{Host: parseHost(t, hostName)}).Route()
			got := ""
			if route.Proxy != nil {
				got = route.Proxy.String()
			}
			if err != nil || got != tt.proxy || route.Variable != tt.variable {
				t.Errorf("by %q from %q, %v", got, route.Variable, err)
			}
		})
	}
}
