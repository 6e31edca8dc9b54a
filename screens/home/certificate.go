package home

import (
	"context"
	"fmt"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// certificatePanel shows what a saved connection may do, as far as it sees that itself or as an admin, who sees more.
type certificatePanel struct {
	*ui.Page
	home    *Screen
	saved   connector.Connection
	ctx     context.Context
	looks   *admin.Session                       // nil: the connection itself
	session adminSession                         // looks in a panel of its own
	kept    atomic.Pointer[connector.Connection] // as the newest look left it, nil before
	found   atomic.Pointer[audit.Certificate]    // by the newest look, nil before
}

func newCertificatePanel(h *Screen, c connector.Connection) ui.Panel {
	return newCertificateAs(h, c, nil)
}

// newCertificateAs has an admin look where there is one.
func newCertificateAs(h *Screen, c connector.Connection, looks *admin.Session) *certificatePanel {
	title := fmt.Sprintf("What %q may do", c.Name)
	p := &certificatePanel{home: h, saved: c, looks: looks, session: adminSession{home: h, saved: c, title: title}}
	if looks != nil {
		title += ", as " + looks.Me().Label()
	}
	p.Page = ui.NewPage(h.theme, ui.PageContent{
		Title: title, Filename: "certificate.txt", Doing: "Looking at everything it may do", Load: p.look, Failed: panels.Trouble, Body: p.body,
	})
	if looks == nil {
		p.Actions = []ui.Action{{Key: lookAsAdmin, Do: p.asAdmin}}
	}
	return p
}

// lookAsAdmin has somebody look who sees more.
var lookAsAdmin = ui.Bind("look as an admin", "a")

// Enter remembers how long it is open, and with it the session of an admin.
func (p *certificatePanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.Page.Enter(ctx)
}

// Update is that of the page. What the look left beside the connection stands in the list from then on.
func (p *certificatePanel) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	move, cmd := p.Page.Update(msg)
	if kept := p.kept.Swap(nil); kept != nil {
		p.home.list.replace(*kept)
	}
	return move, cmd
}

func (p *certificatePanel) look(ctx context.Context) (string, error) {
	found, kept, err := p.home.env.Certify(ctx, p.saved, p.looks)
	if err != nil {
		return "", err
	}
	p.kept.Store(&kept)
	p.found.Store(&found)
	return found.Text(), nil
}

// body is the certificate with its prose broken for this width.
func (p *certificatePanel) body(width int) string {
	found := p.found.Load()
	if found == nil {
		return ""
	}
	return ui.BreakWords(found.Page(width), width)
}

func (p *certificatePanel) asAdmin() (ui.Move, tea.Cmd) {
	return p.session.whenSignedIn(p.ctx, func() ui.Panel { return newCertificateAs(p.home, p.saved, p.session.open) }), nil
}
