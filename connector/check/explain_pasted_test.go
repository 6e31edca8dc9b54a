package check

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/draftt-io/draftt-databricks/connector/pasted"
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
		"UTF-32":                               []byte("\xff\xfe\x00\x00" + strings.Join(strings.Split(strings.ReplaceAll(plain, "ä", "\xe4"), ""), "\x00\x00\x00") + "\x00\x00\x00"),
		"UTF-16 of which the end is cut":       append(inUTF16(plain, binary.LittleEndian, true), '!'),
		"one byte a letter":                    []byte(strings.ReplaceAll(plain, "ä", "\xe4")),
		"non-breaking blanks":                  []byte(strings.ReplaceAll(plain, " ", "\u00a0")),
		"invisible blanks":                     []byte(strings.ReplaceAll(plain, " have", " \u200bhave\ufeff")),
		"colours":                              []byte("\x1b[1;31mError:\x1b[0m User does not \x1b[33mhave\x1b[39m USE SCHEMA on Schema 'core.verkäufe'."),
		"colours in one byte and a title":      []byte("\u009b31mError:\u009b0m \x1b]0;log\aUser does not have \x1b(BUSE SCHEMA on Schema 'core.verkäufe'."),
		"curly quotes":                         []byte(strings.ReplaceAll(plain, "'", "’")),
	} {
		got := ExplainText(pasted.Decode(raw))
		if got.Pattern != "no-use-schema" || !strings.Contains(got.Remedy.Copy, "`core`.`verkäufe`") {
			t.Errorf("%s: %s, %q", name, got.Pattern, got.Remedy.Copy)
		}
	}
}

func TestWhatIsNoTextIsLeftAsItIs(t *testing.T) {
	for _, raw := range []string{"", "a", "\xff", "\xff\xfe", "\x00\x01\x02\x03\x04\x05\x06\x07\x08", "\xef\xbb\xbf"} {
		if got := ExplainText(pasted.Decode([]byte(raw))); got.Cause != NotKnown {
			t.Errorf("%q is %s", raw, got.Cause)
		}
	}
}

// A viewer cuts lines at its width, in the middle of words and between them.
func TestLinesThatWereCutAreReadAsOne(t *testing.T) {
	const text = "2026-11-18T09:12:18Z dbt-runner[4711]: databricks.sql.exc.ServerOperationError: [INSUFFICIENT_PERMISSIONS] Insufficient privileges: " +
		"User does not have USE SCHEMA on Schema 'inventory.assets'. SQLSTATE: 42501 (while running select count(*) from inventory.assets.components)"
	for width := 60; width <= 132; width++ {
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

// What shows a log puts its own words before every line, also within a sentence.
func TestTheFrameOfLinesIsNoPartOfThem(t *testing.T) {
	lines := []string{"describe failed: User does not have USE", "SCHEMA on Schema", "'core.sales'."}
	for name, frame := range map[string]string{
		"a container": "web-1  | ", "a time": "2026-03-02T07:00:0%.101Z app[17]: ", "a quotation": "> ", "a program": "dbx-sync E, [07:00:0%] ERROR: ",
	} {
		var b strings.Builder
		for i, line := range lines {
			b.WriteString(strings.ReplaceAll(frame, "%", string(rune('1'+i))) + line + "\r\n\n")
		}
		if got := ExplainText(b.String()); got.Pattern != "no-use-schema" || !strings.Contains(got.Remedy.Copy, "`core`.`sales`") {
			t.Errorf("%s: %s, %q", name, got.Pattern, got.Remedy.Copy)
		}
	}
}

// The frame may also say that the text is about something else, which the lines do not repeat.
func TestTheFrameStillSaysWhoSpeaks(t *testing.T) {
	if got := ExplainText("npm error code SELF_SIGNED_CERT_IN_CHAIN\nnpm error errno SELF_SIGNED_CERT_IN_CHAIN\nnpm error request failed"); got.Cause != NotKnown {
		t.Errorf("%s", got.Pattern)
	}
}

// The error of a long log is at its end, which is looked at in every encoding; what is in the middle is not.
func TestOfALongLogTheBeginningAndTheEndAreRead(t *testing.T) {
	const says = "User does not have USE SCHEMA on Schema 'core.sales'."
	noise := strings.Repeat("2026-11-18T09:12:18Z nothing to see here\n", 60_000) // some megabytes
	for name, text := range map[string]string{"at its end": noise + says, "at its beginning": says + noise} {
		for encoding, raw := range map[string][]byte{"UTF-8": []byte(text), "UTF-16": inUTF16(text, binary.LittleEndian, true)} {
			read, err := pasted.ReadText(bytes.NewReader(raw))
			if got := ExplainText(read); err != nil || got.Pattern != "no-use-schema" || len(read) > 2*pasted.Limit {
				t.Errorf("%s in %s: %s of %d bytes, %v", name, encoding, got.Pattern, len(read), err)
			}
		}
	}
	if read, err := pasted.ReadText(iotest.ErrReader(io.ErrClosedPipe)); err == nil {
		t.Errorf("a broken pipe gives %q", read)
	}
}
