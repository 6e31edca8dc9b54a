package connector

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Text is a text with an alias in place of every known value in it, the longest first and without regard to case, and of what can only be
// an identifier: an e-mail, an address, a UUID, a workspace host, a long number. A known value counts as a whole although an identifier is a part of it, as
// the number in the name of a host is. Escape sequences of a terminal are passed over.
func (r *Registry) Text(text string) string {
	var b strings.Builder
	found := identifiersIn(text)
	for at := 0; at < len(text); {
		rest := text[at:]
		for len(found) > 0 && found[0].from < at {
			found = found[1:]
		}
		until, end := len(text), len(text)
		if len(found) > 0 {
			until, end = found[0].from, found[0].to
		}
		alias, used := r.at(rest)
		switch {
		case used > 0 && (at+used <= until || at+used >= end):
		case until == at:
			alias, used = func() string { return r.identifier(text[at:end]) }, end-at
		default:
			alias, used = nil, min(plainEnd(rest), until-at)
		}
		if alias == nil {
			b.WriteString(rest[:used])
		} else {
			b.WriteString(alias())
		}
		at += used
	}
	return b.String()
}

// at gives the alias of what is known of the beginning of a text, and how much of the text that is. A nil one is of what is drawn as it is.
func (r *Registry) at(text string) (alias func() string, used int) {
	if n := escape(text); n > 0 {
		return func() string { return r.identified(text[:n]) }, n
	}
	if n := wordEnd(text); n > 0 {
		return r.match(text, n)
	}
	return r.quoted(text)
}

// plainEnd is where the word ends that a text begins with, or the character that is none.
func plainEnd(text string) int {
	if n := wordEnd(text); n > 0 {
		return n
	}
	_, n := utf8.DecodeRuneInString(text)
	return n
}

// quoted is the alias of what a text that begins with a backtick or a quotation mark has up to the next one. SQL puts names between
// backticks, and sentences of ours put those of saved connections between quotation marks, so that even a short one, or a word of ours, is
// the name when it is known as one.
func (r *Registry) quoted(text string) (alias func() string, used int) {
	mark, name, used := text[:1], "", 0
	switch mark {
	case "`":
		used = strings.Index(text[1:], mark) + 2
		name = text[1:max(1, used-1)]
	case `"`:
		whole, err := strconv.QuotedPrefix(text)
		if err != nil {
			return nil, 0
		}
		used = len(whole)
		name, _ = strconv.Unquote(whole) // as it was quoted, so that it may have marks of its own
	}
	if name == "" || public(name) {
		return nil, 0
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	known := r.of(name)
	if known == nil || mark == `"` && known.kind != KindConnection {
		return nil, 0
	}
	return func() string {
		r.mu.Lock()
		defer r.mu.Unlock()
		return mark + r.alias(known) + mark
	}, used
}

// match looks for the longest known value, and for a sentence of ours that is no shorter, at the beginning of a text whose first word has n bytes. What is
// not taken after all is given no alias, so that numbers stay small.
func (r *Registry) match(text string, n int) (alias func() string, used int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	of := func(alias func(*thing) string, t *thing) func() string {
		return func() string {
			r.mu.Lock()
			defer r.mu.Unlock()
			return alias(t)
		}
	}
	ours := r.ours(text, n)
	for _, form := range r.first[strings.ToLower(text[:n])] {
		if len(form) <= ours {
			break
		}
		if used := prefixFold(text, form); used > 0 && wordEnd(text[used:]) == 0 {
			if r.plain[form] {
				return nil, used
			}
			if whole := hostEnd(text, used); r.things[form].kind == KindHost && whole > used {
				return of(func(*thing) string { return r.longerHost(text[:whole]) }, nil), whole
			}
			if t := r.cases[text[:used]]; t != nil {
				return of(r.alias, t), used
			}
			return of(func(t *thing) string { return r.aliasOf(form, t) }, r.things[form]), used
		}
	}
	if ours > 0 {
		return nil, ours
	}
	if strings.HasPrefix(text[n:], "…") && n > 3 { // a name that was cut
		if word := r.begins(strings.ToLower(text[:n])); word != "" {
			return of(r.alias, r.things[r.first[word][0]]), n
		}
	}
	return nil, 0
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
		ours := r.ours(rest, n)
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
