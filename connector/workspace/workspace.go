// Package workspace is a signed-in Databricks workspace over REST, as the connector identity sees it. It reads; the one request that
// changes anything is the start of a SQL warehouse, which CAN_USE allows and a person agreed to.
//
// One transport serves a connection: pinned to the one host that passed the allow-list, limited to the requests in the read-only list,
// and shared, like the credential, with the SQL driver. Errors are those of the SDK, of net and of crypto/tls, wrapped, for the check
// package to name.
package workspace

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/config"
	"github.com/databricks/databricks-sdk-go/httpclient"
	"github.com/databricks/databricks-sdk-go/useragent"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/pattern"
)

const (
	dialTimeout  = 5 * time.Second
	tlsTimeout   = 5 * time.Second
	callTimeout  = 30 * time.Second
	inactivity   = 60 // seconds, above callTimeout so that the call's own deadline decides
	product      = "draftt-databricks"
	idleConns    = 16
	idleLifetime = 60 * time.Second
)

// DefaultRate is how many requests a second a workspace is sent at most, unless Config says otherwise. It is below what Databricks allows a
// client, and above the SDK's own 15, with which a long listing crawls.
const DefaultRate = 50

// Network is the way out. The zero value is the machine's own network: system resolver, proxy from the environment, system roots.
type Network struct {
	Dial   func(ctx context.Context, network, addr string) (net.Conn, error)
	Lookup func(ctx context.Context, host string) ([]string, error)
	Proxy  func(*http.Request) (*url.URL, error)
	// ProxyVariable names the environment variable that Proxy comes from, for showing. It is found out where Proxy is nil.
	ProxyVariable string
	exemptions    *exemptions // of the environment; nil where Proxy is given
	given         bool        // a person gave the way for this run; see Through

	// Seen is told of every request that was sent, from several goroutines; nil where nobody keeps a log.
	Seen func(Exchange)

	// Now is this machine's clock, which the workspace's is compared with; nil for time.Now. What is trusted, and how long a call may take,
	// always goes by the real time.
	Now func() time.Time

	ExtraCAs  []byte         // PEM, trusted in addition
	OnlyRoots *x509.CertPool // trusted instead of the system's roots; for the demo
}

// Config is what Open needs. Version goes into the User-Agent.
type Config struct {
	Host        connector.Host
	Credentials connector.Credentials
	Network     Network
	Version     string
	Rate        int // the most REST requests a second, 0 for DefaultRate

	// Account is the account whose host this is, empty for a workspace: signing in has paths of its own there.
	Account string

	// Paced says that the caller keeps the pace: what is asked too fast comes back at once as a *BusyError or a *StatusError, and is not repeated here.
	Paced bool

	// Admin says that the credentials are an admin's, so that an answer to them is not taken for one to the connector: errors are in an
	// *AdminError then.
	Admin bool

	// Names is where everything is noted that the workspace names, before a caller gets it; nil for connector.Known.
	Names *connector.Registry
}

// Workspace is safe for concurrent use. Close it to drop idle connections.
type Workspace struct {
	host   connector.Host
	net    Network
	tls    *tls.Config
	base   *http.Transport
	files  *http.Transport // to storages
	rt     http.RoundTripper
	tokens *tokens
	client *client.DatabricksClient
	names  *connector.Registry
	admin  bool
}

// ErrNoHost is returned by Open for a Host that was not parsed, so that nothing can be sent to nowhere.
var ErrNoHost = errors.New("no workspace host")

// Open prepares a workspace and makes no request. It returns ErrNoHost, or a *connector.Error of kind ErrInput for certificates that do not parse.
func Open(cfg Config) (*Workspace, error) { return open(cfg, nil) }

func open(cfg Config, allows func(method, escapedPath string) bool) (*Workspace, error) {
	if cfg.Host.IsZero() {
		return nil, ErrNoHost
	}
	cfg.Network, cfg.Names = cfg.Network.withDefaults(), cmp.Or(cfg.Names, connector.Known())
	network := cfg.Network
	roots, err := network.roots()
	if err != nil {
		return nil, err
	}
	w := &Workspace{
		host:  cfg.Host,
		net:   network,
		tls:   &tls.Config{RootCAs: roots, ServerName: cfg.Host.Name(), MinVersion: tls.VersionTLS12},
		names: cfg.Names,
		admin: cfg.Admin,
	}
	w.base = &http.Transport{
		Proxy:                 network.Proxy,
		DialContext:           network.dial,
		TLSClientConfig:       w.tls.Clone(),
		TLSHandshakeTimeout:   tlsTimeout,
		ResponseHeaderTimeout: 0, // a SQL statement may hold its first byte; every call has its own deadline instead
		MaxIdleConnsPerHost:   idleConns,
		IdleConnTimeout:       idleLifetime,
	}
	w.files = w.filesTransport()
	renew := &refreshing{next: &retrying{next: w.base, sleep: sleep, now: network.Now, names: cfg.Names, paced: cfg.Paced}}
	w.rt = &pinned{host: cfg.Host, allows: allows, next: renew, seen: network.Seen, names: cfg.Names}
	w.tokens = newTokens(cfg, w.rt)
	renew.tokens = w.tokens
	if w.client, err = w.restClient(cfg.Version, cmp.Or(max(0, cfg.Rate), DefaultRate)); err != nil {
		return nil, fmt.Errorf("prepare the REST client: %w", err)
	}
	return w, nil
}

