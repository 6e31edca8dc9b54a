package panels

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Visit is somebody's look at the workspace of a saved connection: it begins with a sign-in, and its session ends with the panel that it is for.
type Visit struct {
	Env   setup.Environment
	Saved connector.Connection
	// All are the saved connections, which a plan may have to spare.
	All   []connector.Connection
	Theme *ui.Theme
	// Applies hears when a plan begins to be carried out and when that ends; nil hears nothing.
	Applies func(bool)
	// Taken hears that an inventory was taken; nil hears nothing.
	Taken func() tea.Cmd

	session *admin.Session
}

// SignedInForThis says how long a session lasts that is for one thing alone.
const SignedInForThis = "An admin signs in for this alone. Nothing of it is saved."

// NotSignedIn is what is shown in place of what takes a session.
func (v *Visit) NotSignedIn(width int) string {
	return ui.Empty("Nobody has signed in", "What is seen here takes a session on the workspace.", "Press enter to sign in.").View(v.Theme, width)
}

// Session is the session, nil before somebody signed in.
func (v *Visit) Session() *admin.Session { return v.session }

// SignIn is the panel in which somebody signs in. Done begins what takes the session, which ends with ctx.
func (v *Visit) SignIn(ctx context.Context, title string, done func() tea.Cmd) ui.Panel {
	return NewSignIn(v.Theme, SignInContent{
		Title: title, Text: SignedInForThis, Ways: v.Env.SignInWaysOf(v.Saved),
		Open: func(way setup.SignInWay) func(context.Context) (*admin.Session, error) {
			return v.Env.OpenAdminOf(v.Saved, way)
		},
		Done: func(session *admin.Session) (ui.Move, tea.Cmd) {
			v.session = session
			contain.After(ctx, "closing the admin session", session.Close)
			return ui.Close(), done()
		},
	})
}

// As says who looks at which workspace.
func (v *Visit) As() string {
	if v.session == nil {
		return v.Saved.Host.String()
	}
	return v.Saved.Host.String() + ", as " + v.session.Me().Label()
}

// Plan is the panel with a plan of the session, which fills in who applies it and how.
func (v *Visit) Plan(content PlanContent[admin.Outcome]) ui.Panel {
	content.As, content.Journal, content.Applying = "As "+v.session.Me().Label()+".", v.Env.JournalSays(), v.Applies
	content.Apply = func(ctx context.Context, plan admin.Confirmed, watch admin.Watch) (admin.Outcome, error) {
		j, err := v.Env.Journal()
		if err != nil {
			return admin.Outcome{}, err
		}
		return v.session.ApplyWatched(ctx, plan, j, watch)
	}
	return NewPlan(v.Theme, content)
}
