package steps

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// wiretap stands between the connector and the embedded workspace and reads everything that is sent, which TLS hides from anyone else.
// What the metastore admin sends does not pass it.
type wiretap struct {
	mu   sync.Mutex
	sent []request
}

// request is one request as it was sent.
type request struct {
	method, path string // the path as escaped on the wire
	header       http.Header
	body         []byte
}

// tap makes every request of this person's connector pass a wiretap. Call it before the wizard opens.
func (w *walk) tap() *wiretap {
	w.T.Helper()
	tap := &wiretap{}
	target := &url.URL{Scheme: "https", Host: demo.HostName}
	server := httptest.NewUnstartedServer(&httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = demo.HostName },
		Transport: &http.Transport{DialContext: w.Workspace.DialContext, TLSClientConfig: &tls.Config{RootCAs: w.Workspace.RootCAs(), MinVersion: tls.VersionTLS12}},
		ErrorLog:  log.New(io.Discard, "", 0),
	})
	server.Config.Handler = tap.listen(server.Config.Handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	certificate, roots := certificateFor(w.T, demo.HostName)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	w.T.Cleanup(server.Close)
	var dialer net.Dialer
	w.Env.Network = workspace.Network{
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, server.Listener.Addr().String())
		},
		Lookup: w.Workspace.LookupHost, OnlyRoots: roots,
	}
	w.Rebuild()
	return tap
}

func (t *wiretap) listen(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		t.mu.Lock()
		t.sent = append(t.sent, request{r.Method, r.URL.EscapedPath(), r.Header.Clone(), body})
		t.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

func (t *wiretap) requests() []request {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.sent)
}

// statementText is how a statement lies in the body of a Thrift request: as plain text between bytes that are none, or that happen to be.
var statementText = regexp.MustCompile(`(SELECT|DESCRIBE|SHOW|GRANT|REVOKE|INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP|USE|SET)\b [ -~]+`)

// statements are those that were sent to SQL warehouses, each once.
func (t *wiretap) statements() []string {
	var found []string
	for _, r := range t.requests() {
		if !strings.HasPrefix(r.path, "/sql/") {
			continue
		}
		for _, text := range statementText.FindAll(r.body, -1) {
			if s := string(text); !slices.Contains(found, s) {
				found = append(found, s)
			}
		}
	}
	return found
}

// certificateFor makes a certificate for a host name, and the pool that trusts it alone.
func certificateFor(t testing.TB, host string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{host}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
