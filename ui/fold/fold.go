package fold

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Cells is the width of a line. Most text is plain and needs no parsing.
func Cells(line string) int {
	if PlainASCII(line) {
		return len(line)
	}
	return ansi.StringWidth(line)
}

// PlainASCII reports whether a text is nothing but printable ASCII, a cell each.
func PlainASCII(text string) bool {
	for i := range len(text) {
		if text[i] < 0x20 || text[i] > 0x7e {
			return false
		}
	}
	return true
}

// Text breaks text into lines of at most width cells: at blanks where it can,
// and where a word is wider than a line behind a dot of it, as names have, or
// else behind another sign. Line breaks are kept; a style that spans a break
// ends before it and begins anew after it.
func Text(text string, width int) string {
	if width < 1 {
		return ""
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrapLine(line, width)...)
	}
	wrapped := strings.Join(lines, "\n")
	if len(lines) == 1 || !strings.Contains(wrapped, "\x1b[") {
		return wrapped
	}
	var styled strings.Builder
	writer := lipgloss.NewWrapWriter(&styled)
	// Neither can fail: the writer below them is memory.
	_, _ = writer.Write([]byte(wrapped))
	_ = writer.Close()
	return styled.String()
}

func wrapLine(text string, width int) []string {
	if Cells(text) <= width {
		return []string{text}
	}
	var lines []string
	line, used := "", 0
	for len(text) > 0 {
		word := strings.TrimLeft(text, " ")
		spaces := text[:len(text)-len(word)]
		if word == "" {
			break
		}
		word, _, _ = strings.Cut(word, " ")
		text = text[len(spaces)+len(word):]
		wide := Cells(word)
		switch {
		case used+len(spaces)+wide <= width:
			line += spaces + word
			used += len(spaces) + wide
			continue
		case used > 0:
			lines = append(lines, line)
		}
		parts := breakWord(word, width)
		lines = append(lines, parts[:len(parts)-1]...)
		line = parts[len(parts)-1]
		used = Cells(line)
	}
	return append(lines, line)
}

// breakWord breaks a word that is wider than a line.
func breakWord(word string, width int) []string {
	if strings.Contains(word, "\x1b") {
		return breakStyled(word, width)
	}
	var parts []string
	for Cells(word) > width {
		at := len(ansi.Truncate(word, width, ""))
		if at == 0 { // a letter that is wider than the line
			at = len(word)
		}
		for _, signs := range []string{".", "/,;:@", "_-"} {
			if behind := behindLast(word, at, signs); behind > 0 {
				at = behind
				break
			}
		}
		parts, word = append(parts, word[:at]), word[at:]
	}
	return append(parts, word)
}

// behindLast is where a word may break behind the last of signs within its
// first bytes, zero where there is none. A number is not broken at its point.
func behindLast(word string, within int, signs string) int {
	for at := strings.LastIndexAny(word[:within], signs); at > 0; at = strings.LastIndexAny(word[:at], signs) {
		if word[at] != '.' || at+1 == len(word) || !isDigit(word[at-1]) || !isDigit(word[at+1]) {
			return at + 1
		}
	}
	return 0
}

func isDigit(letter byte) bool { return '0' <= letter && letter <= '9' }

// breakStyled breaks a word with styles in it where it would break without.
func breakStyled(word string, width int) []string {
	plain := breakWord(ansi.Strip(word), width)
	parts, part, taken := make([]string, 0, len(plain)), "", 0
	var state byte
	for len(word) > 0 {
		seq, _, n, next := ansi.DecodeSequence(word, state, nil)
		letters := len(ansi.Strip(seq))
		if letters > 0 && len(parts) < len(plain)-1 && taken >= len(plain[len(parts)]) {
			parts, part, taken = append(parts, part), "", 0
		}
		part, taken = part+seq, taken+letters
		word, state = word[n:], next
	}
	return append(parts, part)
}

// Words breaks lines that are longer than width cells, between words.
// What follows a break has the indent of its line. A word that is longer than
// a line is left whole, so that a terminal can still select it whole.
func Words(text string, width int) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		breakLine(&b, line, width)
	}
	return b.String()
}

func breakLine(b *strings.Builder, line string, width int) {
	if width < 1 || Cells(line) <= width {
		b.WriteString(line)
		return
	}
	rest := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(rest)]
	b.WriteString(indent)
	column, blanks := len(indent), ""
	for rest != "" {
		word, after, _ := strings.Cut(rest, " ")
		switch used := column + len(blanks) + Cells(word); {
		case word == "": // of several blanks in a row
		case used > width && column > len(indent):
			b.WriteString("\n" + indent + word)
			column = len(indent) + Cells(word)
		default:
			b.WriteString(blanks + word)
			column = used
		}
		if word != "" {
			blanks = ""
		}
		blanks += " "
		rest = after
	}
}
