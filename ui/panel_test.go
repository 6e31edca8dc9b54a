package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// panels are scripted ones, named by what they draw.
func panels(names ...string) []*scripted {
	made := make([]*scripted, len(names))
	for i, name := range names {
		made[i] = &scripted{title: name, body: "this is " + name}
	}
	return made
}

// opened is a shell of two steps with these panels over the first.
func opened(t *testing.T, names ...string) (*Shell, []*scripted, []*scripted) {
	shell, steps := newScripted(t, "one", "two")
	over := panels(names...)
	for _, panel := range over {
		say(shell, shell.top().Panel.(*scripted), Open(panel))
	}
	for _, who := range append(over, steps...) {
		who.seen = nil
	}
	return shell, steps, over
}

// say has somebody on the screen answer the next message by a move.
func say(shell *Shell, who *scripted, move Move) {
	who.answer = func(tea.Msg) (Move, tea.Cmd) {
		who.answer = nil
		return move, nil
	}
	shell.Update("news")
}

func onScreen(shell *Shell, text string) bool {
	return strings.Contains(plainText(shell.View().Content), text)
}

func ended(who *scripted) bool { return who.ctx.Err() != nil }

func TestAPanelTakesTheScreenAndTheKeysUntilEscCloses(t *testing.T) {
	shell, steps, over := opened(t, "sign-in", "plan")
	if !onScreen(shell, "this is plan") || onScreen(shell, "this is sign-in") {
		t.Fatal("the topmost panel is not what is seen")
	}
	shell.Update(pressOf("x"))
	shell.Update(tea.PasteMsg{Content: "x"})
	if len(over[1].seen) != 2 || len(over[0].seen)+len(steps[0].seen) != 0 {
		t.Fatal("keys and pastes belong to the topmost panel alone")
	}
	over[1].opened = true
	shell.Update(pressOf("esc"))
	if over[1].opened || !onScreen(shell, "this is plan") {
		t.Fatal("the first esc closes something within the panel")
	}
	for _, want := range []string{"this is sign-in", "one"} {
		shell.Update(pressOf("esc"))
		if !onScreen(shell, want) || shell.asking {
			t.Fatalf("esc did not lead to %q", want)
		}
	}
	if !ended(over[0]) || !ended(over[1]) || ended(steps[0]) {
		t.Fatal("the contexts of the panels end, that of the step does not")
	}
	if shell.Update(pressOf("esc")); !shell.asking {
		t.Fatal("with nothing open esc is the step's again")
	}
}

func TestEveryoneHearsWhatIsNotInputOnce(t *testing.T) {
	shell, steps, over := opened(t, "sign-in", "plan")
	shell.Update("the answer")
	for _, who := range append(over, steps[0]) {
		if len(who.seen) != 1 {
			t.Errorf("%s heard it %d times", who.title, len(who.seen))
		}
	}
}

func TestClosingAPanelUnderWayClosesWhatIsOverItAndNobodyMissesTheMessage(t *testing.T) {
	shell, steps, over := opened(t, "sign-in", "plan", "details")
	over[1].answer = moving(Close())
	shell.Update("the answer")
	if len(steps[0].seen) != 1 || len(over[0].seen) != 1 {
		t.Fatal("somebody below missed the message")
	}
	if !ended(over[1]) || !ended(over[2]) || ended(over[0]) || !onScreen(shell, "this is sign-in") {
		t.Fatal("the panel and what was over it are closed, and nothing else")
	}
}

func TestAMoveOfWhoeverIsGoneMeansNothing(t *testing.T) {
	shell, steps, over := opened(t, "sign-in", "plan")
	over[1].answer = moving(GoTo(1)) // asked first, and leaves the step
	over[0].answer = moving(Quit())
	steps[0].answer = moving(Open(&scripted{}))
	shell.Update("the answer")
	if shell.Current() != 1 || shell.Left() || len(shell.stack) != 1 {
		t.Fatalf("at step %d, left %v, %d on the stack", shell.Current(), shell.Left(), len(shell.stack))
	}
	if !ended(steps[0]) || !ended(over[0]) || !ended(over[1]) {
		t.Fatal("leaving a step ends everything over it")
	}
}

func TestMovesAreMadeOneAfterTheOther(t *testing.T) {
	fresh := &scripted{title: "fresh", body: "this is fresh"}
	tests := []struct {
		name    string
		move    Move
		current int
		seen    string
	}{
		{"closed and a step on", Close().Then(Next()), 1, "two"},
		{"one for the other", Close().Then(Open(fresh)), 0, "this is fresh"},
		{"a step on with a panel", GoTo(1).Then(Open(fresh)), 1, "this is fresh"},
		{"both closed", Close().Then(Close()), 0, "one"},
		{"three in a row", Close().Then(Next()).Then(Open(fresh)), 1, "this is fresh"},
		{"one that is open already", Open(nil).Then(Stay()), 0, "this is plan"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			shell, _, over := opened(t, "sign-in", "plan")
			over[1].answer = moving(test.move)
			shell.Update(pressOf("x"))
			if shell.Current() != test.current || !onScreen(shell, test.seen) {
				t.Errorf("at step %d:\n%s", shell.Current(), plainText(shell.View().Content))
			}
		})
	}
}

func TestAPanelThatEndsTheProgramEndsEverything(t *testing.T) {
	shell, steps, over := opened(t, "sign-in", "plan")
	over[1].answer = moving(Close().Then(Quit()).Then(Next()))
	_, cmd := shell.Update(pressOf("x"))
	if !quits(cmd) || !shell.Left() || !ended(steps[0]) || !ended(over[0]) || !ended(over[1]) {
		t.Fatal("something goes on after the end")
	}
}

