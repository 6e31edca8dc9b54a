package torture

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// lure is one way in which a host, or what stands before it, could try to get the secret or the token to somewhere else.
type lure struct {
	name   string
	handle map[string]http.HandlerFunc // what the host answers instead of the usual, by path
	// arrange changes the town, and reports that not even the named host may hear a secret, because nobody knows who answers for it.
	arrange func(t *testing.T, v *town, n *workspace.Network) (untrusted bool)
	slow    bool // it holds the client up until that gives up
}

func redirect(status int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}
}

func says(status int, kind, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// elsewhere are the places that a redirect could name for a path.
func elsewhere(path string) []string {
	return []string{
		"https://" + thiefName + path, "http://" + hostName + path, "https://" + hostName + ":8443" + path, "//" + thiefName + path,
		"https://" + hostName + "." + thiefName + path, "https://" + hostName + "@" + thiefName + path, "https://" + strings.ReplaceAll(hostName, "a", "а") + path,
		"https://" + hostName + "./elsewhere", "/elsewhere", "https://127.0.0.1" + path, `https://` + hostName + `\@` + thiefName + path,
	}
}

func lures() []lure {
	all := redirects()
	all = append(all, discoveries()...)
	all = append(all, answers()...)
	all = append(all, handshakes()...)
	return append(all, proxies()...)
}

func redirects() []lure {
	var all []lure
	for _, status := range []int{300, 301, 302, 303, 307, 308} {
		for _, path := range []string{discovery, tokenPath, mePath, sqlPath} {
			for _, to := range elsewhere(path) {
				all = append(all, lure{name: fmt.Sprintf("%s redirects with %d to %s", path, status, to), handle: map[string]http.HandlerFunc{path: redirect(status, to)}})
			}
		}
	}
	return all
}

func discoveries() []lure {
	var all []lure
	for _, endpoint := range append(elsewhere(tokenPath),
		"https://user:pw@"+hostName+tokenPath, "https://evil-"+hostName+tokenPath, "ftp://"+hostName+tokenPath, "javascript:alert(1)", "https://[::1]"+tokenPath,
		"https://"+hostName+"/oidc/v1/../../elsewhere", "https://"+hostName+"/elsewhere?x=", "https://"+hostName+"%2f@"+thiefName+"/", "https://"+hostName+"#@"+thiefName+"/",
		"https://"+hostName+"?@"+thiefName+"/", "https:"+thiefName+tokenPath, "https:///"+thiefName+tokenPath, "https://"+hostName+":443@"+thiefName+tokenPath, "https://"+hostName+":0443"+tokenPath,
		"https://"+hostName+":"+tokenPath, "https://ａdb-1234567890123456.7.azuredatabricks.net"+tokenPath, "https://"+strings.ReplaceAll(hostName, ".", "。")+tokenPath,
		"\x00", "https://", "", " https://"+thiefName+tokenPath, "https://"+hostName+"\r\nHost: "+thiefName+"\r\n/", "wss://"+hostName+tokenPath, "HTTPS://"+strings.ToUpper(thiefName)+tokenPath,
	) {
		body := fmt.Sprintf(`{"token_endpoint":%s,"issuer":"https://%s","authorization_endpoint":"https://%[2]s/a","oidc_endpoint":"https://%[2]s/oidc"}`, strconv.QuoteToASCII(endpoint), thiefName)
		body = strings.NewReplacer(`\x00`, `\u0000`).Replace(body)
		all = append(all, lure{name: fmt.Sprintf("discovery names the token endpoint %q", endpoint), handle: map[string]http.HandlerFunc{discovery: says(200, "application/json", body)}})
	}
	return all
}

func answers() []lure {
	evil := "https://" + thiefName
	header := []string{
		"Location", evil, "Content-Location", evil, "Refresh", "0; url=" + evil, "Link", "<" + evil + ">; rel=preload", "Alt-Svc", `h3="` + thiefName + `:443", h2="` + thiefName + `:443"`,
		"Set-Cookie", "a=b; Domain=" + thiefName, "Strict-Transport-Security", "max-age=0", "Access-Control-Allow-Origin", "*", "Upgrade", "h2c", "Proxy-Authenticate", "Basic",
	}
	var all []lure
	for _, path := range []string{discovery, tokenPath, mePath, sqlPath} {
		for _, challenge := range []string{
			`Bearer realm="` + evil + `", authorization_uri="` + evil + `/oidc", resource_metadata="` + evil + `/.well-known/x"`, `Basic realm="x"`, `Negotiate`, `Digest realm="x", nonce="y", domain="` + evil + `"`,
		} {
			all = append(all, lure{name: path + " demands " + challenge, handle: map[string]http.HandlerFunc{path: says(401, "application/json", "{}", "WWW-Authenticate", challenge)}})
		}
		for _, status := range []int{201, 204, 305, 306, 400, 407, 421, 426, 500} {
			all = append(all, lure{name: fmt.Sprintf("%s answers %d with headers that point elsewhere", path, status), handle: map[string]http.HandlerFunc{path: says(status, "application/json", "", header...)}})
		}
		all = append(all,
			lure{name: path + " answers with a page that sends on", handle: map[string]http.HandlerFunc{path: says(200, "text/html", `<meta http-equiv="refresh" content="0; url=`+evil+`"><form action="`+evil+`">`)}},
			lure{name: path + " answers with three megabytes of headers", handle: map[string]http.HandlerFunc{path: says(200, "application/json", "{}", "X-Large", strings.Repeat("x", 3<<20))}},
			lure{name: path + " drips", handle: map[string]http.HandlerFunc{path: drip}, slow: true},
			lure{name: path + " hints at other places first", handle: map[string]http.HandlerFunc{path: func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Link", "<"+evil+"/x>; rel=preload")
				for range 4 {
					w.WriteHeader(http.StatusEarlyHints)
				}
				usual(w, r)
			}}},
		)
	}
	for _, answer := range []string{
		`{"access_token":"a\r\nHost: ` + thiefName + `\r\nX: ","token_type":"Bearer","expires_in":3600}`, `{"access_token":"` + access + `","token_type":"MAC","expires_in":-1}`,
		`{"access_token":"` + access + `","token_type":"Bearer","expires_in":99999999999999999999}`, `{"access_token":"` + access + `","token_endpoint":"` + evil + `","refresh_token":"x"}`,
		`{"access_token":"","expires_in":1}`, `{"error":"invalid_client","error_uri":"` + evil + `"}`, `access_token=` + access + `&token_type=bearer`,
	} {
		all = append(all, lure{name: "the token is " + answer, handle: map[string]http.HandlerFunc{tokenPath: says(200, "application/json", answer)}})
	}
	return all
}

