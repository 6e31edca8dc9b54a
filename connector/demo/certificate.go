package demo

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"time"
)

// certificateLife is how long the server's certificate is valid: about what a public one has left.
const certificateLife = 212 * 24 * time.Hour

// issuer is a certificate authority for one run alone. Its key is forgotten when the certificates are made, so nobody can make another
// certificate that the pool trusts.
type issuer struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(now time.Time, name, organization string) (issuer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return issuer{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name, Organization: []string{organization}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certificateLife + time.Hour),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return issuer{}, err
	}
	certificate, err := x509.ParseCertificate(der)
	return issuer{certificate, key}, err
}

// issuers are the certificate authorities of a workspace: its own, and that of whoever replaces certificates on the way, empty where nobody
// does.
type issuers struct{ own, network issuer }

// newIssuers makes the certificate authorities that the obstacle asks for.
func newIssuers(now time.Time, between Obstacle) (made issuers, err error) {
	if made.own, err = newAuthority(now, "Draftt demo CA", "Draftt demo"); err == nil && between == CertificateReplaced {
		made.network, err = newAuthority(now, "Contoso TLS Inspection CA", "Contoso IT")
	}
	if err != nil {
		return issuers{}, fmt.Errorf("make the workspace's certificate authority: %w", err)
	}
	return made, nil
}

// shown are the certificates that the servers of a workspace show.
type shown struct{ server, account, storage tls.Certificate }

// certificates makes the server certificate that the obstacle leaves: one from the workspace's own authority for the names that the server
// answers to, or one that no client should take. Those of the account and of the storage are always sound.
func (i issuers) certificates(now time.Time, between Obstacle) (shown, error) {
	fail := func(err error) (shown, error) {
		return shown{}, fmt.Errorf("make the workspace's certificate: %w", err)
	}
	signer, chain := i.own, [][]byte(nil)
	if i.network.certificate != nil {
		signer, chain = i.network, [][]byte{i.network.certificate.Raw}
	}
	var made shown
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fail(err)
	}
	if made.account, err = i.own.issue(leafFor(now, 3, AccountHostName), key); err != nil {
		return fail(err)
	}
	if made.storage, err = i.own.issue(leafFor(now, 4, StorageHostName), key); err != nil {
		return fail(err)
	}
	template := leaf(now, between)
	if between == CertificateSelfMade {
		signer = issuer{template, key}
	}
	if made.server, err = signer.issue(template, key); err != nil {
		return fail(err)
	}
	made.server.Certificate = append(made.server.Certificate, chain...)
	return made, nil
}

// issue makes a server's certificate.
func (i issuer) issue(template *x509.Certificate, key *ecdsa.PrivateKey) (tls.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, i.certificate, key.Public(), i.key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// leafFor is what the certificate of another server than the workspace's says of itself, whatever stands before the workspace.
func leafFor(now time.Time, serial int64, name string) *x509.Certificate {
	template := leaf(now, "")
	template.SerialNumber, template.Subject.CommonName = big.NewInt(serial), name
	template.DNSNames = []string{name, "localhost"}
	return template
}

// leaf is what the server's certificate says of itself.
func leaf(now time.Time, between Obstacle) *x509.Certificate {
	const day = 24 * time.Hour
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: HostName},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certificateLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{HostName, "localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	switch between {
	case CertificateExpired:
		template.NotBefore, template.NotAfter = now.Add(-400*day), now.Add(-3*day)
	case CertificateTooEarly:
		template.NotBefore = now.Add(2 * day)
	case CertificateOfAnother:
		template.Subject.CommonName, template.DNSNames, template.IPAddresses = "portal.contoso.example", []string{"portal.contoso.example"}, nil
	}
	return template
}
