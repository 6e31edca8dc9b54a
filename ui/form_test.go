package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// bag is what a form for coffee to take home fills in.
type bag struct {
	name, grind string
	gift        bool
	form        *Form
	code        *SecretField
	to          *Field
}

func newBag(theme *Theme) *bag {
	b := &bag{name: "Ada", grind: "fine"}
	b.code = NewSecretField(theme, "Loyalty code", "paste it here")
	b.to = NewField(theme, "For", "who gets it")
	b.form = NewForm(
		FormField{Input: NewHuhText(theme, "Name", "on the bag", &b.name), Problem: func() error {
			if b.name == "" {
				return errors.New("A bag has a name.")
			}
			return nil
		}},
		FormField{Input: NewHuhSelect(theme, "Grind", &b.grind, HuhOption[string]{"whole beans", "whole"}, HuhOption[string]{"coarse, for a press", "coarse"}, HuhOption[string]{"fine", "fine"})},
		FormField{Input: NewHuhSelect(theme, "Gift", &b.gift, HuhOption[bool]{"as it is", false}, HuhOption[bool]{"wrap it", true})},
		FormField{Input: b.to, Visible: func() bool { return b.gift }, Problem: func() error {
			if b.to.Value() == "" {
				return errors.New("Say who gets it.")
			}
			return nil
		}},
		FormField{Input: b.code, Problem: func() error {
			if b.code.Len() == 0 {
				return errors.New("Nothing was pasted yet.")
			}
			return nil
		}},
	)
	return b
}

func (b *bag) press(names ...string) {
	for _, name := range names {
		b.form.Key(pressOf(name))
	}
}

