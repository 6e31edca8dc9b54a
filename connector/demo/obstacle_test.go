package demo_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// TestNoScenarioLeavesTheMachine asks every scenario for what is not its own.
func TestNoScenarioLeavesTheMachine(t *testing.T) {
	for _, s := range demo.Scenarios() {
		t.Run(s.ID, func(t *testing.T) {
			w, _ := startScenario(t, s)
			for _, addr := range []string{"example.com:443", "127.0.0.1:22", "adb-1.0.azuredatabricks.net:443", w.Host() + ":80", "proxy.contoso.example:443"} {
				conn, err := w.DialContext(ctx, "tcp", addr)
				var refused *net.OpError
				if err == nil {
					_ = conn.Close()
				}
				if !errors.As(err, &refused) {
					t.Errorf("%s: %v", addr, err)
				}
			}
			gone, leave := context.WithCancel(ctx)
			leave()
			if found, err := w.LookupHost(gone, "example.com"); err == nil {
				t.Errorf("example.com resolves to %v", found)
			}
		})
	}
}

func TestTheProxyConnectsToTheWorkspaceAlone(t *testing.T) {
	w, _ := start(t, "proxy")
	for target, want := range map[string]int{w.Host() + ":443": http.StatusOK, "example.com:443": http.StatusForbidden, w.Host() + ":22": http.StatusForbidden} {
		conn, err := w.DialContext(ctx, "tcp", "proxy.contoso.example:3128")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprintf(conn, "CONNECT %[1]s HTTP/1.1\r\nHost: %[1]s\r\n\r\n", target); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: http.MethodConnect})
		if err != nil || resp.StatusCode != want {
			t.Errorf("%s is answered with %v, %v", target, resp, err)
		}
		_ = conn.Close()
	}
}

func TestASilentNetworkIsLeftAtOnce(t *testing.T) {
	w, _ := start(t, "connect-timeout")
	gone, leave := context.WithCancel(ctx)
	leave()
	if _, err := w.DialContext(gone, "tcp", w.Host()+":443"); !errors.Is(err, context.Canceled) {
		t.Errorf("left with %v", err)
	}
}
