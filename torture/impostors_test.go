package torture

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

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

		held(through("a proxy that says nonsense", strings.Repeat("\x00", 4096), thief)),
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
