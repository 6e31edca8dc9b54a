package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
)

// stepKeys are the enabled keys of the current step that have a help text.
func (s *Shell) stepKeys() []key.Binding {
	var shown []key.Binding
	for _, binding := range s.steps[s.current].Keys() {
		if binding.Enabled() && binding.Help().Key != "" {
			shown = append(shown, binding)
		}
	}
	return shown
}

// footerShellKeys are help and going back, unless the step says itself what
// those keys do.
func (s *Shell) footerShellKeys() []key.Binding {
	own := s.stepKeys()
	back := "back"
	if s.current == 0 {
		back = "quit"
	}
	help := Bind("help", "?", "f1")
	if s.steps[s.current].Typing() {
		help = Bind("help", "f1")
	}
	var keys []key.Binding
	for _, binding := range []key.Binding{help, Bind(back, "esc")} {
		if !covers(own, binding.Keys()[0]) {
			keys = append(keys, binding)
		}
	}
	return keys
}

// allKeys is what the help page lists.
func (s *Shell) allKeys() []key.Binding {
	keys := append(s.stepKeys(), s.footerShellKeys()...)
	if s.opt.Card.Key != "" {
		keys = append(keys, Bind(strings.ToLower(s.opt.Card.Title), s.opt.Card.Key))
	}
	keys = append(keys, shareHint()...)
	keys = append(keys, Bind("leave; a second time without asking", "ctrl+c"))
	if canSuspend {
		keys = append(keys, Bind("suspend; fg comes back", "ctrl+z"))
	}
	return keys
}

// Card is a page that lies over whichever step is on until enter or esc
// closes it, for what a person wants to look up at any time.
type Card struct {
	// Key opens and closes it. Letters belong to the steps, so it is one that
	// types nothing, such as "f2".
	Key   string
	Title string
	// View draws the page within width cells, as many lines as it needs.
	View func(width int) string
	// Opens shows it before the first step.
	Opens bool
}

// page is what lies over the step, nil when nothing does.
func (s *Shell) page() *helpPage {
	switch {
	case s.card.open:
		return &s.card
	case s.help.open:
		return &s.help
	}
	return nil
}

// helpPage lies over the body while it is open.
type helpPage struct {
	open bool
	top  int // the first row shown
	rows int // how far it can scroll, known after drawing
}

func (h *helpPage) press(name string) {
	switch name {
	case "esc", "?", "f1", "enter":
		*h = helpPage{}
	case "up", "ctrl+p":
		h.top = max(0, h.top-1)
	case "down", "ctrl+n":
		h.top = min(h.rows, h.top+1)
	case "pgup", "home":
		h.top = 0
	case "pgdown", "end":
		h.top = h.rows
	}
}

// pageHints are the keys of the open page.
func (s *Shell) pageHints(page *helpPage) []hint {
	hints := []hint{{"esc close", 0}}
	if page == &s.card {
		hints = []hint{{"enter go on", 0}}
	}
	if page.rows > 0 {
		hints = append([]hint{{"↑↓ scroll", 1}}, hints...)
	}
	return hints
}

// view draws the part of the text that is scrolled to.
func (h *helpPage) view(title, text string, height int) string {
	rows := strings.Split(strings.TrimRight(text, "\n"), "\n")
	room := max(1, height-2)
	h.rows = max(0, len(rows)-room)
	h.top = min(h.top, h.rows)
	rows = rows[h.top:min(len(rows), h.top+room)]
	return title + "\n\n" + strings.Join(rows, "\n")
}

// keyTable lists keys and what they do.
func keyTable(theme *Theme, keys []key.Binding, width int) string {
	column := 0
	for _, binding := range keys {
		column = max(column, cells(binding.Help().Key))
	}
	column = min(column, width/2)
	var rows []string
	for _, binding := range keys {
		name := padRight(theme.Accent.Render(cut(Clean(binding.Help().Key), column)), column+gap)
		does := strings.Split(Wrap(Clean(binding.Help().Desc), width-column-gap), "\n")
		for i, line := range does {
			if i > 0 {
				name = blanks(column + gap)
			}
			rows = append(rows, name+line)
		}
	}
	return strings.Join(rows, "\n")
}
