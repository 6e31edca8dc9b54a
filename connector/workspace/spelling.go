package workspace

import (
	"fmt"
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// alphabet tells what the ways to escape a character stand for: once or once more on top, for a URL, for JSON and programs, for HTML. Every
// beginning of such a way is a key as well, so that reading ends where none goes on.
type alphabet map[string][]rune

// marks begin an escaped character.
const marks = `%\&+`

// ascii is the alphabet that nearly every secret is written in.
var ascii = sync.OnceValue(func() alphabet {
	a := alphabet{}
	for r := range rune(utf8.RuneSelf) {
		a.learn(r)
	}
	return a
})

// alphabetFor is enough to read some texts.
func alphabetFor(texts []string) alphabet {
	a := ascii()
	for _, r := range strings.Join(texts, "") {
		if r >= utf8.RuneSelf && a[url.QueryEscape(string(r))] == nil {
			a = maps.Clone(a)
			a.learn(r)
		}
	}
	return a
}

func (a alphabet) learn(r rune) {
	for _, way := range twice(r) {
		for width := 1; width < len(way); width++ {
			if _, known := a[way[:width]]; !known {
				a[way[:width]] = nil
			}
		}
		a[way] = append(a[way], r)
	}
}

// spells gives how many bytes at the beginning of a text spell these letters, each as it is or escaped: the most where that can be read in
// several ways, and 0 where it cannot.
func (a alphabet) spells(text string, letters []rune) (longest int) {
	try := func(r rune, width int) {
		switch {
		case r != letters[0]:
		case len(letters) == 1:
			longest = max(longest, width)
		default:
			if n := a.spells(text[width:], letters[1:]); n > 0 {
				longest = max(longest, width+n)
			}
		}
	}
	if text == "" {
		return 0
	}
	try(utf8.DecodeRuneInString(text))
	if strings.IndexByte(marks, text[0]) < 0 {
		return longest
	}
	for width := 1; width <= len(text); width++ {
		meant, goesOn := a[text[:width]]
		if !goesOn {
			break
		}
		for _, r := range meant {
			try(r, width)
		}
	}
	return longest
}

// twice are the ways to escape a character, and those ways escaped again, as a whole or in their mark alone.
func twice(r rune) []string {
	all := escapes(r)
	for _, once := range escapes(r) {
		all = append(all, html.EscapeString(once), url.QueryEscape(once))
		mark := once[:1]
		for _, again := range escapes(rune(mark[0])) {
			all = append(all, strings.ReplaceAll(once, mark, again))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// entities are the names that HTML has for characters of secrets.
var entities = map[rune]string{
	'+': "plus", '%': "percnt", '/': "sol", '=': "equals", '"': "quot", '\'': "apos", '\\': "bsol", ':': "colon", '.': "period", '_': "lowbar", '~': "tilde", '&': "amp",
	'!': "excl", '#': "num", '$': "dollar", '*': "ast", '?': "quest", '@': "commat", ';': "semi", ',': "comma", '(': "lpar", ')': "rpar", '-': "hyphen",
}

// escapes are the ways to escape a character once.
func escapes(r rune) []string {
	all := []string{fmt.Sprintf("&#%d;", r), fmt.Sprintf("&#%03d;", r)}
	for _, digit := range []string{"x", "X"} { // of either case
		bytes, units := "", ""
		for _, b := range []byte(string(r)) {
			bytes += fmt.Sprintf("%%%02"+digit, b)
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			units += fmt.Sprintf(`\u%04`+digit, unit)
		}
		all = append(all, bytes, units, fmt.Sprintf(`\x%02`+digit, r), fmt.Sprintf(`\U%08`+digit, r), fmt.Sprintf("&#x%"+digit+";", r), fmt.Sprintf("&#X%"+digit+";", r))
	}
	if name, ok := entities[r]; ok {
		all = append(all, "&"+name+";")
	}
	if safe := html.EscapeString(string(r)); safe != string(r) {
		all = append(all, safe)
	}
	switch r {
	case '"', '\'', '\\', '/':
		all = append(all, `\`+string(r))
	case ' ':
		all = append(all, "+")
	}
	return all
}
