package workspace_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const (
	hostName  = "adb-1234567890123456.7.azuredatabricks.net"
	clientID  = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	canary    = "dose0123456789canary"
	discovery = "/oidc/.well-known/oauth-authorization-server"
	tokenPath = "/oidc/v1/token"
	mePath    = "/api/2.0/preview/scim/v2/Me"
)

func parseHost(t testing.TB, name string) connector.Host {
	t.Helper()
	host, _, err := connector.ParseHost(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	return host
}

func start(t testing.TB, scenario string) *demo.Workspace {
	t.Helper()
	s, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(context.Background(), s, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// open signs nobody in yet: a workspace makes no request before it is asked something.
func open(t testing.TB, cfg workspace.Config) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

func openDemo(t testing.TB, d *demo.Workspace, creds connector.Credentials) *workspace.Workspace {
	t.Helper()
	return open(t, workspace.Config{Host: parseHost(t, d.Host()), Network: d.Network(), Credentials: creds, Version: "1.2.3"})
}

func withSecret(c demo.Credentials) connector.Credentials {
	return connector.Credentials{Method: connector.OAuth, ClientID: c.ClientID, Secret: c.Secret}
}

func withToken(c demo.Credentials) connector.Credentials {
	return connector.Credentials{Method: connector.PAT, Secret: c.Token}
}

// town is a small internet on loopback: one server that speaks for the workspace's name, and a thief at every other address.
type town struct {
	roots  *x509.CertPool
	honest *httptest.Server
	thief  *httptest.Server

	mu     sync.Mutex
	stolen []string // what reached the thief: connections, and the requests whole
	asked  []string // what the honest server was asked
	agents []string
}

// newTown serves the workspace's name with handle, which gets a discovery and a token endpoint that work where it answers nothing.
func newTown(t *testing.T, handle map[string]http.HandlerFunc) *town {
	t.Helper()
	certificate, roots := certificateFor(t, hostName, "thief.example", "127.0.0.1")
	v := &town{roots: roots}
	v.honest = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		v.asked, v.agents = append(v.asked, r.Method+" "+r.URL.Path), append(v.agents, r.UserAgent())
		v.mu.Unlock()
		if special, ok := handle[r.URL.Path]; ok {
			special(w, r)
			return
		}
		usual(w, r)
	}))
	v.thief = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		v.mu.Lock()
		defer v.mu.Unlock()
		header, _ := json.Marshal(r.Header)
		v.stolen = append(v.stolen, r.Method+" "+r.Host+r.URL.String()+" "+string(header)+" "+string(body))
	}))
	for _, s := range []*httptest.Server{v.honest, v.thief} {
		s.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.StartTLS()
		t.Cleanup(s.Close)
	}
	return v
}

// usual is what an honest workspace answers.
func usual(w http.ResponseWriter, r *http.Request) {
	answers := map[string]string{
		discovery: `{"token_endpoint":"https://` + hostName + tokenPath + `"}`,
		tokenPath: `{"access_token":"access-canary","token_type":"Bearer","expires_in":3600}`,
		mePath:    `{"id":"1","userName":"` + clientID + `","active":true}`,
	}
	answer, ok := answers[r.URL.Path]
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		answer = `{"error_code":"ENDPOINT_NOT_FOUND","message":"no"}`
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, answer)
}

// network dials the honest server for the workspace's name on 443, and the thief for everything else.
func (v *town) network() workspace.Network {
	return workspace.Network{
		OnlyRoots: v.roots,
		Dial: func(ctx context.Context, _, addr string) (net.Conn, error) {
			target := v.honest
			if addr != hostName+":443" {
				target = v.thief
				v.mu.Lock()
				v.stolen = append(v.stolen, "a connection to "+addr)
				v.mu.Unlock()
			}
			return (&net.Dialer{}).DialContext(ctx, "tcp", target.Listener.Addr().String())
		},
	}
}

func (v *town) open(t *testing.T, method connector.AuthMethod) *workspace.Workspace {
	t.Helper()
	return open(t, workspace.Config{
		Host: parseHost(t, hostName), Network: v.network(),
		Credentials: connector.Credentials{Method: method, ClientID: clientID, Secret: connector.NewSecret([]byte(canary))},
	})
}

func (v *town) loot() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.stolen
}

// tells reports whether text gives the secret or the access token away.
func tells(text string) bool {
	for _, form := range []string{canary, "access-canary", base64.StdEncoding.EncodeToString([]byte(clientID + ":" + canary))} {
		if strings.Contains(text, form) {
			return true
		}
	}
	return false
}

func certificateFor(t *testing.T, names ...string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), DNSNames: names,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
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
