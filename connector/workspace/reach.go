package workspace

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Certificate is what the workspace showed in the TLS handshake. Chain is every certificate it showed, its own first.
type Certificate struct {
	Issuer   connector.Remote
	NotAfter time.Time
	Version  string // "TLS 1.3"
	Chain    []*x509.Certificate
	Extra    bool // trusted through Network.ExtraCAs alone, not by this machine
	Alone    bool // trusted itself, and through no authority
}

// Shown are the certificates of a handshake that err says were refused, the host's own first, or nil. Nothing vouches for them.
func Shown(err error) []*x509.Certificate {
	var refused *tls.CertificateVerificationError
	if errors.As(err, &refused) {
		return refused.UnverifiedCertificates
	}
	return nil
}

// ErrNoPEM says of a file of certificate authorities that it has none.
var ErrNoPEM = &connector.Error{
	Kind: connector.ErrInput, What: "The CA file holds no PEM certificate.",
	Remedy: "Give a file with -----BEGIN CERTIFICATE----- blocks, as whoever runs the authority hands out.",
}

// PEM writes certificates one after the other, as --ca-file reads them and as whoever runs the network can look at them.
func PEM(chain []*x509.Certificate) []byte {
	var out []byte
	for _, cert := range chain {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})...)
	}
	return out
}

// Issuer names who issued a certificate in short, for a line of evidence: the organisation where it has one, else the common name. Package trust
// names in full what a person is to compare. The name is noted in the registry of the process: the certificates of a refused handshake come in
// an error, past any workspace.
func Issuer(cert *x509.Certificate) connector.Remote {
	name := cert.Issuer
	text := name.CommonName
	if len(name.Organization) > 0 && name.Organization[0] != "" {
		text = name.Organization[0]
	}
	connector.Known().NoteText(text)
	return connector.FromRemote(text)
}

// Lookup resolves the host's name, or the proxy's when there is one, since then the proxy resolves the host.
func (w *Workspace) Lookup(ctx context.Context) ([]netip.Addr, error) {
	name := w.host.Name()
	proxy, err := w.Via()
	if err != nil {
		return nil, err
	}
	if proxy != nil {
		name = proxy.Hostname()
	}
	if addr, err := netip.ParseAddr(name); err == nil {
		return []netip.Addr{addr}, nil
	}
	found, err := w.net.Lookup(ctx, name)
	if err != nil && proxy != nil {
		return nil, &ProxyError{Proxy: withoutPassword(proxy), Fault: proxyFault(err), Err: w.told(err)}
	}
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", name, w.told(err))
	}
	addrs := make([]netip.Addr, 0, len(found))
	for _, text := range found {
		if addr, err := netip.ParseAddr(text); err == nil {
			addrs = append(addrs, addr)
		}
	}
	return addrs, nil
}

// Connect opens a connection to the host, through the proxy when there is one, and closes it.
func (w *Workspace) Connect(ctx context.Context) error {
	conn, err := w.dial(ctx)
	if err != nil {
		return w.told(err)
	}
	return conn.Close()
}

// Handshake opens a TLS connection with the same trust as every request and tells what the workspace showed.
func (w *Workspace) Handshake(ctx context.Context) (Certificate, error) {
	conn, err := w.dial(ctx)
	if err != nil {
		return Certificate{}, w.told(err)
	}
	defer func() { _ = conn.Close() }()
	secured := tls.Client(conn, w.tls.Clone())
	if err := secured.HandshakeContext(ctx); err != nil {
		return Certificate{}, fmt.Errorf("TLS: %w", w.told(err))
	}
	state := secured.ConnectionState()
	leaf := state.PeerCertificates[0]
	return Certificate{
		Issuer: Issuer(leaf), NotAfter: leaf.NotAfter, Version: tls.VersionName(state.Version), Chain: state.PeerCertificates,
		Extra: len(w.net.ExtraCAs) > 0 && !w.trustedByMachine(state.PeerCertificates),
		Alone: slices.ContainsFunc(state.VerifiedChains, func(chain []*x509.Certificate) bool { return len(chain) == 1 }),
	}, nil
}

// trustedByMachine reports whether a chain holds without the extra authorities.
func (w *Workspace) trustedByMachine(chain []*x509.Certificate) bool {
	between := x509.NewCertPool()
	for _, cert := range chain[1:] {
		between.AddCert(cert)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{DNSName: w.host.Name(), Intermediates: between, Roots: w.net.OnlyRoots})
	return err == nil
}

func (w *Workspace) dial(ctx context.Context) (net.Conn, error) {
	proxy, err := w.proxy()
	if err != nil {
		return nil, err
	}
	if proxy == nil {
		conn, err := w.net.Dial(ctx, "tcp", w.host.Addr())
		if err != nil {
			return nil, fmt.Errorf("connect to %s: %w", w.host.Addr(), err)
		}
		return conn, nil
	}
	return w.dialThrough(ctx, proxy)
}
