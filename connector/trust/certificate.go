package trust

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Certificate is what there is to tell of one. Names are those that it gives itself.
type Certificate struct {
	Subject     connector.Remote
	Issuer      connector.Remote
	From, Until time.Time
	Fingerprint Fingerprint
}

func describe(cert *x509.Certificate) Certificate {
	return Certificate{
		Subject: called(cert.Subject), Issuer: called(cert.Issuer), From: cert.NotBefore, Until: cert.NotAfter,
		Fingerprint: fingerprintOf(cert),
	}
}

func describeAll(certs []*x509.Certificate) []Certificate {
	all := make([]Certificate, len(certs))
	for i, cert := range certs {
		all[i] = describe(cert)
	}
	return all
}

// called is a name in full: the common name, and the organisation where that says more. It is noted for share mode.
func called(name pkix.Name) connector.Remote {
	text := name.CommonName
	if len(name.Organization) > 0 && name.Organization[0] != "" && name.Organization[0] != text {
		connector.Known().NoteText(name.Organization[0])
		text = strings.TrimPrefix(text+", "+name.Organization[0], ", ")
	}
	if name.CommonName != "" {
		connector.Known().NoteText(name.CommonName)
	}
	if text == "" {
		text = "a name that says nothing"
	}
	return connector.FromRemote(text)
}

const day = "2006-01-02"

// valid says for how long it is, in days of this machine's time zone.
func (c Certificate) valid() string {
	return fmt.Sprintf("%s to %s", c.From.Local().Format(day), c.Until.Local().Format(day))
}

// Line is the certificate in one line: who it is, until when, and the beginning of its fingerprint.
func (c Certificate) Line() string {
	return fmt.Sprintf("%s, until %s, SHA-256 %s…", c.Subject, c.Until.Local().Format(day), c.Fingerprint.beginning())
}

// mostNamed is how many certificates are named one by one; a bundle of a whole system has more than a hundred.
const mostNamed = 4

// Named are certificates in a line each, and how many more there are.
func Named(all []Certificate) []string {
	var lines []string
	for i, c := range all {
		if i == mostNamed {
			return append(lines, fmt.Sprintf("and %d more", len(all)-i))
		}
		lines = append(lines, c.Line())
	}
	return lines
}

// Lines are the certificate in full, a label before each line. whole shows all of its fingerprint, for one that whoever looks vouches for.
func (c Certificate) Lines(whole bool) []string {
	lines := []string{
		"Subject  " + c.Subject.String(),
		"Issuer   " + c.Issuer.String(),
		"Valid    " + c.valid(),
	}
	if !whole {
		return append(lines, "SHA-256  begins "+c.Fingerprint.beginning())
	}
	return append(lines, "SHA-256  "+pairs(c.Fingerprint[:half]), "         "+pairs(c.Fingerprint[half:]))
}
