package steps

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
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

// certificate gives the look to run: with the eyes of an open admin session, and otherwise with those of the connector, which sees less.
func (s *Setup) certificate() (func(context.Context) (audit.Certificate, error), error) {
	ws, err := s.Workspace()
	if err != nil {
		return nil, err
	}
	d := s.draft
	chosen := audit.Chosen{
		Needs:     slices.Concat(grants.Reach(d.Schema()), s.readNeeds(nil)),
		Warehouse: d.Warehouse().ID,
	}
	session, principal, at, version := s.adminHere(), d.Principal().Name.Raw(), s.env.Now(), s.env.Version
	return func(ctx context.Context) (audit.Certificate, error) {
		ctx, cancel := context.WithTimeout(ctx, certifyDeadline)
		defer cancel()
		if session != nil {
			if facts, err := session.Facts(ctx, principal, ws, chosen); err == nil {
				return audit.Certify(facts, at, version), nil
			}
		}
		facts, err := audit.Own(ctx, ws, chosen)
		if err != nil {
			return audit.Certificate{}, err
		}
		return audit.Certify(facts, at, version), nil
	}, nil
}

func (c *certifying) start(ctx context.Context) tea.Cmd {
	c.err, c.showing, c.setup.certified = nil, false, nil
	c.page.SetText("")
	if c.setup.draft.Check(Access) != nil || c.setup.draft.Check(Connect) != nil {
		return nil
	}
	look, err := c.setup.certificate()
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
		c.setup.certified = &found
		c.page.SetText(found.Text())
	}
	return true
}

// open shows the certificate, once there is one.
func (c *certifying) open() { c.showing = c.setup.certified != nil }

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
	case c.setup.certified == nil:
		return nil
	}
	return certificateLines(*c.setup.certified)
}

// certificateWords say what each verdict means.
var certificateWords = map[audit.Verdict]string{
	audit.Exact:    "✓ READ-ONLY-EXACT: reads what was chosen, and no more",
	audit.Broader:  "! READ-ONLY-BROADER: reads only, and more than was chosen",
	audit.CanWrite: "✗ CAN-WRITE: it may do more than read",
	audit.Unknown:  "? UNKNOWN: ",
}

func certificateLines(c audit.Certificate) []string {
	first := certificateWords[c.Verdict]
	if c.Verdict == audit.Unknown {
		first += fmt.Sprintf("%s not visible, no right to write seen", words.Count(len(c.Unseen), "thing"))
	}
	if len(c.Extras) == 0 {
		return []string{first}
	}
	extra := c.Extras[0]
	text := fmt.Sprintf("%s (%s). %s", extra.What, extra.Source, extra.Revoke)
	if extra.Others {
		text += " The others in the group lose it too."
	}
	return []string{first, text}
}
