package outlet

import (
	"io"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestWhatASeenScreenDoesNotNeedIsDoneBehindItsFirstFrame once, and not before that was written.
func TestWhatASeenScreenDoesNotNeedIsDoneBehindItsFirstFrame(t *testing.T) {
	below, done := &paper{}, make(chan string, 2)
	out := Opening(below, func() { done <- below.String() })
	for _, text := range []string{"a question", ansi.SetModeAltScreenSaveCursor + "the frame"} {
		if len(done) > 0 {
			t.Error("it is done before the first frame")
		}
		if n, err := io.WriteString(out, text); err != nil || n != len(text) {
			t.Errorf("%d, %v", n, err)
		}
	}
	if got := <-done; got != "a question"+ansi.SetModeAltScreenSaveCursor+"the frame" {
		t.Errorf("it is done when %q was written", got)
	}
	_, _ = io.WriteString(out, ansi.SetModeAltScreenSaveCursor)
	if Opening(below, nil) != Outlet(below) {
		t.Error("an outlet with nothing to do behind it is another one")
	}
}
