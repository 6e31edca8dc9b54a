package connector

import (
	"net/netip"
	"strings"
	"unicode"

	"github.com/draftt-io/draftt-databricks/letters"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// What people paste is seldom the value alone: a browser, a chat, a settings file or a page of documentation puts something around it. The
// readers of hosts, client IDs, secrets and warehouses all take that off here, and differ in what they then ask of the rest.

// unwrapped is what was pasted without what stands around it: blanks of every kind, invisible characters, quotes, brackets, a Markdown
// link, the name of a setting in front and the punctuation of a sentence behind. name is the setting whose value this may be.
func unwrapped(text string, name setting) string {
	text = strings.Map(visibly, text)
	for {
		before := text
		text = strings.TrimSpace(text)
		if link := markdown().FindStringSubmatch(text); link != nil {
			text = link[1]
		}
		text = withoutPair(text)
		text = strings.TrimRight(text, ",;")
		if rest, found := name.value(text); found {
			text = rest
		}
		if text == before {
			return text
		}
	}
}

// markdown is a link of Markdown, with an optional title.
var markdown = pattern.New(`^!?\[[^\]]*\]\(\s*<?([^\s<>]+)>?(?:\s+["'][^"']*["'])?\s*\)[.,;]?$`)

// pairs are what stands on both sides of a value. A closing one alone is what remains of a sentence, and an opening one of half a copy.
var pairs = []struct{ open, end string }{
	{`"`, `"`}, {"'", "'"}, {"`", "`"}, {"“", "”"}, {"„", "“"}, {"‘", "’"}, {"‚", "‘"}, {"«", "»"}, {"‹", "›"}, {"<", ">"}, {"(", ")"}, {"[", "]"}, {"{", "}"},
}

func withoutPair(text string) string {
	for _, p := range pairs {
		rest, opened := strings.CutPrefix(text, p.open)
		inner, closed := strings.CutSuffix(rest, p.end)
		if _, err := netip.ParseAddr(inner); err == nil && p.open == "[" {
			return text // as addresses of IPv6 are written
		}
		switch {
		case text == p.open || text == p.end:
			return ""
		case opened && closed, opened && !strings.Contains(rest, p.end):
			return inner
		case closed && !strings.Contains(inner, p.open):
			return inner
		}
	}
	return text
}

// setting is a name in front of a value, as settings files, shells, JSON and command lines have it.
type setting struct{ assigned, flag pattern.Pattern }

// settingOf finds names that end in one of these words.
func settingOf(words string) setting {
	return setting{
		assigned: pattern.New(`(?i)^(?:(?:export|set|setx)\s+|\$env:|-{1,2})?["'“]?(?:[a-z0-9_-]*[_ -])?(?:` + words + `)["'”]?\s*(=>|:=|=|:)\s*`),
		flag:     pattern.New(`(?i)^-{1,2}(?:[a-z-]*-)?(?:` + words + `)\s+`),
	}
}

// afterColon is what follows the scheme of an address, or a host that is called like a setting.
var afterColon = pattern.New(`^(?:[/\\]|\d{1,5}(?:$|/))`)

// value is what follows the name, and false where there is none. The scheme of an address is no name, nor is a host with a port.
func (s setting) value(text string) (string, bool) {
	if at := s.flag().FindStringIndex(text); at != nil {
		return text[at[1]:], true
	}
	at := s.assigned().FindStringSubmatchIndex(text)
	if at == nil {
		return text, false
	}
	sign, rest := text[at[2]:at[3]], text[at[1]:]
	return rest, sign != ":" || !afterColon().MatchString(rest)
}

// visibly drops what draws nothing, gives every blank as a plain one, and the full-width forms and the dashes of an input method or of a
// text program as the character that is meant. Marks that turn the direction of writing are left, since they are there to mislead.
func visibly(r rune) rune {
	switch {
	case letters.Turns(r):
		return r
	case letters.Seen(r) != r:
		return letters.Seen(r)
	case unicode.IsSpace(r) || letters.Blank(r):
		if r == '\n' || r == '\r' || r == '\t' {
			return r
		}
		return ' '
	case r == '\u3002', r == '\uff61':
		return '.'
	case letters.Hyphen(r), 0x2012 <= r && r <= 0x2015, r == '\u2212', r == '\ufe58', r == '\ufe63':
		return '-'
	}
	return r
}
