package steps

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Keys lists what works now.
func (a *access) Keys() []key.Binding {
	switch a.part {
	case readTables:
		if a.ladder.Running() {
			return []key.Binding{ui.Bind("stop reading", "esc")}
		}
		return append([]key.Binding{ui.Bind("read again", "r"), ui.Bind("details", "d")}, a.copied.Keys()...)
	case showSelect:
		if a.grant.covered() {
			return a.grant.keys()
		}
		if a.grant.hold() {
			return append([]key.Binding{ui.Bind("read the tables", "enter"), ui.Bind("other scope", "t")}, a.grant.keys()...)
		}
		keys := a.grant.keys()
		return slices.Insert(keys, min(2, len(keys)), ui.Bind("other scope", "t"))
	}
	enter := "read them"
	if a.setup.Draft().Check(setup.Access) == nil {
		enter = "next"
	}
	return []key.Binding{
		ui.Bind("tick", "space"), ui.Bind(enter, "enter"), ui.Bind("GRANT", "ctrl+g"), ui.Bind("scope", "ctrl+t"),
		ui.Bind("columns", "tab"), ui.Bind("refresh", "ctrl+r"),
	}
}

func (a *access) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	switch a.part {
	case readTables:
		return ui.Stay(), a.pressReading(msg)
	case showSelect:
		return a.pressGrant(msg)
	}
	a.problem = nil
	switch msg.String() {
	case "enter":
		return a.enter()
	case "space":
		a.tick()
	case "tab":
		a.columns = !a.columns
	case "ctrl+t":
		a.setup.OtherScope()
	case "ctrl+g":
		return ui.Stay(), a.showGrant()
	case "ctrl+r":
		return ui.Stay(), a.load()
	default:
		a.list.picker.Key(msg)
	}
	return ui.Stay(), a.look()
}

func (a *access) pressReading(msg tea.KeyPressMsg) tea.Cmd {
	if a.ladder.Running() {
		return nil
	}
	switch msg.String() {
	case "r":
		return a.read()
	case "d":
		a.ladder.Details = !a.ladder.Details
		return nil
	}
	_, cmd := a.copied.Key(msg)
	return cmd
}

func (a *access) pressGrant(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if a.grant.covered() {
		return a.grant.press(msg)
	}
	switch msg.String() {
	case "enter":
		if a.grant.snippet.Plain() {
			return ui.Stay(), nil
		}
		if a.grant.hold() && len(a.setup.Draft().Tables()) > 0 {
			return ui.Stay(), a.read()
		}
		if a.grant.hold() {
			a.Escape()
			return ui.Stay(), a.load()
		}
		return ui.Stay(), a.grant.look()
	case "t":
		a.setup.OtherScope()
		return ui.Stay(), a.showGrant()
	}
	return a.grant.press(msg)
}

// enter goes on when every chosen table was read, reads those that were not, and otherwise takes the row under the cursor or the name
// that was typed.
func (a *access) enter() (ui.Move, tea.Cmd) {
	typed := a.list.picker.Query()
	switch d := a.setup.Draft(); {
	case typed != "" && a.list.picker.Hits() == 0 && a.list.task.Running():
		a.problem = errStillListing
		return ui.Stay(), nil
	case typed != "" && a.list.picker.Hits() == 0:
		a.typed(typed)
		return ui.Stay(), nil
	case d.Check(setup.Access) == nil:
		return ui.Next(), nil
	case len(d.Tables()) == 0:
		a.tick()
		if len(d.Tables()) == 0 {
			return ui.Stay(), nil
		}
	}
	return ui.Stay(), a.read()
}
