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

// DialContext connects to the workspace, its account or its storage when addr is the name of one, or the address that LookupHost gives for
// it, with port 443, or to the scenario's proxy. It refuses every other address with a *net.OpError, so that whatever a client tries, nothing
// leaves the machine.
func (w *Workspace) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	fail := func(err error) (net.Conn, error) { return nil, &net.OpError{Op: "dial", Net: network, Err: err} }
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fail(err)
	}
	between := w.scenario.Between
	toProxy := between.isProxy() && (host == proxyHost || host == proxyAddress) && port == proxyURL.Port()
	if !strings.HasPrefix(network, "tcp") || !toProxy && (!isHere(host) && !isAccount(host) && !isStorage(host) || port != "443") {
		if w.scenario.Host != "" && strings.EqualFold(host, w.scenario.Host) {
			return fail(noSuchHost(host))
		}
		return fail(fmt.Errorf("the demo refuses %s: it connects to its own hosts only, such as %s:443", addr, HostName))
	}
	if err := between.dial(ctx, host); err != nil {
		return fail(err)
	}
	if err := w.Make(); err != nil {
		return fail(err)
	}
	if toProxy {
		return w.throughProxy(proxyAnswers[between]), nil
	}
	var dialer net.Dialer
	if isAccount(host) {
		return dialer.DialContext(ctx, "tcp", w.AccountAddr())
	}
	if isStorage(host) {
		return dialer.DialContext(ctx, "tcp", w.StorageAddr())
	}
	return w.dialServer(ctx)
}

func (w *Workspace) dialServer(ctx context.Context) (net.Conn, error) {
	var dialer net.Dialer
	return dialer.DialContext(ctx, "tcp", w.Addr())
}

// LookupHost resolves the names of the workspace, its account and its storage to public addresses that look like Azure's, the scenario's proxy
// to a private one, and no other name. The error is a *net.DNSError as the system's resolver would give it, or that of a ctx that has ended
// before.
func (w *Workspace) LookupHost(ctx context.Context, host string) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	between := w.scenario.Between
	if err := between.look(ctx, host); err != nil {
		return nil, err
	}
	switch {
	case isHost(host):
		return []string{publicAddress}, nil
	case isAccountHost(host):
		return []string{accountAddress}, nil
	case isStorage(host):
		return []string{storageAddress}, nil
	case between.isProxy() && host == proxyHost:
		return []string{proxyAddress}, nil
	}
	return nil, noSuchHost(host)
}

// isHere reports whether a name or an address is the workspace's.
func isHere(host string) bool { return isHost(host) || host == publicAddress }

// isAccount reports whether a name or an address is the account's.
func isAccount(host string) bool { return isAccountHost(host) || host == accountAddress }

func isHost(name string) bool { return strings.EqualFold(strings.TrimSuffix(name, "."), HostName) }

func noSuchHost(host string) *net.DNSError {
	return &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}
