package check

import (
	"bytes"
	"encoding/binary"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
)

// Decode makes text of the bytes of a file or pipe, whatever wrote them: UTF-8 with and without a byte order mark, UTF-16 as PowerShell
// and Notepad write it, also without a mark, UTF-32, and else the one-byte letters of western Windows. It never fails: what fits nothing stays as
// it is and is cleaned where it is shown.
func Decode(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte(letters.ByteOrderMark)):
		return Decode(raw[3:])
	case bytes.HasPrefix(raw, []byte("\xff\xfe\x00\x00")):
		return fromUTF32(raw[4:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte("\x00\x00\xfe\xff")):
		return fromUTF32(raw[4:], binary.BigEndian)
	}
	if text, is := letters.FromUTF16(raw); is {
		return text
	}
	if valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return string(raw)
	}
	return fromLatin1(raw)
}

// readLimit is how much of a log is read to come to its end, in bytes.
const readLimit = 256 << 20

// ReadText reads a text to explain, whatever wrote it: all of it or, of a longer one, as much of its beginning and of its end as ExplainText
// looks at. It stops after 256 MiB.
func ReadText(r io.Reader) (string, error) {
	r = io.LimitReader(r, readLimit)
	head, err := io.ReadAll(io.LimitReader(r, textLimit/2))
	if err != nil {
		return "", err
	}
	var tail, piece []byte = nil, make([]byte, textLimit/2)
	for err == nil {
		var n int
		n, err = io.ReadFull(r, piece)
		tail = append(tail, piece[:n]...)
		tail = tail[max(0, len(tail)-textLimit/2)&^3:] // the letters of UTF-32 have four bytes
	}
	if err != io.EOF && err != io.ErrUnexpectedEOF {
		return "", err
	}
	return Decode(append(head, tail...)), nil
}

func fromUTF32(raw []byte, order binary.ByteOrder) string {
	text := make([]rune, len(raw)/4)
	for i := range text {
		text[i] = rune(order.Uint32(raw[4*i:]))
	}
	return string(text)
}

// valid reports UTF-8, but for a letter that the end of what was read has cut.
func valid(raw []byte) bool {
	for cut := range min(utf8.UTFMax, len(raw)+1) {
		if utf8.Valid(raw[:len(raw)-cut]) {
			return true
		}
	}
	return false
}

func fromLatin1(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// controls are what colours a terminal, sets its title and moves its cursor.
var controls = regexp.MustCompile(`(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_=>()][0-9A-B]?`)

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
var escapes = regexp.MustCompile(`\\+u[0-9a-fA-F]{4}`)

// unescaped is the letter; a control of a terminal stays a word of six.
func unescaped(escape string) string {
	code, err := strconv.ParseUint(escape[len(escape)-4:], 16, 32)
	if err != nil || unicode.IsControl(rune(code)) {
		return escape
	}
	return string(rune(code))
}

// plain takes out of a text what its words do not need.
func plain(text string) string {
	text = strings.ToValidUTF8(text, "�")
	if strings.Contains(text, `\u`) {
		text = escapes.ReplaceAllStringFunc(text, unescaped)
	}
	if strings.ContainsAny(text, "\x1b\u009b") {
		text = controls.ReplaceAllString(text, "")
	}
	return strings.Map(undressed, text)
}

// The widths at which terminals and log viewers cut a line without regard to words, and those that most of them have.
const narrowest, widest = 60, 400

var usualWidths = []int{80, 100, 120, 132}

// wrapped gives the text with its cut lines put together, and whether there are any: lines that all end at one column, which no other
// goes beyond.
func wrapped(text string) (string, bool) {
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

// unframed gives the text without what a viewer puts before every line, as a time, the name of a container or a mark of quoting, and
// whether there is any. Numbers may differ. The first line keeps it, because it may say whose text this is.
func unframed(text string) (string, bool) {
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
