package ui

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui/clip"
)

// disguised gives the kit a share mode that knows one name.
func disguised(t *testing.T) {
	on := false
	hide := func(text string) string { return strings.ReplaceAll(text, "payroll", "table-1") }
	UseAliases(&Aliases{
		Sharing: func() bool { return on }, Share: func(now bool) { on = now },
		Text: hide, Name: hide, Value: func(string) string { return "value-1" },
	})
	t.Cleanup(func() { UseAliases(nil) })
}

func TestAKeyTurnsShareModeOnAndOffEvenInAField(t *testing.T) {
	disguised(t)
	shell, steps := newScripted(t, "one")
	steps[0].typing, steps[0].body = true, "reads payroll"
	for _, size := range []tea.WindowSizeMsg{{Width: 60, Height: 18}, {Width: 120, Height: 40}} {
		shell.Update(size)
		shell.Update(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
		view := shell.View()
		frame := plainText(view.Content)
		if strings.Contains(frame, "payroll") || !strings.Contains(frame, "reads table-1") {
			t.Errorf("the frame is\n%s", frame)
		}
		if header, _, _ := strings.Cut(frame, "\n"); !strings.Contains(header, "SHARING") || !strings.Contains(view.WindowTitle, "SHARING") {
			t.Errorf("header %q, title %q", header, view.WindowTitle)
		}
		shell.Update(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
		shell.Update(pressOf("y"))
		if frame := plainText(shell.View().Content); !strings.Contains(frame, "payroll") || strings.Contains(frame, "SHARING") {
			t.Errorf("after sharing the frame is\n%s", frame)
		}
	}
	if len(steps[0].seen) != 0 {
		t.Error("the step got the key")
	}
}

// A screen that has no badge of its own has that of share mode all the same.
func TestTheHeaderSaysThatTheScreenIsSharedWhateverElseItHas(t *testing.T) {
	disguised(t)
	for name, status := range map[string]func() []Chip{
		"no status": nil, "none now": func() []Chip { return nil }, "an empty badge": func() []Chip { return []Chip{{}} },
		"a badge": func() []Chip { return []Chip{{Text: "DEMO"}} },
	} {
		shell, _ := newScripted(t, "one")
		shell.opt.Status = status
		shell.Update(tea.WindowSizeMsg{Width: 60, Height: 18})
		aliases.Load().Share(false)
		shell.Update(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
		if header, _, _ := strings.Cut(plainText(shell.View().Content), "\n"); !strings.HasSuffix(strings.TrimRight(header, " "), "SHARING") {
			t.Errorf("%s: the header is %q", name, header)
		}
	}
}

func TestWhatIsTypedOverTheQuestionAboutRealNamesIsNotLost(t *testing.T) {
	disguised(t)
	shell, steps := newScripted(t, "one")
	steps[0].typing = true
	shell.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	toggle := tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}
	shell.Update(toggle)
	for i, typed := range []tea.Msg{pressOf("x"), tea.PasteMsg{Content: "a host"}} {
		shell.Update(toggle)
		shell.Update(typed)
		if frame := plainText(shell.View().Content); !aliases.Load().Sharing() || strings.Contains(frame, "Real names?") || len(steps[0].seen) != i+1 {
			t.Errorf("%v: the step has seen %v\n%s", typed, steps[0].seen, frame)
		}
	}
}

func TestRealNamesComeBackOnlyOnceThatIsConfirmed(t *testing.T) {
	disguised(t)
	shell, steps := newScripted(t, "one")
	steps[0].body = "reads payroll"
	leave := tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}
	for _, size := range []tea.WindowSizeMsg{{Width: 20, Height: 5}, {Width: 60, Height: 18}, {Width: 120, Height: 40}} {
		shell.Update(size)
		shell.Update(leave)
		for _, answer := range []tea.Msg{leave, tea.KeyPressMsg{Code: tea.KeyEnter}, pressOf("x"), tea.KeyPressMsg{Code: tea.KeyEscape}, tea.PasteMsg{Content: "enter"}} {
			shell.Update(leave)
			frame := plainText(shell.View().Content)
			if strings.Contains(frame, "payroll") || !strings.Contains(strings.Join(strings.Fields(frame), " "), "Real names?") {
				t.Errorf("%v: before the answer the frame is\n%s", size, frame)
			}
			shell.Update(answer)
			frame = plainText(shell.View().Content)
			if strings.Contains(frame, "payroll") || strings.Contains(frame, "Real names?") {
				t.Errorf("%v: %v shows\n%s", size, answer, frame)
			}
		}
		shell.Update(leave)
		shell.Update(pressOf("y"))
		if aliases.Load().Sharing() {
			t.Errorf("%v: y keeps the aliases", size)
		}
	}
	if len(steps[0].seen) != 0 {
		t.Errorf("the step got %v", steps[0].seen)
	}
}

func TestWhatIsTypedShowsOnlyItsLengthWhileSharing(t *testing.T) {
	disguised(t)
	theme := NewTheme(true)
	field := NewField(&theme, "Host", "")
	field.SetValue("pay")
	aliases.Load().Share(true)
	if view := plainText(field.View(60)); strings.Contains(view, "pay") || !strings.Contains(view, "•••") {
		t.Errorf("%q", view)
	}
	if field.Value() != "pay" {
		t.Errorf("the value became %q", field.Value())
	}
}

func TestValuesOfATableAreHiddenWhateverTheyAre(t *testing.T) {
	disguised(t)
	theme := NewTheme(true)
	aliases.Load().Share(true)
	if view := plainText(DataTable(&theme, []string{"payroll"}, [][]string{{"42"}}, 40, 5)); !strings.Contains(view, "table-1") || strings.Contains(view, "42") {
		t.Errorf("%q", view)
	}
}

func TestACopyHoldsRealNamesAndSaysSo(t *testing.T) {
	disguised(t)
	aliases.Load().Share(true)
	theme := NewTheme(true)
	snippet := NewSnippet(&theme, "SELECT * FROM payroll", "x.sql")
	copied := ""
	snippet.SetCopier(&clip.Copier{
		Getenv: func(string) string { return "" },
		Native: func(text string) error { copied = text; return nil },
		Tmux:   func(context.Context, string) error { return nil },
	})
	_, cmd := snippet.Key(pressOf("y"))
	for _, one := range cmd().(tea.BatchMsg) {
		if one != nil {
			snippet.Take(one())
		}
	}
	if copied != "SELECT * FROM payroll" || !strings.Contains(snippet.Note(), "copied with real names") {
		t.Errorf("copied %q, note %q", copied, snippet.Note())
	}
	if view := plainText(snippet.View(60, 10)); strings.Contains(view, "payroll") {
		t.Errorf("%q", view)
	}
}

func TestASuggestionStaysUntilTheFirstKey(t *testing.T) {
	shell, _ := newScripted(t, "one")
	shell.theme.Notice = "Somebody may be looking."
	if frame := plainText(shell.View().Content); !strings.Contains(frame, "Somebody may be looking.") {
		t.Fatalf("no notice:\n%s", frame)
	}
	shell.Update(pressOf("x"))
	if frame := plainText(shell.View().Content); strings.Contains(frame, "Somebody") {
		t.Fatal("the notice stayed")
	}
}
