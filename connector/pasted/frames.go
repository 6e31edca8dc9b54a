package pasted

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The widths at which terminals and log viewers cut a line without regard to words, and those that most of them have.
const narrowest, widest = 60, 400

var usualWidths = []int{80, 100, 120, 132}

// Unwrapped gives the text with its cut lines put together, and whether there are any: lines that all end at one column, which no other
// goes beyond.
func Unwrapped(text string) (string, bool) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	width, full := 0, 0
	for _, line := range lines[:len(lines)-1] {
		switch n := utf8.RuneCountInString(line); {
		case n > width:
			width, full = n, 1
		case n == width:
			full++
		}
	}
	sure := full > 1 || slices.Contains(usualWidths, width)
	if !sure || width < narrowest || width > widest || utf8.RuneCountInString(lines[len(lines)-1]) > width {
		return text, false
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(line)
		if utf8.RuneCountInString(line) != width {
			b.WriteByte('\n')
		}
	}
	return b.String(), true
}

// framedLimit is up to how many bytes a text is read without the frame of its lines as well.
const framedLimit = 1 << 18

// Unframed gives the text without what a viewer puts before every line, as a time, the name of a container or a mark of quoting, and
// whether there is any. Numbers may differ. The first line keeps it, because it may say whose text this is.
func Unframed(text string) (string, bool) {
	lines := slices.DeleteFunc(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), func(line string) bool {
		return strings.TrimSpace(line) == ""
	})
	if len(lines) < 2 || len(text) > framedLimit {
		return text, false
	}
	frame := lines[0]
	for _, line := range lines[1:] {
		frame = frame[:alike(frame, line)]
	}
	frame = frame[:strings.LastIndexAny(frame, " \t|:>]")+1]
	if strings.TrimSpace(frame) == "" {
		return text, false
	}
	for i := range lines[1:] {
		lines[i+1] = lines[i+1][len(frame):]
	}
	return strings.Join(lines, "\n"), true
}

// alike is up to where two lines are the same, but for their numbers.
func alike(a, b string) int {
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && !(digit(a[i]) && digit(b[i])) {
			return i
		}
	}
	return min(len(a), len(b))
}
