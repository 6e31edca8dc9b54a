package steps

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// certifying finds out in the background what the principal may do, and shows the certificate.
type certifying struct {
	setup *Wizard
	task  ui.Task[audit.Certificate]
	look  ui.Task[[]check.Result] // at what was chosen, after something was taken away
	tried *setup.Attempt          // that look
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

// again looks anew at what was chosen, and then at everything.
func (c *certifying) again(ctx context.Context) tea.Cmd {
	attempt, err := c.setup.LookBeyond()
	if c.err = err; err != nil {
		return nil
	}
	c.tried = attempt
	return tea.Batch(c.start(ctx), c.look.Start(ctx, func(ctx context.Context) ([]check.Result, error) {
		return check.Final(attempt.Climb(ctx), func(check.Result) {}), ctx.Err()
	}))
}

// running reports whether it is not known yet what the principal may do. Saving waits for it.
func (c *certifying) running() bool { return c.task.Running() || c.look.Running() }

// since is when the look began that ends last.
func (c *certifying) since() time.Time {
	if c.look.Running() {
		return c.look.Since()
	}
	return c.task.Since()
}

func (c *certifying) take(msg tea.Msg) {
	if results, err, ok := c.look.Take(msg); ok && err == nil {
		c.tried.Conclude(results)
	}
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
	made := *c.setup.Certified()
	made.Connection = c.setup.Saved().Name
	return ui.NewPage(c.setup.theme, ui.PageContent{
		Title: "Certificate", Text: made.Text(), Filename: "certificate.txt", Body: func(width int) string { return ui.BreakWords(made.Page(width), width) },
	})
}

// line is the verdict on what the principal may do, with its mark.
func (c *certifying) line() string {
	if c.running() {
		return "… looking at everything it may do"
	}
	b := c.setup.Breadth()
	return breadthMark(b) + b.Sentence()
}

// advice says whether that matters and what to do, and what kept the look from being whole.
func (c *certifying) advice() (lines []string) {
	if c.running() {
		return nil
	}
	if advice := c.setup.Breadth().Advice(); advice != "" {
		lines = append(lines, advice)
	}
	if c.err != nil {
		lines = append(lines, "? "+check.Explain(c.err).Reason)
	}
	return lines
}

// tells reports whether there is a certificate, and it says more than the line does.
func (c *certifying) tells() bool { return c.setup.Certified() != nil && len(c.advice()) > 0 }

// breadthMark is what a line about a principal begins with.
func breadthMark(b breadth.Breadth) string {
	switch {
	case b.CanWrite():
		return "! "
	case b.Certain():
		return "✓ "
	}
	return "? "
}
