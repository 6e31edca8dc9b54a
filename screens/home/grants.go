package home

import (
	"context"
	"fmt"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// grantsPanel compares the privileges of a saved connection with what it needs, as the connection itself or as an admin, who sees more. The
// statements for what is missing, and a page for each owner who can run them, open over it.
type grantsPanel struct {
	*ui.Page
	home    *Screen
	saved   connector.Connection
	ctx     context.Context
	check   *saved.GrantsCheck
	looks   *admin.Session                   // nil: the connection itself
	session adminSession                     // looks in a panel of its own
	seen    atomic.Pointer[saved.GrantsView] // of the newest look, nil before
}

func newGrantsPanel(h *Screen, c connector.Connection) ui.Panel { return newGrantsAs(h, c, nil) }

// newGrantsAs has an admin look where there is one.
func newGrantsAs(h *Screen, c connector.Connection, looks *admin.Session) *grantsPanel {
	p := &grantsPanel{home: h, saved: c, check: saved.GrantsOfSaved(h.env, c)}
	title := fmt.Sprintf("Grants of %q", c.Name)
	p.session = adminSession{home: h, saved: c, title: title}
	if looks != nil {
		p.check.As(looks)
		title += ", as " + looks.Me().Label()
	}
	p.Page = ui.NewPage(h.theme, ui.PageContent{
		Title: title, Filename: "grants.txt", Doing: comparing, Load: p.look, Failed: panels.Trouble,
	})
	p.looks = looks
	return p
}

const comparing = "Comparing what it has with what it needs"

// Enter remembers how long it is open, and with it the session of an admin.
func (p *grantsPanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.Page.Enter(ctx)
}

// Update is that of the page, with the keys of what was seen.
func (p *grantsPanel) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	move, cmd := p.Page.Update(msg)
	p.Actions = p.offered()
	return move, cmd
}

// offered are what helps against what is missing, and a look by somebody who sees more.
func (p *grantsPanel) offered() (offered []ui.Action) {
	if seen := p.seen.Load(); seen != nil && !seen.Done() {
		if sql, err := seen.SQL(); err == nil && sql != "" {
			offered = append(offered, ui.Action{Key: ui.Bind("what to run", "w"), Do: ui.Opens(func() ui.Panel {
				return ui.NewPage(p.home.theme, ui.PageContent{Title: "What to run", Text: sql, Filename: "grants.sql"})
			})})
		}
		offered = append(offered, ui.Action{Key: ui.Bind("hand off to the owners", "h"), Do: func() (ui.Move, tea.Cmd) { return p.handOff(*seen) }})
	}
	if p.looks == nil {
		offered = append(offered, ui.Action{Key: lookAsAdmin, Do: p.asAdmin})
	}
	return offered
}

func (p *grantsPanel) look(ctx context.Context) (string, error) {
	p.seen.Store(nil)
	seen, err := p.check.Look(ctx)
	if err != nil {
		return "", err
	}
	text, err := saved.Compared(p.check, seen)
	if err == nil {
		p.seen.Store(&seen)
	}
	return text, err
}

func (p *grantsPanel) asAdmin() (ui.Move, tea.Cmd) {
	return p.session.whenSignedIn(p.ctx, func() ui.Panel { return newGrantsAs(p.home, p.saved, p.session.open) }), nil
}

// handOff asks for the folder that the pages for the owners go to.
func (p *grantsPanel) handOff(seen saved.GrantsView) (ui.Move, tea.Cmd) {
	folder, wrote := p.home.here(""), ""
	return ui.Open(ui.NewFormPanel(p.home.theme, ui.FormContent{
		Title: handOffTitle, Text: saved.HandOffWrites,
		Form: ui.NewForm(ui.FormField{Input: ui.NewHuhText(p.home.theme, "Folder", "where the files go", &folder)}),
		Does: "write the files", Doing: "Writing the files", Failed: panels.Trouble,
		Submit: func() func(context.Context) error {
			into := folder
			return func(context.Context) (err error) {
				wrote, err = saved.HandOff(p.check, seen, into)
				return err
			}
		},
		Done: func() (ui.Move, tea.Cmd) {
			return ui.Close().Then(ui.Open(ui.NewPage(p.home.theme, ui.PageContent{Title: handOffTitle, Text: wrote}))), nil
		},
	})), nil
}

const handOffTitle = "A page for each owner"
