package torture

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// traces are the forms in which a secret could stand in bytes. Case is looked past, so hex and escapes are found in either.
func traces(secret string) map[string]string {
	raw := []byte(secret)
	backwards := slices.Clone(raw)
	slices.Reverse(backwards)
	quoted, _ := json.Marshal(secret) // a string can always be encoded
	forms := map[string]string{
		"plain": secret, "its first half": secret[:len(secret)/2], "its second half": secret[len(secret)/2:], "reversed": string(backwards),
		"hex": hex.EncodeToString(raw), "hex of it reversed": hex.EncodeToString(backwards), "URL-encoded": url.QueryEscape(secret), "as a path": url.PathEscape(secret),
		"quoted": strings.Trim(fmt.Sprintf("%q", secret), `"`), "JSON": strings.Trim(string(quoted), `"`), "as bytes": strings.Trim(fmt.Sprint(raw), "[]"), "as a Go slice": strings.Trim(fmt.Sprintf("%#v", raw), "[]byte{}"),
		"Basic": base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(clientID) + ":" + url.QueryEscape(secret))),
	}
	// Base64 of a longer text depends on what stands before and after; all but the ends is the same in one of three positions.
	for before := range 3 {
		for name, encoding := range map[string]*base64.Encoding{"standard": base64.RawStdEncoding, "URL": base64.RawURLEncoding} {
			padded := encoding.EncodeToString([]byte(strings.Repeat("x", before) + secret))
			forms[fmt.Sprintf("base64 in the %s alphabet, shifted by %d", name, before)] = padded[4 : len(padded)-4]
		}
	}
	return forms
}

// sequences are those of terminals, whole ones.
var sequences = regexp.MustCompile("\x1b(\\[[0-9;:?<=>!$ ]*[@-~]|[\\]P^_][^\x07\x1b]*(\x07|\x1b\\\\)|[()][0-9A-B]|.)")

// finds gives the name of the first form of a secret that is in the bytes, or nothing. Neither sequences nor blanks and line breaks between
// its characters hide it.
func finds(in []byte, secrets ...string) string {
	squeeze := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, text)
	}
	whole := string(bytes.ToLower(in))
	stripped := strings.ToLower(string(sequences.ReplaceAll(in, nil)))
	places := []string{whole, stripped, squeeze(stripped), squeeze(strings.ToLower(ansi.Strip(string(in))))}
	for _, secret := range secrets {
		for name, form := range traces(secret) {
			form = strings.ToLower(form)
			for i, place := range places {
				if i >= 2 {
					form = squeeze(form)
				}
				if strings.Contains(place, form) {
					return name + ": " + form
				}
			}
		}
	}
	return ""
}

func TestTheSearchFindsASecretInEveryDisguise(t *testing.T) {
	const secret = "dose+Canary/7f3a9b1c5d2e4f60~8192\u00e9%"
	backwards := []byte(secret)
	slices.Reverse(backwards)
	hidden := []string{
		secret, "x" + secret + "y", url.QueryEscape(secret), strings.ToLower(url.QueryEscape(secret)), url.PathEscape(secret), string(backwards), hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret))),
		fmt.Sprintf("%q", secret), fmt.Sprint([]byte(secret)), fmt.Sprintf("%#v", []byte(secret)), fmt.Sprintf("%x", secret), "only " + secret[:len(secret)/2], secret[len(secret)/2:] + " only",
		secret[:9] + "\x1b[1;31m" + secret[9:], secret[:9] + "\x1b[12;40H" + secret[9:20] + "\x1b]8;;x\x1b\\" + secret[20:], secret[:12] + "\r\n        " + secret[12:],
	}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 6 {
			for after := range 3 {
				hidden = append(hidden, encoding.EncodeToString([]byte(strings.Repeat("i", before)+secret+strings.Repeat(":", after))))
			}
		}
	}
	for _, text := range hidden {
		if finds([]byte("before "+text+" after"), secret) == "" {
			t.Errorf("not found in %q", text)
		}
	}
	if form := finds([]byte("nothing of the kind, dose, canary"), secret); form != "" {
		t.Errorf("found %s where nothing is", form)
	}
}
