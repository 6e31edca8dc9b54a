package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
)

const grant = "-- to whom it may concern\nGRANT `coffee` TO `everyone who has been waiting in line since the shop opened this morning`;\n"

// take presses a key and gives the snippet what its commands answer.
func take(t *testing.T, snippet *Snippet, name string) {
	t.Helper()
	used, cmd := snippet.Key(pressOf(name))
	if !used {
		t.Fatalf("%s was not used", name)
	}
	if cmd == nil {
		return
	}
	msg := cmd()
	for _, inner := range commandsIn(msg) {
		snippet.Take(inner())
	}
	snippet.Take(msg)
}

func TestSavingNeverOverwrites(t *testing.T) {
	theme := NewTheme(true)
	folder := t.TempDir()
	snippet := NewSnippet(&theme, grant, "../grants.sql")
	snippet.SetFolder(folder)
	for _, want := range []string{"grants.sql", "grants-2.sql", "grants-3.sql"} {
		take(t, snippet, "s")
		path := filepath.Join(folder, want)
		if view := plainText(snippet.View(500, 9)); !strings.Contains(view, "Saved to "+path+".") {
			t.Fatalf("view:\n%s", view)
		}
		text, err := os.ReadFile(path)
		if err != nil || string(text) != grant {
			t.Fatalf("file holds %q, %v", text, err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Fatalf("mode %v", info.Mode())
		}
	}
}

func TestAFileThatCannotBeSavedSaysWhy(t *testing.T) {
	theme := NewTheme(true)
	snippet := NewSnippet(&theme, grant, "grants.sql")
	snippet.SetFolder(filepath.Join(t.TempDir(), "missing"))
	take(t, snippet, "s")
	view := plainText(snippet.View(80, 9))
	if !strings.Contains(view, "✗ Could not save the file: ") || !strings.Contains(view, "v shows the text plain.") {
		t.Fatalf("view:\n%s", view)
	}
}

func TestCopyingSaysWhichWayItWent(t *testing.T) {
	tests := []struct {
		name        string
		environment map[string]string
		nativeFails bool
		tmuxFails   bool
		want        string
	}{
		{"at this machine", nil, false, false, "Sent to the clipboard through the system."},
		{"without a clipboard program", nil, true, false, "Sent to the clipboard through the terminal."},
		{"in tmux", map[string]string{"TMUX": "x"}, false, false, "Sent to the clipboard through the system and tmux."},
		{"over SSH", map[string]string{"SSH_TTY": "x"}, false, false, "Sent to the clipboard through the terminal."},
		{"over SSH in tmux", map[string]string{"SSH_CONNECTION": "x", "TMUX": "x"}, false, false, "Sent to the clipboard through tmux."},
		{"in an old tmux", map[string]string{"SSH_CONNECTION": "x", "TMUX": "x"}, false, true, "Sent to the clipboard through the terminal."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var native, tmux string
			outcome := func(fails bool) error {
				if fails {
					return errors.New("broken")
				}
				return nil
			}
			theme := NewTheme(true)
			snippet := NewSnippet(&theme, grant, "grants.sql")
			snippet.SetCopier(&Copier{
				Getenv: func(name string) string { return test.environment[name] },
				Native: func(text string) error { native = text; return outcome(test.nativeFails) },
				Tmux:   func(_ context.Context, text string) error { tmux = text; return outcome(test.tmuxFails) },
			})
			take(t, snippet, "y")
			view := plainText(snippet.View(120, 9))
			if !strings.Contains(view, test.want+" If it is not there: s saves a file, v shows it plain.") {
				t.Errorf("view:\n%s", view)
			}
			over := test.environment["SSH_TTY"]+test.environment["SSH_CONNECTION"] != ""
			if over && native != "" {
				t.Error("the far machine's clipboard was written")
			}
			if (test.environment["TMUX"] != "") != (tmux == grant) {
				t.Errorf("tmux got %q", tmux)
			}
		})
	}
}

func TestAClipboardProgramThatHangsIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		defer close(release)
		copier := &Copier{
			Getenv: func(string) string { return "" },
			Native: func(string) error { <-release; return nil },
		}
		if got := copier.Send(t.Context(), grant); got != "Sent to the clipboard through the terminal." {
			t.Fatalf("got %q", got)
		}
	})
}

func TestTextTooLongForTheTerminalIsNotSentThere(t *testing.T) {
	copier := &Copier{
		Getenv: func(string) string { return "" },
		Native: func(string) error { return errors.New("none") },
	}
	long := strings.Repeat("x", terminalLimit+1)
	if copier.Terminal(long) != nil {
		t.Fatal("it was sent")
	}
	if got := copier.Send(t.Context(), long); strings.Contains(got, "Sent") {
		t.Fatalf("got %q", got)
	}
}

func TestThePlainViewShowsEverythingAndScrolls(t *testing.T) {
	theme := NewTheme(true)
	theme.window = 80
	snippet := NewSnippet(&theme, grant+strings.Repeat("line\n", 20)+"last", "grants.sql")
	if view := snippet.View(61, 6); !strings.Contains(view, "18 more lines: v shows all") {
		t.Fatalf("view:\n%s", view)
	}
	take(t, snippet, "v")
	if !snippet.Plain() {
		t.Fatal("v must open the plain view")
	}
	if view := plainText(snippet.View(61, 6)); !strings.Contains(view, " opened\nthis morning`;\n") {
		t.Fatalf("the long line is not broken at a blank:\n%s", view)
	}
	for range 100 {
		snippet.Key(pressOf("down"))
	}
	if view := plainText(snippet.View(61, 6)); !strings.HasSuffix(view, "\nlast\n") {
		t.Fatalf("the end is not in sight:\n%s", view)
	}
	if !snippet.Escape() || snippet.Plain() || snippet.Escape() {
		t.Fatal("esc closes the plain view once")
	}
	if used, _ := snippet.Key(tea.KeyPressMsg{Code: tea.KeyDown}); used {
		t.Fatal("outside the plain view arrows belong to the step")
	}
}
