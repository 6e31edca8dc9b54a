package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

const ellipsis = "…"

// Wrap breaks text into lines of at most width cells, and of no more than can
// be read: at blanks where it can, and where a word is wider than a line behind
// a dot of it, as names have, or else behind another sign. Line breaks are
// kept; a style that spans a break ends before it and begins anew after it.
func Wrap(text string, width int) string { return wrap(text, min(width, maxProse)) }

func wrap(text string, width int) string {
	if width < 1 {
		return ""
	}
	text = shown(text)
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
	if cells(text) <= width {
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
		wide := cells(word)
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
		used = cells(line)
	}
	return append(lines, line)
}

// breakWord breaks a word that is wider than a line.
func breakWord(word string, width int) []string {
	if strings.Contains(word, "\x1b") {
		return strings.Split(ansi.Hardwrap(word, width, true), "\n")
	}
	var parts []string
	for cells(word) > width {
		at := len(ansi.Truncate(word, width, ""))
		if at == 0 { // a letter that is wider than the line
			at = len(word)
		}
		for _, signs := range []string{".", "/,;:@", "_-"} {
			if sign := strings.LastIndexAny(word[:at], signs); sign > 0 {
				at = sign + 1
				break
			}
		}
		parts, word = append(parts, word[:at]), word[at:]
	}
	return append(parts, word)
}

// cut shortens one line to width cells and shows that it did.
func cut(line string, width int) string {
	line = shown(line)
	switch {
	case width < 1:
		return ""
	case cells(line) <= width:
		return line
	}
	return ansi.Truncate(line, width, ellipsis)
}

// cells is the width of a line. Most text is plain and needs no parsing.
func cells(line string) int {
	if isPlainASCII(line) {
		return len(line)
	}
	return ansi.StringWidth(line)
}

// padRight fills a line with blanks up to width cells.
func padRight(line string, width int) string {
	line = shown(line)
	return line + blanks(width-cells(line))
}

// padLeft puts blanks in front of a line up to width cells.
func padLeft(line string, width int) string {
	line = shown(line)
	return blanks(width-cells(line)) + line
}

// spread puts left and right at both ends of a line of width cells.
func spread(left, right string, width int) string {
	if right == "" {
		return left
	}
	return left + blanks(width-cells(left)-cells(right)) + right
}

func blanks(count int) string { return strings.Repeat(" ", max(0, count)) }

// indent wraps text to width cells with the first line after lead and the
// following ones below it.
func indent(lead, text string, width int) string {
	column := cells(lead)
	lines := strings.Split(Wrap(text, width-column), "\n")
	return lead + strings.Join(lines, "\n"+blanks(column))
}

// Cut shortens text that is already clean to width cells, with an ellipsis.
func Cut(text string, width int) string { return cut(text, width) }

// BreakWords breaks lines that are longer than width cells, between words.
// What follows a break has the indent of its line. A word that is longer than
// a line is left whole, so that a terminal can still select it whole.
func BreakWords(text string, width int) string {
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
	if width < 1 || cells(line) <= width {
		b.WriteString(line)
		return
	}
	rest := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(rest)]
	b.WriteString(indent)
	column, blanks := len(indent), ""
	for rest != "" {
		word, after, _ := strings.Cut(rest, " ")
		switch used := column + len(blanks) + cells(word); {
		case word == "": // of several blanks in a row
		case used > width && column > len(indent):
			b.WriteString("\n" + indent + word)
			column = len(indent) + cells(word)
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
