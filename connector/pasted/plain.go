package pasted

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// controls are what colours a terminal, sets its title and moves its cursor.
var controls = pattern.New(`(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_=>()][0-9A-B]?`)

// undressed is a letter as a program would have written it: a web page or a text program brings along blanks that are none, quotes and hyphens of
// its own, and what nobody sees.
func undressed(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case unicode.Is(unicode.Zs, r):
		return ' '
	case letters.Unseen(r) && !letters.Turns(r):
		return -1
	case letters.Hyphen(r):
		return '-'
	case r == '\u2018', r == '\u2019':
		return '\''
	case r == '\u201c', r == '\u201d':
		return '"'
	}
	return r
}

// escapes are letters as JSON and its logs write them, once or several times over.
var escapes = pattern.New(`\\+u[0-9a-fA-F]{4}`)

// unescaped is the letter; a control of a terminal stays a word of six.
func unescaped(escape string) string {
	code, err := strconv.ParseUint(escape[len(escape)-4:], 16, 32)
	if err != nil || unicode.IsControl(rune(code)) {
		return escape
	}
	return string(rune(code))
}

// Plain takes out of a text what its words do not need.
func Plain(text string) string {
	text = strings.ToValidUTF8(text, "�")
	if strings.Contains(text, `\u`) {
		text = escapes().ReplaceAllStringFunc(text, unescaped)
	}
	if strings.ContainsAny(text, "\x1b\u009b") {
		text = controls().ReplaceAllString(text, "")
	}
	return strings.Map(undressed, text)
}

// paths are how a word begins that is the path of a file.
var paths = pattern.New(`^["'(=\[]*(?:[A-Za-z]:[\\/]|~?/[\w.~-]|\.{1,2}[\\/])`)

// InPath reports whether the byte of a text is in the path of a file, and no address.
func InPath(text string, at int) bool {
	from := strings.LastIndexAny(text[:at], " \n") + 1
	return paths().MatchString(text[from:min(len(text), at+1)])
}
