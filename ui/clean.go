package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
	"github.com/draftt-io/draftt-databricks/ui/fold"
)

const (
	replacement = '\uFFFD'
	// maxMarks is how many combining marks a letter may carry. Real writing
	// needs fewer; piles of them paint over the lines around.
	maxMarks = 4
	// cleanLimit is how many bytes of a text are ever drawn. No line is that
	// long, and drawing happens many times a second.
	cleanLimit = 4096
)

// Clean makes text from elsewhere safe to draw on one line. Line breaks show
// as ⏎, tabs as a space, and every other control, format, private-use or
// blank character as U+FFFD, so that no text can move the cursor, hide
// itself or reorder what stands beside it. Text beyond 4,096 bytes is cut. The
// kit's widgets apply it to the plain text they are given. While sharing, it
// shows aliases.
func Clean(text string) string {
	text = shown(text)
	if len(text) > cleanLimit {
		text = strings.ToValidUTF8(text[:cleanLimit], "") + ellipsis
	}
	if fold.PlainASCII(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	marks := 0
	for _, r := range text {
		if unicode.Is(unicode.M, r) {
			marks++
			if marks > maxMarks || letters.Variant(r) {
				continue
			}
		} else {
			marks = 0
		}
		b.WriteRune(harmless(r))
	}
	return b.String()
}

func harmless(r rune) rune {
	switch {
	case r == '\n' || r == '\u2028' || r == '\u2029':
		return '⏎'
	case r == '\t' || r == '\u00A0':
		return ' '
	case r == utf8.RuneError, letters.Hides(r):
		return replacement
	}
	return r
}

// keepPrintable drops what a person cannot have meant to type or paste:
// control characters, zero-width and direction marks, no-break spaces, line
// separators and broken bytes.
func keepPrintable(text string) string {
	if fold.PlainASCII(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || letters.Hides(r) || letters.NoBreak(r) || letters.Variant(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// CleanPaste is what a text field keeps of pasted text.
func CleanPaste(text string) string {
	return strings.TrimSpace(keepPrintable(text))
}

// cleanLines cleans text of several lines, keeping its line breaks.
func cleanLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = Clean(line)
	}
	return strings.Join(lines, "\n")
}
