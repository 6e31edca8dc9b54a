package steps

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// look draws a frame and holds it against what is true of every frame.
func (w *Walk) look() string {
	w.t.Helper()
	content := w.View().Content
	lines := strings.Split(content, "\n")
	if w.height > 0 && len(lines) > w.height {
		w.t.Errorf("a frame of %d lines in a window of %d:\n%s", len(lines), w.height, ansi.Strip(content))
	}
	for _, line := range lines {
		if w.width > 0 && ansi.StringWidth(line) > w.width {
			w.t.Errorf("a line of %d cells in a window of %d: %q", ansi.StringWidth(line), w.width, line)
		}
	}
	if stray := strayControl(content); stray != "" {
		w.t.Errorf("a frame carries %s:\n%q", stray, content)
	}
	for _, judge := range w.seen {
		judge(content)
	}
	return content
}

// see waits until the screen shows every one of texts.
func (w *Walk) see(texts ...string) {
	w.t.Helper()
	w.until("the screen shows "+strings.Join(texts, " and "), func() bool { return w.shows(texts...) })
}

func (w *Walk) shows(texts ...string) bool {
	screen := w.screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			return false
		}
	}
	return true
}

// mustShow fails unless the screen shows every one of texts now.
func (w *Walk) mustShow(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if !w.shows(text) {
			w.t.Errorf("the screen does not show %q:\n%s", text, w.screen())
		}
	}
}

// mustNotShow fails when the screen shows one of texts now.
func (w *Walk) mustNotShow(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if w.shows(text) {
			w.t.Errorf("the screen shows %q:\n%s", text, w.screen())
		}
	}
}

// screen is the frame as plain text.
func (w *Walk) screen() string { return plainText(w.View().Content) }

func plainText(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}
