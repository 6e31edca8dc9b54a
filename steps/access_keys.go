package steps

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Keys lists what works now.
func (a *access) Keys() []key.Binding {
	enter := "read them"
	switch d := a.setup.Draft(); {
	case d.Check(setup.Access) == nil:
		enter = "next"
	case len(d.Tables()) == 0 && a.list.picker.Hits() > 0:
		enter = "tick and read it"
	}
	keys := a.list.picker.WithChoice(ui.Bind("tick", "space"))
	if len(keys) > 0 || len(a.setup.Draft().Tables()) > 0 || a.list.picker.Query() != "" {
		keys = append(keys, ui.Bind(enter, "enter"))
	}
	keys = append(keys, ui.Bind("grants", "ctrl+g"), ui.Bind("scope", "ctrl+t"), ui.Bind("columns", "tab"), ui.Bind("refresh", "ctrl+r"))
	return append(keys, a.list.keys()...)
}

func (a *access) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	a.problem = nil
	switch msg.String() {
	case "enter":
		return a.enter(), nil
	case "space":
		a.tick()
	case "ctrl+a":
		a.tickShown()
	case "tab":
		a.columns = !a.columns
	case "ctrl+t":
		a.setup.OtherScope()
	case "ctrl+g":
		return a.openGrant(), nil
	case ui.WholeKey:
		return a.whole(), nil
	case "ctrl+r":
		return ui.Stay(), a.load()
	default:
		a.list.picker.Key(msg)
	}
	return ui.Stay(), a.look()
}

// enter goes on when every chosen table was read, reads those that were not, and otherwise takes the row under the cursor or the name
// that was typed.
func (a *access) enter() ui.Move {
	typed := a.list.picker.Query()
	switch d := a.setup.Draft(); {
	case typed != "" && a.list.picker.Hits() == 0 && a.list.task.Running():
		a.problem = errStillListing
		return ui.Stay()
	case typed != "" && a.list.picker.Hits() == 0 && a.list.size() > 0 && asksFirst(typed, a.asked):
		a.asked = typed
		return ui.Stay()
	case typed != "" && a.list.picker.Hits() == 0:
		a.typed(typed)
		return ui.Stay()
	case d.Check(setup.Access) == nil:
		return ui.Next()
	case len(d.Tables()) == 0:
		a.tick()
		if len(d.Tables()) == 0 {
			return ui.Stay()
		}
	}
	return ui.Open(a.reading)
}
