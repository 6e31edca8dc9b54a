package partner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Level is how much a disconnection takes away. Each includes those before it.
type Level string

// The levels. Nothing only looks, Tokens ends what signs in, Principal deletes the service principal, and Reset the warehouses and clusters too, as resetting
// the tile in Partner Connect does.
const (
	Nothing   Level = "nothing"
	Tokens    Level = "tokens"
	Principal Level = "principal"
	Reset     Level = "reset"
)

// Levels are all levels, with what each takes away.
var Levels = []struct {
	Level Level
	Does  string
}{
	{Nothing, "nothing: it shows the parts, and what else uses each"},
	{Tokens, "its personal access tokens and OAuth secrets, so that nothing signs in as it"},
	{Principal, "the service principal, and with it its tokens, secrets and permissions; the tile keeps its mark"},
	{Reset, "the SQL warehouses and clusters that it made as well, as resetting the tile in Partner Connect does"},
}

// depth is the place of a level among the levels, from 0.
func (l Level) depth() int {
	return slices.IndexFunc(Levels, func(one struct {
		Level Level
		Does  string
	}) bool {
		return one.Level == l
	})
}

// Part is one thing that belongs to a connection, and what becomes of it at a level.
type Part struct {
	What    string
	Goes    bool
	Why     string   // why it stays, where it does
	Uses    []string // what else uses it, each a noun phrase
	Unknown []string // what could not be looked at
}

// Ending is the plan of a disconnection with its parts.
type Ending struct {
	Plan  admin.Plan
	Parts []Part
	Stays []string // at the partner, and in the workspace
	Sheet []string // the old values, for connecting again

	Unseen []string // what of the connection was not looked at, each a noun phrase
}

// Disconnect is what somebody wants to end.
type Disconnect struct {
	Connection Connection
	Level      Level
	Keep       []string               // ids or names of warehouses and clusters that stay
	Saved      []connector.Connection // the connections saved here, of any workspace
}

// PlanDisconnect plans what a level takes away, with what else uses each part. The name to be typed is that of the partner. What is gone already is
// not planned. It returns a *connector.Error that is admin.ErrInUse where a connection saved here signs in as the service principal, and one of kind
// connector.ErrInput where what is to be kept is no warehouse of the connection.
func PlanDisconnect(ctx context.Context, s *admin.Session, want Disconnect) (Ending, error) {
	if err := want.kept(); err != nil {
		return Ending{}, err
	}
	e := ending{session: s, want: want, reset: admin.Reset{Purpose: "partner disconnect", Name: want.Connection.Partner.Name}}
	e.out.Unseen = want.Connection.Unseen
	if err := e.blind(ctx); err != nil {
		return Ending{}, err
	}
	e.out.Sheet = []string{"Workspace host: " + s.Host().String()}
	for _, part := range []func(context.Context) error{e.principal, e.warehouses, e.clusters, e.apps} {
		if err := part(ctx); err != nil {
			return Ending{}, err
		}
	}
	e.stays()
	for _, p := range e.out.Parts {
		for _, use := range p.Uses {
			e.reset.Uses = append(e.reset.Uses, admin.Use{What: p.What + ": " + use, Breaks: p.Goes})
		}
	}
	e.reset.Kept = slices.Clone(e.out.Stays)
	for _, p := range e.out.Parts {
		if !p.Goes {
			e.reset.Kept = append(e.reset.Kept, p.What+", "+p.Why)
		}
	}
	var err error
	if e.out.Plan, err = s.PlanReset(e.reset); err != nil {
		return Ending{}, fmt.Errorf("plan a disconnection: %w", err)
	}
	return e.out, nil
}

// ending puts the plan of a disconnection together.
type ending struct {
	session *admin.Session
	want    Disconnect
	reset   admin.Reset
	out     Ending
}

func (e *ending) reaches(l Level) bool { return e.want.Level.depth() >= l.depth() }

// lesser says why something stays at this level.
func (e *ending) lesser(l Level) string { return "which goes at the level " + string(l) }

func (e *ending) part(p Part) { e.out.Parts = append(e.out.Parts, p) }

// blind refuses a level that deletes what this session is not shown: it would be said to be gone, or go unsaid.
func (e *ending) blind(ctx context.Context) error {
	for _, what := range e.want.Connection.Unseen {
		least := Tokens
		if what == unseenWarehouses || what == unseenClusters {
			least = Reset
		}
		if e.reaches(least) {
			return &connector.Error{
				Kind: admin.ErrRefused, What: "This session is not shown " + what + ", which the level " + string(e.want.Level) + " deletes.",
				Remedy: e.session.Whom(ctx) + " Or choose a lesser level.",
			}
		}
	}
	return nil
}

