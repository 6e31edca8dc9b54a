package connector

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
	"github.com/draftt-io/draftt-databricks/redact"
)

// lineLimit is how many characters of a remote text are ever printed on a line.
const lineLimit = 200

// Remote is text that came from a workspace and is not trusted. Printing it in any way gives a cleaned single line;
// Raw is for SQL, for requests and for comparing, never for a terminal.
type Remote struct{ raw string }

// FromRemote marks text as coming from a workspace. Where it enters the program, Registry.Remote also notes it for share mode.
func FromRemote(text string) Remote { return Remote{raw: text} }

// Raw is the text as it came.
func (r Remote) Raw() string { return r.raw }

// String is the text as one cleaned line of at most 200 characters.
func (r Remote) String() string { return CleanLine(r.raw, lineLimit) }

// GoString is String, for %#v.
func (r Remote) GoString() string { return r.String() }

// Format prints the cleaned line for every verb.
func (r Remote) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, r.String()) }

// MarshalJSON keeps the text, but escapes what encoding/json leaves alone and a terminal would obey: DEL, C1 and format characters.
func (r Remote) MarshalJSON() ([]byte, error) {
	plain, err := json.Marshal(r.raw)
	if err != nil {
		return nil, fmt.Errorf("encode remote text: %w", err)
	}
	return []byte(escapeControls(string(plain))), nil
}

// EscapeJSON escapes the characters in encoded JSON that a terminal would obey and encoding/json leaves as they are.
func EscapeJSON(encoded []byte) []byte { return []byte(escapeControls(redact.Text(string(encoded)))) }

func escapeControls(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 0x7f && letters.Steers(r) {
			if r > 0xffff {
				hi, lo := (r-0x10000)>>10+0xd800, (r-0x10000)&0x3ff+0xdc00
				fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
				continue
			}
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// visible are the control characters that a person should see as such, because they often carry the meaning of a text.
var visible = map[rune]rune{'\x1b': '␛', '\r': '␍', '\n': '⏎', '\t': ' '}

// maxMarks is how many combining marks one letter keeps; a script needs few, an attack on the layout uses dozens.
const maxMarks = 4

// CleanLine makes untrusted text safe for one line of a terminal: at most limit characters, no control, bidirectional, invisible or
// private character, no broken UTF-8, no tower of combining marks, and no secret. What was cut is marked with an ellipsis.
func CleanLine(text string, limit int) string {
	text = redact.Text(text)
	var b strings.Builder
	count, marks := 0, 0
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				r = '�'
			}
		}
		clean, keep := cleanRune(r)
		if !keep {
			continue
		}
		if unicode.In(clean, unicode.Mn, unicode.Me) {
			if marks++; marks > maxMarks {
				continue
			}
			b.WriteRune(clean)
			continue
		}
		marks = 0
		if count == limit {
			return strings.TrimRight(b.String(), " ") + "…"
		}
		count++
		b.WriteRune(clean)
	}
	return b.String()
}

func cleanRune(r rune) (rune, bool) {
	if shown, ok := visible[r]; ok {
		return shown, true
	}
	switch {
	case letters.Variant(r):
		return 0, false
	case r == ' ':
		return r, true
	case unicode.IsSpace(r) && !letters.Steers(r):
		return ' ', true
	case letters.Hides(r), !unicode.IsGraphic(r):
		return '�', true
	}
	return r, true
}