func (b *bag) typeText(text string) {
	for _, r := range text {
		b.form.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func (b *bag) seen() string { return plainText(b.form.View(70)) }

func TestTheFocusGoesRoundTheFieldsThatAreThere(t *testing.T) {
	theme := NewTheme(true)
	b := newBag(&theme)
	for _, step := range []struct {
		name  string
		field int
	}{
		{"tab", 1}, {"tab", 2}, {"tab", 4}, {"tab", 0}, {"shift+tab", 4}, {"up", 2}, {"down", 2}, {"tab", 3}, {"down", 4},
	} {
		if b.press(step.name); b.form.Focused() != step.field {
			t.Fatalf("%s led to field %d, not %d", step.name, b.form.Focused(), step.field)
		}
	}
	b.form.Focus(3)
	b.gift = false // as another field would have it
	if b.press("x"); b.form.Focused() == 3 || b.to.Focused() || b.to.Value() != "" {
		t.Fatal("a field that is gone still takes keys")
	}
}

func TestSubmittingGoesToTheFirstThatIsMissingAndSaysWhy(t *testing.T) {
	theme := NewTheme(true)
	b := newBag(&theme)
	b.press("ctrl+u")
	if b.form.Submit() || b.form.Focused() != 0 || !strings.Contains(b.seen(), "✗ A bag has a name.") {
		t.Fatalf("at %d:\n%s", b.form.Focused(), b.seen())
	}
	b.typeText("Grace")
	if strings.Contains(b.seen(), "✗") {
		t.Fatal("what is being corrected still complains")
	}
	if b.form.Submit() || b.form.Focused() != 4 || !strings.Contains(b.seen(), "✗ Nothing was pasted yet.") {
		t.Fatalf("at %d:\n%s", b.form.Focused(), b.seen())
	}
	b.form.Paste("two words")
	if b.form.Submit() || !strings.Contains(b.seen(), "What was entered has a space") {
		t.Fatalf("a secret that cannot be one was taken:\n%s", b.seen())
	}
	b.form.Paste(canary)
	if !b.form.Submit() || b.name != "Grace" {
		t.Fatalf("%q was not taken:\n%s", b.name, b.seen())
	}
}

func TestAProblemIsPutIntoTheWordsOfTheProgram(t *testing.T) {
	theme := NewTheme(true)
	b := newBag(&theme)
	b.form.Say = func(err error) string { return "Sorry. " + err.Error() }
	if b.form.Submit() || !strings.Contains(b.seen(), "✗ Sorry. Nothing was pasted yet.") {
		t.Fatal(b.seen())
	}
}

func TestAFormWithoutFieldsDoesNoHarm(t *testing.T) {
	hidden := func() bool { return false }
	theme := NewTheme(true)
	for _, form := range []*Form{NewForm(), NewForm(FormField{Input: NewField(&theme, "a", ""), Visible: hidden})} {
		form.Paste("x")
		if form.Key(pressOf("tab")) || form.Typing() || form.Focused() != -1 || form.View(60) != "" || !form.Submit() {
			t.Fatal("an empty form does something")
		}
	}
}

// homePanel is a form over the order, which asks the shop.
func homePanel(o *order, b *bag, answers ...error) *FormPanel {
	return NewFormPanel(o.theme, FormContent{
		Title: "Coffee to take home", Text: "It is ground while you wait.", Form: b.form, Does: "order it", Doing: "Grinding",
		Submit: func() func(context.Context) error {
			if len(answers) == 0 {
				return nil
			}
			answer := answers[0]
			answers = answers[1:]
			return func(context.Context) error { return answer }
		},
		Failed:  func(err error) State { return Failed("Not ground", err.Error(), "try again.") },
		Done:    func() (Move, tea.Cmd) { return Close().Then(Next()), nil },
		Actions: []Action{{Bind("start over", "ctrl+r"), func() (Move, tea.Cmd) { b.code.Clear(); return Stay(), nil }}},
	})
}

func TestAFormIsFilledInOverAStep(t *testing.T) {
	o := newOrder(t, 80, 24)
	b := newBag(o.theme)
	panel := homePanel(o, b, errNoBeans, nil)
	o.settle(o.open(panel))
	o.press("enter")
	o.mustShow("Coffee to take home", "✗ Nothing was pasted yet.", "enter order it · tab next field · ctrl+r start over")
	o.send(tea.PasteMsg{Content: canary + "\n"})
	o.press("enter")
	o.mustShow("Not ground", "no beans", "16 characters received")
	o.press("ctrl+r", "enter")
	o.mustShow("✗ Nothing was pasted yet.")
	o.send(tea.PasteMsg{Content: canary})
	if o.press("enter"); o.Current() != 1 || len(o.stack) != 1 {
		t.Fatalf("at step %d:\n%s", o.Current(), o.screen())
	}
}

func TestEscStopsTheWorkAndThenClosesTheForm(t *testing.T) {
	o := newOrder(t, 80, 24)
	b := newBag(o.theme)
	b.form.Focus(4)
	b.form.Paste(canary)
	panel := homePanel(o, b, nil)
	o.settle(o.open(panel))
	_, grinding := o.Update(pressOf("enter"))
	o.mustShow("Grinding", "esc stop")
	o.press("x", "tab", "enter")
	o.send(tea.PasteMsg{Content: "x"})
	if b.code.Len() != len(canary) || b.form.Focused() != 4 {
		t.Fatal("the form was changed while it was at work")
	}
	o.press("esc")
	o.settle(grinding)
	o.mustShow("Coffee to take home", "enter order it")
	if o.press("esc"); len(o.stack) != 1 || o.Current() != 0 {
		t.Fatal("the second esc closes the form, and a late answer moves nothing")
	}
}

func TestFormsLookAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		keys []string
	}{
		{"form", nil}, {"form-choice", []string{"tab", "up"}}, {"form-gift", []string{"tab", "tab", "down", "tab"}}, {"form-missing", []string{"enter"}},
	}
	for _, scene := range scenes {
		for _, size := range []struct{ width, height int }{{60, 18}, {80, 24}, {120, 40}, {200, 50}} {
			name := fmt.Sprintf("%s-%dx%d", scene.name, size.width, size.height)
			o := newOrder(t, size.width, size.height)
			o.settle(o.open(homePanel(o, newBag(o.theme))))
			o.press(scene.keys...)
			compareGolden(t, name, o.screen())
		}
	}
}
