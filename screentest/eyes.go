package screentest

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// look draws a frame and holds it against what is true of every frame.
func (w *Walk) look() string {
	w.T.Helper()
	content := w.View().Content
	lines := strings.Split(content, "\n")
	if w.height > 0 && len(lines) > w.height {
		w.T.Errorf("a frame of %d lines in a window of %d:\n%s", len(lines), w.height, ansi.Strip(content))
	}
	for _, line := range lines {
		if w.width > 0 && ansi.StringWidth(line) > w.width {
			w.T.Errorf("a line of %d cells in a window of %d: %q", ansi.StringWidth(line), w.width, line)
		}
	}
	if stray := StrayControl(content); stray != "" {
		w.T.Errorf("a frame carries %s:\n%q", stray, content)
	}
	for _, judge := range w.Seen {
		judge(content)
	}
	return content
}

// See waits until the screen shows every one of texts.
func (w *Walk) See(texts ...string) {
	w.T.Helper()
	w.Until("the screen shows "+strings.Join(texts, " and "), func() bool { return w.Shows(texts...) })
}

// Shows reports whether the screen shows every one of texts now.
func (w *Walk) Shows(texts ...string) bool {
	screen := w.Screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			return false
		}
	}
	return true
}

// MustShow fails unless the screen shows every one of texts now.
func (w *Walk) MustShow(texts ...string) {
	w.T.Helper()
	for _, text := range texts {
		if !w.Shows(text) {
			w.T.Errorf("the screen does not show %q:\n%s", text, w.Screen())
		}
	}
}

// MustNotShow fails when the screen shows one of texts now.
func (w *Walk) MustNotShow(texts ...string) {
	w.T.Helper()
	for _, text := range texts {
		if w.Shows(text) {
			w.T.Errorf("the screen shows %q:\n%s", text, w.Screen())
		}
	}
}

// Screen is the frame as plain text.
func (w *Walk) Screen() string { return PlainText(w.View().Content) }

// PlainText is a frame without colours, and without the blanks at the ends of its lines.
func PlainText(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}
