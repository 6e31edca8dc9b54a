package ui

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/outfile"
	"github.com/draftt-io/draftt-databricks/ui/clip"
)

// Snippet is text to take along: y copies it, s saves it to a file, v shows
// it plain over the whole width. It has no border and starts at the left edge
// of the window, so that a mouse selection is exact.
type Snippet struct {
	theme    *Theme
	text     string
	filename string
	folder   string
	copier   *clip.Copier
	task     Task[string]
	note     string
	mark     Mark
	plain    bool
	top      int // the first line of the plain view in sight
	rows     int // how far the plain view can scroll
	room     int // how many of its lines are in sight
}

// NewSnippet makes a snippet that saves under filename in the current folder.
// Tabs become blanks; other text is copied and saved as it is.
func NewSnippet(theme *Theme, text, filename string) *Snippet {
	snippet := &Snippet{theme: theme, filename: filename, copier: clip.NewCopier()}
	snippet.SetText(text)
	return snippet
}

// SetText replaces the text. Notes about an earlier text go away when it is a
// different one.
func (s *Snippet) SetText(text string) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\t", "    ")
	if text == s.text {
		return
	}
	s.text, s.note, s.top = text, "", 0
	s.task.Cancel()
}

// Text is what y copies and s saves.
func (s *Snippet) Text() string { return s.text }

// Note is what the last copy or save said, empty before either.
func (s *Snippet) Note() string { return s.note }

// SetCopier replaces the way to the clipboard, for tests.
func (s *Snippet) SetCopier(copier *clip.Copier) { s.copier = copier }

// SetFolder says where files are saved.
func (s *Snippet) SetFolder(folder string) { s.folder = folder }

// Keys are what works now.
func (s *Snippet) Keys() []key.Binding {
	keys := []key.Binding{Bind("copy", "y"), Bind("save as file", "s"), Bind("plain view", "v")}
	if s.plain {
		keys[2] = Bind("close", "esc", "v")
	}
	return keys
}

// Key handles a key press and reports whether the snippet used it. Call it
// only while no text field has the focus.
func (s *Snippet) Key(msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch keyName(msg) {
	case "y":
		return true, s.copy()
	case "s":
		return true, s.save()
	case "v":
		s.plain, s.top = !s.plain, 0
		return true, nil
	}
	return s.plain && s.scroll(keyName(msg)), nil
}

func (s *Snippet) scroll(name string) bool {
	switch name {
	case "up":
		s.top--
	case "down":
		s.top++
	case "pgup":
		s.top -= s.room
	case "pgdown":
		s.top += s.room
	case "home":
		s.top = 0
	case "end":
		s.top = s.rows
	default:
		return false
	}
	s.top = max(0, min(s.top, s.rows))
	return true
}

// Escape closes the plain view and reports whether it was open.
func (s *Snippet) Escape() bool {
	wasOpen := s.plain
	s.plain = false
	return wasOpen
}

// Plain reports whether the plain view is open; it wants the whole body.
func (s *Snippet) Plain() bool { return s.plain }

// copy and save are short and worth finishing even when the step is left, so
// they do not hang on its context.
func (s *Snippet) copy() tea.Cmd {
	copier, text := s.copier, s.text
	return tea.Batch(copier.Terminal(text), s.task.Start(context.Background(),
		func(ctx context.Context) (string, error) {
			sentence, sent := copier.Send(ctx, text)
			if !sent {
				return sentence + " s saves a file, v shows it plain.", nil
			}
			return sentence + withRealNames() + " If it is not there: s saves a file, v shows it plain.", nil
		}))
}

func (s *Snippet) save() tea.Cmd {
	folder, filename, text := s.folder, s.filename, s.text
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return s.task.Start(context.Background(), func(context.Context) (string, error) {
		path, err := outfile.Save(folder, filename, text)
		return "Saved to " + path + "." + realNamesInFile(), err
	})
}

// Take looks whether msg tells how copying or saving went. Call it with every
// message of the step; it reports whether the message was the snippet's.
func (s *Snippet) Take(msg tea.Msg) bool {
	note, err, ok := s.task.Take(msg)
	switch {
	case !ok:
		return false
	case err != nil:
		s.mark, s.note = MarkFail, "Could not save the file: "+reason(err)+". v shows the text plain."
	default:
		s.mark, s.note = MarkNone, note
	}
	return true
}

