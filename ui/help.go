package ui

import (
	"runtime"
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
	keys = append(keys, Bind("leave; a second time without asking", "ctrl+c"))
	if runtime.GOOS != "windows" {
		keys = append(keys, Bind("suspend; fg comes back", "ctrl+z"))
	}
	return keys
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

func (h *helpPage) view(theme *Theme, keys []key.Binding, width, height int) string {
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
	room := max(1, height-2)
	h.rows = max(0, len(rows)-room)
	h.top = min(h.top, h.rows)
	rows = rows[h.top:min(len(rows), h.top+room)]
	return theme.Title.Render("Keys") + "\n\n" + strings.Join(rows, "\n")
}
