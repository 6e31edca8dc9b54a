package tokens

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/clip"
)

const given = "dapi0123456789abcdef0123456789abcdef-2"

// handed is the panel with a value, and what reaches the clipboard of this machine.
func handed(t *testing.T, clipboard func(string) error) *value {
	t.Helper()
	theme := ui.NewTheme(true)
	v := newValue(&theme, admin.Outcome{Secret: screentest.SecretOf(given)})
	v.folder = t.TempDir()
	v.copier = &clip.Copier{Getenv: func(string) string { return "" }, Native: clipboard, Tmux: func(context.Context, string) error { return nil }}
	return v
}

// press presses a key and takes in all that comes of it.
func (v *value) press(t *testing.T, name string) {
	t.Helper()
	_, cmd := v.Update(screentest.PressOf(t, name))
	var run func(tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		msg := cmd()
		if all, ok := msg.(tea.BatchMsg); ok {
			for _, one := range all {
				run(one)
			}
			return
		}
		v.Update(msg)
	}
	run(cmd)
}

func TestTheValueOfATokenIsCopiedAndNeverDrawn(t *testing.T) {
	copied := ""
	v := handed(t, func(text string) error { copied = text; return nil })
	v.press(t, "y")
	if seen := v.View(80, 20); copied != given || !strings.Contains(seen, "Sent to the clipboard") || strings.Contains(seen, given[4:20]) {
		t.Errorf("%q is on the clipboard, and on the screen %s", copied, seen)
	}
	if v.Escape() {
		t.Error("a value that was taken holds the panel open")
	}
}

func TestTheValueOfATokenIsSavedForItsOwnerAlone(t *testing.T) {
	v := handed(t, func(string) error { return errors.New("no clipboard here") })
	v.press(t, "s")
	path := filepath.Join(v.folder, valueFile)
	text, err := os.ReadFile(path)
	if err != nil || string(text) != given+"\n" {
		t.Fatalf("%q, %v", text, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if !strings.Contains(v.View(200, 20), path) || v.Escape() {
		t.Errorf("%s", v.View(200, 20))
	}
}

func TestAValueThatNobodyTookIsNotLeftAtOnce(t *testing.T) {
	v := handed(t, func(string) error { return nil })
	v.folder = filepath.Join(v.folder, "not there")
	v.press(t, "s")
	if !strings.Contains(v.View(80, 20), "could not be written") {
		t.Errorf("%s", v.View(80, 20))
	}
	if !v.Escape() || !strings.Contains(v.View(80, 20), "Nobody has the value yet") {
		t.Errorf("%s", v.View(80, 20))
	}
	if v.Escape() || !v.secret.IsZero() {
		t.Error("the value is still there")
	}
}
