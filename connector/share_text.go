package connector

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Text is a text with an alias in place of every known value in it, the longest first and without regard to case, and of what can only be
// an identifier: an e-mail, an address, a UUID, a workspace host, a long number. Escape sequences of a terminal are passed over.
func (r *Registry) Text(text string) string {
	if mayIdentify(text) {
		text = r.identified(text)
	}
	var b strings.Builder
	for at := 0; at < len(text); {
		rest := text[at:]
		if n := escape(rest); n > 0 {
			b.WriteString(rest[:n])
			at += n
			continue
		}
		n := wordEnd(rest)
		if n == 0 {
			if alias, used := r.quoted(rest); used > 0 {
				b.WriteString(alias)
				at += used
				continue
			}
			_, n = utf8.DecodeRuneInString(rest)
			b.WriteString(rest[:n])
			at += n
			continue
		}
		if alias, used := r.match(rest, n); used > 0 {
			b.WriteString(alias)
			at += used
			continue
		}
		b.WriteString(rest[:n])
		at += n
	}
	return b.String()
}

// quoted is the alias of what a text that begins with a backtick or a quotation mark has up to the next one. SQL puts names between
// backticks, and sentences of ours put those of saved connections between quotation marks, so that even a short one, or a word of ours, is
// the name when it is known as one.
func (r *Registry) quoted(text string) (alias string, used int) {
	mark, name, used := text[:1], "", 0
	switch mark {
	case "`":
		used = strings.Index(text[1:], mark) + 2
		name = text[1:max(1, used-1)]
	case `"`:
		whole, err := strconv.QuotedPrefix(text)
		if err != nil {
			return "", 0
		}
		used = len(whole)
		name, _ = strconv.Unquote(whole) // as it was quoted, so that it may have marks of its own
	}
	if name == "" || public(name) {
		return "", 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	known := r.of(name)
	if known == nil || mark == `"` && known.kind != KindConnection {
		return "", 0
	}
	return mark + r.alias(known) + mark, used
}

// match looks for the longest known value, and for a sentence of ours that is no shorter, at the beginning of a text whose first word has n bytes.
func (r *Registry) match(text string, n int) (alias string, used int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ours := r.sentence(text, n)
	for _, form := range r.first[strings.ToLower(text[:n])] {
		if len(form) <= ours {
			break
		}
		if used := prefixFold(text, form); used > 0 && wordEnd(text[used:]) == 0 {
			if r.plain[form] {
				return text[:used], used
			}
			if whole := hostEnd(text, used); r.things[form].kind == KindHost && whole > used {
				return r.longerHost(text[:whole]), whole
			}
			if t := r.cases[text[:used]]; t != nil {
				return r.alias(t), used
			}
			return r.aliasOf(form, r.things[form]), used
		}
	}
	if ours > 0 {
		return text[:ours], ours
	}
	if strings.HasPrefix(text[n:], "…") && n > 3 { // a name that was cut
		if word := r.begins(strings.ToLower(text[:n])); word != "" {
			return r.alias(r.things[r.first[word][0]]), n
		}
	}
	return "", 0
}

// hostEnd is where a host name ends of which used bytes are known: somebody may have typed it as far as that.
func hostEnd(text string, used int) int {
	end := used
	for end < len(text) && text[end] == '.' {
		n := wordEnd(strings.ReplaceAll(text[end+1:min(len(text), end+1+longestLabel)], "-", "_"))
		if n == 0 {
			break
		}
		end += 1 + n
	}
	return end
}

// longestLabel is the most characters that a label of a host name has.
const longestLabel = 63

// longerHost is the alias of a host of which only the beginning was known. The caller holds the lock.
func (r *Registry) longerHost(whole string) string {
	if public(whole) {
		return whole
	}
	t := r.things[strings.ToLower(whole)]
	if t == nil {
		t = &thing{kind: KindHost}
		r.things[strings.ToLower(whole)] = t
	}
	return r.alias(t)
}

// prefixFold is how many bytes of text spell form, which is in lower case; 0 when it begins otherwise.
func prefixFold(text, form string) int {
	at := 0
	for _, want := range form {
		got, size := utf8.DecodeRuneInString(text[at:])
		if size == 0 || unicode.ToLower(got) != want {
			return 0
		}
		at += size
	}
	return at
}

// wordEnd is the length of the word that a text begins with, in bytes.
func wordEnd(text string) int {
	for i, r := range text {
		if !inWord(r) {
			return i
		}
	}
	return len(text)
}

func inWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// core is a value without what is not a letter or digit around it, as brackets and quotes.
func core(value string) string {
	return strings.TrimFunc(value, func(r rune) bool { return !inWord(r) })
}

// escape is the length of the terminal's escape sequence that a text begins with, 0 when it begins with none.
func escape(text string) int {
	if !strings.HasPrefix(text, "\x1b") {
		return 0
	}
	return len(sequence().FindString(text))
}

var sequence = pattern.New(`^\x1b(\[[0-9;:?]*[ -/]*[@-~]|[\]_P^X][^\x1b\x07]*(\x1b\\|\x07)|.?)`)

// identified looks between the escape sequences: nothing inside them is a value, and their last letter belongs to no word behind them.
func (r *Registry) identified(text string) string {
	var b strings.Builder
	at := 0
	for _, s := range colours().FindAllStringIndex(text, -1) {
		b.WriteString(identifiers().ReplaceAllStringFunc(text[at:s[0]], r.identifier))
		b.WriteString(text[s[0]:s[1]])
		at = s[1]
	}
	b.WriteString(identifiers().ReplaceAllStringFunc(text[at:], r.identifier))
	return b.String()
}

var colours = pattern.New(`\x1b\[[0-9;:?]*[ -/]*[@-~]`)

// identifiers are values that are told by their form alone, a second net below the registry.
var identifiers = pattern.New(`(?i)[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}` +
	`|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b` +
	`|\b[a-z0-9][a-z0-9.-]*\.(azuredatabricks\.net|databricks\.azure\.(us|cn)|cloud\.databricks\.(com|us)|gcp\.databricks\.com)\b` +
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

// Find gives a known value that stands in a text, or an empty text when none does. It is how a file proves that it holds none.
func (r *Registry) Find(text string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for at := 0; at < len(text); {
		rest := text[at:]
		n := wordEnd(rest)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(rest)
			at += n
			continue
		}
		ours := r.sentence(rest, n)
		for _, form := range r.first[strings.ToLower(rest[:n])] {
			if len(form) <= ours {
				break
			}
			if used := prefixFold(rest, form); used > 0 && wordEnd(rest[used:]) == 0 {
				return form
			}
		}
		at += max(n, ours)
	}
	return ""
}
