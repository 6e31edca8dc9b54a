package ui

import (
	"context"
	"image/color"
	"strings"
	"testing"
	"testing/synctest"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// scripted is a step whose answers are set by a test.
type scripted struct {
	title   string
	ctx     context.Context
	entered int
	seen    []tea.Msg
	answer  func(tea.Msg) (Move, tea.Cmd)
	opened  bool
	typing  bool
	body    string
	draw    func() string
	keys    []key.Binding
}

func (s *scripted) Title() string { return s.title }
func (s *scripted) Enter(ctx context.Context) tea.Cmd {
	s.ctx = ctx
	s.entered++
	return nil
}
func (s *scripted) Update(msg tea.Msg) (Move, tea.Cmd) {
	s.seen = append(s.seen, msg)
	if s.answer != nil {
		return s.answer(msg)
	}
	return Stay(), nil
}
func (s *scripted) Escape() bool {
	was := s.opened
	s.opened = false
	return was
}
func (s *scripted) Typing() bool        { return s.typing }
func (s *scripted) Keys() []key.Binding { return s.keys }
func (s *scripted) View(int, int) string {
	if s.draw != nil {
		return s.draw()
	}
	return s.body
}

func newScripted(t *testing.T, titles ...string) (*Shell, []*scripted) {
	var steps []Step
	var scripts []*scripted
	for _, title := range titles {
		script := &scripted{title: title}
		scripts = append(scripts, script)
		steps = append(steps, script)
	}
	shell := NewShell(t.Context(), steps, Options{Product: "Test"})
	shell.Init()
	return shell, scripts
}

func helpIsOpen(s *Shell) bool { return s.help != nil && s.at(s.help) >= 0 }

func moving(move Move) func(tea.Msg) (Move, tea.Cmd) {
	return func(tea.Msg) (Move, tea.Cmd) { return move, nil }
}

func quits(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	_, ok := cmd().(tea.QuitMsg)
	return ok
}

func TestMovesNavigateAndContextsFollow(t *testing.T) {
	shell, steps := newScripted(t, "one", "two", "three")
	steps[0].answer = moving(Next())
	shell.Update(pressOf("x"))
	if shell.Current() != 1 || steps[0].ctx.Err() == nil || steps[1].ctx.Err() != nil {
		t.Fatalf("Next: current %d, contexts %v, %v", shell.Current(), steps[0].ctx.Err(), steps[1].ctx.Err())
	}
	steps[1].answer = moving(GoTo(7))
	shell.Update(pressOf("x"))
	if shell.Current() != 1 || steps[1].ctx.Err() != nil {
		t.Fatal("GoTo out of range must change nothing")
	}
	steps[1].answer = moving(GoTo(2))
	shell.Update(pressOf("x"))
	steps[2].answer = moving(Back())
	shell.Update(pressOf("x"))
	if shell.Current() != 1 || steps[1].entered != 2 || steps[1].ctx.Err() != nil {
		t.Fatalf("Back: current %d, entered %d times, context %v", shell.Current(), steps[1].entered, steps[1].ctx.Err())
	}
}

func TestNextOnTheLastStepFinishes(t *testing.T) {
	shell, steps := newScripted(t, "only")
	steps[0].answer = moving(Next())
	_, cmd := shell.Update(pressOf("x"))
	if !quits(cmd) || !shell.Finished() || shell.Left() || steps[0].ctx.Err() == nil {
		t.Fatalf("finished %v, left %v, context %v", shell.Finished(), shell.Left(), steps[0].ctx.Err())
	}
}

func TestCtrlCAsksOnceAndASecondOneLeaves(t *testing.T) {
	shell, steps := newScripted(t, "one")
	shell.Update(pressOf("ctrl+c"))
	if frame := plainText(shell.View().Content); !strings.Contains(frame, "Leave the set-up? ctrl+c leaves · any other key stays") {
		t.Fatalf("no question in the footer:\n%s", frame)
	}
	shell.Update(pressOf("x"))
	if len(steps[0].seen) != 0 {
		t.Fatal("the key that answered the question reached the step")
	}
	shell.Update(pressOf("x"))
	if len(steps[0].seen) != 1 {
		t.Fatal("after staying, keys must reach the step again")
	}
	shell.Update(pressOf("ctrl+c"))
	_, cmd := shell.Update(pressOf("ctrl+c"))
	if !quits(cmd) || !shell.Left() || steps[0].ctx.Err() == nil {
		t.Fatal("the second ctrl+c must leave and cancel the step")
	}
}

func TestEscapeClosesThenGoesBackThenAsks(t *testing.T) {
	shell, steps := newScripted(t, "one", "two")
	steps[0].answer = moving(Next())
	shell.Update(pressOf("x"))
	steps[1].opened = true
	shell.Update(pressOf("esc"))
	if steps[1].opened || shell.Current() != 1 {
		t.Fatal("the first esc closes what is open and stays")
	}
	shell.Update(pressOf("esc"))
	if shell.Current() != 0 {
		t.Fatal("the second esc goes back")
	}
	shell.Update(pressOf("esc"))
	shell.Update(pressOf("enter"))
	if shell.Left() || shell.asking {
		t.Fatal("esc on the first step asks, and another key stays")
	}
	shell.Update(pressOf("ctrl+c"))
	shell.Update(pressOf("esc"))
	if shell.Left() || shell.asking {
		t.Fatal("where ctrl+c asked, esc is another key")
	}
	shell.Update(pressOf("esc"))
	if frame := plainText(shell.View().Content); !strings.Contains(frame, "esc leaves · any other key stays") {
		t.Fatalf("it is not said that esc leaves:\n%s", frame)
	}
	if shell.Update(pressOf("esc")); !shell.Left() {
		t.Fatal("esc leaves where esc asked")
	}
}

func TestTextThatAnswersTheQuestionWhetherToLeaveIsTyped(t *testing.T) {
	for _, asks := range []string{"esc", "ctrl+c"} {
		shell, steps := newScripted(t, "one")
		steps[0].typing = true
		shell.Update(pressOf(asks))
		shell.Update(pressOf("1"))
		shell.Update(pressOf(asks))
		shell.Update(tea.PasteMsg{Content: "27.0.0.1"})
		if shell.Left() || shell.asking || len(steps[0].seen) != 2 {
			t.Errorf("%s: of two texts the field got %v", asks, steps[0].seen)
		}
	}
}

func TestTheQuestionMarkBelongsToWhoeverTypes(t *testing.T) {
	shell, steps := newScripted(t, "one")
	steps[0].typing = true
	shell.Update(pressOf("?"))
	if len(steps[0].seen) != 1 || helpIsOpen(shell) {
		t.Fatal("while typing, ? is text")
	}
	shell.Update(pressOf("f1"))
	if !helpIsOpen(shell) {
		t.Fatal("f1 always opens help")
	}
	shell.Update(pressOf("x"))
	shell.Update(tea.PasteMsg{Content: "x"})
	if len(steps[0].seen) != 1 {
		t.Fatal("nothing typed over the help page may reach the step")
	}
	shell.Update(pressOf("esc"))
	steps[0].typing = false
	shell.Update(pressOf("?"))
	if !helpIsOpen(shell) {
		t.Fatal("? opens help when nobody types")
	}
}

func TestTextThatSpellsAKeyNameIsText(t *testing.T) {
	shell, steps := newScripted(t, "one", "two")
	steps[0].typing = true
	shell.Update(tea.KeyPressMsg{Code: tea.KeyExtended, Text: "esc"})
	if shell.asking || len(steps[0].seen) != 1 {
		t.Fatal("the word esc from an input method was taken for the key")
	}
}

func TestASmallWindowIgnoresKeysButCtrlC(t *testing.T) {
	shell, steps := newScripted(t, "one")
	shell.Update(tea.WindowSizeMsg{Width: 40, Height: 10})
	for _, name := range []string{"x", "esc", "enter", "f1"} {
		shell.Update(pressOf(name))
	}
	if len(steps[0].seen) != 0 || shell.asking || helpIsOpen(shell) {
		t.Fatal("a key had an effect that could not be seen")
	}
	shell.Update(pressOf("ctrl+c"))
	if frame := plainText(shell.View().Content); !strings.Contains(frame, "Leave?") {
		t.Fatalf("the question is not shown:\n%s", frame)
	}
	shell.Update(pressOf("ctrl+c"))
	if !shell.Left() {
		t.Fatal("ctrl+c twice must leave")
	}
}

func TestWatchSeesMessagesButNoInput(t *testing.T) {
	var watched []tea.Msg
	step := &scripted{title: "one"}
	shell := NewShell(t.Context(), []Step{step}, Options{Watch: func(msg tea.Msg) tea.Cmd {
		watched = append(watched, msg)
		return nil
	}})
	shell.Init()
	shell.Update("news")
	shell.Update(pressOf("x"))
	shell.Update(tea.PasteMsg{Content: "a secret"})
	if len(watched) != 1 || len(step.seen) != 3 {
		t.Fatalf("watched %d messages, the step saw %d", len(watched), len(step.seen))
	}
}

func TestTheBackgroundChangesTheSharedTheme(t *testing.T) {
	theme := NewTheme(true)
	shell := NewShell(t.Context(), []Step{&scripted{}}, Options{Theme: &theme})
	shell.Init()
	before := theme.Accent.Render("x")
	shell.Update(tea.BackgroundColorMsg{Color: color.White})
	if theme.Accent.Render("x") == before {
		t.Fatal("the accent is the same on a light background")
	}
}

func TestABackgroundThatWasChosenStays(t *testing.T) {
	theme := NewTheme(false)
	theme.Fixed = true
	shell := NewShell(t.Context(), []Step{&scripted{}}, Options{Theme: &theme})
	shell.Init()
	before := theme.Accent.Render("x")
	shell.Update(tea.BackgroundColorMsg{Color: color.Black})
	if theme.Accent.Render("x") != before {
		t.Fatal("the accent follows what the terminal says")
	}
}

func TestTheCursorIsWhereTheLastMarkStands(t *testing.T) {
	shell, steps := newScripted(t, "one")
	steps[0].body = "a" + CursorMark() + "b\nwörd" + CursorMark() + "!"
	view := shell.View()
	if view.Cursor == nil || view.Cursor.X != margin+railWidth+4 || view.Cursor.Y != 3 {
		t.Fatalf("cursor at %+v", view.Cursor)
	}
	if strings.Contains(view.Content, cursorMark) {
		t.Fatal("a mark was left in the frame")
	}
}

func TestAFullWidthLineStartsAtTheEdge(t *testing.T) {
	shell, steps := newScripted(t, "one", "two")
	steps[0].body = "title\n" + FullWidth("SELECT "+strings.Repeat("x", 200))
	lines := strings.Split(plainText(shell.View().Content), "\n")
	if !strings.HasPrefix(lines[3], "SELECT xxx") || len([]rune(lines[3])) != 80 {
		t.Fatalf("line is %q", lines[3])
	}
}

func TestABodyThatDoesNotFitIsSeenWithThePagingKeys(t *testing.T) {
	shell, steps := newScripted(t, "one")
	steps[0].body = "first\n" + strings.Repeat("line\n", 20) + CursorMark() + "field\n" + strings.Repeat("line\n", 8) + "last"
	see := func(texts ...string) {
		t.Helper()
		frame := plainText(shell.View().Content)
		for _, text := range texts {
			if !strings.Contains(frame, text) {
				t.Fatalf("%q is not in sight:\n%s", text, frame)
			}
		}
	}
	see("field", "4–22 of 31 lines · pgup and pgdown show the rest")
	shell.Update(pressOf("pgdown"))
	see("last", "13–31 of 31")
	shell.Update(pressOf("pgup"))
	shell.Update(pressOf("pgup"))
	see("first", "1–19 of 31")
	shell.Update(pressOf("a"))
	see("field")
}

func TestAPulseSurvivesLeavingItsStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		theme := NewTheme(true)
		pulse := NewPulse(&theme)
		shell, _ := newScripted(t, "one")
		tick := pulse.Beat(nil, true)
		if pulse.Beat(nil, true) != nil {
			t.Fatal("a pulse must not tick twice at a time")
		}
		shell.Update(tick())
		if pulse.Beat(nil, true) == nil {
			t.Fatal("the tick went to another step and the pulse stands still for ever")
		}
		if pulse.Beat(pulseMsg{pulse}, false) != nil {
			t.Fatal("a pulse must stop when nothing runs")
		}
	})
}