// reason is the innermost cause, without the path that the note would repeat.
func reason(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}

// View draws the text from the left edge of the window and the last note
// below it, in at most height lines. width is the body's; only the note keeps
// to it. Where there is room, lines that are too long break at blanks, which
// SQL does not mind when it is selected with a mouse; comments never break,
// because their second half would be read as a statement.
func (s *Snippet) View(width, height int) string {
	if height < 1 {
		return ""
	}
	note := s.noteLines(width)
	note = note[:min(len(note), max(0, height-1))]
	lines := s.lines(width, height-len(note))
	for i, line := range lines {
		lines[i] = FullWidth(line)
	}
	return strings.Join(append(lines, note...), "\n")
}

// noteLines are the last note and a blank line before it.
func (s *Snippet) noteLines(width int) []string {
	if s.note == "" {
		return nil
	}
	lead := ""
	if s.mark != MarkNone {
		lead = s.theme.Mark(s.mark) + " "
	}
	return append([]string{""}, strings.Split(indent(lead, Clean(s.note), width), "\n")...)
}

// lines are those of the text that are in sight.
func (s *Snippet) lines(width, height int) []string {
	text := cleanLines(strings.TrimRight(s.text, "\n"))
	lines := strings.Split(text, "\n")
	broken := s.breakLong(lines, width)
	switch over := len(lines) - height; {
	case s.plain:
		s.room, s.rows = height, max(0, len(broken)-height)
		s.top = min(s.top, s.rows)
		return broken[s.top:min(len(broken), s.top+height)]
	case len(broken) <= height:
		return broken
	case over > 0:
		lines = lines[:height]
		lines[height-1] = s.theme.Faint.Render(ellipsis + " " + more(over+1, "line") + ": v shows all")
	}
	return lines
}

// breakLong breaks the lines that are wider than the window, except comments.
func (s *Snippet) breakLong(lines []string, width int) []string {
	var out []string
	for _, line := range lines {
		if strings.HasPrefix(line, "--") {
			out = append(out, line)
			continue
		}
		out = append(out, breakAtBlanks(line, max(width, s.theme.window))...)
	}
	return out
}

// breakAtBlanks breaks a line only where a blank is. A hyphen is no place to break: it may stand inside a quoted name. A word that is
// wider than the window stays whole and is cut by the frame.
func breakAtBlanks(line string, width int) []string {
	var out []string
	current := ""
	for _, word := range strings.Split(line, " ") {
		switch {
		case current == "":
			current = word
		case cells(current)+1+cells(word) <= width:
			current += " " + word
		default:
			out = append(out, current)
			current = word
		}
	}
	return append(out, current)
}

// Press is Key for a snippet of a panel or of a step with a stack of panels:
// v opens the text as a panel of its own.
func (s *Snippet) Press(msg tea.KeyPressMsg) (used bool, move Move, cmd tea.Cmd) {
	if keyName(msg) == "v" {
		return true, Open(s.whole()), nil
	}
	used, cmd = s.Key(msg)
	return used, Stay(), cmd
}

// whole is a snippet alone on the screen: every line from the left edge of the
// window, so that a mouse selects the text and nothing else.
type whole struct{ *Snippet }

// whole is a copy, so that the text keeps still while somebody selects it.
func (s *Snippet) whole() whole {
	alone := NewSnippet(s.theme, s.text, s.filename)
	alone.copier, alone.folder, alone.plain = s.copier, s.folder, true
	return whole{alone}
}

// Enter has nothing to begin.
func (w whole) Enter(context.Context) tea.Cmd { return nil }

// Update scrolls, copies and saves.
func (w whole) Update(msg tea.Msg) (Move, tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		w.Take(msg)
		return Stay(), nil
	case keyName(press) == "v":
		return Close(), nil
	}
	_, cmd := w.Key(press)
	return Stay(), cmd
}

// Keys are those of the snippet.
func (w whole) Keys() []key.Binding { return w.Snippet.Keys() }

// Typing is false: all letters are keys.
func (w whole) Typing() bool { return false }

// Escape has nothing to close within.
func (w whole) Escape() bool { return false }
