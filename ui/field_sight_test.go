package ui

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// textField is a field that text is typed into, of either kind.
type textField interface {
	Key(msg tea.KeyPressMsg) bool
	Paste(text string)
	View(width int) string
}

// typedInto is a text field, with the text that it should hold.
type typedInto struct {
	field textField
	text  func() string
}

func sights() map[string]func() typedInto {
	theme := NewTheme(true)
	return map[string]func() typedInto{
		"a field": func() typedInto {
			field := NewField(&theme, "", "")
			field.Focus()
			return typedInto{field, func() string { return field.input.Value() }}
		},
		"a text of a form": func() typedInto {
			text := ""
			field := NewHuhText(&theme, "", "", &text)
			field.Focus()
			return typedInto{field, func() string {
				field.commit()
				return text
			}}
		},
	}
}

// TestTheRoomOfAFieldIsFilledWithItsText types, pastes and deletes at random: what fits is seen whole, and of what does not, as much as fits.
func TestTheRoomOfAFieldIsFilledWithItsText(t *testing.T) {
	const width = 24
	keys := []string{"backspace", "backspace", "ctrl+u", "ctrl+k", "ctrl+w", "left", "right", "home", "end", "ctrl+a", "delete", "x"}
	for name, make := range sights() {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			s := make()
			for range 3000 {
				did := "a paste"
				if random.IntN(12) == 0 {
					s.field.Paste("https://adb-7405605519549535.15.azuredatabricks.net/?o=7405605519549535"[:1+random.IntN(70)])
				} else {
					did = keys[random.IntN(len(keys))]
					s.field.Key(pressOf(did))
				}
				text := s.text()
				shown := strings.TrimRight(strings.ReplaceAll(ansi.Strip(s.field.View(width)), cursorMark, ""), " ")
				switch {
				case len(text) < width && shown != text:
					t.Fatalf("after %s the field holds %q and shows %q", did, text, shown)
				case len(text) >= width && len(shown) < width-1:
					t.Fatalf("after %s the field holds %q and shows no more than %q", did, text, shown)
				}
			}
		})
	}
}
