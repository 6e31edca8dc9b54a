package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// proxying is a form in which a proxy is given for this run. The failed test stands below it, and begins again by the new way.
type proxying struct {
	connect       *connect
	address, user *ui.Field
	password      *ui.SecretField
}

func (c *connect) newProxying() ui.Panel {
	theme := c.setup.theme
	p := &proxying{
		connect:  c,
		address:  ui.NewField(theme, "Proxy", workspace.ProxyExample),
		user:     ui.NewField(theme, "User name", workspace.ProxyWants),
		password: ui.NewSecretField(theme, "Password", workspace.ProxyWants),
	}
	p.password.AllowBlanks()
	now, said := c.setup.ProxyNow()
	address, user := now.Asked()
	p.address.SetValue(address)
	p.user.SetValue(user)
	form := ui.NewForm(
		ui.FormField{Input: p.address, Problem: p.problem}, ui.FormField{Input: p.user}, ui.FormField{Input: p.password},
	)
	form.Say = connector.Sentence
	if address != "" {
		form.Focus(1) // what that proxy wants is a sign-in more often than to be another
	}
	return ui.NewFormPanel(theme, ui.FormContent{
		Title: workspace.ProxyTitle, Text: "Now: " + said + ".\n" + workspace.ProxyForNow, Form: form,
		Does: "use it", Leave: "back", Failed: panels.Trouble, Done: p.done,
		Actions: []ui.Action{{Key: ui.Bind(workspace.PastProxies, "f3"), Do: func() (ui.Move, tea.Cmd) { return p.use(workspace.Proxy{}) }}},
	})
}

func (p *proxying) read() (workspace.Proxy, error) {
	return workspace.ReadProxy(p.address.Value(), p.user.Value(), connector.NewSecret(p.password.Bytes()))
}

func (p *proxying) problem() error {
	_, err := p.read()
	return err
}

func (p *proxying) done() (ui.Move, tea.Cmd) {
	proxy, err := p.read()
	if err != nil {
		return ui.Stay(), nil // what was read a moment ago reads no worse now
	}
	return p.use(proxy)
}

func (p *proxying) use(proxy workspace.Proxy) (ui.Move, tea.Cmd) {
	p.connect.setup.UseProxy(proxy)
	p.password.Clear()
	return ui.Close(), p.connect.test.Begin()
}
