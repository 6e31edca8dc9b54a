package workspace

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ProxyError is a proxy that refused the tunnel. Status is its HTTP status.
type ProxyError struct {
	Proxy  string // without a password
	Status int
}

func (e *ProxyError) Error() string {
	return fmt.Sprintf("the proxy %s answered HTTP %d", e.Proxy, e.Status)
}

// Certificate is what the workspace showed in the TLS handshake.
type Certificate struct {
	Issuer   connector.Remote
	NotAfter time.Time
	Version  string // "TLS 1.3"
}

// Via is the proxy that requests go through, or nil. The password is left out.
func (w *Workspace) Via() (*url.URL, error) {
	proxy, err := w.proxy()
	if proxy == nil || proxy.User == nil {
		return proxy, err
	}
	shown := *proxy
	shown.User = url.User(proxy.User.Username())
	return &shown, nil
}

func (w *Workspace) proxy() (*url.URL, error) {
	if w.net.Proxy == nil {
		return nil, nil
	}
	proxy, err := w.net.Proxy(&http.Request{URL: &url.URL{Scheme: "https", Host: w.host.Addr()}})
	if err != nil {
		return nil, fmt.Errorf("read the proxy setting: %w", err)
	}
	return proxy, nil
}

// Lookup resolves the host's name, or the proxy's when there is one, since then the proxy resolves the host.
func (w *Workspace) Lookup(ctx context.Context) ([]netip.Addr, error) {
	name := w.host.Name()
	proxy, err := w.Via()
	if err != nil {
		return nil, err
	}
	if proxy != nil {
		name = proxy.Hostname()
	}
	if addr, err := netip.ParseAddr(name); err == nil {
		return []netip.Addr{addr}, nil
	}
	found, err := w.net.Lookup(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", name, err)
	}
	addrs := make([]netip.Addr, 0, len(found))
	for _, text := range found {
		if addr, err := netip.ParseAddr(text); err == nil {
			addrs = append(addrs, addr)
		}
	}
	return addrs, nil
}

// Connect opens a connection to the host, through the proxy when there is one, and closes it.
func (w *Workspace) Connect(ctx context.Context) error {
	conn, err := w.dial(ctx)
	if err != nil {
		return err
	}
	return conn.Close()
}

// Handshake opens a TLS connection with the same trust as every request and tells what the workspace showed.
func (w *Workspace) Handshake(ctx context.Context) (Certificate, error) {
	conn, err := w.dial(ctx)
	if err != nil {
		return Certificate{}, err
	}
	defer func() { _ = conn.Close() }()
	secured := tls.Client(conn, w.tls.Clone())
	if err := secured.HandshakeContext(ctx); err != nil {
		return Certificate{}, fmt.Errorf("TLS: %w", err)
	}
	state := secured.ConnectionState()
	leaf := state.PeerCertificates[0]
	issuer := leaf.Issuer.CommonName
	if len(leaf.Issuer.Organization) > 0 {
		issuer = leaf.Issuer.Organization[0]
	}
	return Certificate{Issuer: connector.FromRemote(issuer), NotAfter: leaf.NotAfter, Version: tls.VersionName(state.Version)}, nil
}

func (w *Workspace) dial(ctx context.Context) (net.Conn, error) {
	proxy, err := w.proxy()
	if err != nil {
		return nil, err
	}
	if proxy == nil {
		conn, err := w.net.Dial(ctx, "tcp", w.host.Addr())
		if err != nil {
			return nil, fmt.Errorf("connect to %s: %w", w.host.Addr(), err)
		}
		return conn, nil
	}
	return w.dialThrough(ctx, proxy)
}

// dialThrough asks an HTTP proxy for a tunnel, as http.Transport does for requests.
func (w *Workspace) dialThrough(ctx context.Context, proxy *url.URL) (net.Conn, error) {
	addr := proxy.Host
	if proxy.Port() == "" {
		addr = net.JoinHostPort(proxy.Hostname(), map[string]string{"https": "443", "http": "80", "socks5": "1080"}[proxy.Scheme])
	}
	conn, err := w.net.Dial(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("connect to the proxy %s: %w", proxy.Redacted(), err)
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // a proxy may take the connection and say nothing
	defer stop()
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: w.host.Addr()}, Host: w.host.Addr(), Header: http.Header{}}
	if user := proxy.User; user != nil {
		password, _ := user.Password()
		req.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := req.Write(conn); err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("ask the proxy %s: %w", proxy.Redacted(), err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("read the proxy's answer: %w", err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		_ = conn.Close()
		return nil, &ProxyError{Proxy: proxy.Redacted(), Status: resp.StatusCode}
	}
	return conn, nil
}