// drip sends a byte now and then, for ever.
func drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	for {
		if _, err := io.WriteString(w, " "); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// handshakes are hosts that are not who they should be.
func handshakes() []lure {
	stand := func(name string, make func(t *testing.T, v *town) *server) lure {
		return lure{name: name, arrange: func(t *testing.T, v *town, _ *workspace.Network) bool {
			v.host = make(t, v)
			return true
		}}
	}
	every := http.HandlerFunc(usual)
	return []lure{
		stand("a certificate of another authority", func(t *testing.T, _ *town) *server {
			return serve(t, every, newAuthority(t, "Other CA").certificate(t, time.Hour, hostName))
		}),
		stand("a certificate for another name", func(t *testing.T, v *town) *server {
			return serve(t, every, v.authority.certificate(t, time.Hour, thiefName))
		}),
		stand("a certificate for a name above", func(t *testing.T, v *town) *server {
			return serve(t, every, v.authority.certificate(t, time.Hour, "azuredatabricks.net", "*.net", "*"))
		}),
		stand("a wildcard one level too high", func(t *testing.T, v *town) *server {
			return serve(t, every, v.authority.certificate(t, time.Hour, "*.azuredatabricks.net"))
		}),
		stand("a certificate that has ended", func(t *testing.T, v *town) *server {
			return serve(t, every, v.authority.certificate(t, -time.Hour, hostName))
		}),
		stand("a certificate without names", func(t *testing.T, v *town) *server { return serve(t, every, v.authority.certificate(t, time.Hour)) }),
		stand("TLS 1.1 at most", func(t *testing.T, v *town) *server {
			return serve(t, every, v.authority.certificate(t, time.Hour, hostName), func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11 })
		}),
		stand("a host that speaks plain HTTP", func(t *testing.T, _ *town) *server {
			return talker(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
		}),
		stand("a host that redirects in plain HTTP", func(t *testing.T, _ *town) *server {
			return talker(t, "HTTP/1.1 301 Moved\r\nLocation: http://"+hostName+"/\r\nContent-Length: 0\r\n\r\n")
		}),
		stand("a host that sends an alert", func(t *testing.T, _ *town) *server { return talker(t, "\x15\x03\x01\x00\x02\x02\x28") }),
		stand("a host that says nothing sensible", func(t *testing.T, _ *town) *server { return talker(t, strings.Repeat("\xff", 70_000)) }),
		{name: "nobody answers, but for other ports", arrange: func(_ *testing.T, v *town, _ *workspace.Network) bool {
			v.dial = func(_ int, addr string) *server {
				if addr == hostName+":443" {
					return nil
				}
				return v.thief
			}
			return true
		}},
		{name: "the name leads somewhere else after the first look", arrange: func(t *testing.T, v *town, _ *workspace.Network) bool {
			other := serve(t, http.HandlerFunc(usual), newAuthority(t, "Other CA").certificate(t, time.Hour, hostName))
			honest := v.host
			v.dial = func(n int, addr string) *server {
				if n == 1 && addr == hostName+":443" {
					return honest
				}
				return other
			}
			v.host = other
			return true
		}},
		{name: "a client certificate is asked for", arrange: func(t *testing.T, v *town, _ *workspace.Network) bool {
			v.host = serve(t, http.HandlerFunc(usual), v.authority.certificate(t, time.Hour, hostName), func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert })
			return true
		}},
	}
}

