package trust

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/infile"
)

// Authorities are certificates that are trusted as authorities, once somebody says so. The zero value is none.
type Authorities struct{ certs []*x509.Certificate }

// PEM is the certificates and nothing else of the file that they came from, as they are saved.
func (a Authorities) PEM() []byte { return workspace.PEM(a.certs) }

// Certificates are what there is to tell of them.
func (a Authorities) Certificates() []Certificate { return describeAll(a.certs) }

// Text is what they are in words, for a person to look at before they are trusted.
func (a Authorities) Text() string {
	var each []string
	for _, c := range a.Certificates() {
		each = append(each, strings.Join(c.Lines(true), "\n"))
	}
	return strings.Join(each, "\n\n")
}

func (a Authorities) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	for _, cert := range a.certs {
		pool.AddCert(cert)
	}
	return pool
}

// read reads the certificates of authorities in a file, of at most 1 MiB. A file with a host's own is refused: it was taken from what a host
// shows, as anybody on the way can show it, and was compared with nothing. The error is a *connector.Error of kind ErrInput.
func read(from infile.File) (Authorities, error) {
	content, err := flatfile.Load(from, "The CA file")
	if err != nil {
		return Authorities{}, err
	}
	a, err := Parse(content)
	for _, cert := range a.certs {
		if !isAuthority(cert) {
			return Authorities{}, &connector.Error{
				Kind: connector.ErrInput, What: fmt.Sprintf("The CA file holds a certificate that is no authority's: that of %s.", called(cert.Subject)), Remedy: askForIssuer,
			}
		}
	}
	return a, err
}

const askForIssuer = "Ask whoever runs your network for the certificate of the authority that issued it."

// isAuthority reports a certificate that says that it may issue others. Those of version 1 say nothing; the old roots among them issued
// themselves.
func isAuthority(cert *x509.Certificate) bool {
	return cert.BasicConstraintsValid && cert.IsCA || cert.Version < 3 && bytes.Equal(cert.RawSubject, cert.RawIssuer)
}

// ReadPEM reads a CA file for who keeps it as text: nothing but the certificates in it, of at most 1 MiB. The error is a *connector.Error of kind
// ErrInput.
func ReadPEM(from infile.File) ([]byte, error) {
	a, err := read(from)
	if err != nil {
		return nil, err
	}
	return a.PEM(), nil
}

// Saved are the certificates that are kept as text, none where it holds none.
func Saved(pem []byte) []Certificate {
	a, err := Parse(pem)
	if err != nil {
		return nil
	}
	return a.Certificates()
}

// ReadTyped reads a CA file for a path that a person typed where no shell reads it: with quotes around it, or with ~ for their home.
func ReadTyped(path string) (Authorities, error) {
	path = strings.Trim(strings.TrimSpace(path), `"'`)
	if after, isHome := strings.CutPrefix(path, "~"); isHome && (after == "" || os.IsPathSeparator(after[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(home, after)
		}
	}
	if path == "" {
		return Authorities{}, &connector.Error{Kind: connector.ErrInput, What: "No file is named.", Remedy: "Give the path of the certificate authority's file."}
	}
	return read(infile.At(path))
}

// Parse reads certificates in PEM form, or a single one in DER form. What else stands beside them is left out, a private key above all,
// and so is a certificate that does not read as one where others do. The error is a *connector.Error of kind ErrInput.
func Parse(content []byte) (Authorities, error) {
	var a Authorities
	seen := map[Fingerprint]bool{}
	add := func(der []byte) {
		if cert, err := x509.ParseCertificate(der); err == nil && !seen[fingerprintOf(cert)] {
			seen[fingerprintOf(cert)] = true
			a.certs = append(a.certs, cert)
		}
	}
	add(content)
	for block, rest := pem.Decode(content); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" || block.Type == "TRUSTED CERTIFICATE" {
			add(block.Bytes)
		}
	}
	switch {
	case len(a.certs) > 0:
		return a, nil
	case len(bytes.TrimSpace(content)) == 0:
		return a, &connector.Error{Kind: connector.ErrInput, What: "The CA file is empty.", Remedy: workspace.ErrNoPEM.Remedy}
	case bytes.Contains(content, []byte("PRIVATE KEY-----")):
		return a, &connector.Error{Kind: connector.ErrInput, What: "The CA file holds a private key, and no certificate.", Remedy: workspace.ErrNoPEM.Remedy}
	}
	return a, workspace.ErrNoPEM
}