func TestALateAnswerForAClosedPanelIsNobodys(t *testing.T) {
	shell, _, over := opened(t, "sign-in")
	var task Task[string]
	late := task.Start(over[0].ctx, func(context.Context) (string, error) { return "signed in", nil })()
	over[0].answer = func(msg tea.Msg) (Move, tea.Cmd) {
		if _, _, ok := task.Take(msg); ok {
			t.Error("an answer was taken by a closed panel")
		}
		return Stay(), nil
	}
	shell.Update(pressOf("esc"))
	shell.Update(late)
	say(shell, shell.top().Panel.(*scripted), Open(over[0])) // again, and the old answer is still of the first time
	shell.Update(late)
	if over[0].entered != 2 || task.Running() {
		t.Fatalf("entered %d times, running %v", over[0].entered, task.Running())
	}
}

// welcoming is a step that has a panel over it from the beginning.
type welcoming struct {
	scripted
	over Panel
}

func (w *welcoming) Opening() Panel { return w.over }

func TestAStepAndAPanelMayOpenAPanelFromTheBeginning(t *testing.T) {
	inner := panels("details")[0]
	outer := &welcoming{scripted{body: "this is a plan"}, inner}
	shell := NewShell(t.Context(), []Step{&welcoming{scripted{title: "one"}, outer}}, Options{})
	shell.Init()
	if !onScreen(shell, "this is details") || outer.entered != 1 || inner.entered != 1 {
		t.Fatal("both panels are open at once")
	}
	shell.Update(pressOf("esc"))
	if !onScreen(shell, "this is a plan") {
		t.Fatal("they are closed one by one")
	}
}

func TestAPanicInAPanelIsAFaultLikeAnyOther(t *testing.T) {
	boom := func() { panic("dapi-CANARY") }
	for where, arrange := range map[string]func(*scripted){
		"drawing":   func(s *scripted) { s.draw = func() string { boom(); return "" } },
		"answering": func(s *scripted) { s.answer = func(tea.Msg) (Move, tea.Cmd) { boom(); return Stay(), nil } },
	} {
		shell, steps, over := opened(t, "sign-in")
		arrange(over[0])
		_, cmd := shell.Update("news")
		var fault *Fault
		if !errors.As(shell.Err(), &fault) || !quits(cmd) || !strings.HasPrefix(fault.During, where+" a panel over step 1") {
			t.Errorf("%s: %v", where, shell.Err())
		}
		if !ended(steps[0]) || !ended(over[0]) || strings.Contains(shell.View().Content, "CANARY") {
			t.Errorf("%s: it goes on", where)
		}
	}
}

func TestTheQuestionWhetherToLeaveStandsOverPanels(t *testing.T) {
	shell, _, over := opened(t, "sign-in")
	shell.Update(pressOf("ctrl+c"))
	shell.Update(pressOf("esc"))
	if len(over[0].seen) != 0 || ended(over[0]) || shell.asking {
		t.Fatal("the answer to the question did something else")
	}
	shell.Update(tea.WindowSizeMsg{Width: 40, Height: 10})
	shell.Update(pressOf("esc"))
	shell.Update(pressOf("f1"))
	shell.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	if ended(over[0]) || !onScreen(shell, "this is sign-in") {
		t.Fatal("a window that was too small for a moment closed a panel")
	}
}

// lettered is a panel with a key of its own, in which a person may be typing.
type lettered struct{ scripted }

func (*lettered) Keys() []key.Binding { return []key.Binding{Bind("apply the plan", "a")} }

func TestFooterCursorAndHelpAreOfTheTopmost(t *testing.T) {
	shell, steps, _ := opened(t)
	steps[0].body, steps[0].typing = "a field "+CursorMark(), true
	panel := &lettered{scripted{body: "no field"}}
	say(shell, steps[0], Open(panel))
	if shell.View().Cursor != nil || !onScreen(shell, "a apply the plan · ? help · esc close") {
		t.Fatalf("not of the panel:\n%s", plainText(shell.View().Content))
	}
	shell.Update(pressOf("?"))
	if !onScreen(shell, "a       apply the plan") || !onScreen(shell, "esc     close") {
		t.Fatalf("help is not about the panel:\n%s", plainText(shell.View().Content))
	}
	shell.Update(pressOf("?"))
	panel.typing, panel.body = true, "a field "+CursorMark()
	shell.Update(pressOf("?"))
	if helpIsOpen(shell) || len(panel.seen) == 0 || shell.View().Cursor == nil {
		t.Fatal("where a panel is typed into, ? is text")
	}
}

func TestHelpAndTheCardAreOnTheSameStack(t *testing.T) {
	shell, _, over := opened(t, "sign-in")
	shell.opt.Card = Card{Key: "f2", Title: "Beforehand", View: func(int) string { return "bring a cup" }}
	for _, press := range []struct{ name, seen string }{
		{"f2", "bring a cup"}, {"f1", "Keys"}, {"esc", "bring a cup"}, {"f1", "Keys"},
		{"f2", "this is sign-in"}, {"f1", "Keys"}, {"f2", "bring a cup"}, {"enter", "this is sign-in"},
	} {
		if shell.Update(pressOf(press.name)); !onScreen(shell, press.seen) {
			t.Fatalf("%s did not lead to %q:\n%s", press.name, press.seen, plainText(shell.View().Content))
		}
	}
	if len(over[0].seen) != 0 || ended(over[0]) {
		t.Fatal("the panel below noticed")
	}
}
