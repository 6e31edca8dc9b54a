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

// Visit is somebody's look at the workspace of a saved connection. It takes a session, which all that share its admission have together.
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
	// Beside opens the inventories of the same workspace, from a screen that stands on them; nil where nothing leads there.
	Beside func() ui.Panel
	// Admission is the session that several screens share; nil has it end with the screen.
	Admission *Admission
}

// What is said of how long a session lasts: one that is for one thing alone, and one that screens share.
const (
	SignedInForThis  = "An admin signs in for this alone. Nothing of it is saved."
	SignedInForThese = "An admin signs in once for all that is under Workspace, until they sign out or leave home. Nothing of it is saved."
)

// InventoryDoor is the name of the door to the inventories of a workspace.
const InventoryDoor = "Inventory"

// SignsOut is the key that ends a session that screens share.
var SignsOut = ui.Bind("sign out", "u")

// Begin counts the screen of this visit, which is open until ctx ends.
func (v *Visit) Begin(ctx context.Context) {
	if v.Admission == nil {
		v.Admission = NewAdmission()
		contain.After(ctx, "closing the admin session", v.Admission.SignOut)
	}
	v.Admission.Enter(ctx, v.Saved.Host)
}

// NotSignedIn is what is shown in place of what takes a session.
func (v *Visit) NotSignedIn(width int) string {
	return ui.Empty("Nobody has signed in", "What is seen here takes a session on the workspace.", "Press enter to sign in.").View(v.Theme, width)
}

// Session is the session, nil before somebody signed in.
func (v *Visit) Session() *admin.Session {
	if v.Admission == nil {
		return nil
	}
	return v.Admission.On(v.Saved.Host)
}

// Admit gives the session of this visit, which is over with ctx. Where nobody is signed in, it has the session opened.
func (v *Visit) Admit(ctx context.Context, open func() (*admin.Session, error)) (*admin.Session, error) {
	v.Begin(ctx)
	if session := v.Session(); session != nil {
		return session, nil
	}
	session, err := open()
	if err == nil {
		v.Admission.Take(session)
	}
	return session, err
}

// SignIn is the panel in which somebody signs in. Done begins what takes the session.
func (v *Visit) SignIn(title string, done func() tea.Cmd) ui.Panel {
	return NewSignIn(v.Theme, SignInContent{
		Title: title, Text: SignedInForThese, Ways: v.Env.SignInWaysOf(v.Saved),
		Open: func(way setup.SignInWay) func(context.Context) (*admin.Session, error) {
			return v.Env.OpenAdminOf(v.Saved, way)
		},
		Done: func(session *admin.Session) (ui.Move, tea.Cmd) {
			v.Admission.Take(session)
			return ui.Close(), done()
		},
	})
}

// As says who looks at which workspace.
func (v *Visit) As() string {
	session := v.Session()
	if session == nil {
		return v.Saved.Host.String()
	}
	return "As " + session.Me().Label() + ", on " + v.Saved.Host.String()
}

// Plan is the panel with a plan of the session, which fills in who applies it and how.
func (v *Visit) Plan(content PlanContent[admin.Outcome]) ui.Panel {
	session := v.Session()
	content.As, content.Journal, content.Applying = "As "+session.Me().Label()+".", v.Env.JournalSays(), v.Applies
	content.Apply = func(ctx context.Context, plan admin.Confirmed, watch admin.Watch) (admin.Outcome, error) {
		j, err := v.Env.Journal()
		if err != nil {
			return admin.Outcome{}, err
		}
		return session.ApplyWatched(ctx, plan, j, watch)
	}
	return NewPlan(v.Theme, content)
}
