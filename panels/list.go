package panels

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui"
)

// List is a list beside which letters act: a slash begins to filter it, and enter ends that.
type List struct {
	*ui.Picker
	ticks     bool
	filtering bool
}

// NewList makes an empty list. Where rows are ticked, space ticks the one under the cursor.
func NewList(theme *ui.Theme, ticks bool) *List {
	l := &List{Picker: ui.NewPicker(theme), ticks: ticks}
	l.Blur()
	l.SetTicks(ticks)
	return l
}

// moving are the keys that move the cursor.
var moving = []string{"up", "down", "pgup", "pgdown", "home", "end", "ctrl+p", "ctrl+n"}

// Press moves the cursor, ticks and filters, and reports whether the key was for that.
func (l *List) Press(msg tea.KeyPressMsg) bool {
	switch name := msg.String(); {
	case l.filtering && (name == "enter" || name == "tab"):
		l.filtering = false
		l.Blur()
		return true
	case l.filtering:
		return l.Key(msg)
	case name == "/" && l.Len() > 0:
		l.filtering = true
		l.Focus()
		return true
	case slices.Contains(moving, name):
		return l.Key(msg)
	case l.ticks && (name == "space" || name == "ctrl+a") && l.Hits() > 0:
		return l.Key(msg)
	}
	return false
}

// Escape ends the filter, and reports whether there was one.
func (l *List) Escape() bool {
	was := l.filtering || l.Query() != ""
	l.filtering = false
	l.Blur()
	l.SetQuery("")
	return was
}

// Filtering is true while letters go to the filter.
func (l *List) Filtering() bool { return l.filtering }

// Bindings are the keys of the list itself, behind those that act on its row.
func (l *List) Bindings(acts ...key.Binding) []key.Binding {
	switch {
	case l.filtering:
		return []key.Binding{ui.Bind("done", "enter"), ui.Bind("show all", "esc")}
	case l.Len() == 0:
		return acts
	}
	if l.ticks && l.Hits() > 0 {
		acts = append(acts, ui.Bind("tick", "space"), ui.Bind("tick all shown", "ctrl+a"))
	}
	return append(acts, ui.Bind("filter", "/"), key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "another line")))
}

// Leaves says that esc shows all rows first, where some are filtered out.
func (l *List) Leaves() string {
	if l.Query() != "" {
		return "show all"
	}
	return ""
}

// Rows draws the rows, below the filter where there is one.
func (l *List) Rows(width, height int) string {
	if l.filtering || l.Query() != "" {
		return l.View(width, height)
	}
	view := l.View(width, height+1)
	for i, r := range view {
		if r == '\n' {
			return view[i+1:]
		}
	}
	return ""
}