// restClient configures the SDK so that nothing but our own fields decides: no environment, no profile file, no metadata lookup, no
// retries of its own, and a credential that honours the request's context.
func (w *Workspace) restClient(version string, rate int) (*client.DatabricksClient, error) {
	silenceSDK()
	cfg := &config.Config{
		Host:               w.host.URL(),
		AuthType:           string(w.tokens.creds.Method),
		Credentials:        w.tokens,
		Loaders:            []config.Loader{noLoader{}},
		HTTPTransport:      w.rt,
		HTTPTimeoutSeconds: inactivity,
		RateLimitPerSecond: rate,
		HostMetadataResolver: func(context.Context, string) (*config.HostMetadata, error) {
			return nil, errors.New("host metadata is not used")
		},
	}
	if err := cfg.EnsureResolved(); err != nil {
		return nil, fmt.Errorf("resolve SDK configuration: %w", err)
	}
	cfg.WorkspaceID = string(w.host.WorkspaceID())
	settings, err := config.HTTPClientConfigFromConfig(cfg)
	if err != nil {
		return nil, fmt.Errorf("configure the HTTP client: %w", err)
	}
	// The SDK retries "connection refused" for five minutes. One nanosecond gives it exactly one attempt; retrying is ours.
	settings.RetryTimeout = time.Nanosecond
	nameProduct.Do(func() { useragent.WithProduct(product, productVersion(version)) })
	return client.NewWithClient(cfg, httpclient.NewApiClient(settings))
}

// Host is the pinned host.
func (w *Workspace) Host() connector.Host { return w.host }

// Names is where everything is noted that the workspace names.
func (w *Workspace) Names() *connector.Registry { return w.names }

// RoundTripper is the pinned transport, for the SQL driver.
func (w *Workspace) RoundTripper() http.RoundTripper { return w.rt }

// Authenticate signs a request with the same token that REST uses, for the SQL driver.
func (w *Workspace) Authenticate(r *http.Request) error { return w.tokens.SetHeaders(r) }

// Close drops idle connections.
func (w *Workspace) Close() {
	w.base.CloseIdleConnections()
	w.files.CloseIdleConnections()
}

// dial is Dial for a goroutine of net/http, in which nobody stops a panic.
func (n Network) dial(ctx context.Context, network, addr string) (conn net.Conn, err error) {
	if fault := contain.Run("connecting", func() { conn, err = n.Dial(ctx, network, addr) }); fault != nil {
		return nil, fault
	}
	return conn, err
}

func (n Network) withDefaults() Network {
	if n.Dial == nil {
		n.Dial = (&net.Dialer{Timeout: dialTimeout}).DialContext
		if n.Proxy == nil {
			n.Proxy, n.ProxyVariable, n.exemptions = proxyFromEnvironment()
		}
	}
	if n.Now == nil {
		n.Now = time.Now
	}
	if n.Lookup == nil {
		n.Lookup = net.DefaultResolver.LookupHost
	}
	return n
}

func (n Network) roots() (*x509.CertPool, error) {
	if len(n.ExtraCAs) == 0 {
		return n.OnlyRoots, nil // nil is the platform's own verifier
	}
	pool := n.basis()
	if !pool.AppendCertsFromPEM(n.ExtraCAs) {
		return nil, ErrNoPEM
	}
	return pool, nil
}

// basis is a pool of its own with what is trusted anyway.
func (n Network) basis() *x509.CertPool {
	if n.OnlyRoots != nil {
		return n.OnlyRoots.Clone()
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return x509.NewCertPool()
	}
	return pool
}

// nameProduct: the SDK keeps the name in globals that requests read without a lock, so the first workspace sets it for all.
var nameProduct sync.Once

var semantic = pattern.New(`^\d+\.\d+\.\d+$`)

// productVersion keeps the User-Agent valid: the SDK panics on a version that is not semantic, and a build from source has none.
func productVersion(version string) string {
	if v := strings.TrimPrefix(version, "v"); semantic().MatchString(v) {
		return v
	}
	return "0.0.0"
}

type noLoader struct{}

func (noLoader) Name() string                   { return "none" }
func (noLoader) Configure(*config.Config) error { return nil }
