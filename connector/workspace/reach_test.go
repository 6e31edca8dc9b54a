package workspace_test

import (
	"bufio"
	"context"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// proxy is an HTTP proxy on loopback that tunnels to one address, whatever it is asked for.
type proxy struct {
	listener net.Listener
	target   string
	status   int
	mu       sync.Mutex
	asked    []string // what it was asked for, with the sign-in
	wait     sync.WaitGroup
}

func newProxy(t *testing.T, target string, status int) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: listener, target: target, status: status}
	p.wait.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			p.wait.Go(func() { p.serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		p.wait.Wait()
	})
	return p
}

func (p *proxy) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	reader := bufio.NewReader(conn)
	r, err := http.ReadRequest(reader)
	if err != nil {
		return
	}
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.Host+" "+r.Header.Get("Proxy-Authorization"))
	p.mu.Unlock()
	if p.status != http.StatusOK {
		resp := http.Response{StatusCode: p.status, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{"Proxy-Authenticate": {"Basic"}}}
		_ = resp.Write(conn)
		return
	}
	onward, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() {
		_, _ = io.Copy(onward, reader)
		_ = onward.Close()
	}()
	_, _ = io.Copy(conn, onward)
}

// through is the way out over the proxy, signed in to it.
func (p *proxy) through(roots *x509.CertPool) workspace.Network {
	return workspace.Network{
		OnlyRoots: roots,
		Dial:      (&net.Dialer{}).DialContext,
		Lookup:    func(context.Context, string) ([]string, error) { return []string{"127.0.0.1"}, nil },
		Proxy: func(*http.Request) (*url.URL, error) {
			return &url.URL{Scheme: "http", Host: p.listener.Addr().String(), User: url.UserPassword("maria", "proxy-canary")}, nil
		},
	}
}

func TestAProxyIsUsedForEverything(t *testing.T) {
	d := start(t, "ready")
	p := newProxy(t, d.Addr(), http.StatusOK)
	w := open(t, workspace.Config{Host: parseHost(t, d.Host()), Network: p.through(d.RootCAs()), Credentials: withSecret(d.Connector())})
	addrs, err := w.Lookup(t.Context())
	if err != nil || len(addrs) != 1 || !addrs[0].IsLoopback() {
		t.Errorf("the proxy's address: %v, %v", addrs, err)
	}
	if err := w.Connect(t.Context()); err != nil {
		t.Error(err)
	}
	if seen, err := w.Handshake(t.Context()); err != nil || seen.Issuer.Raw() != "Draftt demo" || seen.Version != "TLS 1.3" || time.Until(seen.NotAfter) < 200*24*time.Hour {
		t.Errorf("the certificate: %+v, %v", seen, err)
	}
	if _, err := w.Me(t.Context()); err != nil {
		t.Error(err)
	}
	via, err := w.Via()
	if err != nil || strings.Contains(via.String(), "canary") || via.User.Username() != "maria" {
		t.Errorf("via %v, %v", via, err)
	}
	want := "CONNECT " + d.Host() + ":443 Basic " + base64.StdEncoding.EncodeToString([]byte("maria:proxy-canary"))
	if len(p.asked) < 3 {
		t.Errorf("the proxy was asked %d times", len(p.asked))
	}
	for _, asked := range p.asked {
		if asked != want {
			t.Errorf("the proxy was asked %q, not %q", asked, want)
		}
	}
}

func TestAProxyThatRefusesIsNamedWithoutItsPassword(t *testing.T) {
	d := start(t, "ready")
	for _, status := range []int{http.StatusProxyAuthRequired, http.StatusForbidden, http.StatusBadGateway} {
		p := newProxy(t, d.Addr(), status)
		w := open(t, workspace.Config{Host: parseHost(t, d.Host()), Network: p.through(d.RootCAs()), Credentials: withSecret(d.Connector())})
		var refused *workspace.ProxyError
		connect := w.Connect(t.Context())
		if !errors.As(connect, &refused) || refused.Status != status {
			t.Errorf("%d: %v", status, connect)
		}
		_, handshake := w.Handshake(t.Context())
		_, me := w.Me(t.Context())
		for _, err := range []error{connect, handshake, me} {
			if err == nil || strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), base64.StdEncoding.EncodeToString([]byte("maria:proxy-canary"))) {
				t.Errorf("%d: %v", status, err)
			}
		}
	}
}

