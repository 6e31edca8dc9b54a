package unity

import (
	"regexp"
	"strings"
)

// Pattern is a pattern of LIKE, in any case. The zero Pattern matches everything.
type Pattern struct{ compiled *regexp.Regexp }

// Like reads a pattern in which % stands for any text, _ for one character, and a backslash takes the meaning from the next. An empty
// one matches everything.
func Like(text string) Pattern {
	if text == "" {
		return Pattern{}
	}
	var b strings.Builder
	b.WriteString(`(?is)\A`)
	escaped := false
	for _, r := range text {
		switch {
		case escaped:
			b.WriteString(regexp.QuoteMeta(string(r)))
			escaped = false
		case r == '\\':
			escaped = true
		case r == '%':
			b.WriteString(`.*`)
		case r == '_':
			b.WriteString(`.`)
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	b.WriteString(`\z`)
	compiled, err := regexp.Compile(b.String())
	if err != nil {
		return Pattern{} // quoted text always compiles
	}
	return Pattern{compiled}
}

// Match reports whether the pattern matches the whole text.
func (p Pattern) Match(text string) bool { return p.compiled == nil || p.compiled.MatchString(text) }
