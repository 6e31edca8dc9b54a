package ui

import (
	"errors"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

func choiceOf(theme *Theme, size *string) *Huh {
	h := NewHuhSelect(theme, "Size", size, HuhOption[string]{"small", "s"}, HuhOption[string]{"medium", "m"}, HuhOption[string]{"large", "l"})
	h.Focus()
	return h
}

func TestAChoiceIsTakenOverOnlyWhenItIsMeant(t *testing.T) {
	theme := NewTheme(true)
	size := "m"
	h := choiceOf(&theme, &size)
	h.Key(pressOf("down"))
	if size != "m" || !strings.Contains(plainText(h.View(40)), "(•) large") {
		t.Fatalf("looking at a row chose %q:\n%s", size, plainText(h.View(40)))
	}
	if h.Key(pressOf("down")) {
		t.Fatal("at the end an arrow leads out of the choice")
	}
	if h.Blur(); size != "l" {
		t.Fatalf("leaving it chose %q", size)
	}
	if h.Key(pressOf("up")) || strings.Contains(plainText(h.View(40)), "(•) medium") {
		t.Fatal("it takes keys without the focus")
	}
}

func TestEscCtrlCAndLettersStayThoseOfTheShell(t *testing.T) {
	theme := NewTheme(true)
	size, name := "m", ""
	inputs := map[string]*Huh{
		"choice": choiceOf(&theme, &size), "text": NewHuhText(&theme, "Name", "", &name),
	}
	for what, h := range inputs {
		h.Focus()
		for _, press := range []string{"esc", "ctrl+c", "enter", "tab", "f1", "ctrl+v", "ctrl+x"} {
			if h.Key(pressOf(press)) {
				t.Errorf("%s takes %s", what, press)
			}
		}
		if letter := h.Key(pressOf("/")); letter != h.Typing() || letter != (what == "text") {
			t.Errorf("%s takes a letter: %v", what, letter)
		}
	}
}

func TestATextOfHuhTakesWhatAFieldTakes(t *testing.T) {
	theme := NewTheme(true)
	for typed, want := range map[string]string{
		"  Ada \r\n": "Ada", "a\u200Bb\u202Ec": "abc", hostile: CleanPaste(hostile), "esc": "esc", "日本語": "日本語",
	} {
		name := "someone"
		h := NewHuhText(&theme, "Name", "", &name)
		h.Focus()
		h.Key(pressOf("ctrl+u"))
		h.Paste(typed)
		if h.Blur(); name != want {
			t.Errorf("%q became %q", typed, name)
		}
	}
	name := ""
	h := NewHuhText(&theme, "Name", "", &name)
	h.Focus()
	h.Key(tea.KeyPressMsg{Code: tea.KeyExtended, Text: "enter"})
	h.Key(pressOf("left"))
	h.Key(pressOf("x"))
	if h.Blur(); name != "entexr" {
		t.Fatalf("a word of an input method became %q", name)
	}
}

func TestTheTerminalsCursorIsInATextOfHuh(t *testing.T) {
	theme := NewTheme(true)
	name := "Ada"
	h := NewHuhText(&theme, "Name", "who", &name)
	if strings.Contains(h.View(60), cursorMark) {
		t.Fatal("a text without the focus has a cursor")
	}
	h.Focus()
	h.Key(pressOf("left"))
	for range 2 { // drawing changes nothing
		view := h.View(60)
		at := strings.Index(view, cursorMark)
		if at < 0 || ansi.StringWidth(view[:at]) != labelColumn+2 || strings.Contains(view, "38;2;1;2;3") {
			t.Fatalf("the cursor is elsewhere: %q", view)
		}
	}
	h.Key(pressOf("ctrl+u"))
	h.Key(pressOf("delete"))
	if view := h.View(60); strings.Index(view, cursorMark) != strings.Index(view, "\x1b[38;5;248mho") && !strings.Contains(view, cursorMark+"w") {
		t.Fatalf("the cursor is not before the placeholder: %q", view)
	}
}

func TestWhileSharingATextOfHuhShowsItsLengthOnly(t *testing.T) {
	disguised(t)
	aliases.Load().Share(true)
	theme := NewTheme(true)
	name := "Ada Lovelace"
	h := NewHuhText(&theme, "Name", "", &name)
	h.Focus()
	if view := plainText(h.View(60)); strings.Contains(view, "Ada") || !strings.Contains(view, strings.Repeat("*", 12)) {
		t.Fatalf("drawn is %q", view)
	}
}

func TestHuhIsDrawnInTheColoursOfTheThemeAndTheyAreMadeOnce(t *testing.T) {
	theme := NewTheme(true)
	size := "m"
	h := choiceOf(&theme, &size)
	dark := h.View(40)
	made := theme.huh
	if h.View(40); theme.huh != made {
		t.Fatal("the styles were made anew for another frame")
	}
	if !strings.Contains(dark, theme.Selected.Render("medium")) {
		t.Fatalf("not in the colours of the theme: %q", dark)
	}
	shell := NewShell(t.Context(), []Step{&scripted{}}, Options{Theme: &theme})
	shell.Init()
	shell.Update(tea.BackgroundColorMsg{Color: color.White})
	if light := h.View(40); light == dark || !strings.Contains(light, theme.Selected.Render("medium")) {
		t.Fatalf("a light background changed nothing: %q", light)
	}
}

func TestAFieldOfHuhSaysItsOwnFault(t *testing.T) {
	theme := NewTheme(true)
	topping := "none"
	field := huh.NewSelect[string]().Title("Topping").Options(huh.NewOptions("none", "cream", "cocoa")...).Value(&topping).
		Validate(func(chosen string) error {
			if chosen == "none" {
				return errors.New("choose one")
			}
			return nil
		})
	form := NewForm(FormField{Input: newHuh(&theme, "", field)})
	if form.Submit() || !strings.Contains(plainText(form.View(60)), "✗ choose one") {
		t.Fatalf("it was taken:\n%s", plainText(form.View(60)))
	}
	form.Key(pressOf("down"))
	if !form.Submit() || topping != "cream" {
		t.Fatalf("chosen is %q:\n%s", topping, plainText(form.View(60)))
	}
}

// TestAFormOfHuhIsNeverTooWide resizes a form of all kinds at random, and types into it meanwhile.
func TestAFormOfHuhIsNeverTooWide(t *testing.T) {
	theme := NewTheme(true)
	random := rand.New(rand.NewPCG(5, 6))
	b := newBag(&theme)
	names := []string{"tab", "up", "down", "left", "right", "space", "y", "n", "a", "日", "backspace", "delete", "home", "end", "ctrl+u", "ctrl+w", "enter"}
	for range 3000 {
		if name := names[random.IntN(len(names))]; name == "enter" {
			b.form.Submit()
		} else {
			b.press(name)
		}
		width := 12 + random.IntN(120)
		for line := range strings.SplitSeq(b.form.View(width), "\n") {
			if got := ansi.StringWidth(line); got > width {
				t.Fatalf("%d cells where there are %d: %q", got, width, line)
			}
		}
	}
}

func BenchmarkAKeyAndAFrameOfAHuhForm(b *testing.B) {
	theme := NewTheme(true)
	bag := newBag(&theme)
	bag.form.Focus(1)
	for i := range b.N {
		bag.form.Key(pressOf([]string{"up", "down"}[i%2]))
		_ = lipgloss.Height(bag.form.View(80))
	}
}
