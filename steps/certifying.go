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
	setup *Wizard
	task  ui.Task[audit.Certificate]
	err   error
}

func newCertifying(s *Wizard) *certifying { return &certifying{setup: s} }

func (c *certifying) start(ctx context.Context) tea.Cmd {
	c.err = nil
	c.setup.Certify(nil)
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

func (c *certifying) take(msg tea.Msg) {
	if found, err, ok := c.task.Take(msg); ok {
		if c.err = err; err == nil {
			c.setup.Certify(&found)
		}
	}
}

// page is the certificate, nil before there is one.
func (c *certifying) page() ui.Panel {
	if c.setup.Certified() == nil {
		return nil
	}
	return ui.NewPage(c.setup.theme, ui.PageContent{Title: "Certificate", Text: c.setup.Certified().Text(), Filename: "certificate.txt"})
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
