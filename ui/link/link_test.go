package link

import (
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

const beans = "https://cafe.example/shelf?of=beans"

func TestALinkHasNoWidthAndIsOneOverItsLines(t *testing.T) {
	lines := []string{"Look in \x1b[1mCellar › left\x1b[m", "shelf › Beans."}
	before := strings.Join(lines, "\n")
	Into(lines, []Link{{"Cellar › left shelf › Beans", beans}})
	after := strings.Join(lines, "\n")
	if ansi.Strip(after) != ansi.Strip(before) || ansi.StringWidth(lines[0]) != len("Look in Cellar > left") {
		t.Errorf("the text became %q", after)
	}
	open := opening(beans)
	if !strings.Contains(open, "id=") || strings.Count(after, open) != 2 || strings.Count(after, closing) != 2 {
		t.Errorf("a link over two lines is %q", after)
	}
	cells := uv.NewScreenBuffer(30, 2)
	uv.NewStyledString(after).Draw(cells, cells.Bounds())
	for _, at := range []struct {
		x, y   int
		linked bool
	}{{7, 0, false}, {8, 0, true}, {20, 0, true}, {21, 0, false}, {0, 1, true}, {12, 1, true}, {13, 1, false}} {
		if got := cells.CellAt(at.x, at.y).Link.URL == beans; got != at.linked {
			t.Errorf("the cell %d, %d is linked: %v", at.x, at.y, got)
		}
	}
}

func TestNoAddressCanBreakOutOfItsLink(t *testing.T) {
	for _, url := range []string{
		"", "javascript:alert(1)", "http://cafe.example/", "https://cafe.example/\x1b\\\x1b]52;c;eA==\a", "https://cafe.example/\a", "https://cafe.example/a b",
		"https://cafe.example/ü", "https://cafe.example/\u202e", "https://cafe.example/\x9c", "https://" + strings.Repeat("x", longest),
	} {
		if got := Text("a bean", []Link{{"bean", url}}); got != "a bean" {
			t.Errorf("%q makes %q", url, got)
		}
	}
}

func TestATerminalIsAskedByItsEnvironment(t *testing.T) {
	for environment, want := range map[string]bool{
		"":                                      false,
		"TERM=xterm-256color":                   false,
		"TERM=xterm-kitty":                      true,
		"TERM=foot-extra":                       true,
		"VTE_VERSION=4602":                      false,
		"VTE_VERSION=5000":                      false,
		"VTE_VERSION=7600":                      true,
		"WT_SESSION=x":                          true,
		"TERM_PROGRAM=iTerm.app":                true,
		"TERM_PROGRAM=vscode":                   true,
		"KONSOLE_VERSION=220401":                true,
		"TERM_PROGRAM=Apple_Term":               false,
		"TERM=screen-256color VTE_VERSION=7600": false,
		"STY=1.pts VTE_VERSION=7600":            false,
		"TMUX=/tmp/x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a VTE_VERSION=1": false,
		"TMUX=/tmp/x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4 TERM=tmux":      true,
		"TMUX=/tmp/x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.10 TERM=screen":   true,
		"TMUX=/tmp/x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=next TERM=tmux":     false,
		"TMUX=/tmp/x KITTY_WINDOW_ID=1":                                         false,
		"FORCE_HYPERLINK=1":                                                     true,
		"FORCE_HYPERLINK=1 TMUX=/tmp/x":                                         true,
		"FORCE_HYPERLINK=0 TERM=xterm-kitty":                                    false,
		"FORCE_HYPERLINK=false VTE_VERSION=7600":                                false,
	} {
		set := map[string]string{}
		for _, pair := range strings.Fields(environment) {
			name, value, _ := strings.Cut(pair, "=")
			set[name] = value
		}
		if got := Shows(func(name string) string { return set[name] }); got != want {
			t.Errorf("%q shows links: %v", environment, got)
		}
	}
}
