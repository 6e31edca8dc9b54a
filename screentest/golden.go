package screentest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

var update = flag.Bool("update", false, "write the golden frames and transcripts anew")

// Size is that of a window, in cells.
type Size struct{ Width, Height int }

// FrameSizes are those every screen is made for: the smallest, the usual, a large one and a whole screen.
var FrameSizes = []Size{{60, 18}, {80, 24}, {120, 40}, {200, 50}}

// Golden compares the present screen at every size with the frames kept in one file, and leaves the window as it was.
func (w *Walk) Golden(name string) {
	w.T.Helper()
	width, height := w.width, w.height
	var b strings.Builder
	for _, size := range FrameSizes {
		w.Resize(size.Width, size.Height)
		fmt.Fprintf(&b, "%s %d×%d\n%s", strings.Repeat("─", 8), size.Width, size.Height, w.Screen())
	}
	w.Resize(width, height)
	CompareGolden(w.T, name, b.String())
}

// took is a duration, with the blanks that align it at the right edge.
var took = regexp.MustCompile(`(?m)[ (]+\d+(\.\d)? m?s\)?$`)

// CompareGolden compares text with the one kept under a name. How long things took is left out of both.
func CompareGolden(t testing.TB, name, got string) {
	t.Helper()
	got = took.ReplaceAllString(got, "  (time)")
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s changed; if it is meant to, run with -update\ngot:\n%s\nwant:\n%s", name, got, want)
	}
}

// linkOfOurs begins or ends a link as the kit draws them.
var linkOfOurs = regexp.MustCompile(`^\x1b\]8;(;|id=[0-9a-f]{8};https://[!-~]+)\x1b\\$`)

// StrayControl names the first character of a frame that a terminal would obey and that is neither a line break nor a colour or link of ours.
func StrayControl(frame string) string {
	state := byte(0)
	for rest := frame; rest != ""; {
		sequence, _, n, next := ansi.DecodeSequence(rest, state, nil)
		state, rest = next, rest[n:]
		switch r := []rune(sequence)[0]; {
		case sequence == "\n", strings.HasPrefix(sequence, "\x1b[") && strings.HasSuffix(sequence, "m"), linkOfOurs.MatchString(sequence):
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r == '\u2028', r == '\u2029':
			return fmt.Sprintf("%q", sequence)
		}
	}
	return ""
}
