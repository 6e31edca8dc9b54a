package connector_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"text/template"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

// safe reports whether a terminal prints the text as it is: one line, and no character that acts, hides or reverses.
func safe(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Variation_Selector)
	})
}

var hostileText = []struct{ name, text, clean string }{
	{"carriage return", "good\rBAD", "good␍BAD"},
	{"backspace", "a\b\bb", "a��b"},
	{"bell", "a\ab", "a�b"},
	{"shift out", "a\x0eb", "a�b"},
	{"shift in", "a\x0fb", "a�b"},
	{"null", "a\x00b", "a�b"},
	{"delete", "a\x7fb", "a�b"},
	{"newline", "a\nb", "a⏎b"},
	{"tab", "a\tb", "a b"},
	{"vertical tab and form feed", "a\v\fb", "a��b"},
	{"line separator", "a\u2028b", "a�b"},
	{"paragraph separator", "a\u2029b", "a�b"},
	{"next line", "a\u0085b", "a�b"},
	{"CSI", "\x1b[2J\x1b[31mred", "␛[2J␛[31mred"},
	{"C1 CSI in UTF-8", "\u009b31mred", "�31mred"},
	{"C1 OSC in UTF-8", "\u009d0;title\u009c", "�0;title�"},
	{"C1 CSI as a byte", "\x9b31mred", "�31mred"},
	{"OSC title", "\x1b]0;owned\abelow", "␛]0;owned�below"},
	{"OSC 52 clipboard", "\x1b]52;c;cm0gLXJm\x1b\\x", "␛]52;c;cm0gLXJm␛\\x"},
	{"unterminated OSC keeps the rest", "a\x1b]0;the rest stays", "a␛]0;the rest stays"},
	{"DCS", "\x1bP+q544e\x1b\\", "␛P+q544e␛\\"},
	{"hyperlink", "\x1b]8;;https://evil.example\x1b\\click", "␛]8;;https://evil.example␛\\click"},
	{"bidi override", "user\u202egpj.exe", "user�gpj.exe"},
	{"bidi embedding", "\u202aa\u202b\u202c\u202d", "�a���"},
	{"isolates", "a\u2066b\u2067c\u2068d\u2069", "a�b�c�d�"},
	{"direction marks", "a\u200eb\u200fc\u061cd", "a�b�c�d"},
	{"zero width", "ad\u200bm\u200ci\u200dn", "ad�m�i�n"},
	{"word joiner and soft hyphen", "a\u2060b\u00adc", "a�b�c"},
	{"byte order mark", "\ufeffname", "�name"},
	{"tags", "a\U000e0041\U000e0042\U000e007fb", "a���b"},
	{"variation selectors", "a\ufe0fb\U000e0100c", "abc"},
	{"blank letters", "a\u3164b\u115fc\u1160d\uffa0e\u2800f", "a�b�c�d�e�f"},
	{"private use", "a\ue000b\U000f0000c", "a�b�c"},
	{"invalid UTF-8", "a\xff\xfeb\xc0\xafc", "a��b��c"},
	{"surrogate in UTF-8", "a\xed\xa0\x80b", "a���b"},
	{"noncharacter", "a\ufffeb", "a�b"},
	{"other blanks", "a\u00a0b\u2003c\u3000d", "a b c d"},
	{"zalgo", "z" + strings.Repeat("\u0301", 50) + "y", "z" + strings.Repeat("\u0301", 4) + "y"},
	{"zalgo with other marks between", "z" + strings.Repeat("\u0301\ufe0f\u20dd", 20), "z\u0301\u20dd\u0301\u20dd"},
	{"honest text stays", "Lagerbestände – 資産 ₂ ✓ é", "Lagerbestände – 資産 ₂ ✓ é"},
	{"an accent of its own stays", "e\u0301a\u0308", "e\u0301a\u0308"},
	{"a replacement character stays", "a\ufffdb", "a�b"},
	{"nothing", "", ""},
}

func TestHostileTextIsCleanedForOneLine(t *testing.T) {
	for _, tt := range hostileText {
		t.Run(tt.name, func(t *testing.T) {
			got := connector.CleanLine(tt.text, 200)
			if got != tt.clean {
				t.Errorf("%q is shown as %q, not %q", tt.text, got, tt.clean)
			}
			if !safe(got) {
				t.Errorf("%q still acts on a terminal", got)
			}
		})
	}
}

