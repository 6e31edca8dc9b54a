package workspace

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/net/http/httpproxy"
	"golang.org/x/net/proxy"

	"github.com/draftt-io/draftt-databricks/contain"
)

// ProxyError is a proxy that did not let the connection through. Status is its HTTP status, 0 where it gave none: it could not be
// reached, did not answer, or speaks SOCKS.
type ProxyError struct {
	Proxy  string // without a password
	Status int
	Err    error // what went wrong where there is no status, else nil
}

func (e *ProxyError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("the proxy %s: %v", e.Proxy, e.Err)
	}
	return fmt.Sprintf("the proxy %s answered HTTP %d", e.Proxy, e.Status)
}

func (e *ProxyError) Unwrap() error { return e.Err }

// Route is the way to the workspace. Proxy is nil for a direct one and has no password otherwise. Variable names the environment variable
// that the proxy comes from, or, on a direct way, the one that took a proxy out of it; it is empty where no variable decided.
type Route struct {
	Proxy    *url.URL
	Variable string
}

// Route tells which way requests go. The error is that of a proxy setting that does not read as an address.
func (w *Workspace) Route() (Route, error) {
	proxy, err := w.Via()
	if err != nil {
		return Route{Variable: w.net.ProxyVariable}, err
	}
	route := Route{Proxy: proxy, Variable: w.net.ProxyVariable}
	if proxy == nil && route.Variable != "" {
		route.Variable = noProxy()
	}
	return route, nil
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
		return nil, fmt.Errorf("read the proxy setting: %w", w.told(err))
	}
	return proxy, nil
}

// proxyVariables are the variables that name a proxy for https, in the order in which they count. Go itself does not know the last two,
// which curl and most other programs do.
var proxyVariables = []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"}

// proxyFromEnvironment gives the proxy of the environment as it is now, and the variable that it comes from.
func proxyFromEnvironment() (func(*http.Request) (*url.URL, error), string) {
	for _, name := range proxyVariables {
		if value := os.Getenv(name); value != "" {
			choose := (&httpproxy.Config{HTTPSProxy: value, NoProxy: os.Getenv(noProxy())}).ProxyFunc()
			return func(r *http.Request) (*url.URL, error) { return choose(r.URL) }, name
		}
	}
	return nil, ""
}

// noProxy is the variable that lists the hosts to reach without a proxy.
func noProxy() string {
	if os.Getenv("NO_PROXY") == "" && os.Getenv("no_proxy") != "" {
		return "no_proxy"
	}
	return "NO_PROXY"
}

// dialThrough asks a proxy for a tunnel, as http.Transport does for requests.
func (w *Workspace) dialThrough(ctx context.Context, via *url.URL) (net.Conn, error) {
	refused := func(err error) error { return &ProxyError{Proxy: withoutPassword(via), Err: err} }
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
	port := map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[via.Scheme]
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(via.Hostname(), port)
}

// withoutPassword is a proxy's address as it may be shown.
func withoutPassword(via *url.URL) string {
	shown := *via
	if shown.User != nil {
		shown.User = url.User(shown.User.Username())
	}
	return shown.String()
}
