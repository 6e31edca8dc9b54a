package ui

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

const canary = "dose-CANARY-7f3a"

func newSecret() *SecretField {
	theme := NewTheme(true)
	field := NewSecretField(&theme, "OAuth secret", "paste it here")
	field.Focus()
	return field
}

func TestASecretIsNeverPrinted(t *testing.T) {
	type model struct {
		Field *SecretField
		Value SecretField
		inner SecretField
	}
	field := newSecret()
	field.Paste(canary)
	m := model{Field: field, Value: *field, inner: *field}

	var out bytes.Buffer
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, format, m)
		fmt.Fprintf(&out, format, &m)
		fmt.Fprintf(&out, format, *field)
		fmt.Fprintf(&out, format, fmt.Errorf("model %v", m))
	}
	for _, value := range []any{m, field} {
		encoded, err := json.Marshal(value)
		fmt.Fprint(&out, string(encoded), err)
		encoded, err = xml.Marshal(value)
		fmt.Fprint(&out, string(encoded), err)
		fmt.Fprint(&out, gob.NewEncoder(&out).Encode(value))
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("m", "model", m, "field", field)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "model", m, "field", field)
	fmt.Fprint(&out, field.View(60), field.Problem(), field.Notice())

	hex := fmt.Sprintf("%x", canary)
	numbers := strings.Trim(fmt.Sprint([]byte(canary)), "[]")
	for _, trace := range []string{canary, "CANARY", hex, numbers} {
		if strings.Contains(strings.ToLower(out.String()), strings.ToLower(trace)) {
			t.Errorf("found %q", trace)
		}
	}
	if string(field.Bytes()) != canary {
		t.Fatalf("bytes %q", field.Bytes())
	}
}

func TestTheMaskDoesNotShowTheLength(t *testing.T) {
	field := newSecret()
	for _, text := range []string{"a", "abcdefghijklmnop"} {
		field.Paste(text)
		view := plainText(field.View(60))
		want := fmt.Sprintf("••••••  %d character", len(text))
		if !strings.Contains(view, want) || strings.Contains(view, text+"b") {
			t.Fatalf("view %q", view)
		}
	}
}

func TestWhatIsPastedIsTrimmedOrRefusedInWords(t *testing.T) {
	tests := []struct {
		name, pasted, kept, notice, problem string
	}{
		{"as it is", "dapi123", "dapi123", "", ""},
		{"blanks and a line break around", "  dapi123\r\n", "dapi123", noticeTrimmed, ""},
		{"zero-width and no-break spaces", "\uFEFFdapi\u200B123\u00A0", "dapi123", noticeInvisible, ""},
		{"a space inside", " dapi 123", "", "", "has a space at position 5"},
		{"a line break inside", "dapi\n123", "", "", "has a line break at position 5"},
		{"a tab inside", "d\tapi", "", "", "has a tab at position 2"},
		{"a control character inside", "dé\x1bapi", "", "", "has a control character at position 3"},
		{"broken bytes", "da\xffpi", "", "", "has a control character at position 3"},
		{"too long", strings.Repeat("x", 4097), "", "", "is longer than 4,096 bytes"},
		{"just fits", strings.Repeat("x", 4096), strings.Repeat("x", 4096), "", ""},
		{"nothing but blanks", " \n ", "", noticeTrimmed, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			field := newSecret()
			field.Paste("what was there before")
			field.Paste(test.pasted)
			if got := string(field.Bytes()); got != test.kept {
				t.Errorf("kept %q", got)
			}
			if field.Notice() != test.notice || field.Problem() != test.problem {
				t.Errorf("notice %q, problem %q", field.Notice(), field.Problem())
			}
		})
	}
}

func TestTypingAfterAFullSecretStartsAnew(t *testing.T) {
	field := newSecret()
	typed := func(text string) {
		for _, r := range text {
			field.Key(pressOf(string(r)))
		}
	}
	typed("abc")
	field.Key(pressOf("backspace"))
	typed("é")
	if string(field.Bytes()) != "abé" || field.Len() != 3 {
		t.Fatalf("typed %q, length %d", field.Bytes(), field.Len())
	}
	field.Blur()
	field.Focus()
	typed("xy")
	if string(field.Bytes()) != "xy" {
		t.Fatalf("after coming back: %q", field.Bytes())
	}
	field.Paste("pasted")
	field.Blur()
	field.Focus()
	field.Key(pressOf("backspace"))
	if field.Len() != 0 {
		t.Fatal("backspace on a finished secret must clear it")
	}
}

func TestATypedSpaceIsRefusedAndTheRestKept(t *testing.T) {
	field := newSecret()
	for _, name := range []string{"a", "b", "space"} {
		field.Key(pressOf(name))
	}
	if string(field.Bytes()) != "ab" || field.Problem() != "has a space at position 3" {
		t.Fatalf("kept %q, problem %q", field.Bytes(), field.Problem())
	}
	field.Key(pressOf("c"))
	if string(field.Bytes()) != "abc" || field.Problem() != "" {
		t.Fatalf("kept %q, problem %q", field.Bytes(), field.Problem())
	}
}

func TestAPassphraseMayHaveBlanksBetweenItsWords(t *testing.T) {
	field := newSecret()
	field.AllowBlanks()
	field.Paste(" correct horse\n")
	if string(field.Bytes()) != "correct horse" || field.Problem() != "" {
		t.Fatalf("kept %q, problem %q", field.Bytes(), field.Problem())
	}
	field.Paste("correct\thorse")
	if field.Problem() != "has a tab at position 8" {
		t.Fatalf("problem %q", field.Problem())
	}
}

func TestKeysThatClearOrAreLeftAlone(t *testing.T) {
	field := newSecret()
	field.Paste(canary)
	held := field.held()
	for _, name := range []string{"ctrl+v", "enter", "tab", "esc", "left"} {
		if field.Key(pressOf(name)) {
			t.Errorf("%s was used", name)
		}
	}
	field.Key(pressOf("ctrl+u"))
	if field.Len() != 0 || field.Bytes() != nil {
		t.Fatal("ctrl+u must clear")
	}
	if strings.Trim(string(held), "\x00") != "" {
		t.Fatal("the field's own copy was not overwritten")
	}
	field.Blur()
	field.Paste(canary)
	if field.Len() != 0 || field.Key(tea.KeyPressMsg{Code: 'x', Text: "x"}) {
		t.Fatal("a field without the focus took something")
	}
}

func FuzzSecret(f *testing.F) {
	f.Add([]byte(" dapi 1\u200B\xff\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		kept, _, problem := checkSecret(raw, true, false)
		if problem != "" && kept != nil {
			t.Fatal("a refused secret was kept")
		}
		if len(kept) > SecretLimit || secretProblem(kept, false) != "" {
			t.Fatalf("kept what must be refused: %q", kept)
		}
	})
}
