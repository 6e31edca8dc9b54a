package trust

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/infile"
)

const hostName = "lab.contoso.example"

// signer is an authority, or with its own certificate a host.
type signer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// issue makes a certificate that by has signed, or that signs itself where by is nil.
func issue(t testing.TB, by *signer, name string, until time.Duration) *signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name, Organization: []string{"Contoso"}}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-100 * time.Hour), NotAfter: time.Now().Add(until), BasicConstraintsValid: true, IsCA: name != hostName && by == nil,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	made := &signer{template, key}
	if by == nil {
		by = made
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.cert, key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	if made.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return made
}

func seenAt(t testing.TB, chain ...*signer) Seen {
	t.Helper()
	allow, err := connector.AllowList(nil).Allow(hostName)
	if err != nil {
		t.Fatal(err)
	}
	host, _, err := connector.ParseHost(hostName, allow)
	if err != nil {
		t.Fatal(err)
	}
	var certs []*x509.Certificate
	for _, c := range chain {
		certs = append(certs, c.cert)
	}
	return NewSeen(host, certs)
}

// TestOnlyTheWholeFingerprintIsCompared in every form that tools print it in.
func TestOnlyTheWholeFingerprintIsCompared(t *testing.T) {
	ca := issue(t, nil, "Contoso Root", time.Hour)
	seen := seenAt(t, issue(t, ca, hostName, time.Hour), ca)
	print := fingerprintOf(ca.cert).String()
	bare := strings.ReplaceAll(print, ":", "")
	for _, typed := range []string{
		print, strings.ToLower(print), bare, strings.ReplaceAll(print, ":", " "), "sha256 Fingerprint=" + print, "SHA-256: " + print, " " + print[:48] + "\n" + print[48:],
		strings.ReplaceAll(print, ":", "-"), "\u200e" + bare,
	} {
		if a, err := seen.Compare(typed); err != nil || len(a.certs) != 1 || !a.certs[0].Equal(ca.cert) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"", print[:23], bare[:32], bare[:40], bare[:63], bare + "0", strings.Repeat("0", 64), "g" + bare[1:], fingerprintOf(seen.chain[0]).String()} {
		a, err := seen.Compare(typed)
		if _, remedy := connector.Words(err); !errors.Is(err, connector.ErrInput) || remedy == "" || len(a.certs) > 0 {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// TestWhatIsTrustedHoldsForTheNameAndTheTime: a fingerprint that is right does not make another name or an expired certificate right.
func TestWhatIsTrustedHoldsForTheNameAndTheTime(t *testing.T) {
	ca := issue(t, nil, "Contoso Root", time.Hour)
	for story, leaf := range map[string]*signer{"another name": issue(t, ca, "portal.contoso.example", time.Hour), "expired": issue(t, ca, hostName, -time.Hour)} {
		_, err := seenAt(t, leaf, ca).Compare(fingerprintOf(ca.cert).String())
		if err == nil || errors.Is(err, connector.ErrInput) {
			t.Errorf("%s: %v", story, err)
		}
	}
	if _, err := seenAt(t, issue(t, ca, hostName, time.Hour)).Compare(strings.Repeat("0", 64)); err == nil {
		t.Error("anything is trusted where the host shows its own certificate alone")
	}
	other := Authorities{certs: []*x509.Certificate{issue(t, nil, "Another Root", time.Hour).cert}}
	if err := seenAt(t, issue(t, ca, hostName, time.Hour), ca).Held(other); !errors.Is(err, connector.ErrInput) {
		t.Errorf("an authority that did not issue it: %v", err)
	}
}

// TestWhoeverCanTellIsTheSameInEverySentence: the owner of a host that was allowed by name, and the network for every other.
func TestWhoeverCanTellIsTheSameInEverySentence(t *testing.T) {
	databricks, _, err := connector.ParseHost("adb-7405605741000000.0.azuredatabricks.net", nil)
	if err != nil {
		t.Fatal(err)
	}
	ca := issue(t, nil, "Contoso Root", time.Hour)
	foreign := seenAt(t, issue(t, ca, hostName, time.Hour), ca)
	for _, c := range []struct {
		seen       Seen
		ask, other connector.Whom
	}{{foreign, connector.HostsOwner, connector.NetworkTeam}, {NewSeen(databricks, foreign.chain), connector.NetworkTeam, connector.HostsOwner}, {Seen{}, connector.NetworkTeam, connector.HostsOwner}} {
		said := []string{c.seen.Text(), c.seen.LookFirst(), c.seen.Tells()}
		_, err := c.seen.Compare(strings.Repeat("0", 64))
		_, remedy := connector.Words(err)
		for _, text := range append(said, remedy) {
			if !strings.Contains(text, string(c.ask)) || strings.Contains(text, string(c.other)) {
				t.Errorf("%s is not who is asked: %s", c.ask, text)
			}
		}
	}
}

// TestAFileGivesItsCertificatesAndNothingElse: never a key that stands beside them, and nothing twice.
func TestAFileGivesItsCertificatesAndNothingElse(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	ca, other := issue(t, nil, "Contoso Root", time.Hour), issue(t, nil, "Another Root", time.Hour)
	block := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	one := block("CERTIFICATE", ca.cert.Raw)
	content := "Contoso\r\n" + one + block("PRIVATE KEY", []byte("canary")) + one + block("CERTIFICATE", []byte("odd")) + block("CERTIFICATE", other.cert.Raw)
	path := filepath.Join(os.Getenv("HOME"), "ca.pem")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{path, "  '" + path + "' ", "~/ca.pem"} {
		a, err := ReadTyped(typed)
		if err != nil || string(a.PEM()) != one+block("CERTIFICATE", other.cert.Raw) {
			t.Errorf("%s: %v\n%s", typed, err, a.PEM())
		}
	}
	if a, err := Parse(ca.cert.Raw); err != nil || string(a.PEM()) != one {
		t.Errorf("in DER form: %v", err)
	}
	for _, typed := range []string{"", "~", path + ".none", filepath.Dir(path)} {
		if _, err := ReadTyped(typed); !errors.Is(err, connector.ErrInput) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// TestACertificateOfAHostIsNoAuthority, whether it stands alone, beside its authority, or calls itself one.
func TestACertificateOfAHostIsNoAuthority(t *testing.T) {
	ca := issue(t, nil, "Contoso Root", time.Hour)
	leaf, own := issue(t, ca, hostName, time.Hour), issue(t, nil, hostName, time.Hour)
	for story, seen := range map[string]Seen{"alone": seenAt(t, leaf), "with its authority": seenAt(t, leaf, ca), "issued by itself": seenAt(t, own)} {
		path := filepath.Join(t.TempDir(), "seen.pem")
		if err := os.WriteFile(path, seen.PEM(), 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := read(infile.At(path))
		if !errors.Is(err, connector.ErrInput) || !strings.Contains(err.Error(), "no authority's: that of "+hostName) || len(a.PEM()) > 0 {
			t.Errorf("%s: %v\n%s", story, err, a.PEM())
		}
	}
	itself := Authorities{certs: []*x509.Certificate{ca.cert}}
	if err := seenAt(t, ca).Given(itself); err == nil || !strings.Contains(err.Error(), "as it was seen") {
		t.Errorf("a host that calls itself an authority: %v", err)
	}
	if err := seenAt(t, leaf, ca).Given(itself); err != nil {
		t.Errorf("an authority: %v", err)
	}
}

// FuzzParse has anything in a file.
func FuzzParse(f *testing.F) {
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		a, err := Parse(content)
		if (err == nil) != (len(a.certs) > 0) {
			t.Errorf("%d certificates, %v", len(a.certs), err)
		}
		_ = a.Text()
	})
}

// FuzzParseFingerprint reads again what it has read.
func FuzzParseFingerprint(f *testing.F) {
	f.Add("sha256 Fingerprint=AB:CD")
	f.Fuzz(func(t *testing.T, text string) {
		print, err := parseFingerprint(text)
		if err != nil {
			return
		}
		if again, err := parseFingerprint(print.String()); err != nil || again != print {
			t.Errorf("%q: %v, %v", text, again, err)
		}
	})
}
