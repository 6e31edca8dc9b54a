package redact

import (
	"strings"
	"unicode"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// form is how a kind of secret looks, wherever it stands. The first group of the pattern, or else all of it, is the secret.
type form struct {
	pattern pattern.Pattern
	anchor  string                    // in lower case, in every text that the pattern finds something in
	likely  func(string, rigour) bool // looks at what was found; nil is always
}

// tail is what else may belong to a secret: half of one must not be left.
const tail = `[0-9A-Za-z_~+/=%-]*`

// forms begin with those of Databricks. Tails that are not hexadecimal are those of test workspaces and of releases not seen yet; they
// must be opaque, since a schema may well be called dose_history.
var forms = []form{
	{pattern.New(`(?i)dapi[0-9a-f]{10,}` + tail), "dapi", nil},
	{pattern.New(`(?i)dose[0-9a-f]{10,}` + tail), "dose", nil},
	{pattern.New(`(?i)(?:^|[^a-z0-9])(dapi-?[0-9a-z]{8,}(?:-\d{1,3})?)`), "dapi", opaqueTail},
	{pattern.New(`(?i)(?:^|[^a-z0-9])(dose-?[0-9a-z]{8,}(?:-\d{1,3})?)`), "dose", opaqueTail},
	{pattern.New(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?`), "eyj", nil},
	{pattern.New(`(?:^|[^A-Za-z0-9_.~-])([A-Za-z0-9_.~-]{3}\dQ~[A-Za-z0-9_.~-]{20,40})`), "q~", nil},
	{pattern.New(`(?i)AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{16,}`), "age-secret-key-", nil},
	{pattern.New(`(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)`), "private key-----", nil},
	{pattern.New(`gh[pousr]_[A-Za-z0-9]{30,}`), "gh", nil},
	{pattern.New(`github_pat_[A-Za-z0-9_]{30,}`), "github_pat_", nil},
	{pattern.New(`(?i)(?:^|[^a-z0-9])bearer\s+([a-z0-9+/_.~-]{8,}=*)`), "bearer", credential},
	{pattern.New(`(?i)(?:^|[^a-z0-9])basic\s+([a-z0-9+/_.~-]{8,}=*)`), "basic", credential},
	{pattern.New(`(?i)(?:^|[^a-z0-9])(dkea[0-9a-f]{10,}` + tail + `)`), "dkea", nil},
	{pattern.New(`(?i)(?:^|[^a-z0-9])(dsapi[0-9a-f]{10,}` + tail + `)`), "dsapi", nil},
}

// prefixLength is that of dapi and of dose.
const prefixLength = 4

// opaqueTail looks at what follows the prefix. Eight hexadecimal digits are half of a secret, or one that is still being typed.
func opaqueTail(secret string, _ rigour) bool {
	tail := strings.TrimPrefix(secret[prefixLength:], "-")
	digits := count(tail, unicode.IsDigit)
	if strings.Trim(strings.ToLower(tail), "0123456789abcdef-") == "" {
		return digits >= 2
	}
	return len(tail) >= 16 && (digits >= 4 || count(tail[1:], unicode.IsUpper) >= 2)
}

// ofSchemes are words that a message says after the name of a scheme, and that nobody has for a token.
var ofSchemes = pattern.New(`(?i)^(?:auth[a-z]*|credentials?|challenges?|permissions?|header|scheme)[.,:]*$`)

// credential looks at what follows the name of a scheme of HTTP: one that is no word, with digits among its letters. In a text of strangers
// that is repeated, a word is a credential as well.
func credential(text string, how rigour) bool {
	return how == quoting && !ofSchemes().MatchString(text) || count(text, unicode.IsDigit) >= 2 && count(text, unicode.IsLetter) >= 2
}

func count(text string, of func(rune) bool) (n int) {
	for _, r := range text {
		if of(r) {
			n++
		}
	}
	return n
}
