package redact

import (
	"strings"
	"unicode"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// place is where a secret stands whatever it looks like. The first group that is not empty is the secret.
type place struct {
	pattern pattern.Pattern
	anchors []string // in lower case; a text without any of them has none of these
	sign    byte     // stands within reach of an anchor; zero where the anchor says it all
	likely  func(secret string, how rigour) bool
}

// ofEndpoint is an operation and an address that ends in the word token, as Go prints them before the error of a request: what follows is a
// word of that error. A value between quotes is none.
var (
	ofEndpoint = pattern.New(`\b(?:Get|Head|Post|Put|Patch|Delete) \\?"https?://[^\s"']{1,300}/token\\?": $`)
	ofAnError  = pattern.New(`^(?:[A-Za-z]{2,16}|x509):?$`)
)

// endpoint reports that a value stands behind the address of a token endpoint, whose last word is the name of nothing.
func endpoint(before, value string) bool {
	return strings.HasSuffix(before, `": `) && ofAnError().MatchString(value) && ofEndpoint().MatchString(before)
}

// named is a name that a secret is given under, as a setting, a key of a file, a part of a JDBC URL or a header has it.
const named = `(?i)(?:^|[^a-z0-9])[a-z0-9_.-]{0,40}?(?:pwd|passwd|password|passphrase|secret|token|api[_ -]?key|access[_ -]?key|clientsecret|accesstoken|[?&;]sig)(?:[_ -]?value)?\\?["'” ]?`

// value is what follows: quoted, or up to what ends a value in any of these notations.
const value = `(?:\\?"([^"\\\r\n]+)|'([^'\r\n]+)|“([^”\r\n]+)|([^\s;,&"'“<>{}()\[\]]+))`

var names = []string{"pwd", "passwd", "password", "passphrase", "secret", "token", "key", "sig"}

var places = []place{
	{pattern.New(named + `\s{0,3}(?:=>|=)\s{0,3}` + value), names, '=', assigned},
	{pattern.New(named + `\s{0,3}:\s{0,3}` + value), names, ':', told},
	// user:password@, the password up to the last @ of the word: people leave an @ or a slash in it unescaped. A scheme may be missing, and
	// JSON may escape the slashes.
	{pattern.New(`(?i)(?:[a-z][a-z0-9+.-]*:(?:\\?/){0,2}|(?:\\?/){2})[^\s/:@"'<>]*:([^\s"'<>]+)@`), []string{"@"}, 0, notPort},
	{pattern.New(`(?i)(?:^|[\s"'=(<])[a-z0-9_.+-]+:([^\s@/"'<>]+)@[a-z0-9-]+\.[a-z0-9]`), []string{"@"}, 0, notPort},
}

// reach is how far behind a name its sign may stand: what named and the blanks before the sign have room for.
const reach = len("_value\\”") + 3 + 1

// mayBe reports whether a text has an anchor of this place with its sign. The pattern is slow, and every frame that is drawn has the word
// secret in it.
func (p place) mayBe(lower string) bool {
	for _, anchor := range p.anchors {
		for rest := lower; ; {
			_, behind, found := strings.Cut(rest, anchor)
			if !found {
				break
			}
			if p.sign == 0 || strings.IndexByte(behind[:min(reach, len(behind))], p.sign) >= 0 {
				return true
			}
			rest = behind
		}
	}
	return false
}

// notSecret are values that stand in templates and on screens in place of a secret.
var notSecret = pattern.New(`^(?:[<{$%].*|[•●*·.…x-]+|(?i:true|false|null|none|yes|no|your[-_].*))$`)

func assigned(secret string, _ rigour) bool {
	return !notSecret().MatchString(secret) && !strings.HasPrefix(secret, "/") && !strings.HasPrefix(secret, "~/")
}

// ofHost is what follows the user information of an address.
var ofHost = pattern.New(`@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:[/?#].*)?$`)

// told looks at what follows a colon, where a sentence also has a word: "the token: expired". The user information of an address is left
// to its own place.
func told(secret string, how rigour) bool {
	if !assigned(secret, how) || ofHost().MatchString(secret) {
		return false
	}
	secret = strings.TrimRight(secret, ".,;:!?")
	return how >= strict || len(secret) >= 6 && count(secret, unicode.IsDigit) >= 1 && count(secret, unicode.IsLetter) >= 1
}

// notPort tells a password from the port of an address whose path has an @.
func notPort(secret string, _ rigour) bool {
	port, _, path := strings.Cut(secret, "/")
	return !notSecret().MatchString(secret) && !(path && port != "" && count(port, unicode.IsDigit) == len(port))
}
