package connector

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// stretch is a part of a text.
type stretch struct{ from, to int }

// identifiersIn are what can only be an identifier in a text, in order. Nothing inside a sequence that colours is one, and its last letter belongs to no
// word behind it.
func identifiersIn(text string) (found []stretch) {
	if !mayIdentify(text) {
		return nil
	}
	within := func(from, to int) {
		for _, at := range identifiers().FindAllStringIndex(text[from:to], -1) {
			if at[0] < at[1] {
				found = append(found, stretch{from + at[0], from + at[1]})
			}
		}
	}
	at := 0
	for _, s := range colours().FindAllStringIndex(text, -1) {
		within(at, s[0])
		at = s[1]
	}
	within(at, len(text))
	return found
}

// identified is a text in which an alias stands for each of them, and nothing else is replaced.
func (r *Registry) identified(text string) string {
	var b strings.Builder
	at := 0
	for _, s := range identifiersIn(text) {
		b.WriteString(text[at:s.from])
		b.WriteString(r.identifier(text[s.from:s.to]))
		at = s.to
	}
	return b.String() + text[at:]
}

var colours = pattern.New(`\x1b\[[0-9;:?]*[ -/]*[@-~]`)

// identifiers are values that are told by their form alone, a second net below the registry. What was typed or pasted
// behind a host belongs to it.
var identifiers = pattern.New(`(?i)[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}` +
	`|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b` +
	`|\b[a-z0-9][a-z0-9.-]*\.(azuredatabricks\.net|databricks\.azure\.(us|cn)|cloud\.databricks\.(com|us)|gcp\.databricks\.com)([a-z0-9.-]*[a-z0-9])?\b` +
	`|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b` +
	`|\b[0-9a-f]{2}(:[0-9a-f]{2}){8,}\b` +
	`|\[?[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}\b\]?` +
	`|\b(dose|dapi)[0-9a-f]{8,}\b` +
	`|\b\d{12,}\b`)

// mayIdentify reports whether a text has what one of the identifiers takes at least. Most of a screen has not, and looking for all their
// forms costs more than everything else.
func mayIdentify(text string) bool {
	var digits, dashes, dots, colons int
	for i := range len(text) {
		switch c := text[i]; {
		case c == '@':
			return true
		case '0' <= c && c <= '9':
			digits++
		case c == '-':
			dashes++
		case c == '.':
			dots++
		case c == ':':
			colons++
		case c|0x20 == 'd' && (hasPrefixFold(text[i:], "databricks") || hasPrefixFold(text[i:], "dose") || hasPrefixFold(text[i:], "dapi")):
			return true
		}
	}
	return dashes >= 4 || colons >= 3 || digits >= 12 || digits >= 4 && dots >= 3
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// fingerprint is what is shown of a certificate's, whose beginning is eight pairs: two more than an address of a network card has.
var fingerprint = pattern.New(`^(?:[0-9A-F]{2}:){7,}[0-9A-F]{2}$`)

func (r *Registry) identifier(text string) string {
	if public(text) || fingerprint().MatchString(text) || r.isPlain(text) {
		return text
	}
	return r.Alias(identifierKind(text), text)
}

// identifierKind is what a value is that is told by its form.
func identifierKind(text string) Kind {
	switch lower := strings.ToLower(text); {
	case strings.Contains(text, "@"):
		return KindUser
	case strings.HasSuffix(lower, ".net") || strings.Contains(lower, "databricks."):
		return KindHost
	case strings.Contains(text, ":") || strings.Count(text, ".") == 3:
		return KindAddress
	}
	return KindID
}
