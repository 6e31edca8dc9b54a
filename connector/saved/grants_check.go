package saved

import (
	"context"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// GrantsCheck compares the privileges of a principal with what it needs. It looks as the principal itself, as another saved connection of the
// workspace (see Borrow), or as an admin (see As).
type GrantsCheck struct {
	Connection string // the name of the saved connection that is asked about, empty where none is
	Target     setup.WorkspaceTarget

	env       setup.Environment
	selection setup.Selection
	principal string // any of its names; empty: the one that signs in
	own       string // the principal of the saved connection, whom only an admin is asked about by name
	signIn    connector.Credentials
	session   *admin.Session
}

// GrantsOfSaved is about the principal of a saved connection and what that reads. It signs in as it.
func GrantsOfSaved(e setup.Environment, c connector.Connection) *GrantsCheck {
	return &GrantsCheck{Connection: c.Name, Target: setup.TargetOf(c), env: e, selection: setup.SelectionOf(c), own: setup.PrincipalOf(c), signIn: c.Credentials}
}

// GrantsOf is about a principal, by any of its names, and a selection. Give it somebody to look as before it does: As or Borrow.
func GrantsOf(e setup.Environment, principal string, at setup.WorkspaceTarget, reads setup.Selection) *GrantsCheck {
	return &GrantsCheck{Target: at, env: e, selection: reads, principal: principal}
}

// As has an admin look. The caller closes the session.
func (g *GrantsCheck) As(session *admin.Session) {
	g.session = session
	if g.Connection != "" {
		g.principal = g.own
	}
}

// Borrow has a saved connection of the workspace look, best one of the principal that is asked about. The error is a *connector.Error of
// kind ErrInput where there is none.
func (g *GrantsCheck) Borrow(saved []connector.Connection) error {
	here := g.Target.Host.String()
	saved = slices.DeleteFunc(slices.Clone(saved), func(c connector.Connection) bool { return !c.Host.Same(g.Target.Host) })
	if len(saved) == 0 {
		return unclear("No saved connection signs in to "+here+".", "Sign in as an admin: --admin, --admin-profile or --admin-client-id.")
	}
	best := saved[max(0, slices.IndexFunc(saved, func(c connector.Connection) bool { return c.Principal.Called(g.principal) }))]
	g.signIn = best.Credentials
	if len(g.Target.CACerts) == 0 {
		g.Target.CACerts = best.CACerts
	}
	return nil
}

// GrantsView is what one look at the privileges of a principal gave.
type GrantsView struct {
	grants.Comparison
	views     []grants.View
	metastore connector.Remote // its owner, empty when that is not shown
}

// Granters are those who can grant what is missing, as far as that shows.
func (v GrantsView) Granters() []grants.Authority {
	return grants.WhoCan(v.Needs(), v.views, v.metastore)
}

// Look signs in anew unless an admin looks, because a token knows the groups and entitlements of the moment it was made.
func (g *GrantsCheck) Look(ctx context.Context) (GrantsView, error) {
	ws, done, err := g.open()
	if err != nil {
		return GrantsView{}, err
	}
	defer done()
	who, itself, err := g.who(ctx, ws)
	if err != nil {
		return GrantsView{}, err
	}
	needs := g.selection.Needs(ctx, ws)
	objects := grants.Objects(needs)
	if itself {
		for _, name := range g.selection.Tables {
			if table := grants.Table(name, ""); !slices.ContainsFunc(objects, table.Same) {
				objects = append(objects, table)
			}
		}
	}
	var seen GrantsView
	if seen.views, err = grants.Look(ctx, ws, who.Principal.Name, objects); err != nil {
		return GrantsView{}, err
	}
	seen.Comparison = grants.Diff(needs, seen.views, who, itself)
	seen.metastore, _ = ws.MetastoreOwner(ctx) // shown to few; without it fewer are known who may grant
	return seen, nil
}

func (g *GrantsCheck) open() (*workspace.Workspace, func(), error) {
	if g.session != nil {
		return g.session.View(), func() {}, nil
	}
	ws, err := workspace.Open(workspace.Config{
		Host: g.Target.Host, Credentials: g.signIn, Version: g.env.Version, Network: g.Target.Network(g.env.Network),
	})
	if err != nil {
		return nil, nil, err
	}
	return ws, ws.Close, nil
}

// who is the principal that is asked about, and whether it is the one that looks.
func (g *GrantsCheck) who(ctx context.Context, ws *workspace.Workspace) (who grants.Who, itself bool, err error) {
	if g.session != nil {
		p, err := g.session.Find(ctx, g.principal)
		if err != nil {
			return grants.Who{}, false, err
		}
		who, err := g.session.Who(ctx, p)
		return who, false, err
	}
	me, err := ws.Me(ctx)
	if err != nil {
		return grants.Who{}, false, err
	}
	if g.principal == "" || me.Called(g.principal) {
		return grants.Self(me), true, nil
	}
	id, err := connector.ParseClientID(g.principal)
	if err != nil {
		return grants.Who{}, false, unclear("Only an admin can look up who "+connector.CleanLine(g.principal, 80)+" is.", "Give the application ID, or --admin.")
	}
	return grants.Self(connector.Principal{Name: id.Name()}), false, nil
}

// Packets are one page for each owner who has to grant something.
func (g *GrantsCheck) Packets(seen GrantsView) ([]grants.Packet, error) {
	about := grants.Handoff{Connection: g.Connection, Host: g.Target.Host, To: seen.Who.Principal, Demo: g.env.Demo != nil}
	if g.Connection != "" {
		about.Resume = "draftt-databricks grants " + words.CommandArgument(g.Connection) + " --watch"
	} else {
		about.Connection = g.selection.Schema.String()
	}
	return grants.Packets(about, seen.Needs(), seen.Granters())
}

func unclear(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