func TestALongTextIsCutAtTheLimit(t *testing.T) {
	tests := []struct {
		text  string
		limit int
		want  string
	}{
		{"abc", 3, "abc"},
		{"abcd", 3, "abc…"},
		{"資産管理", 2, "資産…"},
		{"ab  cd", 3, "ab…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301…"},
		{"e\u0301", 1, "e\u0301"},
		{"a", 0, "…"},
		{"", 0, ""},
	}
	for _, tt := range tests {
		if got := connector.CleanLine(tt.text, tt.limit); got != tt.want {
			t.Errorf("%q at %d is %q, not %q", tt.text, tt.limit, got, tt.want)
		}
	}
	if got := connector.FromRemote(strings.Repeat("x", 5000)).String(); got != strings.Repeat("x", 200)+"…" {
		t.Errorf("a remote text is printed with %d bytes", len(got))
	}
}

func TestRemoteTextIsPrintedCleanByEveryVerb(t *testing.T) {
	hostile := connector.FromRemote("\x1b[31mred\u202e\r\nx")
	const clean = "␛[31mred�␍⏎x"
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c", "%T"} {
		if got := fmt.Sprintf(verb, hostile); verb != "%T" && got != clean {
			t.Errorf("%s prints %q", verb, got)
		}
	}
	table := connector.Table{Name: hostile, Owner: hostile, Columns: []connector.Column{{Name: hostile, Type: hostile}}}
	var text, logged, filled bytes.Buffer
	fmt.Fprintln(&text, table, &table, []connector.Remote{hostile}, map[string]connector.Remote{"name": hostile})
	slog.New(slog.NewTextHandler(&logged, nil)).Info("seen", "name", hostile, "table", table)
	if err := template.Must(template.New("").Parse("{{.Name}} {{printf `%s` .Owner}}")).Execute(&filled, table); err != nil {
		t.Fatal(err)
	}
	sinks := map[string]string{
		"Println of values that hold it": text.String(),
		"an error":                       fmt.Errorf("read %s: %w", hostile, errors.New("x")).Error(),
		"slog":                           logged.String(),
		"a template":                     filled.String(),
	}
	for sink, got := range sinks {
		if !safe(strings.TrimRight(got, "\n")) {
			t.Errorf("%s prints %q", sink, got)
		}
	}
}

func TestRemoteTextIsWholeInJSONAndHarmless(t *testing.T) {
	for _, tt := range hostileText {
		if !utf8.ValidString(tt.text) {
			continue // JSON has no invalid UTF-8
		}
		encoded, err := json.Marshal(map[string]connector.Remote{"name": connector.FromRemote(tt.text)})
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(string(encoded), func(r rune) bool { return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) }) {
			t.Errorf("%s: %s acts on a terminal", tt.name, encoded)
		}
		var back map[string]string
		if err := json.Unmarshal(encoded, &back); err != nil || back["name"] != tt.text {
			t.Errorf("%s: %s reads back as %q, %v", tt.name, encoded, back["name"], err)
		}
		plain, err := json.Marshal(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		var again string
		if err := json.Unmarshal(connector.EscapeJSON(plain), &again); err != nil || again != tt.text {
			t.Errorf("%s: escaped afterwards it reads back as %q, %v", tt.name, again, err)
		}
	}
	//lint:ignore SA9005 that nothing comes out is what this shows
	if out, err := xml.Marshal(connector.FromRemote("\u202e")); err != nil || !safe(string(out)) {
		t.Errorf("XML: %q, %v", out, err)
	}
}

func FuzzCleanLine(f *testing.F) {
	for _, tt := range hostileText {
		f.Add(tt.text, uint8(80))
	}
	f.Fuzz(func(t *testing.T, text string, limit uint8) {
		got := connector.CleanLine(text, int(limit))
		if !safe(got) {
			t.Fatalf("%q is shown as %q", text, got)
		}
		letters, marks := 0, 0
		for _, r := range got {
			if !unicode.In(r, unicode.Mn, unicode.Me) {
				letters, marks = letters+1, 0
				continue
			}
			if marks++; marks > 4 {
				t.Fatalf("%q keeps a tower of marks: %q", text, got)
			}
		}
		if letters > int(limit)+1 {
			t.Fatalf("%d characters at a limit of %d", letters, limit)
		}
		if again := connector.CleanLine(got, 1000); again != got {
			t.Fatalf("cleaning twice turns %q into %q", got, again)
		}
	})
}
