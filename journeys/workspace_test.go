package journeys

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// Workspace is the embedded workspace as another process sees it: behind a proxy on a loopback port that opens tunnels to the
// workspace's name alone, and refuses and remembers every other host. So the program runs as it would against Azure, and a journey
// proves that it goes nowhere else.
type Workspace struct {
	*demo.Workspace
	CAFile string
	proxy  net.Listener

	mu      sync.Mutex
	refused []string
}

// NewWorkspace starts the workspace of a scenario and makes home reach it.
func NewWorkspace(t *testing.T, home *Home, scenario string) *Workspace {
	t.Helper()
	found, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := demo.Start(t.Context(), found, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &Workspace{Workspace: inner, CAFile: filepath.Join(home.Dir, "ca.pem")}
	if err := os.WriteFile(w.CAFile, w.CAPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	if w.proxy, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	go w.serveTunnels()
	t.Cleanup(func() {
		_ = w.proxy.Close()
		_ = inner.Close()
		w.mu.Lock()
		defer w.mu.Unlock()
		if len(w.refused) > 0 {
			t.Errorf("the program wanted to reach %s", strings.Join(slices.Compact(w.refused), ", "))
		}
	})
	home.Set("HTTPS_PROXY", "http://"+w.proxy.Addr().String())
	return w
}

// Setup are the arguments of setup with everything filled in but the secret.
func (w *Workspace) Setup() []string {
	return []string{"setup", "--host", w.Host(), "--client-id", string(w.Connector().ClientID), "--ca-file", w.CAFile}
}

func (w *Workspace) serveTunnels() {
	for {
		conn, err := w.proxy.Accept()
		if err != nil {
			return
		}
		go w.tunnel(conn)
	}
}

func (w *Workspace) tunnel(client net.Conn) {
	defer func() { _ = client.Close() }()
	reader := bufio.NewReader(client)
	request, err := http.ReadRequest(reader)
	if err != nil {
		return
	}
	if request.Method != http.MethodConnect || request.Host != demo.HostName+":443" {
		w.mu.Lock()
		w.refused = append(w.refused, request.Method+" "+request.Host)
		w.mu.Unlock()
		_, _ = fmt.Fprint(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
		return
	}
	server, err := net.Dial("tcp", w.Addr())
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	_, _ = fmt.Fprint(client, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() {
		_, _ = io.Copy(server, reader)
		_ = server.Close()
	}()
	_, _ = io.Copy(client, server)
}
