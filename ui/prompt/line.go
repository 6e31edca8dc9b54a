package prompt

import (
	"bytes"
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

// line is what was typed at a question.
type line []byte

// edit does what a key does to a line of at most so many bytes. What it takes away is cleared, since it may be of a secret.
func (l *line) edit(key byte, most int) {
	kept := len(*l)
	switch key {
	case backspace, del:
		_, size := utf8.DecodeLastRune(*l)
		kept -= size
	case ctrlU:
		kept = 0
	case ctrlW:
		words := bytes.TrimRightFunc(*l, unicode.IsSpace)
		kept = bytes.LastIndexFunc(words, unicode.IsSpace) + 1
	case ctrlD:
	default:
		if len(*l) < most {
			*l = append(*l, key)
		}
		return
	}
	clear((*l)[kept:])
	*l = (*l)[:kept]
}

// take does what a key does, and gives what is to be written for it. A letter of several bytes is seen once it is whole. A key that adds
// something costs the same however long the line is.
func (l *line) take(key byte) (change string) {
	switch key {
	case backspace, del, ctrlU, ctrlW:
		before := l.seen()
		l.edit(key, lineLimit)
		return strings.Repeat("\b \b", max(0, ansi.StringWidth(before)-ansi.StringWidth(l.seen())))
	}
	length := len(*l)
	if l.edit(key, lineLimit); len(*l) == length {
		return ""
	}
	r, size := utf8.DecodeLastRune(*l)
	return shownRune(r, size)
}

// seen is the line as a terminal shows it: a control character, which an arrow key among others begins with, as ^ and its letter.
func (l *line) seen() string {
	var b strings.Builder
	for rest := []byte(*l); len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		b.WriteString(shownRune(r, size))
	}
	return b.String()
}

func shownRune(r rune, size int) string {
	switch {
	case r < ' ':
		return "^" + string(r+'@')
	case unicode.IsPrint(r) && (r != utf8.RuneError || size > 1):
		return string(r)
	}
	return ""
}
