package torture

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const (
	hostName  = "adb-1234567890123456.7.azuredatabricks.net"
	thiefName = "thief.example"
	clientID  = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	canary    = "dose+Canary/7f3a9b1c5d2e4f60~8192"
	access    = "access-canary-4b1d8e0f7a2c"

	discovery = "/oidc/.well-known/oauth-authorization-server"
	tokenPath = "/oidc/v1/token"
	mePath    = "/api/2.0/preview/scim/v2/Me"
	sqlPath   = "/sql/1.0/warehouses/abc"
)

// town is a small internet on loopback: the host that a person named, and a thief at every other address.
type town struct {
	authority *authority
	host      *server
	thief     *server

	mu     sync.Mutex
	dialed []string
	dial   func(n int, addr string) *server // who answers the nth dial of addr; nil refuses the connection
}

func newTown(t *testing.T, handle http.Handler) *town {
	t.Helper()
	a := newAuthority(t, "Town CA")
	v := &town{authority: a}
	v.host = serve(t, handle, a.certificate(t, time.Hour, hostName))
	v.thief = serve(t, http.HandlerFunc(usual), a.certificate(t, time.Hour, thiefName, hostName))
	return v
}

// network dials the host for its name and port, and the thief for everything else.
func (v *town) network() workspace.Network {
	return workspace.Network{
		OnlyRoots: v.authority.pool(),
		Lookup:    func(context.Context, string) ([]string, error) { return []string{"127.0.0.1"}, nil },
		Dial: func(ctx context.Context, _, addr string) (net.Conn, error) {
			v.mu.Lock()
			v.dialed = append(v.dialed, addr)
			n := len(v.dialed)
			v.mu.Unlock()
			target := v.thief
			if addr == hostName+":443" {
				target = v.host
			}
			if v.dial != nil {
				target = v.dial(n, addr)
			}
			if target == nil {
				return nil, &net.OpError{Op: "dial", Net: "tcp", Err: io.ErrUnexpectedEOF}
			}
			return (&net.Dialer{}).DialContext(ctx, "tcp", target.addr)
		},
	}
}

// strangers are the addresses besides the named one that were dialed.
func (v *town) strangers() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var found []string
	for _, addr := range v.dialed {
		if addr != hostName+":443" {
			found = append(found, addr)
		}
	}
	return found
}

// server takes connections, secured or not, and keeps every byte that it can read of them.
type server struct {
	addr   string
	mu     sync.Mutex
	plain  bytes.Buffer // before and without TLS
	opened bytes.Buffer // inside TLS
	conns  int
}

func serve(t *testing.T, handle http.Handler, certificate tls.Certificate, change ...func(*tls.Config)) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{addr: listener.Addr().String()}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS10}
	for _, each := range change {
		each(config)
	}
	web := &http.Server{Handler: handle, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = web.Serve(&recorder{listener, s, config}) }()
	t.Cleanup(func() { _ = web.Close() })
	return s
}

// heard is every byte that reached the server and that it could read.
func (s *server) heard() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(bytes.Clone(s.plain.Bytes()), s.opened.Bytes()...)
}

// recorder is a listener that looks at the first byte and speaks TLS to who speaks TLS.
type recorder struct {
	net.Listener
	s      *server
	config *tls.Config
}

func (r *recorder) Accept() (net.Conn, error) {
	conn, err := r.Listener.Accept()
	if err != nil {
		return nil, err
	}
	r.s.mu.Lock()
	r.s.conns++
	r.s.mu.Unlock()
	return &recorded{Conn: conn, first: conn, config: r.config, s: r.s}, nil
}

// recorded decides at its first read, so that accepting never waits for a client.
type recorded struct {
	net.Conn
	first  net.Conn
	config *tls.Config
	s      *server
	once   sync.Once
	tls    bool
}

func (c *recorded) Read(p []byte) (int, error) {
	c.once.Do(func() {
		reader := bufio.NewReader(&tee{c.first, c.s})
		if head, err := reader.Peek(1); err == nil && head[0] == 0x16 {
			c.tls = true
			c.Conn = tls.Server(buffered{c.first, reader}, c.config)
		} else {
			c.Conn = buffered{c.first, reader}
		}
	})
	n, err := c.Conn.Read(p)
	if c.tls {
		c.s.mu.Lock()
		c.s.opened.Write(p[:n])
		c.s.mu.Unlock()
	}
	return n, err
}

func (c *recorded) Close() error { return c.first.Close() }

type tee struct {
	net.Conn
	s *server
}

func (t *tee) Read(p []byte) (int, error) {
	n, err := t.Conn.Read(p)
	t.s.mu.Lock()
	t.s.plain.Write(p[:n])
	t.s.mu.Unlock()
	return n, err
}

type buffered struct {
	net.Conn
	from *bufio.Reader
}

func (b buffered) Read(p []byte) (int, error) { return b.from.Read(p) }

// authority signs certificates.
type authority struct {
	certified *x509.Certificate
	key       *ecdsa.PrivateKey
}

func newAuthority(t *testing.T, name string) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certified, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{certified, key}
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certified)
	return pool
}

// certificate is valid from a day ago until left from now.
func (a *authority) certificate(t *testing.T, left time.Duration, names ...string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(left), DNSNames: names,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certified, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// usual is what an honest workspace answers.
func usual(w http.ResponseWriter, r *http.Request) {
	answers := map[string]string{
		discovery: `{"token_endpoint":"https://` + hostName + tokenPath + `"}`,
		tokenPath: `{"access_token":"` + access + `","token_type":"Bearer","expires_in":3600}`,
		mePath:    `{"id":"1","userName":"` + clientID + `","active":true}`,
		"/api/2.0/sql/warehouses": `{"warehouses":[{"id":"abc","state":"RUNNING","odbc_params":{"hostname":"` + thiefName + `","path":"` + sqlPath + `","port":443,"protocol":"https"},
			"jdbc_url":"jdbc:databricks://` + thiefName + `:443"}]}`,
	}
	answer, ok := answers[r.URL.Path]
	w.Header().Set("Content-Type", "application/json")
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		answer = `{"error_code":"ENDPOINT_NOT_FOUND","message":"no"}`
	}
	_, _ = io.WriteString(w, answer)
}
