package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/ui/link"
)

// Both marks are application program commands: terminals, width and cut
// functions all pass over them, and they travel with the text they stand in
// until the shell takes them out.
const (
	cursorMark    = "\x1b_draftt:cursor\x1b\\"
	fullWidthMark = "\x1b_draftt:full\x1b\\"
)

// CursorMark is an invisible text without width that a widget puts where the
// terminal's cursor belongs. When there are several in a frame the last one
// counts.
func CursorMark() string { return cursorMark }

// FullWidth makes a line of a step or panel start at the left edge of the
// window and run to its right edge, without the rail beside it: for text that
// people select with the mouse.
func FullWidth(line string) string { return fullWidthMark + line }

const (
	tooSmallText = "Make the window at least 60 × 18. Nothing is lost."
	faultText    = "A fault in this program ended it. What you typed is not shown."
)

// compose draws the whole frame. A panic in a step becomes a constant text.
func (s *Shell) compose() tea.View {
	view := tea.View{AltScreen: true, WindowTitle: withShare(s.opt.Product, " · ")}
	l := s.layout()
	var lines []string
	if s.err == nil {
		s.attempt(s.named("drawing", s.top()), func() { lines = s.lines(l) })
	}
	if s.err != nil {
		lines = strings.Split(Wrap(faultText, l.width), "\n")
	}
	lines = lines[:min(len(lines), l.height)]
	view.Cursor = takeCursor(lines, l.width)
	if s.asking || s.unveiling || s.plainPage() {
		view.Cursor = nil
	}
	if s.theme.Links && s.opt.Links != nil && s.err == nil {
		link.Into(lines, s.opt.Links())
	}
	view.SetContent(strings.Join(lines, "\n"))
	return view
}

func (s *Shell) lines(l layout) []string {
	if len(s.steps) == 0 {
		return nil
	}
	if l.tooSmall {
		return s.tooSmallLines(l)
	}
	lines := make([]string, 0, l.height)
	lines = append(lines, s.header(l))
	rail := s.rail(l)
	if !l.rail {
		lines, rail = append(lines, rail...), nil
	}
	lines = append(lines, "")

	top := s.top()
	body := top.scroll.show(s.theme, top.View(l.bodyW, l.bodyH), l.bodyH)
	if strings.HasPrefix(body[0], fullWidthMark) { // text to take along: a selection must have nothing else in it
		rail = nil
	}
	for row := range l.bodyH {
		beside, text := "", ""
		if row < len(rail) {
			beside = rail[row]
		}
		if row < len(body) {
			text = body[row]
		}
		lines = append(lines, joinRow(l, beside, text))
	}
	return append(lines, s.coach(l, body), s.footer(l))
}

// coach is the line above the keys, in place of the blank one: it costs the
// step no row. The shell's own pages and questions have none.
func (s *Shell) coach(l layout, body []string) string {
	if s.opt.Coach == nil || s.asking || s.plainPage() {
		return ""
	}
	shows := strings.Join(strings.Fields(ansi.Strip(strings.Join(body, " "))), " ")
	line := Clean(s.opt.Coach(s.steps[s.current].Title(), len(s.stack) > 1, shows))
	if line == "" {
		return ""
	}
	return blanks(margin) + s.theme.Accent.Render(cut(line, max(0, l.frame-2*margin)))
}

// fitBody cuts a body to height lines and says so in the last of them, since
// what is cut may be the very thing to do next.
func fitBody(theme *Theme, body string, height int) []string {
	lines := strings.Split(strings.TrimRight(body, "\n"), "\n")
	if over := len(lines) - height; over > 0 && height > 0 {
		lines = lines[:height]
		lines[height-1] = theme.Faint.Render(ellipsis + " " + more(over+1, "line") + " in a taller window")
	}
	return lines
}

func (s *Shell) tooSmallLines(l layout) []string {
	text := tooSmallText
	switch {
	case s.unveiling:
		text = unveilQuestion + "\n" + text
	case s.asking:
		text = shortQuestion + "\n" + text
	}
	lines := strings.Split(Wrap(text, l.width), "\n")
	for i, line := range lines {
		lines[i] = cut(line, l.width)
	}
	return lines
}

// joinRow puts a line of the body beside the rail, or over the whole width
// when the line asks for it.
func joinRow(l layout, rail, text string) string {
	if full, ok := strings.CutPrefix(text, fullWidthMark); ok {
		return cut(oneLine(full), l.width)
	}
	text = cut(oneLine(text), l.bodyW)
	if rail == "" && text == "" {
		return ""
	}
	return padRight(rail, l.bodyX) + text
}

var controls = strings.NewReplacer("\t", " ", "\r", "", "\v", "", "\f", "", "\b", "", "\a", "")

// oneLine removes what moves the cursor but has no width of its own.
func oneLine(text string) string {
	if !strings.ContainsAny(text, "\t\r\v\f\b\a") {
		return text
	}
	return controls.Replace(text)
}

// takeCursor removes every cursor mark from the lines and returns the place
// of the last, nil when there is none.
func takeCursor(lines []string, width int) *tea.Cursor {
	var cursor *tea.Cursor
	for y, line := range lines {
		at := strings.LastIndex(line, cursorMark)
		if at < 0 {
			continue
		}
		x := cells(line[:at])
		cursor = tea.NewCursor(max(0, min(x, width-1)), y)
		lines[y] = strings.ReplaceAll(line, cursorMark, "")
	}
	return cursor
}

// rail is the list of steps: one row each, or a single line on top of narrow
// windows, and nothing where Options.Alone says so.
func (s *Shell) rail(l layout) []string {
	if l.alone {
		return nil
	}
	if !l.rail {
		line := Clean(s.steps[s.current].Title())
		if s.current < s.onRail() {
			line = fmt.Sprintf("Step %d of %d · %s", s.current+1, s.onRail(), line)
		}
		return []string{blanks(margin) + s.theme.Accent.Render(cut(line, l.frame-2*margin))}
	}
	rows := make([]string, s.onRail())
	for i, step := range s.steps[:s.onRail()] {
		title := cut(Clean(step.Title()), railTitle)
		row := "  " + title
		switch {
		case i == s.current:
			row = s.theme.Selected.Render(MarkCursor.String() + " " + title)
		case s.opt.Done != nil && s.opt.Done(i):
			row = s.theme.Mark(MarkPass) + " " + title
		}
		rows[i] = blanks(margin) + row
	}
	return rows
}

// onRail is how many of the steps stand on the rail.
func (s *Shell) onRail() int {
	if s.opt.Rail > 0 {
		return s.opt.Rail
	}
	return len(s.steps)
}
