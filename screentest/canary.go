package screentest

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// Canary looks for a secret in any disguise.
type Canary map[string]string // the form's name, and the text to look for

// NewCanary knows a secret in every disguise that programs give it: halved, quoted, escaped, as hex, as bytes, and in base64.
func NewCanary(secret []byte) Canary {
	plain := string(secret)
	c := Canary{
		"plain": plain, "half of it": plain[:len(plain)/2], "the other half": plain[len(plain)/2:],
		"as hex": hex.EncodeToString(secret), "quoted": strings.Trim(fmt.Sprintf("%q", plain), `"`), "URL-encoded": url.QueryEscape(plain), "as bytes": strings.Trim(fmt.Sprint(secret), "[]"),
	}
	for shift := range 3 { // base64 of a text looks different after one or two other bytes
		encoded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), secret...))
		middle := encoded[4 : len(encoded)-4]
		c[fmt.Sprintf("as base64, shifted by %d", shift)] = middle
		c[fmt.Sprintf("as URL base64, shifted by %d", shift)] = strings.NewReplacer("+", "-", "/", "_").Replace(middle)
	}
	return c
}

// In tells in which form a text carries the secret. Breaks, blanks and colours between its characters do not hide it.
func (c Canary) In(text string) (form string, found bool) {
	text = ansi.Strip(text)
	squeezed := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	for form, secret := range c {
		if strings.Contains(text, secret) || strings.Contains(squeezed, strings.ReplaceAll(secret, " ", "")) {
			return form, true
		}
	}
	return "", false
}

// MustNotBeIn fails the test when a text carries the secret. where names the text.
func (c Canary) MustNotBeIn(t testing.TB, where, text string) {
	t.Helper()
	if form, found := c.In(text); found {
		t.Errorf("%s carries the secret, %s:\n%s", where, form, text)
	}
}
