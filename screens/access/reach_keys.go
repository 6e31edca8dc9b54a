package access

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui"
)

// act is a key of the panel and what it does.
type act struct {
	key  key.Binding
	do   func(*reach) (ui.Move, tea.Cmd)
	when func(*reach) bool // nil is always
	row  bool              // it is about the row under the cursor
}

var acts = []act{
	{ui.Bind("why", "enter"), (*reach).why, func(r *reach) bool { return r.hasRow() && r.side() == reaches }, true},
	{ui.Bind("walk on", "enter", "o"), (*reach).walk, func(r *reach) bool { return r.hasRow() && r.side() != reaches }, true},
	{ui.Bind("walk on", "o"), (*reach).walk, func(r *reach) bool { return r.hasRow() && r.side() == reaches }, true},
	{ui.Bind("ask about another", "a"), (*reach).another, nil, false},
	{ui.Bind("next list", "tab"), (*reach).next, func(r *reach) bool { return len(r.lists) > 1 }, false},
	{ui.Bind("filter", "/"), (*reach).filter, func(r *reach) bool { return r.around.count(r.side()) > 0 }, false},
	{guideKey, (*reach).guide, nil, false},
}

func (r *reach) hasRow() bool {
	_, ok := r.list().selected()
	return ok
}

func (r *reach) now() []act {
	return slices.DeleteFunc(slices.Clone(acts), func(a act) bool { return a.when != nil && !a.when(r) })
}

func (r *reach) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	switch {
	case r.around == nil:
		return ui.Stay(), nil
	case r.typing && (msg.String() == "enter" || msg.String() == "tab"):
		r.stopTyping()
		return ui.Stay(), nil
	case r.typing:
		_, cmd := r.list().press(msg)
		return ui.Stay(), cmd
	case r.list().move(msg):
		return ui.Stay(), nil
	}
	for _, a := range r.now() {
		switch {
		case !key.Matches(msg, a.key):
		case a.row && !r.list().enter():
			r.waits = a.do
			return ui.Stay(), nil
		default:
			return a.do(r)
		}
	}
	return ui.Stay(), nil
}

func (r *reach) filter() (ui.Move, tea.Cmd) {
	r.typing = true
	r.list().field.Focus()
	return ui.Stay(), nil
}

func (r *reach) stopTyping() {
	r.typing = false
	r.list().field.Blur()
}

func (r *reach) next() (ui.Move, tea.Cmd) {
	r.at = (r.at + 1) % len(r.lists)
	return ui.Stay(), nil
}

func (r *reach) walk() (ui.Move, tea.Cmd) {
	i, _ := r.list().selected()
	return ui.Open(newReach(r.theme, r.world, r.other(r.side(), i))), nil
}

func (r *reach) why() (ui.Move, tea.Cmd) {
	i, _ := r.list().selected()
	return ui.Open(newWhy(r.theme, r.world, r.question(i), r.other(reaches, i))), nil
}

// another asks about an end that may not be in the list: why it is not.
func (r *reach) another() (ui.Move, tea.Cmd) {
	return ui.Open(newAnother(r.theme, r.world, r.end)), nil
}

// guide looks up what levels and roles allow.
func (r *reach) guide() (ui.Move, tea.Cmd) { return ui.Open(newGuide(r.theme, r.world.facts)), nil }

// Keys lists what works now.
func (r *reach) Keys() []key.Binding {
	switch {
	case r.around == nil:
		return nil
	case r.typing:
		return []key.Binding{ui.Bind("done", "enter"), ui.Bind("show all", "esc")}
	}
	var keys []key.Binding
	for _, a := range r.now() {
		keys = append(keys, a.key)
	}
	if r.hasRow() {
		keys = append(keys, key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "choose")))
	}
	return keys
}

// Typing is true while letters filter.
func (r *reach) Typing() bool { return r.typing }

// Leaves says what esc does, where that is not to close.
func (r *reach) Leaves() string {
	if r.around != nil && r.list().field.Value() != "" {
		return "show all"
	}
	return ""
}

// Escape ends the filter.
func (r *reach) Escape() bool {
	if r.around == nil {
		return false
	}
	was := r.typing
	r.stopTyping()
	return r.list().clear() || was
}
