package check

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

func inUTF16(text string, order binary.AppendByteOrder, mark bool) []byte {
	var raw []byte
	if mark {
		raw = order.AppendUint16(raw, 0xfeff)
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		raw = order.AppendUint16(raw, unit)
	}
	return raw
}

// What PowerShell, Notepad, a terminal and a web page do to a text changes nothing of what it means.
func TestATextIsDecodedBeforeItIsExplained(t *testing.T) {
	const plain = "Error: User does not have USE SCHEMA on Schema 'core.verkäufe'."
	for name, raw := range map[string][]byte{
		"UTF-8":                                []byte(plain),
		"UTF-8 with a mark":                    []byte("\ufeff" + plain),
		"UTF-16 of Windows":                    inUTF16(plain, binary.LittleEndian, true),
		"UTF-16, big end first":                inUTF16(plain, binary.BigEndian, true),
		"UTF-16 without a mark":                inUTF16(plain, binary.LittleEndian, false),
		"UTF-16 without a mark, big end first": inUTF16(plain, binary.BigEndian, false),
		"UTF-16 of which the end is cut":       append(inUTF16(plain, binary.LittleEndian, true), '!'),
		"one byte a letter":                    []byte(strings.ReplaceAll(plain, "ä", "\xe4")),
		"non-breaking blanks":                  []byte(strings.ReplaceAll(plain, " ", "\u00a0")),
		"invisible blanks":                     []byte(strings.ReplaceAll(plain, " have", " \u200bhave\ufeff")),
		"colours":                              []byte("\x1b[1;31mError:\x1b[0m User does not \x1b[33mhave\x1b[39m USE SCHEMA on Schema 'core.verkäufe'."),
		"colours in one byte and a title":      []byte("\u009b31mError:\u009b0m \x1b]0;log\aUser does not have \x1b(BUSE SCHEMA on Schema 'core.verkäufe'."),
		"curly quotes":                         []byte(strings.ReplaceAll(plain, "'", "’")),
	} {
		got := ExplainText(Decode(raw))
		if got.Pattern != "no-use-schema" || !strings.Contains(got.Remedy.Copy, "`core`.`verkäufe`") {
			t.Errorf("%s: %s, %q", name, got.Pattern, got.Remedy.Copy)
		}
	}
}

func TestWhatIsNoTextIsLeftAsItIs(t *testing.T) {
	for _, raw := range []string{"", "a", "\xff", "\xff\xfe", "\x00\x01\x02\x03\x04\x05\x06\x07\x08", "\xef\xbb\xbf"} {
		if got := ExplainText(Decode([]byte(raw))); got.Cause != NotKnown {
			t.Errorf("%q is %s", raw, got.Cause)
		}
	}
}

// A viewer cuts lines at its width, in the middle of words and between them.
func TestLinesThatWereCutAreReadAsOne(t *testing.T) {
	const text = "2026-11-18T09:12:18Z dbt-runner[4711]: databricks.sql.exc.ServerOperationError: [INSUFFICIENT_PERMISSIONS] Insufficient privileges: " +
		"User does not have USE SCHEMA on Schema 'inventory.assets'. SQLSTATE: 42501 (while running select count(*) from inventory.assets.components)"
	for width := narrowest; width <= 132; width++ {
		var b strings.Builder
		for i := 0; i < len(text); i += width {
			b.WriteString(text[i:min(i+width, len(text))] + "\n")
		}
		got := ExplainText(b.String())
		if got.Pattern != "no-use-schema" || got.Remedy.Copy != "GRANT USE SCHEMA ON SCHEMA `inventory`.`assets` TO `application ID`;" {
			t.Errorf("at %d columns: %s, %q", width, got.Pattern, got.Remedy.Copy)
		}
	}
}
