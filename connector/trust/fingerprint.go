package trust

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Fingerprint is the SHA-256 digest of a certificate, by which people tell each other over another way which one they mean.
type Fingerprint [sha256.Size]byte

func fingerprintOf(cert *x509.Certificate) Fingerprint { return sha256.Sum256(cert.Raw) }

// String is the fingerprint as openssl and browsers print it: pairs of hex digits with colons between.
func (f Fingerprint) String() string { return pairs(f[:]) }

// half is where a fingerprint is broken that is too long for a line.
const half = sha256.Size / 2

// shownBytes are enough to recognise a certificate by, and too few to type as its fingerprint.
const shownBytes = 8

// beginning is the first 16 digits. A certificate that nobody vouches for is shown with no more than these: what is typed to trust it is
// the whole fingerprint, which so cannot have been copied from the screen.
func (f Fingerprint) beginning() string { return pairs(f[:shownBytes]) }

func pairs(digest []byte) string {
	text := make([]string, len(digest))
	for i, b := range digest {
		text[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(text, ":")
}

// otherDigests are fingerprints of other kinds by their number of digits. Certificates can be forged to have these.
var otherDigests = map[int]string{32: "MD5", 40: "SHA-1"}

const askForWhole = "Ask for the SHA-256 fingerprint, all 64 digits of it."

// parseFingerprint reads a SHA-256 fingerprint in any form that tools print: with colons, blanks or hyphens between, in either case, behind
// its name and an equals sign. The error is a *connector.Error of kind ErrInput.
func parseFingerprint(text string) (Fingerprint, error) {
	digits := hexDigits(text)
	bytes, err := hex.DecodeString(digits)
	switch {
	case digits == "":
		return Fingerprint{}, &connector.Error{Kind: connector.ErrInput, What: "No fingerprint was given.", Remedy: askForWhole}
	case strings.ContainsFunc(digits, notHex):
		return Fingerprint{}, &connector.Error{Kind: connector.ErrInput, What: "This does not read as a fingerprint: it has more than the digits 0 to 9 and A to F.", Remedy: askForWhole}
	case len(digits) == 2*sha256.Size && err == nil:
		return Fingerprint(bytes), nil
	}
	what := fmt.Sprintf("This has %d digits, and a SHA-256 fingerprint has 64.", len(digits))
	if kind := otherDigests[len(digits)]; kind != "" {
		what += fmt.Sprintf(" With so few it may be of another kind, %s, which can be forged.", kind)
	}
	return Fingerprint{}, &connector.Error{Kind: connector.ErrInput, What: what, Remedy: askForWhole}
}

// hexDigits leaves out what stands around and between the digits.
func hexDigits(text string) string {
	if _, after, named := strings.Cut(text, "="); named { // "sha256 Fingerprint=AB:CD:…"
		text = after
	}
	text = strings.ToLower(strings.TrimSpace(text))
	for _, name := range []string{"sha-256", "sha256"} {
		text = strings.TrimPrefix(text, name)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Pd) || r == ':' || r == '.' || r == '"' {
			return -1
		}
		return r
	}, text)
}

func notHex(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) }
