package steps

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// certifying finds out in the background what the principal may do, and shows the certificate.
type certifying struct {
	setup   *Wizard
	task    ui.Task[audit.Certificate]
	page    *ui.Snippet
	showing bool
	err     error
}

func newCertifying(s *Wizard) *certifying {
	return &certifying{setup: s, page: ui.NewSnippet(s.theme, "", "certificate.txt")}
}

func (c *certifying) start(ctx context.Context) tea.Cmd {
	c.err, c.showing = nil, false
	c.setup.Certify(nil)
	c.page.SetText("")
	if c.setup.Draft().Check(setup.Access) != nil || c.setup.Draft().Check(setup.Connect) != nil {
		return nil
	}
	look, err := c.setup.Certificate()
	if err != nil {
		c.err = err
		return nil
	}
	return c.task.Start(ctx, look)
}

func (c *certifying) take(msg tea.Msg) bool {
	if c.page.Take(msg) {
		return true
	}
	found, err, ok := c.task.Take(msg)
	if !ok {
		return false
	}
	if c.err = err; err == nil {
		c.setup.Certify(&found)
		c.page.SetText(found.Text())
	}
	return true
}

// open shows the certificate, once there is one.
func (c *certifying) open() { c.showing = c.setup.Certified() != nil }

func (c *certifying) escape() bool {
	if c.page.Escape() {
		return true
	}
	was := c.showing
	c.showing = false
	return was
}

// lines are the certificate in one line, and in a second one the first thing that goes beyond the choice, with how to take it away.
func (c *certifying) lines() []string {
	switch {
	case c.task.Running():
		return []string{"… looking at everything it may do; saving does not wait"}
	case c.err != nil:
		return []string{"? " + check.Explain(c.err).Reason}
	case c.setup.Certified() == nil:
		return nil
	}
	return setup.CertificateLines(*c.setup.Certified())
}
