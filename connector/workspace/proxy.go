package workspace

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/net/proxy"

	"github.com/draftt-io/draftt-databricks/contain"
)

// ProxyError is a proxy that did not let the connection through. Status is its HTTP status, 0 where it gave none: it could not be
// reached, did not answer, or speaks SOCKS.
type ProxyError struct {
	Proxy  string // without a password
	Status int
	Fault  ProxyFault
	Err    error // what went wrong where there is no status, else nil
}

// ProxyFault is how far the way to a proxy led that gave no status.
type ProxyFault int

// The faults of a proxy. A ProxyRefused is everything that comes once it listens.
const (
	ProxyRefused   ProxyFault = iota
	ProxyUnnamed              // its name has no address
	ProxySilent               // nothing listens or answers there
	ProxyPlain                // it is asked over TLS, which it does not speak
	ProxyUntrusted            // its own certificate is not trusted
)

// proxyFault tells it from what went wrong.
func proxyFault(err error) ProxyFault {
	var (
		name      *net.DNSError
		plain     tls.RecordHeaderError
		untrusted *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &name):
		return ProxyUnnamed
	case errors.As(err, &plain):
		return ProxyPlain
	case errors.As(err, &untrusted):
		return ProxyUntrusted
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return ProxySilent
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if dial, ok := err.(*net.OpError); ok && dial.Op == "dial" { //nolint:errorlint // SOCKS wraps one in another
			return ProxySilent
		}
	}
	return ProxyRefused
}

func (e *ProxyError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("the proxy %s: %v", e.Proxy, e.Err)
	}
	return fmt.Sprintf("the proxy %s answered HTTP %d", e.Proxy, e.Status)
}

func (e *ProxyError) Unwrap() error { return e.Err }

// Route is the way to the workspace. Proxy is nil for a direct one and has no password otherwise. Variable names the environment variable
// that the proxy comes from, or, on a direct way, the one that took a proxy out of it, and Entry is what does so in it; both are empty where
// no variable decided. Given says that a person gave the way for this run. Note tells of a variable that is set and counts for nothing here,
// or of what a setting leaves open.
type Route struct {
	Proxy    *url.URL
	Variable string
	Given    bool
	Entry    string
	Note     string
}

// Route tells which way requests go. The error is a *ProxySettingError where a setting does not read as a proxy.
func (w *Workspace) Route() (Route, error) {
	proxy, err := w.Via()
	if err != nil {
		return Route{Variable: w.net.ProxyVariable}, err
	}
	route := Route{Proxy: proxy, Variable: w.net.ProxyVariable, Given: w.net.given}
	if w.net.exemptions == nil {
		return route, nil
	}
	if proxy == nil && route.Variable != "" {
		route.Variable, route.Entry = w.net.exemptions.keepsOut(w.host.Addr())
	}
	route.Note = w.net.exemptions.note(w.host.Addr(), proxy)
	return route, nil
}

// Asked is the address of the proxy and the user name that is given there, both empty on a direct way.
func (r Route) Asked() (address, user string) {
	if r.Proxy == nil {
		return "", ""
	}
	bare := *r.Proxy
	bare.User = nil
	return bare.String(), r.Proxy.User.Username()
}

// Via is the proxy that requests go through, or nil. The password is left out.
func (w *Workspace) Via() (*url.URL, error) {
	proxy, err := w.proxy()
	if proxy != nil {
		noteProxy(proxy.Hostname(), proxy.User.Username()) // whoever named it
	}
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
		return nil, fmt.Errorf("read the proxy setting: %w", w.told(err))
	}
	return proxy, nil
}

// dialThrough asks a proxy for a tunnel, as http.Transport does for requests.
func (w *Workspace) dialThrough(ctx context.Context, via *url.URL) (net.Conn, error) {
	refused := func(err error) error {
		return &ProxyError{Proxy: withoutPassword(via), Fault: proxyFault(err), Err: err}
	}
	if strings.HasPrefix(via.Scheme, "socks5") {
		conn, err := w.dialSOCKS(ctx, via)
		if err != nil {
			return nil, refused(err)
		}
		return conn, nil
	}
	conn, err := w.net.Dial(ctx, "tcp", proxyAddr(via))
	if err != nil {
		return nil, refused(err)
	}
	stop := contain.After(ctx, "ending a talk with the proxy", func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // a proxy may take the connection and say nothing
	defer stop()
	if via.Scheme == "https" {
		// Trusted as the workspace is, and as http.Transport trusts an https proxy: with the same authorities.
		conn = tls.Client(conn, &tls.Config{RootCAs: w.tls.RootCAs, ServerName: via.Hostname(), MinVersion: tls.VersionTLS12})
	}
	status, err := askForTunnel(conn, w.host.Addr(), via.User)
	if err != nil {
		_ = conn.Close()
		return nil, refused(err)
	}
	if status != http.StatusOK {
		_ = conn.Close()
		return nil, &ProxyError{Proxy: withoutPassword(via), Status: status}
	}
	return conn, nil
}

func askForTunnel(conn net.Conn, addr string, user *url.Userinfo) (status int, err error) {
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addr}, Host: addr, Header: http.Header{}}
	if user != nil {
		password, _ := user.Password()
		req.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := req.Write(conn); err != nil {
		return 0, fmt.Errorf("ask for a tunnel: %w", err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		return 0, fmt.Errorf("read the answer: %w", err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode, nil
}

// dialSOCKS lets a SOCKS5 proxy resolve the host's name, as http.Transport does.
func (w *Workspace) dialSOCKS(ctx context.Context, via *url.URL) (net.Conn, error) {
	var auth *proxy.Auth
	if via.User != nil {
		password, _ := via.User.Password()
		auth = &proxy.Auth{User: via.User.Username(), Password: password}
	}
	dialer, err := proxy.SOCKS5("tcp", proxyAddr(via), auth, forward(w.net.Dial))
	if err != nil {
		return nil, fmt.Errorf("prepare SOCKS: %w", err)
	}
	return dialer.(proxy.ContextDialer).DialContext(ctx, "tcp", w.host.Addr()) //nolint:wrapcheck // wrapped by the caller
}

// forward makes a dial function a dialer of the proxy package.
type forward func(ctx context.Context, network, addr string) (net.Conn, error)

func (f forward) Dial(network, addr string) (net.Conn, error) {
	return f(context.Background(), network, addr)
}

func (f forward) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	return f(ctx, network, addr)
}

func proxyAddr(via *url.URL) string {
	if via.Port() != "" {
		return via.Host
	}
	return net.JoinHostPort(via.Hostname(), cmp.Or(speaks[via.Scheme], "80"))
}

// withoutPassword is a proxy's address as it may be shown.
func withoutPassword(via *url.URL) string {
	shown := *via
	if shown.User != nil {
		shown.User = url.User(shown.User.Username())
	}
	return shown.String()
}
