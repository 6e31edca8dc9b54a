package workspace

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// odd are the characters of name and password that have another meaning where they stand, each once.
func (s setting) odd() []rune {
	var odd []rune
	for _, part := range []string{s.user, s.password} {
		for i, r := range part {
			fine := r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("-._~!$&'()*+,;=:@", r)
			if r == '%' {
				_, err := url.PathUnescape(part[i:min(len(part), i+3)])
				fine = err == nil
			}
			if !fine && !slices.Contains(odd, r) {
				odd = append(odd, r)
			}
		}
	}
	return odd
}

func names(odd []rune) (names []string) {
	for _, r := range odd {
		names = append(names, nameOf(r))
	}
	return slices.Compact(names)
}

func nameOf(r rune) string {
	switch {
	case isBlank(r):
		return "a blank"
	case r >= 0x80:
		return "a letter beyond ASCII"
	}
	return string(r)
}

func encodings(odd []rune) (all []string) {
	for _, r := range odd {
		if r >= 0x80 && !isBlank(r) {
			all = append(all, "letters beyond ASCII as UTF-8")
			continue
		}
		all = append(all, nameOf(r)+" as "+strings.ReplaceAll(url.QueryEscape(string(r)), "+", "%20"))
	}
	return slices.Compact(all)
}

// encodeOdd writes what has another meaning in an address as a percent sign and two digits; what is so written already stays.
func encodeOdd(text string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		_, err := url.PathUnescape(text[i:min(len(text), i+3)])
		switch {
		case c == '%' && err == nil, c < 0x80 && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))), strings.IndexByte("-._~!$&'()*+,;=", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
