package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
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
		address:  ui.NewField(theme, "Proxy", "http://proxy.example.com:3128"),
		user:     ui.NewField(theme, "User name", "where the proxy wants one"),
		password: ui.NewSecretField(theme, "Password", "where the proxy wants one"),
	}
	p.password.AllowBlanks()
	form := ui.NewForm(
		ui.FormField{Input: p.address, Problem: p.problem}, ui.FormField{Input: p.user}, ui.FormField{Input: p.password},
	)
	form.Say = connector.Sentence
	return ui.NewFormPanel(theme, ui.FormContent{
		Title: setup.ProxyTitle, Text: "Now: " + c.setup.ProxyNow() + ".\n" + setup.ProxyForNow, Form: form,
		Does: "use it", Leave: "back", Failed: panels.Trouble, Done: p.done,
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
	p.connect.setup.UseProxy(proxy)
	p.password.Clear()
	return ui.Close(), p.connect.test.Begin()
}
