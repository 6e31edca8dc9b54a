package torture

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The driver for SQL speaks plain http to a host called localhost. A tunnel to a workspace ends there, and what goes through it is a token.
func TestATunnelThatEndsAtLocalhostIsSpokenToByHTTPSToTheLastRow(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	_, port, err := net.SplitHostPort(m.served.Host)
	if err != nil {
		t.Fatal(err)
	}
	m.served.Host = net.JoinHostPort("localhost", port)
	m.save("tunnelled")
	out, err := m.command("test", "tunnelled", "--key-file", m.keyFile()).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "S16 Rows: passed") {
		t.Errorf("%v\n%s", err, out)
	}
}

// What answers at the end of the tunnel without TLS is told nothing, and is said to be that.
func TestPlainHTTPAtTheEndOfATunnelIsRefusedByName(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	asked := make(chan *http.Request, 16)
	plain := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- r }))
	defer plain.Close()
	_, port, err := net.SplitHostPort(plain.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	m.served.Host = net.JoinHostPort("localhost", port)
	file := filepath.Join(m.dir, "answers.yaml")
	answers := fmt.Sprintf("host: %s\nclient_id: %s\nwarehouse: Starter Warehouse\ncatalog: inventory\nschema: assets\ntables: [components]\n", m.served.Host, m.served.ClientID)
	if err := os.WriteFile(file, []byte(answers), 0o600); err != nil {
		t.Fatal(err)
	}
	set := m.command("setup", "--answers", file, "--allow-host", m.served.Host, "--secret-stdin", "--key-file", m.keyFile())
	set.Stdin = strings.NewReader(m.served.ClientSecret + "\n")
	for _, run := range []struct {
		face string
		out  func() ([]byte, error)
	}{{"doctor", m.command("doctor", m.served.Host, "--allow-host", m.served.Host).CombinedOutput}, {"setup", set.CombinedOutput}} {
		out, err := run.out()
		if text := strings.Join(strings.Fields(string(out)), " "); err == nil || !strings.Contains(text, "Something without TLS answers where a workspace speaks https.") {
			t.Errorf("%s: %v\n%s", run.face, err, out)
		}
	}
	if len(asked) > 0 {
		t.Errorf("%s was asked without TLS", (<-asked).URL)
	}
}
