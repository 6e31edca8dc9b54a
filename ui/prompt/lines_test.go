package prompt

import (
	"os"
	"runtime"
	"testing"
)

func TestATerminalThatNobodyNamedIsAskedLineByLine(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/no terminal")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for term, want := range map[string]bool{"": true, "dumb": true, "xterm": false, "linux": false, "tmux-256color": false} {
		if got := OnlyLines(term, file.Fd()); got != want {
			t.Errorf("TERM=%q on %s: only lines %v, want %v", term, runtime.GOOS, got, want)
		}
	}
}
