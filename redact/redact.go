package redact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
)

// Mask stands for a secret.
const Mask = "••••••"

// span is where a secret stands in a text, in bytes.
type span struct {
	from, to int
	placed   bool // by its place rather than by its form
}

// rigour is how readily something is taken for a secret.
type rigour int

// lenient is for what the program itself says. In an input, which is strict, a word behind "password:" is a password; quoting is for a
// piece of a text that strangers wrote and that is repeated, where nothing is lost with a word too many.
const (
	lenient rigour = iota
	strict
	quoting
)

// Text is a text as it may be shown or kept: with Mask in place of every secret in it. A text without one is given as it is, at once.
func Text(text string) string {
	spans, read := find(text, lenient)
	if len(spans) == 0 {
		return text
	}
	return masked(read, spans)
}

// Holds reports whether an input has a secret in it.
func Holds(input string) bool {
	spans, _ := find(input, strict)
	return len(spans) > 0
}

// Found is what an input holds that it should not.
type Found struct {
	Secret string // the first, the longest where several begin there
	Rest   string // the input with Mask in place of every secret
}

// Find looks for secrets in an input, more strictly than Text does, and has Text know them from then on wherever they turn up. It reports
// false where there is none.
func Find(input string) (Found, bool) {
	spans, read := find(input, strict)
	if len(spans) == 0 {
		return Found{}, false
	}
	for _, s := range spans {
		if s.placed { // a form is seen again anyway
			know(read[s.from:s.to])
		}
	}
	first := spans[0]
	return Found{Secret: read[first.from:first.to], Rest: masked(read, spans)}, true
}

func masked(text string, spans []span) string {
	var out strings.Builder
	at := 0
	for _, s := range spans {
		out.WriteString(text[at:s.from] + Mask)
		at = s.to
	}
	return out.String() + text[at:]
}

// find gives the secrets of a text in their order, none overlapping, and the text that they were found in: the text itself, or what a
// person sees of it where invisible characters tear a secret apart.
func find(text string, how rigour) ([]span, string) {
	spans := search(text, how)
	if ascii(text) {
		return spans, text
	}
	if strings.Map(seen, text) == text {
		return spans, text
	}
	visible, from := sight(text)
	shown := make([]span, len(spans)) // the same spans, where they are in what is seen
	for i, s := range spans {
		shown[i].placed = s.placed
		shown[i].from, _ = slices.BinarySearch(from, s.from)
		shown[i].to, _ = slices.BinarySearch(from, s.to)
	}
	all := joined(append(search(visible, how), shown...))
	if slices.EqualFunc(all, shown, func(a, b span) bool { return a.from == b.from && a.to == b.to }) {
		return spans, text
	}
	return all, visible
}

func ascii(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// seen is what a person sees of a letter: hyphens of a text program are plain ones, and the long s and the sign for kelvin are the letters
// that a pattern takes them for whatever their case.
func seen(r rune) rune {
	switch {
	case letters.Hyphen(r):
		return '-'
	case r == '\u017f':
		return 's'
	case r == '\u212a':
		return 'K'
	}
	return letters.Seen(r)
}

// lowered is a text in lower case in as many bytes: a letter that changes its length stays as it is.
func lowered(text string) string {
	if ascii(text) {
		return strings.ToLower(text)
	}
	lower := []byte(text)
	for at, r := range text {
		if low := unicode.ToLower(r); low != r && utf8.RuneLen(low) == utf8.RuneLen(r) {
			utf8.EncodeRune(lower[at:], low)
		}
	}
	return string(lower)
}

// beforeValue is how many bytes before a value tell whether it is one.
const beforeValue = 400

func search(text string, how rigour) (spans []span) {
	if len(text) < shortest {
		return nil
	}
	lower := lowered(text)
	for _, f := range forms {
		if !strings.Contains(lower, f.anchor) {
			continue
		}
		spans = append(spans, matches(f.pattern().FindAllStringSubmatchIndex(text, -1), func(s span) bool {
			return f.likely == nil || f.likely(text[s.from:s.to], how)
		})...)
	}
	for _, p := range places {
		if !p.mayBe(lower) {
			continue
		}
		found := matches(p.pattern().FindAllStringSubmatchIndex(text, -1), func(s span) bool {
			return p.likely(text[s.from:s.to], how) && !endpoint(text[max(0, s.from-beforeValue):s.from], text[s.from:s.to])
		})
		for i := range found {
			found[i].placed = true
		}
		spans = append(spans, found...)
	}
	return joined(append(spans, known(lower)...))
}

// matches are the spans of what a pattern found: of its first group that took part, or of all of it.
func matches(found [][]int, likely func(span) bool) (spans []span) {
	for _, at := range found {
		s := span{from: at[0], to: at[1]}
		for group := 2; group < len(at); group += 2 {
			if at[group] >= 0 {
				s = span{from: at[group], to: at[group+1]}
				break
			}
		}
		if s.to > s.from && likely(s) {
			spans = append(spans, s)
		}
	}
	return spans
}

// joined puts spans in order, and makes one of those that overlap.
func joined(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var out []span
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.from < out[last].to {
			out[last].to, out[last].placed = max(out[last].to, s.to), out[last].placed && s.placed
			continue
		}
		out = append(out, s)
	}
	return out
}
