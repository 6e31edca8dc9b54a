package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// keyOver handles the keys of what lies over the form, and those that open it.
func (c *connect) keyOver(msg tea.KeyPressMsg) (move ui.Move, cmd tea.Cmd, used bool) {
	name := msg.String()
	switch {
	case c.who.open():
		c.who.press(msg)
		return ui.Stay(), nil, true
	case c.hosts != nil:
		c.pressHosts(msg)
		return ui.Stay(), nil, true
	case name == "f3":
		return ui.Stay(), c.who.show(c.ctx), true
	case c.testing:
		return ui.Stay(), nil, false
	case name == "ctrl+o":
		return c.actAsAdmin(), nil, true
	case name == "ctrl+l":
		c.offerHosts()
		return ui.Stay(), nil, true
	}
	return ui.Stay(), nil, false
}

// actAsAdmin has an admin make or pick the service principal. What comes of it goes straight into the form.
func (c *connect) actAsAdmin() ui.Move {
	if c.setup.Draft().Host().IsZero() {
		c.setFocus(hostField)
		c.complain(hostField, c.problem(hostField))
		return ui.Stay()
	}
	return ui.Open(adminWork{c.setup, setup.PrincipalTask(), func(out admin.Outcome, _ setup.AdminTask) tea.Cmd {
		told := c.setup.TakeMade(out)
		c.client.SetValue(c.setup.Draft().ClientIDText())
		c.secret.Clear()
		c.filled = false
		c.labelSecret()
		c.setFocus(c.firstMissing())
		c.changed = told
		return nil
	}}.open())
}

// offerHosts lists the workspace hosts that the Databricks CLI knows. Its file is only read when the person asks.
func (c *connect) offerHosts() {
	c.choices = c.choices[:0]
	var names []string
	for _, p := range c.setup.Profiles() {
		if host, _, err := c.setup.Draft().ParseHost(p.Host); err == nil {
			c.choices = append(c.choices, setup.TypedHost(host))
			names = append(names, p.Name+" "+setup.TypedHost(host))
		}
	}
	if len(names) == 0 {
		c.changed = "There is no .databrickscfg with a workspace host in your home folder."
		return
	}
	c.hosts = ui.NewPicker(c.setup.theme)
	c.hosts.Append(names)
}

func (c *connect) pressHosts(msg tea.KeyPressMsg) {
	if msg.String() != "enter" {
		c.hosts.Key(msg)
		return
	}
	if i, ok := c.hosts.Selected(); ok {
		c.host.SetValue(c.choices[i])
		c.hosts = nil
		c.setFocus(hostField)
		c.take()
	}
}

func (c *connect) hostsView(width, height int) string {
	t := c.setup.theme
	head := t.Title.Render("Workspace hosts of .databrickscfg") + "\n" + t.Faint.Render(ui.Wrap("Only the host is taken from the profile.", width)) + "\n\n"
	return head + c.hosts.View(width, max(3, min(height-3, c.hosts.Len()+1)))
}
