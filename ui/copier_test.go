package ui

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui/clip"
)

func TestCopyingSaysWhichWayItWent(t *testing.T) {
	const (
		fallback = " If it is not there: s saves a file, v shows it plain."
		nowhere  = " s saves a file, v shows it plain."
	)
	tests := []struct {
		name        string
		environment map[string]string
		nativeFails bool
		tmuxFails   bool
		want        string
	}{
		{"at this machine", nil, false, false, "Sent to the clipboard through the system." + fallback},
		{"without a clipboard program", nil, true, false, "Sent to the clipboard through the terminal." + fallback},
		{"in tmux", map[string]string{"TMUX": "x"}, false, false, "Sent to the clipboard through the system and tmux." + fallback},
		{"over SSH", map[string]string{"SSH_TTY": "x"}, false, false, "Sent to the clipboard through the terminal." + fallback},
		{"over SSH in tmux", map[string]string{"SSH_CONNECTION": "x", "TMUX": "x"}, false, false, "Sent to the clipboard through tmux." + fallback},
		{"in a tmux that is gone", map[string]string{"SSH_CONNECTION": "x", "TMUX": "x"}, false, true, "Sent to the clipboard through the terminal." + fallback},
		{"on the Linux console", map[string]string{"TERM": "linux"}, true, false, "The Linux console has no clipboard." + nowhere},
		{"in tmux on the Linux console", map[string]string{"TERM": "linux", "TMUX": "x"}, true, false, "Sent to the clipboard through tmux." + fallback},
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
			if snippet.Note() != test.want {
				t.Errorf("note: %s", snippet.Note())
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
		if got, sent := copier.Send(t.Context(), grant); !sent || got != "Sent to the clipboard through the terminal." {
			t.Fatalf("got %q", got)
		}
	})
}

func TestTextTooLongForTheTerminalIsNotSentThere(t *testing.T) {
	copier := in("", "")
	long := strings.Repeat("x", clip.TerminalLimit+1)
	if copier.Terminal(long) != nil {
		t.Fatal("it was sent")
	}
	if got, sent := copier.Send(t.Context(), long); sent || got != "The text is too long for the terminal's clipboard." {
		t.Fatalf("got %q", got)
	}
}

func TestTheLinuxConsoleIsSentNothing(t *testing.T) {
	if in("TERM", "linux").Terminal(grant) != nil {
		t.Error("the console would have to ignore it")
	}
}

func TestATerminalIsSentTheWholeTextInOneSequence(t *testing.T) {
	for _, text := range []string{"", "SELECT 1", strings.Repeat(grant, 100)} {
		want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text)) + "\a"
		if got := sequence(t, in("TERM", "xterm-256color"), text); got != want {
			t.Errorf("%q is sent as %q", text, got)
		}
	}
}

// GNU screen hands on what stands between ESC P and ESC \, and writes over the screen what is longer than it takes, wrapped or not.
func TestGNUScreenIsHandedStringsThatItPassesOn(t *testing.T) {
	for _, copier := range []*Copier{in("STY", "1.pts-0"), in("TERM", "screen.xterm-256color")} {
		for _, text := range []string{"SELECT 1", grant, strings.Repeat(grant, 100)} {
			want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text)) + "\a"
			passed, rest := "", sequence(t, copier, text)
			for strings.HasPrefix(rest, "\x1bP") {
				inner, after, _ := strings.Cut(rest[len("\x1bP"):], "\x1b\\")
				if len(inner) > 255 {
					t.Errorf("a string of %d bytes", len(inner))
				}
				passed, rest = passed+inner, after
			}
			if passed != want {
				t.Errorf("screen passes on %q, not %q", passed, want)
			}
			if rest != "" && (rest != want || len(rest) > 255) {
				t.Errorf("screen is left with %q", rest)
			}
		}
	}
}

// in makes a copier for a terminal with one variable in its environment and no other way to a clipboard.
func in(name, value string) *Copier {
	return &Copier{
		Getenv: func(asked string) string {
			if asked == name {
				return value
			}
			return ""
		},
		Native: func(string) error { return errors.New("none") },
	}
}

// sequence is what the terminal is sent.
func sequence(t *testing.T, copier *Copier, text string) string {
	t.Helper()
	raw, ok := copier.Terminal(text)().(tea.RawMsg)
	if !ok {
		t.Fatal("nothing is sent")
	}
	return fmt.Sprint(raw.Msg)
}
