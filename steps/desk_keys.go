package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// press handles a key while the desk is open.
func (d *desk) press(msg tea.KeyPressMsg) tea.Cmd {
	name := msg.String()
	if name == "ctrl+x" {
		d.close()
		d.setup.EndAdmin()
		return nil
	}
	switch d.part {
	case deskWays, deskOffers:
		if name == "enter" {
			return d.choose()
		}
		d.picker.Key(msg)
	case deskSignIn:
		return d.pressSignIn(msg)
	case deskName:
		if name == "enter" {
			return d.named()
		}
		d.name.Key(msg)
	case deskPlan:
		return d.pressPlan(msg)
	case deskFailed:
		if name == "r" || name == "enter" {
			return d.start(d.ctx, d.task, d.done)
		}
	}
	return nil
}

func (d *desk) choose() tea.Cmd {
	i, ok := d.picker.Selected()
	switch {
	case !ok:
		return nil
	case d.part == deskWays:
		return d.signIn(d.ways[i])
	}
	d.chosen = d.offers[i]
	if d.chosen.Named {
		d.part = deskName
		d.name.SetValue(setup.DefaultPrincipal)
		d.name.Focus()
		return nil
	}
	d.task.Choose(d.chosen, "")
	return d.makePlan()
}

func (d *desk) named() tea.Cmd {
	name, err := connector.ParseConnectionName(d.name.Value())
	if err != nil {
		d.name.SetNote(ui.MarkWarn, connector.Sentence(err))
		return nil
	}
	d.name.SetNote(ui.MarkNone, "")
	d.task.Choose(d.chosen, name)
	return d.makePlan()
}

func (d *desk) pressSignIn(msg tea.KeyPressMsg) tea.Cmd {
	switch name := msg.String(); {
	case name == "enter" && d.client.Focused() && d.secret.Len() == 0, name == "tab", name == "down", name == "up", name == "shift+tab":
		d.swap()
	case name == "enter":
		return d.submit()
	case d.client.Focused():
		d.client.Key(msg)
	default:
		d.secret.Key(msg)
	}
	return nil
}

// swap goes to the other field, where there is one.
func (d *desk) swap() {
	if d.way.Method != connector.OAuth {
		return
	}
	if d.client.Focused() {
		d.client.Blur()
		d.secret.Focus()
		return
	}
	d.secret.Blur()
	d.client.Focus()
}

// submit signs in with what was typed, which the fields forget at once.
func (d *desk) submit() tea.Cmd {
	way := d.way
	way.Creds = connector.Credentials{Method: way.Method, Secret: connector.NewSecret(d.secret.Bytes())}
	if way.Method == connector.OAuth {
		id, err := connector.ParseClientID(d.client.Value())
		if err != nil {
			d.problem = connector.Sentence(err)
			return nil
		}
		way.Creds.ClientID = id
	}
	if way.Creds.Secret.IsZero() {
		d.problem = "Nothing was pasted yet."
		return nil
	}
	d.secret.Clear()
	d.problem = ""
	return d.signIn(way)
}

func (d *desk) pressPlan(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "down":
		d.top++
	case "up":
		d.top = max(0, d.top-1)
	case "enter":
		confirmed, err := d.plan.Confirmed(d.confirm.Value())
		if err != nil {
			d.confirm.SetNote(ui.MarkWarn, "Nothing was changed. Type "+setup.ConfirmWord+" to go on.")
			return nil
		}
		d.confirm.SetNote(ui.MarkNone, "")
		d.confirm.SetValue("")
		d.part = deskApplies
		return tea.Batch(d.pulse.Beat(nil, true), d.applying.start(d.ctx, confirmed))
	default:
		d.confirm.Key(msg)
	}
	return nil
}

// paste puts text where the cursor is.
func (d *desk) paste(text string) {
	switch d.part {
	case deskWays, deskOffers:
		d.picker.Paste(text)
	case deskSignIn:
		d.problem = ""
		d.client.Paste(text)
		d.secret.Paste(text)
	case deskName:
		d.name.Paste(text)
	case deskPlan:
		d.confirm.Paste(text)
	}
}
