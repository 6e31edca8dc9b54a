package ui

import (
	"errors"
	"slices"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

func TestAChoiceIsFilteredAndTaken(t *testing.T) {
	shell, steps := newScripted(t, "one")
	chosen := -1
	panel := NewChoicePanel(shell.theme, ChoiceContent{
		Title: "Beans", Text: "As they are here.", Names: []string{"Arabica", "Robusta", "Liberica"}, Does: "roast these", Leave: "not now",
		Chosen: func(i int) (Move, tea.Cmd) {
			chosen = i
			return Close(), nil
		},
	})
	say(shell, steps[0], Open(panel))
	if !onScreen(shell, "As they are here.") || !onScreen(shell, "enter roast these") || !onScreen(shell, "esc not now") {
		t.Fatalf("it shows\n%s", plainText(shell.View().Content))
	}
	shell.Update(tea.PasteMsg{Content: "no such"})
	shell.Update(pressOf("enter"))
	if chosen != -1 {
		t.Fatal("a row was taken that nobody saw")
	}
	shell.Update(pressOf("ctrl+u"))
	shell.Update(pressOf("r"))
	shell.Update(pressOf("o"))
	shell.Update(pressOf("enter"))
	if chosen != 1 || shell.at(panel) >= 0 {
		t.Fatalf("took %d, open %v", chosen, shell.at(panel) >= 0)
	}
}

func TestASnippetIsLookedAtWholeInAPanelOfItsOwn(t *testing.T) {
	shell, steps := newScripted(t, "one")
	snippet := NewSnippet(shell.theme, grant, "grants.sql")
	used, move, _ := snippet.Press(pressOf("v"))
	if !used || snippet.Plain() {
		t.Fatal("v opens a panel and leaves the snippet as it is")
	}
	say(shell, steps[0], move)
	snippet.SetText("something else") // somebody may be selecting the text at this moment
	if !onScreen(shell, "-- to whom it may concern") || !onScreen(shell, "esc close") || onScreen(shell, "plain view") {
		t.Fatalf("it shows\n%s", plainText(shell.View().Content))
	}
	shell.Update(pressOf("v"))
	if len(shell.stack) != 1 {
		t.Fatal("v does not close it again")
	}
	if used, _, cmd := snippet.Press(pressOf("y")); !used || cmd == nil {
		t.Error("the other keys are those of the snippet")
	}
}

// parting is a panel that says itself what esc does.
type parting struct{ *scripted }

func (parting) Leaves() string { return "to the counter" }

func TestAPanelMaySayWhatEscDoes(t *testing.T) {
	shell, steps := newScripted(t, "one")
	say(shell, steps[0], Open(parting{panels("order")[0]}))
	if !onScreen(shell, "esc to the counter") {
		t.Errorf("it shows\n%s", plainText(shell.View().Content))
	}
}

func TestAListenerHearsWhatKeysAskForAndNotWhatIsTyped(t *testing.T) {
	shell, steps, over := opened(t, "plan")
	var heard []string
	shell.opt.Heard = func(does string) { heard = append(heard, does) }
	over[0].keys = []key.Binding{Bind("apply", "enter"), Bind("read on", "down"), Bind("again", "r")}
	for _, name := range []string{"enter", "down", "r", "x"} {
		shell.Update(pressOf(name))
	}
	over[0].typing = true
	shell.Update(pressOf("r"))
	over[0].typing = false
	shell.Update(pressOf("esc"))
	steps[0].keys = []key.Binding{Bind("next", "enter")}
	shell.Update(pressOf("enter"))
	if want := []string{"apply", "again", "next"}; !slices.Equal(heard, want) {
		t.Errorf("it heard %q", heard)
	}
}

func TestEnterGoesOnToWhatIsStillAwaited(t *testing.T) {
	theme := NewTheme(true)
	first, second := NewSecretField(&theme, "Code", ""), NewSecretField(&theme, "Once more", "")
	form := NewForm(FormField{Input: first}, FormField{
		Input: second, Awaits: func() bool { return second.Len() == 0 }, Problem: func() error {
			if second.Len() == 0 {
				return errors.New("Type it once more.")
			}
			return nil
		},
	})
	form.Paste("espresso")
	if form.Submit() || form.Focused() != 1 || second.note != "" {
		t.Fatalf("at %d with %q", form.Focused(), second.note)
	}
	if form.Submit() || second.note != "Type it once more." {
		t.Errorf("enter on the empty field itself says %q", second.note)
	}
}

func TestAFormTakesOverWhatIsTypedWhileItGoesOn(t *testing.T) {
	theme, name := NewTheme(true), ""
	form := NewForm(FormField{Input: NewHuhText(&theme, "Name", "on the bag", &name)})
	form.Paste("Ada")
	if form.Keep(); name != "Ada" {
		t.Errorf("it holds %q", name)
	}
}
