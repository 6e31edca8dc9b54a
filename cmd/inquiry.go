package cmd

import (
	"context"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// inquiry is how the privileges of a principal are looked at: by itself, by another saved connection of the workspace, or by an admin.
type inquiry struct {
	app       *app
	name      string // of the saved connection that is asked about, if one is
	to        line
	chosen    choice
	principal string // any of its names; empty: the one that signs in
	signIn    connector.Credentials
	session   *admin.Session // nil without an admin
}

// sight is what one look gave.
type sight struct {
	grants.Comparison
	views []grants.View
	owner connector.Remote // of the metastore, empty when it is not shown
}

// look signs in anew unless an admin looks, because a token knows the groups and entitlements of the moment it was made.
func (q *inquiry) look(ctx context.Context) (sight, error) {
	ws, done, err := q.open()
	if err != nil {
		return sight{}, err
	}
	defer done()
	who, own, err := q.who(ctx, ws)
	if err != nil {
		return sight{}, err
	}
	needs := q.chosen.needs(func(name connector.TableName) connector.TableKind {
		t, err := ws.Table(ctx, name)
		if err != nil {
			return ""
		}
		return t.Kind
	})
	objects := grants.Objects(needs)
	if own {
		for _, name := range q.chosen.tables {
			table := grants.Table(name, "")
			if !slices.ContainsFunc(objects, table.Same) {
				objects = append(objects, table)
			}
		}
	}
	seen := sight{}
	if seen.views, err = grants.Look(ctx, ws, who.Principal.Name, objects); err != nil {
		return sight{}, err
	}
	seen.Comparison = grants.Diff(needs, seen.views, who, own)
	seen.owner, _ = ws.MetastoreOwner(ctx) // shown to few; without it fewer are known who may grant
	return seen, nil
}

func (q *inquiry) open() (*workspace.Workspace, func(), error) {
	if q.session != nil {
		return q.session.View(), func() {}, nil
	}
	ws, err := workspace.Open(workspace.Config{Host: q.to.host, Credentials: q.signIn, Version: q.app.version, Network: q.to.network()})
	if err != nil {
		return nil, nil, err
	}
	return ws, ws.Close, nil
}

// who is the principal that is asked about, and whether it is the one that looks.
func (q *inquiry) who(ctx context.Context, ws *workspace.Workspace) (grants.Who, bool, error) {
	if q.session != nil {
		p, err := q.session.Find(ctx, q.principal)
		if err != nil {
			return grants.Who{}, false, err
		}
		who, err := q.session.Who(ctx, p)
		return who, false, err
	}
	me, err := ws.Me(ctx)
	if err != nil {
		return grants.Who{}, false, err
	}
	if q.principal == "" || called(me, q.principal) {
		return grants.Self(me), true, nil
	}
	id, err := connector.ParseClientID(q.principal)
	if err != nil {
		return grants.Who{}, false, usage("Only an admin can look up who "+connector.CleanLine(q.principal, 80)+" is.", "Give the application ID, or --admin.")
	}
	name := id.Name()
	return grants.Who{Principal: connector.Principal{Name: name}, Identities: []grants.Identity{{Name: name}}}, false, nil
}

// called reports whether a text is one of the three names of a principal.
func called(p connector.Principal, text string) bool {
	text = strings.TrimSpace(text)
	if id, err := connector.ParseClientID(text); err == nil {
		text = string(id)
	}
	return text != "" && (text == string(p.ID) || strings.EqualFold(text, p.Name.Raw()) || strings.EqualFold(text, p.DisplayName.Raw()))
}

// packets are one page for each owner who has to grant something.
func (q *inquiry) packets(seen sight) ([]grants.Packet, error) {
	h := grants.Handoff{Connection: q.name, Host: q.to.host, To: seen.Who.Principal}
	if q.name != "" {
		h.Resume = "draftt-databricks grants " + words.ShellArgument(q.name) + " --watch"
	} else {
		h.Connection = q.chosen.schema.String()
	}
	needs := seen.Needs()
	return grants.Packets(h, needs, grants.WhoCan(needs, seen.views, seen.owner))
}