// talker answers whatever comes with these bytes, in the clear.
func talker(t *testing.T, bytes string) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{addr: listener.Addr().String()}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() {
				defer func() { _ = conn.Close() }()
				_ = conn.SetDeadline(time.Now().Add(2 * time.Second))
				_, _ = io.WriteString(conn, bytes)
				_, _ = io.Copy(io.Discard, io.LimitReader(&tee{conn, s}, 1<<16))
			})
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		group.Wait()
	})
	return s
}

// proxies stand between and may say anything; they must learn nothing but the name.
func proxies() []lure {
	through := func(name, answer string, then func(t *testing.T, v *town) *server) lure {
		return lure{name: name, arrange: func(t *testing.T, v *town, n *workspace.Network) bool {
			between := tunnel(t, answer, then(t, v))
			n.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: "proxy.example:3128"})
			v.dial = func(_ int, addr string) *server {
				if addr == "proxy.example:3128" {
					return between
				}
				return v.thief
			}
			v.host = between
			return true
		}}
	}
	impostor := func(t *testing.T, _ *town) *server {
		return serve(t, http.HandlerFunc(usual), newAuthority(t, "Proxy CA").certificate(t, time.Hour, hostName))
	}
	thief := func(t *testing.T, v *town) *server {
		return serve(t, http.HandlerFunc(usual), v.authority.certificate(t, time.Hour, thiefName))
	}
	held := func(l lure) lure {
		l.slow = true
		return l
	}
	const yes = "HTTP/1.1 200 Connection established\r\n\r\n"
	return []lure{
		through("a proxy that opens TLS itself", yes, impostor),
		through("a proxy that answers for the host", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", thief),
		through("a proxy that redirects", "HTTP/1.1 302 Found\r\nLocation: https://"+thiefName+"/\r\nContent-Length: 0\r\n\r\n", thief),
		through("a proxy that redirects and keeps the body", "HTTP/1.1 307 Temporary\r\nLocation: https://"+thiefName+"/\r\nContent-Length: 0\r\n\r\n", thief),
		through("a proxy that wants a sign-in", "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", thief),
		through("a proxy that demands the workspace's sign-in", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n", thief),
		held(through("a proxy that closes", "", thief)), // worth another try, and another

		through("a proxy that says nonsense", strings.Repeat("\x00", 4096), thief),
	}
}

// tunnel is a proxy that gives one answer and then leads to a server.
func tunnel(t *testing.T, answer string, to *server) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{addr: listener.Addr().String()}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() { lead(&tee{conn, s}, answer, to.addr) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		group.Wait()
	})
	return s
}

