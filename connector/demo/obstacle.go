package demo

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"

	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/sockets"
)

// Obstacle is what stands between the connector and the workspace, below HTTP; the empty one is none. The demo plays all of it inside this
// process.
type Obstacle string

// The obstacles: of the name, of the connection, of a proxy, of the certificate, and of TLS.
const (
	NoAddress      Obstacle = "the name has no DNS record"
	SilentResolver Obstacle = "the resolver does not answer"
	NobodyListens  Obstacle = "the connection is refused"
	Silence        Obstacle = "packets vanish"

	ProxyOpen        Obstacle = "a proxy that lets everything through"
	ProxyRefuses     Obstacle = "a proxy that refuses the host"
	ProxyAsksSignIn  Obstacle = "a proxy that asks for a sign-in"
	ProxyDown        Obstacle = "a proxy that nobody listens on"
	ProxyWithoutName Obstacle = "a proxy whose name has no DNS record"

	CertificateReplaced  Obstacle = "the network replaces the certificate by one of its own authority"
	CertificateSelfMade  Obstacle = "the certificate is signed by itself"
	CertificateExpired   Obstacle = "the certificate has expired"
	CertificateTooEarly  Obstacle = "the certificate is not valid yet"
	CertificateOfAnother Obstacle = "the certificate is for another name"

	OldTLS      Obstacle = "nothing newer than TLS 1.0 is spoken"
	WeakCiphers Obstacle = "only ciphers that are broken are offered"
	RevokedTLS  Obstacle = "the handshake ends with the alert of a revoked certificate"
	PlainHTTP   Obstacle = "plain HTTP is spoken on the port of TLS"
	CutTLS      Obstacle = "the connection is closed in the handshake"
)

// proxyAnswers are the obstacles that are a proxy, and what it answers to CONNECT; 0 is one that is not reached.
var proxyAnswers = map[Obstacle]int{
	ProxyOpen: http.StatusOK, ProxyRefuses: http.StatusForbidden, ProxyAsksSignIn: http.StatusProxyAuthRequired, ProxyDown: 0, ProxyWithoutName: 0,
}

func (o Obstacle) isProxy() bool {
	_, is := proxyAnswers[o]
	return is
}

// proxyHost is the proxy's name on the imaginary network.
const proxyHost = "proxy.contoso.example"

var proxyURL = url.URL{Scheme: "http", Host: proxyHost + ":3128"}

// proxyAddress is what proxyHost resolves to. The demo never dials it.
const proxyAddress = "10.20.0.9"

// proxyFor is the proxy setting of the imaginary network, nil where the way is direct.
func (o Obstacle) proxyFor() func(*http.Request) (*url.URL, error) {
	if !o.isProxy() {
		return nil
	}
	return func(*http.Request) (*url.URL, error) {
		proxy := proxyURL
		return &proxy, nil
	}
}

// look is what stands in the way of resolving a name.
func (o Obstacle) look(ctx context.Context, host string) error {
	switch {
	case o == NoAddress && isHost(host), o == ProxyWithoutName:
		return noSuchHost(host)
	case o == SilentResolver:
		<-ctx.Done()
		return &net.DNSError{Err: "i/o timeout", Name: host, IsTimeout: true}
	}
	return nil
}

// dial is what stands in the way of a connection.
func (o Obstacle) dial(ctx context.Context, host string) error {
	switch o {
	case NoAddress, SilentResolver, ProxyWithoutName:
		return o.look(ctx, host)
	case NobodyListens, ProxyDown:
		return sockets.ErrRefused
	case Silence:
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

// rc4 is what a server offers that was never renewed; no client of today takes it.
const rc4 = tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA

// revoked is a TLS record with the fatal alert certificate_revoked.
const revoked = "\x15\x03\x03\x00\x02\x02\x2c"

// listen wraps the server's listener in the TLS that the obstacle leaves.
func (o Obstacle) listen(l net.Listener, certificate tls.Certificate) net.Listener {
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}
	switch o {
	case PlainHTTP:
		return l
	case CutTLS:
		return &blunt{Listener: l}
	case RevokedTLS:
		return &blunt{Listener: l, say: revoked}
	case OldTLS:
		config.MinVersion, config.MaxVersion = tls.VersionTLS10, tls.VersionTLS10 //nolint:gosec // the obstacle is that it is old
	case WeakCiphers:
		config.MaxVersion, config.CipherSuites = tls.VersionTLS12, []uint16{rc4} //nolint:gosec // the obstacle is that it is weak
	}
	return tls.NewListener(l, config)
}

// blunt answers the first words of every connection with say, closes it, and hands none on.
type blunt struct {
	net.Listener
	say string
}

// Accept returns only when the listener is closed.
func (b *blunt) Accept() (net.Conn, error) {
	for {
		conn, err := b.Listener.Accept()
		if err != nil {
			return nil, fmt.Errorf("accept: %w", err)
		}
		contain.Go("standing in the way", func() {
			_, _ = conn.Read(make([]byte, 4096)) // what is left unread would make the close a reset
			_, _ = conn.Write([]byte(b.say))
			_ = conn.Close()
		})
	}
}
