package prompt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// The keys that edit a line, as a terminal sends them.
const (
	ctrlC     = 3
	ctrlD     = 4
	backspace = 8
	ctrlU     = 21
	ctrlW     = 23
	ctrlZ     = 26
	del       = 127
)

// line is what was typed at a question that shows it.
type line []byte

// take does what a key does, and gives what is to be written for it. A letter of several bytes is seen once it is whole.
func (l *line) take(key byte) (change string) {
	before := l.seen()
	switch key {
	case backspace, del:
		_, size := utf8.DecodeLastRune(*l)
		*l = (*l)[:len(*l)-size]
	case ctrlU:
		*l = nil
	case ctrlW:
		words := strings.TrimRightFunc(string(*l), unicode.IsSpace)
		*l = line(words[:strings.LastIndexFunc(words, unicode.IsSpace)+1])
	case ctrlD:
	default:
		*l = append(*l, key)
	}
	now := l.seen()
	if more, is := strings.CutPrefix(now, before); is {
		return more
	}
	return strings.Repeat("\b \b", max(0, ansi.StringWidth(before)-ansi.StringWidth(now)))
}

// seen is the line as a terminal shows it: a control character, which an arrow key among others begins with, as ^ and its letter.
func (l *line) seen() string {
	var b strings.Builder
	for rest := []byte(*l); len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case r < ' ':
			b.WriteRune('^')
			b.WriteRune(r + '@')
		case unicode.IsPrint(r) && (r != utf8.RuneError || size > 1):
			b.WriteRune(r)
		}
	}
	return b.String()
}
