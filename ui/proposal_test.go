package ui

import (
	"strings"
	"testing"
)

// What is typed into a proposal replaces it, and a key that moves keeps it.
func TestAProposalIsReplacedByWhatIsTypedAndKeptByWhatMoves(t *testing.T) {
	theme := NewTheme(true)
	for _, tt := range []struct {
		story string
		does  func(*Huh)
		want  string
	}{
		{"typed", func(h *Huh) { h.Key(pressOf("x")); h.Key(pressOf("y")) }, "xy"},
		{"pasted", func(h *Huh) { h.Paste("prod") }, "prod"},
		{"moved first", func(h *Huh) { h.Key(pressOf("left")); h.Key(pressOf("x")) }, "inventory.assetxs"},
		{"gone to its end first", func(h *Huh) { h.Key(pressOf("end")); h.Key(pressOf("x")) }, "inventory.assetsx"},
		{"deleted", func(h *Huh) { h.Key(pressOf("backspace")) }, ""},
		{"left as it is", func(*Huh) {}, "inventory.assets"},
	} {
		name := "inventory.assets"
		h := NewHuhText(&theme, "Name", "", &name).Propose()
		h.Focus()
		if view := plainText(h.View(60)); !strings.Contains(view, "inventory.assets  typing replaces it") {
			t.Errorf("%s: it does not look like a proposal: %q", tt.story, view)
		}
		tt.does(h)
		if view := plainText(h.View(60)); strings.Contains(view, "replaces") != (tt.story == "left as it is") {
			t.Errorf("%s: %q", tt.story, view)
		}
		if h.Blur(); name != tt.want {
			t.Errorf("%s: it became %q", tt.story, name)
		}
	}
	name := "typed before"
	if h := NewHuhText(&theme, "Name", "", &name); strings.Contains(plainText(h.View(60)), "replaces") {
		t.Error("a text that is no proposal looks like one")
	}
}

// However narrow the field is, it says that typing replaces the proposal; of the text as much is left as can be.
func TestAProposalSaysThatItIsOneInAnyWidth(t *testing.T) {
	theme := NewTheme(true)
	name := "inventory.assets 2"
	h := NewHuhText(&theme, "Name", "", &name).Propose()
	h.Focus()
	for width, want := range map[int]string{
		60: "inventory.assets 2  typing replaces it",
		50: "inventory.assets 2  type over it",
		30: "inve…  type over it",
	} {
		if view := plainText(h.View(width)); !strings.Contains(view, want) {
			t.Errorf("in %d columns: %q", width, view)
		}
	}
}
