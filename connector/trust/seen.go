package trust

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Seen is the chain that a host showed in a handshake that was refused, because this machine does not trust who issued it. Nothing vouches
// for it. The zero value is none.
type Seen struct {
	host  connector.Host
	chain []*x509.Certificate // the host's own first
}

// NewSeen notes what a host showed.
func NewSeen(host connector.Host, chain []*x509.Certificate) Seen { return Seen{host, chain} }

// IsZero reports whether nothing was seen.
func (s Seen) IsZero() bool { return len(s.chain) == 0 }

// Certificates are what there is to tell of the chain, the host's own first.
func (s Seen) Certificates() []Certificate { return describeAll(s.chain) }

// PEM is the chain, for whoever runs the network to look at.
func (s Seen) PEM() []byte { return workspace.PEM(s.chain) }

// Issuer is who issued the certificate of the host.
func (s Seen) Issuer() connector.Remote {
	if s.IsZero() {
		return connector.Remote{}
	}
	return called(s.chain[0].Issuer)
}

// Text is the whole chain in words, for a person to look at.
func (s Seen) Text() string {
	var b strings.Builder
	for i, c := range s.Certificates() {
		role := "An authority that it names"
		if i == 0 {
			role = "The certificate of " + s.host.Typed()
		}
		b.WriteString(role + "\n  " + strings.Join(c.Lines(false), "\n  ") + "\n\n")
	}
	return b.String() + "Nothing vouches for these. Save them for " + string(s.Whom()) + ", who can tell whether they are right; the whole " +
		"fingerprint is asked of them, so it is not shown here."
}

// Authorities are what there is to trust of what was seen, once somebody vouches for it.
func (s Seen) Authorities() Authorities { return Authorities{s.candidates()} }

// candidates are the certificates of the chain that may be trusted: the authorities, since the host's own is replaced too often to be
// trusted by itself. Where the host shows nothing but its own, that is all there is.
func (s Seen) candidates() []*x509.Certificate {
	if len(s.chain) > 1 {
		return s.chain[1:]
	}
	return s.chain
}

// Compare gives the certificate of the chain that has a fingerprint, which a person got from somebody who knows. Only the whole fingerprint
// counts: a part can be met by a certificate that is made for it. The error is a *connector.Error of kind ErrInput, or what is wrong with the
// chain although its issuer is known.
func (s Seen) Compare(typed string) (Authorities, error) {
	wanted, err := parseFingerprint(typed)
	if err != nil {
		return Authorities{}, err
	}
	for _, cert := range s.candidates() {
		if fingerprintOf(cert) == wanted {
			a := Authorities{certs: []*x509.Certificate{cert}}
			return a, s.Held(a)
		}
	}
	if !s.IsZero() && len(s.chain) > 1 && fingerprintOf(s.chain[0]) == wanted {
		return Authorities{}, &connector.Error{
			Kind: connector.ErrInput, What: "This is the fingerprint of the host's own certificate, which is replaced too often to be trusted by itself.",
			Remedy: "Ask for the fingerprint of the authority that issued it.",
		}
	}
	return Authorities{}, &connector.Error{
		Kind: connector.ErrInput, What: "No certificate that was seen has this fingerprint, so nothing is trusted.",
		Remedy: "Have " + string(s.Whom()) + " look at what was seen. Where theirs is a root that was not shown, give its file.",
	}
}

// Given is Held for what a file held. A host's own certificate there is refused, also where it calls itself an authority: it is what was seen,
// and nothing vouches for it.
func (s Seen) Given(a Authorities) error {
	if !s.IsZero() && slices.ContainsFunc(a.certs, s.chain[0].Equal) {
		return &connector.Error{
			Kind: connector.ErrInput, What: "The file holds the host's own certificate as it was seen, which nothing vouches for.", Remedy: askForIssuer,
		}
	}
	return s.Held(a)
}

// Held is nil where the chain holds once the authorities are trusted. It is a *connector.Error of kind ErrInput where they did not issue it,
// and otherwise the error of a handshake: for another name, not valid now.
func (s Seen) Held(a Authorities) error {
	if s.IsZero() {
		return nil
	}
	between := x509.NewCertPool()
	for _, cert := range s.chain[1:] {
		between.AddCert(cert)
	}
	_, err := s.chain[0].Verify(x509.VerifyOptions{DNSName: s.host.Name(), Roots: a.pool(), Intermediates: between})
	var unknown x509.UnknownAuthorityError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &unknown):
		return &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("These certificates did not issue the one that was seen, which is from %s.", s.Issuer()),
			Remedy: "Ask " + string(s.Whom()) + " for the certificate of that authority.",
		}
	}
	return fmt.Errorf("hold the chain against the authorities: %w", &tls.CertificateVerificationError{UnverifiedCertificates: s.chain, Err: err})
}
