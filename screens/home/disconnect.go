package home

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// disconnectPanel ends a saved connection as far as it is asked to. Signing in and the plan open over it.
type disconnectPanel struct {
	*ui.FormPanel
	home     *Screen
	saved    connector.Connection
	ctx      context.Context
	session  adminSession
	level    admin.Level
	secretID string
	unclear  atomic.Bool // which secret is meant; a plan has found that out
}

func newDisconnectPanel(h *Screen, c connector.Connection) ui.Panel {
	title := fmt.Sprintf("Disconnect %q", c.Name)
	d := &disconnectPanel{home: h, saved: c, level: admin.RevokeGrants, session: adminSession{home: h, saved: c, title: title}}
	options := make([]ui.HuhOption[admin.Level], len(saved.DisconnectionLevels))
	for i, level := range saved.DisconnectionLevels {
		options[i] = ui.HuhOption[admin.Level]{Text: fmt.Sprintf("%-9s  %s", level.Name, level.Brief), Value: level.Level}
	}
	d.FormPanel = ui.NewFormPanel(h.theme, ui.FormContent{
		Title: title, Does: "go on",
		Text: "Each level includes those before it. What it deletes and what it keeps is shown before anything is done.",
		Form: ui.NewForm(
			ui.FormField{Input: ui.NewHuhSelect(h.theme, "Level", &d.level, options...)},
			ui.FormField{
				Input:   ui.NewHuhText(h.theme, "Secret ID", "which one is deleted", &d.secretID),
				Visible: func() bool { return d.level == admin.RevokeSecret && d.unclear.Load() },
			}),
		Done: func() (ui.Move, tea.Cmd) {
			if d.level == admin.LocalOnly {
				return ui.Open(deletePanel(h, c, ui.CloseMany(2))), nil
			}
			return d.session.whenSignedIn(d.ctx, d.newPlan), nil
		},
	})
	return d
}

// Enter remembers how long it is open, and with it the session of an admin.
func (d *disconnectPanel) Enter(ctx context.Context) tea.Cmd {
	d.ctx = ctx
	return d.FormPanel.Enter(ctx)
}

// newPlan plans the end of the connection, and takes it off the list once that was carried out.
func (d *disconnectPanel) newPlan() ui.Panel {
	h, level, secretID := d.home, d.level, d.secretID
	ending, problem := saved.Disconnect(h.env, d.saved, d.session.open)
	return panels.NewPlan(h.theme, panels.PlanContent[string]{
		Title: d.session.title, As: d.session.as(), Journal: h.env.JournalSays(), Applying: h.applies, Lines: ending.Lines,
		Here: "deletes the saved connection here",
		Make: func(ctx context.Context) (admin.Plan, error) {
			if problem != nil {
				return admin.Plan{}, problem
			}
			plan, err := ending.Plan(ctx, level, secretID)
			d.unclear.Store(errors.Is(err, admin.ErrAmbiguous))
			return plan, err
		},
		Apply: ending.Apply,
		Done: func(told string) (ui.Move, tea.Cmd) {
			h.list.remove(d.saved)
			delete(h.made, d.saved.ID)
			h.say(told, false)
			return ui.CloseMany(2), nil
		},
	})
}