func lead(conn *tee, answer, to string) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	head := make([]byte, 4096)
	if _, err := conn.Read(head); err != nil {
		return
	}
	_, _ = io.WriteString(conn.Conn, answer)
	if !strings.HasPrefix(answer, "HTTP/") {
		return
	}
	onward, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer func() { _ = onward.Close() }()
	_ = onward.SetDeadline(time.Now().Add(5 * time.Second))
	go func() {
		_, _ = io.Copy(onward, conn)
		_ = onward.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(conn.Conn, onward)
}

// sample is the part of the lures that an ordinary run tries, one in so many.
const sample = 4

// patience is how long a client is given to find out that it is being held up.
const patience = 400 * time.Millisecond

func TestNoHostGetsTheSecretToAnotherPlace(t *testing.T) {
	all := lures()
	if !*full {
		all = slices.DeleteFunc(all, func(l lure) bool { return rand.IntN(sample) > 0 })
	}
	var mu sync.Mutex
	attempts, asked, heard := 0, 0, 0
	t.Run("lures", func(t *testing.T) {
		for _, l := range all {
			t.Run(l.name, func(t *testing.T) {
				t.Parallel()
				for _, method := range []connector.AuthMethod{connector.OAuth, connector.PAT} {
					v := newTown(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						mu.Lock()
						asked++
						mu.Unlock()
						if special, ok := l.handle[r.URL.Path]; ok {
							special(w, r)
							return
						}
						usual(w, r)
					}))
					network := v.network()
					untrusted := false
					if l.arrange != nil {
						untrusted = l.arrange(t, v, &network)
					}
					said := everything(t, network, method, l.slow)
					if form := finds([]byte(said), canary, access); form != "" {
						t.Errorf("%s: an error tells %q", method, form)
					}
					listeners := []*server{v.thief}
					if untrusted {
						listeners = append(listeners, v.host)
					}
					for _, s := range listeners {
						got := s.heard()
						if form := finds(got, canary, access, clientID); form != "" {
							t.Errorf("%s: %q reached a stranger", method, form)
						}
						mu.Lock()
						heard += len(got)
						mu.Unlock()
					}
					if strangers := v.strangers(); network.Proxy == nil && len(strangers) > 0 {
						t.Errorf("%s: dialed %q", method, strangers)
					}
					mu.Lock()
					attempts++
					mu.Unlock()
				}
			})
		}
	})
	t.Logf("%d lures, %d attempts, %d requests to hostile hosts, %d bytes heard by strangers", len(all), attempts, asked, heard)
	if len(all) < 40 {
		t.Errorf("only %d lures", len(all))
	}
}

// everything does all that a client does with a workspace, whatever comes back, and gives what it was told on the way.
func everything(t *testing.T, network workspace.Network, method connector.AuthMethod, slow bool) string {
	t.Helper()
	host, _, err := connector.ParseHost(hostName, nil)
	if err != nil {
		t.Fatal(err)
	}
	secret := connector.NewSecret([]byte(canary))
	w, err := workspace.Open(workspace.Config{Host: host, Network: network, Credentials: connector.Credentials{Method: method, ClientID: clientID, Secret: secret}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	session, err := query.Open(w, sqlPath)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	table, err := connector.ParseTable("a.b.c", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	allowance := 5 * time.Second
	if slow {
		allowance = patience
	}
	var said strings.Builder
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := w.Lookup(ctx); return err },
		w.Connect,
		func(ctx context.Context) error { _, err := w.Handshake(ctx); return err },
		func(ctx context.Context) error { _, err := w.Discover(ctx); return err },
		w.Knock,
		w.SignIn,
		func(ctx context.Context) error { _, err := w.Me(ctx); return err },
		func(ctx context.Context) error { _, err := w.Warehouses(ctx, ""); return err },
		func(ctx context.Context) error { return w.StartWarehouse(ctx, "abc") },
		func(ctx context.Context) error { _, err := w.Table(ctx, table); return err },
		func(ctx context.Context) error { _, err := session.Ping(ctx); return err },
	} {
		ctx, cancel := context.WithTimeout(t.Context(), allowance)
		if err := step(ctx); err != nil {
			fmt.Fprintf(&said, "%v\n%+v\n%#v\n", err, err, err)
		}
		cancel()
	}
	return said.String()
}