func TestAProxyThatSaysNothingIsLeftWhenTheCallerLeaves(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	silent := &proxy{listener: listener}
	w := open(t, workspace.Config{Host: parseHost(t, hostName), Network: silent.through(nil)})
	ctx, cancel := context.WithCancel(t.Context())
	reached := make(chan struct{})
	go func() {
		conn, err := listener.Accept()
		if err == nil {
			defer func() { _ = conn.Close() }()
			_, _ = http.ReadRequest(bufio.NewReader(conn))
			cancel()
			<-reached
		}
	}()
	err = w.Connect(ctx) // without the caller's leave it would wait for ever
	close(reached)
	var timeout net.Error
	if !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("got %v", err)
	}
}

func TestTheNetworkSaysWhyItDoesNotReach(t *testing.T) {
	t.Run("a name that does not resolve", func(t *testing.T) {
		w := openDemo(t, start(t, "unreachable"), connector.Credentials{Method: connector.OAuth})
		_, lookup := w.Lookup(t.Context())
		_, discover := w.Discover(t.Context())
		_, handshake := w.Handshake(t.Context())
		for _, err := range []error{lookup, discover, handshake, w.Connect(t.Context()), w.Knock(t.Context()), w.SignIn(t.Context())} {
			var dns *net.DNSError
			if !errors.As(err, &dns) || !dns.IsNotFound {
				t.Errorf("got %v", err)
			}
		}
	})
	t.Run("a certificate from somebody else", func(t *testing.T) {
		network := newTown(t, nil).network()
		network.OnlyRoots = x509.NewCertPool()
		w := open(t, workspace.Config{Host: parseHost(t, hostName), Network: network, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: clientID}})
		_, handshake := w.Handshake(t.Context())
		for _, err := range []error{handshake, w.SignIn(t.Context())} {
			var unknown x509.UnknownAuthorityError
			if !errors.As(err, &unknown) {
				t.Errorf("got %v", err)
			}
		}
	})
	t.Run("a certificate for another name", func(t *testing.T) {
		certificate, roots := certificateFor(t, "portal.example")
		v := newTown(t, nil)
		v.honest.TLS.Certificates[0], v.roots = certificate, roots
		var wrong x509.HostnameError
		if _, err := v.open(t, connector.OAuth).Handshake(t.Context()); !errors.As(err, &wrong) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("an address that is none", func(t *testing.T) {
		network := newTown(t, nil).network()
		network.Lookup = func(context.Context, string) ([]string, error) { return []string{"junk", "10.0.0.4"}, nil }
		addrs, err := open(t, workspace.Config{Host: parseHost(t, hostName), Network: network}).Lookup(t.Context())
		if err != nil || len(addrs) != 1 || !addrs[0].IsPrivate() {
			t.Errorf("got %v, %v", addrs, err)
		}
	})
}

func TestExtraAuthoritiesAreTrustedBesideTheSystemsOwn(t *testing.T) {
	v := newTown(t, nil)
	network := v.network()
	network.OnlyRoots = nil
	network.ExtraCAs = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: v.honest.TLS.Certificates[0].Certificate[0]})
	w := open(t, workspace.Config{Host: parseHost(t, hostName), Network: network, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: clientID}})
	if err := w.SignIn(t.Context()); err != nil {
		t.Error(err)
	}
	if shown, err := w.Handshake(t.Context()); err != nil || !shown.Extra || !shown.Alone {
		t.Errorf("a host's own certificate is taken for an authority's: extra %v, alone %v, %v", shown.Extra, shown.Alone, err)
	}
	network.ExtraCAs = []byte("not a certificate")
	var input *connector.Error
	if _, err := workspace.Open(workspace.Config{Host: parseHost(t, hostName), Network: network}); !errors.As(err, &input) || input.Remedy == "" {
		t.Errorf("a file without a certificate: %v", err)
	}
	if _, err := workspace.Open(workspace.Config{}); !errors.Is(err, workspace.ErrNoHost) {
		t.Errorf("without a host: %v", err)
	}
}
