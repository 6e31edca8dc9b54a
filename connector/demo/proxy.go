package demo

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/draftt-io/draftt-databricks/contain"
)

// throughProxy is a connection to the proxy of the imaginary network. It takes one CONNECT, answers it with the status, and with 200
// carries bytes to the workspace and back. One that asks for a sign-in takes any user name with any password.
func (w *Workspace) throughProxy(status int) net.Conn {
	client, proxy := net.Pipe()
	contain.Go("serving the proxy", func() { w.serveProxy(proxy, status) })
	return client
}

func (w *Workspace) serveProxy(conn net.Conn, status int) {
	defer func() { _ = conn.Close() }()
	words := bufio.NewReader(conn)
	request, err := http.ReadRequest(words)
	if err != nil {
		return
	}
	if host, port, err := net.SplitHostPort(request.Host); request.Method != http.MethodConnect || err != nil || !isHere(host) || port != "443" {
		status = http.StatusForbidden
	}
	if status == http.StatusProxyAuthRequired && signsIn(request.Header.Get("Proxy-Authorization")) {
		status = http.StatusOK
	}
	ask := ""
	if status == http.StatusProxyAuthRequired {
		ask = "Proxy-Authenticate: Basic realm=\"contoso\"\r\n"
	}
	if status != http.StatusOK {
		ask += "Content-Length: 0\r\n"
	}
	if _, err := fmt.Fprintf(conn, "HTTP/1.1 %d %s\r\n%s\r\n", status, http.StatusText(status), ask); err != nil || status != http.StatusOK {
		return
	}
	server, err := w.dialServer(context.Background())
	if err != nil {
		return
	}
	contain.Go("carrying bytes", func() {
		_, _ = io.Copy(server, words)
		_ = server.Close()
	})
	_, _ = io.Copy(conn, server)
}

// signsIn reports whether a Proxy-Authorization header has a user name and a password.
func signsIn(header string) bool {
	user, password, given := (&http.Request{Header: http.Header{"Authorization": {header}}}).BasicAuth()
	return given && user != "" && password != ""
}