func (e *ending) principal(ctx context.Context) error {
	c := e.want.Connection
	if c.Principal == nil && c.Gone == "" && len(c.Apps) > 0 && len(c.Warehouses) == 0 { // people sign in to it
		e.reset.Target.DisplayName = c.Partner.Name
		return nil
	}
	if c.Principal == nil {
		what := "service principal " + c.Partner.User()
		if c.Gone != "" {
			what += ", application ID " + c.Gone.String()
		}
		e.part(Part{What: what, Why: "which is gone already, and its tokens with it"})
		e.reset.Target.DisplayName = c.Partner.User()
		return nil
	}
	p := *c.Principal
	e.reset.Target = admin.Target{ID: p.ID, ApplicationID: p.ApplicationID, DisplayName: p.DisplayName.Raw()}
	if err := e.savedHere(p); err != nil {
		return err
	}
	for _, t := range c.Tokens {
		e.part(Part{
			What: "personal access token " + tokenName(t), Goes: e.reaches(Tokens), Why: e.lesser(Tokens),
			Uses: []string{"whoever has its value, " + lastUsed(t.LastUsed)},
		})
		e.out.Sheet = append(e.out.Sheet, "Personal access token: "+tokenName(t)+", whose value nobody can read")
	}
	for _, secret := range c.Secrets {
		e.part(Part{What: "OAuth secret " + secret.ID + ", made " + day(secret.Created), Goes: e.reaches(Tokens), Why: e.lesser(Tokens)})
	}
	part := Part{What: "service principal " + p.DisplayName.String() + ", application ID " + p.ApplicationID.String(), Goes: e.reaches(Principal), Why: e.lesser(Principal)}
	facts, err := e.session.Facts(ctx, string(p.ApplicationID), nil, audit.Chosen{})
	if err != nil {
		return fmt.Errorf("plan a disconnection: %w", err)
	}
	e.holds(&part, facts)
	e.part(part)
	e.out.Sheet = append(e.out.Sheet, "Service principal: "+p.DisplayName.String()+", application ID "+p.ApplicationID.String())
	if e.reset.Principal = part.Goes; !part.Goes && e.reaches(Tokens) {
		e.reset.Tokens, e.reset.Secrets = c.Tokens, c.Secrets
	}
	return nil
}

func tokenName(t authorization.Token) string {
	if t.Comment.Raw() == "" {
		return t.ID
	}
	return "“" + t.Comment.String() + "”"
}

// savedHere refuses to end what a connection saved here signs in with.
func (e *ending) savedHere(p admin.ServicePrincipal) error {
	for _, c := range e.want.Saved {
		if e.reaches(Tokens) && c.Host.Same(e.session.Host()) && (strings.EqualFold(c.Principal.Name.Raw(), string(p.ApplicationID)) || strings.EqualFold(string(c.Credentials.ClientID), string(p.ApplicationID))) {
			return &connector.Error{
				Kind: admin.ErrRefused, What: "The saved connection " + connector.CleanLine(c.Name, 80) + " signs in as this service principal.", Cause: admin.ErrInUse,
				Remedy: "End that one with disconnect.",
			}
		}
	}
	return nil
}

// holds says what a service principal owns, which is left without an owner, and what it holds, which goes with it.
func (e *ending) holds(part *Part, facts audit.Facts) {
	var data []string
	for _, held := range facts.Held {
		on := held.Origin.From
		switch {
		case held.Origin.Holder.Group:
		case held.Privilege == grants.Ownership:
			part.Uses = append(part.Uses, on.Title()+", which it owns and which is left without an owner")
		default:
			part.Uses = append(part.Uses, connector.CleanLine(held.Privilege.SQL(), 60)+" on "+on.Title()+", which goes with it")
		}
		if !held.Origin.Holder.Group && !slices.Contains(data, on.Title()) {
			data = append(data, on.Title())
		}
	}
	for _, r := range facts.Rights {
		if !r.Holder.Group && r.Kind == audit.OnWarehouse {
			part.Uses = append(part.Uses, connector.CleanLine(r.Name, 40)+" on warehouse "+r.On.String()+", which goes with it")
		}
	}
	part.Unknown = facts.Unseen
	if len(data) > 0 {
		e.out.Sheet = append(e.out.Sheet, "Data: "+strings.Join(data, ", "))
	}
}

func (e *ending) stays() {
	name := e.want.Connection.Partner.Name
	e.out.Stays = []string{
		"the account at " + name + " and its settings; where no other workspace uses it, ask " + name + " to end it",
		"catalogs, schemas and tables, and what is in them",
	}
	if e.want.Level != Nothing {
		e.out.Stays = append(e.out.Stays, "the check mark on the tile in Partner Connect, which only Delete Connection there clears")
	}
	e.out.Sheet = append(e.out.Sheet, "To connect again: make a new connection in Partner Connect, then enter its host, HTTP path and credentials in the old settings at "+name)
}
