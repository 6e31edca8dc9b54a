package demo

import (
	"context"
	"fmt"
	"net"
	"strings"
)

// HostName is the workspace's name on the imaginary network that the demo plays.
const HostName = "adb-" + workspaceID + ".0.azuredatabricks.net"

// publicAddress is what HostName resolves to there. Azure Databricks has addresses in this range; the demo never dials it.
const publicAddress = "20.42.4.209"

// DialContext connects to the workspace when addr is its name, or the address that LookupHost gives for it, with port 443. It refuses
// every other address with a *net.OpError, so that whatever a client tries, nothing leaves the machine.
func (w *Workspace) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	known := isHost(host) || host == publicAddress
	if !known || port != "443" || !strings.HasPrefix(network, "tcp") {
		return nil, &net.OpError{Op: "dial", Net: network, Err: fmt.Errorf("the demo refuses %s: it connects to %s:443 only", addr, HostName)}
	}
	if w.scenario.Unreachable {
		return nil, &net.OpError{Op: "dial", Net: network, Err: noSuchHost(host)}
	}
	var dialer net.Dialer
	return dialer.DialContext(ctx, "tcp", w.listener.Addr().String())
}

// LookupHost resolves the workspace's name to a public address that looks like Azure's, and no other name. The error is a *net.DNSError
// as the system's resolver would give it.
func (w *Workspace) LookupHost(ctx context.Context, host string) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if w.scenario.Unreachable || !isHost(host) {
		return nil, noSuchHost(host)
	}
	return []string{publicAddress}, nil
}

func isHost(name string) bool { return strings.EqualFold(strings.TrimSuffix(name, "."), HostName) }

func noSuchHost(host string) *net.DNSError {
	return &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}
