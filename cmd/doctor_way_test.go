package cmd

import (
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/check"
)

// portal is a network that answers every request with its own page, under a certificate that the machine was told to trust.
func portal(t *testing.T) (addr, ca string) {
	t.Helper()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!doctype html><title>Welcome</title><form>Accept the terms</form>")
	}))
	t.Cleanup(server.Close)
	ca = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return server.Listener.Addr().String(), ca
}

// guarded is a proxy that wants a sign-in.
func guarded(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Proxy-Authenticate", `Basic realm="office"`)
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// inspecting is a proxy behind which the certificates of this address are shown for every host.
func inspecting(t *testing.T, addr string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		inner, err := net.Dial("tcp", addr)
		if err != nil {
			t.Error(err)
			return
		}
		defer inner.Close()
		outer, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer outer.Close()
		_, _ = io.WriteString(outer, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(inner, outer) }()
		_, _ = io.Copy(outer, inner)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// Six things can be wrong on the way that look alike from a program: each has a sentence of its own.
func TestDoctorTellsSixFaultsOfTheWayApart(t *testing.T) {
	w := embedded(t)
	portalAddr, portalCA := portal(t)
	sentences := map[string]string{}
	for _, story := range []struct {
		name string
		args []string
		env  [2]string
		code int
		says string
	}{
		{"a network that replaces certificates", []string{w.Host()}, [2]string{"HTTPS_PROXY", inspecting(t, w.Addr())}, check.ExitTLS, "Your network replaces certificates (issuer "},
		{"a host with an authority of its own", []string{w.Addr(), "--allow-host", w.Addr()}, [2]string{}, check.ExitTLS, "Its owner may have an authority of its own"},
		{"a proxy that wants a sign-in", []string{"adb-1234567890123456.7.azuredatabricks.net"}, [2]string{"HTTPS_PROXY", guarded(t)}, check.ExitNetwork, "Your proxy wants a sign-in of its own."},
		{"a captive portal", []string{portalAddr, "--allow-host", portalAddr, "--ca-file", portalCA}, [2]string{}, check.ExitNotWorkspace, "A web page came back"},
		{"a host that does not exist", []string{"nowhere.invalid", "--allow-host", "nowhere.invalid"}, [2]string{}, check.ExitNetwork, "The host name does not resolve to an address."},
		{"the account console", []string{"https://accounts.azuredatabricks.net/login"}, [2]string{}, check.ExitNotWorkspace, "This is the account console, not a workspace."},
	} {
		t.Run(story.name, func(t *testing.T) {
			if story.env[0] != "" {
				t.Setenv(story.env[0], story.env[1])
			}
			o := run(t, append([]string{"doctor"}, story.args...)...)
			o.wants(t, story.code)
			_, finding, _ := strings.Cut(o.out, "\n\n")
			lines := strings.Split(strings.TrimSpace(finding), "\n")
			advised := story.name == "a host that does not exist" // and it may be a proxy that is missing
			if last := len(lines) - 1; advised != (lines[last] == noProxy) {
				t.Errorf("whether a proxy is spoken of:\n%s", o.out)
			} else if advised {
				lines = lines[:last]
			}
			if len(lines) != 3 || !strings.HasPrefix(lines[0], string(check.Unreachable)) || !strings.Contains(lines[1], story.says) || !strings.HasPrefix(lines[2], "Next: ") {
				t.Fatalf("it says\n%s", o.out)
			}
			if other, taken := sentences[lines[1]]; taken {
				t.Errorf("the same sentence as for %s: %s", other, lines[1])
			}
			sentences[lines[1]] = story.name
		})
	}
	if len(sentences) != 6 {
		t.Error(fmt.Sprint("sentences: ", sentences))
	}
}
