package journeys

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A story that begins on a screen is played by its script in a real terminal; in plain each is walked to its end and left.
func TestTheScriptsPlayTheStoriesInATerminal(t *testing.T) {
	t.Parallel()
	scripts, err := filepath.Abs(filepath.Join("..", "docs", "scripts"))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := filepath.Glob(filepath.Join(scripts, "plain", "*.script"))
	if err != nil || len(plain) != 7 {
		t.Fatalf("%d scripts are for plain: %v", len(plain), err)
	}
	for _, path := range plain {
		id := strings.TrimSuffix(filepath.Base(path), ".script")
		t.Run("plain "+id, func(t *testing.T) {
			// A hand-off writes where the person is, which is at home.
			term := openIn(t, NewHome(t), 100, 60, "cd; PROGRAM; echo \"[exit $?]\"; exec sleep 3600", []string{"demo", "--plain", "--story", id, "--script", path})
			term.WaitFor("[exit 0]")
		})
	}
	t.Run("rotation", func(t *testing.T) {
		content, err := os.ReadFile(filepath.Join(scripts, "rotation.script"))
		if err != nil {
			t.Fatal(err)
		}
		hurried := filepath.Join(t.TempDir(), "hurried.script")
		if err := os.WriteFile(hurried, []byte(withoutPauses(string(content))+"ctrl+c\nctrl+c\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		term := New(t, 80, 24, "demo", "--story", "rotation", "--script", hurried)
		term.WaitFor("[exit 0]")
	})
}

func TestWhoLeavesBeforeTheEndOfAScriptHasLeft(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "early.script")
	if err := os.WriteFile(path, []byte("see \"Connect to your workspace\"\nctrl+c\nctrl+c\nenter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	term := New(t, 80, 24, "demo", "--story", "happy-path", "--script", path)
	term.WaitFor("[exit 0]")
}

func withoutPauses(script string) string {
	var kept []string
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "pause") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
