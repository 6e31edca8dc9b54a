package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestAChipTakesItsShortFormInANarrowWindow(t *testing.T) {
	shell, _ := newScripted(t, "one")
	shell.opt.Product, shell.opt.Subject = "A product of some length", func() string { return strings.Repeat("subject", 4) }
	shell.opt.Status = func() []Chip {
		return []Chip{{Text: "The machine is warming up since 1:40", Short: "warming 1:40"}, {Text: "DEMO"}}
	}
	for width, want := range map[int]string{80: "  warming 1:40  DEMO", 120: "The machine is warming up since 1:40  DEMO"} {
		shell.Update(tea.WindowSizeMsg{Width: width, Height: 24})
		header, _, _ := strings.Cut(plainText(shell.View().Content), "\n")
		if !strings.HasSuffix(header, want) {
			t.Errorf("at %d the header is %q", width, header)
		}
	}
}

func TestACardLiesOverAnyStepUntilItIsClosed(t *testing.T) {
	shell, steps := newScripted(t, "one", "two")
	shell.opt.Card = Card{Key: "f2", Title: "Beforehand", View: func(int) string { return strings.Repeat("a line\n", 40) }}
	shell.Update(tea.KeyPressMsg{Code: tea.KeyF2})
	frame := plainText(shell.View().Content)
	if !strings.Contains(frame, "Beforehand") || !strings.Contains(frame, "↑↓ scroll · enter go on") {
		t.Fatalf("the card is not on screen:\n%s", frame)
	}
	before := len(steps[0].seen)
	shell.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
	shell.Update(tea.PasteMsg{Content: "x"})
	if len(steps[0].seen) != before {
		t.Error("the step got what was typed over the card")
	}
	shell.Update(tea.KeyPressMsg{Code: tea.KeyEscape})
	if strings.Contains(plainText(shell.View().Content), "Beforehand") || shell.Current() != 0 || shell.asking {
		t.Error("esc did more or less than closing the card")
	}
}

func TestTextThatComesWhileTheCardLiesOverAFieldArrivesInTheField(t *testing.T) {
	for name, give := range map[string]func(o *order){
		"pasted": func(o *order) { o.send(tea.PasteMsg{Content: "who? me"}) },
		"typed":  func(o *order) { o.text("who? me") },
	} {
		o := newOrder(t, 80, 24)
		o.opt.Card = Card{Key: "f2", Title: "Beforehand", View: func(int) string { return "a line" }}
		o.press("f2")
		if !strings.Contains(o.screen(), "Beforehand") {
			t.Fatalf("the card is not on screen:\n%s", o.screen())
		}
		give(o)
		if !strings.Contains(o.screen(), "Name on the cup  who? me") {
			t.Errorf("%s over the card:\n%s", name, o.screen())
		}
	}
}

func TestTheQuestionMarkOnACardAsksForHelp(t *testing.T) {
	o := newOrder(t, 80, 24)
	o.opt.Card = Card{Key: "f2", Title: "Beforehand", View: func(int) string { return "a line" }}
	o.press("f2")
	if !strings.Contains(o.screen(), "? help") || !strings.Contains(o.screen(), "esc close") {
		t.Errorf("the card does not name its keys:\n%s", o.screen())
	}
	if o.text("?"); !helpIsOpen(o.Shell) {
		t.Errorf("? was no question:\n%s", o.screen())
	}
	o.press("esc")
	if !strings.Contains(o.screen(), "Beforehand") {
		t.Errorf("help does not lead back to the card:\n%s", o.screen())
	}
}
