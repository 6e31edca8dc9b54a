package steps

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// press handles the keys of the panel.
func (p *grantPanel) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	missing := p.snippet.Text() != ""
	switch name := msg.String(); {
	case name == "enter" && p.hold():
		return p.GoOn()
	case name == "enter", name == "r":
		return ui.Stay(), p.look()
	case name == "d" && p.seen != nil:
		return ui.Open(p.details()), nil
	case name == "t":
		return p.otherScope()
	case name == "a" && missing:
		return ui.Open(adminWork{p.setup, p.setup.GrantTask(p.found), p.granted}.open()), nil
	case name == "h" && missing:
		return ui.Open(newHandoff(p.setup, p.found, p.beTheOwner)), nil
	case name == "o" && missing:
		return ui.Stay(), p.beTheOwner()
	case missing:
		_, move, cmd := p.snippet.Press(msg)
		return move, cmd
	}
	return ui.Stay(), nil
}

// otherScope asks for the privileges of the other scope, where there is something to ask for in it.
func (p *grantPanel) otherScope() (ui.Move, tea.Cmd) {
	p.setup.OtherScope()
	want, ok := p.Wants()
	if !ok {
		return ui.Close(), nil
	}
	asks := p.ask(want)
	p.note = "Scope: " + p.setup.Draft().Scope().Note() + "."
	return ui.Stay(), asks
}

// Keys lists what works now.
func (p *grantPanel) Keys() []key.Binding {
	var keys []key.Binding
	if p.snippet.Text() != "" {
		keys = append([]key.Binding{ui.Bind("act as admin", "a"), ui.Bind("hand off", "h")}, p.snippet.Keys()...)
		if p.setup.OwnersTurn(p.found) != nil {
			keys = append([]key.Binding{ui.Bind(setup.BeTheOwner, "o")}, keys...)
		}
	}
	again := ui.Bind("look again", "r", "enter")
	if p.hold() {
		again = ui.Bind("look again", "r")
	}
	keys = append(keys, again)
	scope, at := ui.Bind("other scope", "t"), min(2, len(keys))
	if p.hold() {
		keys, at = slices.Insert(keys, 0, ui.Bind(p.Next, "enter")), 1
	}
	if p.ScopeLast {
		at = len(keys)
	}
	if keys = slices.Insert(keys, at, scope); p.seen != nil {
		keys = append(keys, ui.Bind("details", "d"))
	}
	return keys
}

// Typing is false: all letters are keys.
func (p *grantPanel) Typing() bool { return false }

// Escape has nothing to close within.
func (p *grantPanel) Escape() bool { return false }

// Leaves says that esc leads to the list, or to what was read.
func (p *grantPanel) Leaves() string { return "back" }
