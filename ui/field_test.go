package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func newField() *Field {
	theme := NewTheme(true)
	field := NewField(&theme, "Workspace host", "adb-….azuredatabricks.net")
	field.Focus()
	return field
}

func TestPastedTextIsCleanedAndNeverSubmits(t *testing.T) {
	field := newField()
	field.Paste("\r\n  https://adb\u200B-1.example\u00A0.net/\u202E \n")
	if field.Value() != "https://adb-1.example.net/" {
		t.Fatalf("value %q", field.Value())
	}
}

func TestAFieldUsesEditingKeysAndLeavesTheOthers(t *testing.T) {
	field := newField()
	for _, name := range []string{"a", "b", "c", "left", "backspace", "space"} {
		if !field.Key(pressOf(name)) {
			t.Fatalf("%s was not used", name)
		}
	}
	if field.Value() != "a c" {
		t.Fatalf("value %q", field.Value())
	}
	for _, name := range []string{"enter", "esc", "tab", "up", "down", "ctrl+v", "ctrl+t", "f1"} {
		if field.Key(pressOf(name)) {
			t.Errorf("%s was used", name)
		}
	}
	field.Blur()
	if field.Key(pressOf("x")) || field.Value() != "a c" {
		t.Fatal("a field without the focus took a key")
	}
}

func TestTextIsNotTakenForAKey(t *testing.T) {
	field := newField()
	field.Key(tea.KeyPressMsg{Code: tea.KeyExtended, Text: "ctrl+u"})
	if field.Value() != "ctrl+u" {
		t.Fatalf("value %q", field.Value())
	}
}

func TestTheCursorStaysInSightOfALongValue(t *testing.T) {
	field := newField()
	field.SetValue(strings.Repeat("日本 and more ", 20) + "end")
	for range 320 {
		for _, width := range []int{1, 2, 20, 60} {
			view := field.View(width)
			before, _, found := strings.Cut(view, cursorMark)
			if !found || ansi.StringWidth(before) >= max(2, width) || ansi.StringWidth(view) > width {
				t.Fatalf("at width %d: %q", width, view)
			}
		}
		field.Key(pressOf("left"))
	}
	if !strings.Contains(ansi.Strip(field.View(60)), "日本 and") {
		t.Fatalf("the beginning is not in sight: %q", field.View(60))
	}
}

func TestANoteStandsBelowTheValue(t *testing.T) {
	field := newField()
	field.SetNote(MarkWarn, "Digits only: that is the SCIM id. The client ID is the application ID (a UUID).")
	lines := strings.Split(plainText(field.View(56)), "\n")
	if !strings.HasPrefix(lines[1], blanks(labelColumn)+"! Digits only") {
		t.Fatalf("lines %q", lines)
	}
	if !strings.HasPrefix(lines[2], blanks(labelColumn)+"  ") {
		t.Fatalf("the note is not indented: %q", lines)
	}
}

func TestDeletingAWordAtTheLastCharacterDeletesIt(t *testing.T) {
	theme := NewTheme(true)
	field := NewField(&theme, "Name", "")
	field.Focus()
	field.SetValue("Ada")
	field.Key(pressOf("left"))
	if !field.Key(tea.KeyPressMsg{Code: 'd', Mod: tea.ModAlt}) || field.Value() != "Ad" {
		t.Errorf("the field has %q", field.Value())
	}
}
