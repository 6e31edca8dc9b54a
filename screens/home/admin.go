package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// adminSession is the session of an admin on the workspace of a saved connection. It ends with the panel that it is for.
type adminSession struct {
	home  *Screen
	saved connector.Connection
	title string
	open  *admin.Session // nil before somebody signed in
}

// whenSignedIn opens a panel that takes a session, and the sign-in before it where there is none yet. The session ends with ctx.
func (a *adminSession) whenSignedIn(ctx context.Context, next func() ui.Panel) ui.Move {
	if a.open != nil {
		return ui.Open(next())
	}
	env, c := a.home.env, a.saved
	return ui.Open(panels.NewSignIn(a.home.theme, panels.SignInContent{
		Title: a.title, Text: panels.SignedInForThis, Ways: env.SignInWaysOf(c),
		Open: func(way setup.SignInWay) func(context.Context) (*admin.Session, error) {
			return env.OpenAdminOf(c, way)
		},
		Done: func(session *admin.Session) (ui.Move, tea.Cmd) {
			a.open = session
			contain.After(ctx, "closing the admin session", session.Close)
			return ui.Close().Then(ui.Open(next())), nil
		},
	}))
}

// as says who the admin is.
func (a *adminSession) as() string { return "As " + a.open.Me().Label() + "." }

// applies hears whether a plan is being carried out.
func (h *Screen) applies(on bool) { h.applying = on }
