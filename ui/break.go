package ui

import "strings"

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
