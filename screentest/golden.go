package screentest

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/letters"
	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// Size is that of a window, in cells.
type Size struct{ Width, Height int }

// FrameSizes are those every screen is made for: the smallest, the usual, a large one and a whole screen.
var FrameSizes = []Size{{60, 18}, {80, 24}, {120, 40}, {200, 50}}

// Golden compares the present screen at every size with the frames kept in one file, and leaves the window as it was. A frame has the same text on a
// light background, in the colours for that.
func (w *Walk) Golden(name string) {
	w.T.Helper()
	width, height := w.width, w.height
	var b strings.Builder
	for _, size := range FrameSizes {
		w.Resize(size.Width, size.Height)
		w.mustSuitLight(fmt.Sprintf("%s at %d×%d", name, size.Width, size.Height))
		fmt.Fprintf(&b, "%s %d×%d\n%s", strings.Repeat("─", 8), size.Width, size.Height, w.Screen())
	}
	w.Resize(width, height)
	CompareGolden(w.T, name, b.String())
}

// took is a duration, with the blanks that align it at the right edge.
var took = regexp.MustCompile(`(?m)[ (]+\d+(\.\d)? m?s\)?$`)

// printed is a fingerprint or a part of one, and validity how long it holds, of certificates that are made anew each time.
var (
	printed  = regexp.MustCompile(`(?:[0-9A-F]{1,2}:){5,}[0-9A-F]{0,2}`)
	validity = regexp.MustCompile(`until \d{4}-\d\d-\d\d, SHA|Valid +\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d|begins in \d+ days`)
	digit    = regexp.MustCompile(`[0-9A-F]`)
	number   = regexp.MustCompile(`\d`)
)

// drawn are IDs that the workspace draws anew for every walk, behind what they are of.
var drawn = regexp.MustCompile(`(?:OAuth secret|personal access token) [0-9a-f-]{36,64}|(?:SHA-256 of the content: )?\b[0-9a-f]{18,64}\b`)

func withoutID(text string) string {
	if strings.HasPrefix(text, "SHA-256") { // which is not by chance
		return text
	}
	at := strings.LastIndexByte(text, ' ') + 1
	return text[:at] + strings.Repeat("0", len(text)-at)
}

// CompareGolden compares text with the one kept under a name. How long things took is left out of both, and so are fingerprints and IDs that
// are drawn by chance.
func CompareGolden(t testing.TB, name, got string) {
	t.Helper()
	got = took.ReplaceAllString(got, "  (time)")
	got = printed.ReplaceAllStringFunc(got, func(print string) string { return digit.ReplaceAllString(print, "0") })
	got = validity.ReplaceAllStringFunc(got, func(days string) string { return number.ReplaceAllString(days, "0") })
	got = drawn.ReplaceAllStringFunc(got, withoutID)
	golden.Compare(t, filepath.Join("testdata", name+".golden"), got)
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
		case letters.Steers(r), unicode.Is(unicode.Co, r):
			return fmt.Sprintf("%q", sequence)
		}
	}
	return ""
}
