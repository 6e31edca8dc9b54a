package setup

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Requirements are the privileges that reading needs, at all levels, since a workspace reveals what is missing one level at a time. The first
// ones are needed to go on from the step that shows them; the others show what is still to come.
type Requirements struct {
	Needs    []grants.Need
	required int
}

// ReachRequirements is what step 3 asks for, with the SELECT that step 4 will need as far as the scope tells it already: whoever grants the
// one can grant the other in the same go.
func (s *Setup) ReachRequirements() Requirements {
	reach := grants.Reach(s.draft.Schema())
	return Requirements{slices.Concat(reach, s.readNeeds(nil)), len(reach)}
}

// ReadRequirements is what step 4 asks for. The way to the tables is part of it: it may have been taken away meanwhile.
func (s *Setup) ReadRequirements(kinds map[connector.TableName]connector.TableKind) Requirements {
	needs := slices.Concat(grants.Reach(s.draft.Schema()), s.readNeeds(kinds))
	return Requirements{needs, len(needs)}
}

// readNeeds is SELECT in the chosen scope; kinds are those of the tables that are known.
func (s *Setup) readNeeds(kinds map[connector.TableName]connector.TableKind) []grants.Need {
	d := s.draft
	var targets []grants.Target
	for _, name := range d.Tables() {
		targets = append(targets, grants.Target{Name: name, Kind: kinds[name]})
	}
	if d.Scope() == connector.ScopeTables && len(targets) == 0 {
		return nil
	}
	return grants.Read(d.Schema(), d.Scope(), targets)
}

// OtherScope goes from SELECT on the schema to SELECT on tables, or back.
func (s *Setup) OtherScope() {
	if s.draft.Scope() == connector.ScopeSchema {
		s.draft.SetScope(connector.ScopeTables)
		return
	}
	s.draft.SetScope(connector.ScopeSchema)
}

// Privileges are what a workspace showed of some objects, from which any requirements on them are judged.
type Privileges struct {
	views     []grants.View
	metastore connector.Remote // its owner, empty when that is not shown
	who       grants.Who
	why       *check.Result // what the ladder says of a way that is closed, nil where it is open
}

// sightSample is how many tables tell whether SELECT on their schema comes through a group.
const sightSample = 3

// LookAtPrivileges gives the look to run in the background. Later looks mint a new token first: an old one does not know of groups and
// entitlements that came since.
func (s *Setup) LookAtPrivileges(r Requirements, again bool) (func(context.Context) (Privileges, error), error) {
	ws, err := s.Workspace()
	if err != nil {
		return nil, err
	}
	subject, err := s.subject()
	if err != nil {
		return nil, err
	}
	who, tables, schema := subject.Principal, subject.Tables, subject.Schema
	return func(ctx context.Context) (Privileges, error) {
		if again {
			if err := ws.SignIn(ctx); err != nil {
				return Privileges{}, err
			}
			if me, err := ws.Me(ctx); err == nil {
				who = me
			}
		}
		objects := grants.Objects(r.Needs)
		for _, name := range append(tables, readableTables(ctx, ws, schema)...) {
			if o := grants.Table(name, ""); !slices.ContainsFunc(objects, o.Same) {
				objects = append(objects, o)
			}
		}
		views, err := grants.Look(ctx, ws, who.Name, objects)
		if err != nil {
			return Privileges{}, err
		}
		owner, _ := ws.MetastoreOwner(ctx) // not shown to everybody, and only one of those who may grant
		seen := Privileges{views: views, metastore: owner, who: grants.Self(who)}
		if !seen.Compare(r).Open() {
			subject.Principal = who
			seen.why = whyClosed(ctx, subject)
		}
		return seen, ctx.Err()
	}, nil
}

// whyClosed is what the ladder finds on the way to the schema. It knows more than that a privilege is missing: that a name is mistyped, or
// that the workspace has no metastore. What else may go wrong with it, the look itself tells.
func whyClosed(ctx context.Context, subject *check.Subject) *check.Result {
	defer subject.Close()
	failed := check.Failure(slices.Collect(check.Run(ctx, check.Namespace(), subject)))
	if failed == nil || failed.Finding.Cause != check.MissingPermissions {
		return nil
	}
	return failed
}

// readableTables are a few tables that the principal sees in full. A schema that lists none tells nothing.
func readableTables(ctx context.Context, ws *workspace.Workspace, schema connector.SchemaName) []connector.TableName {
	if schema.Legacy() {
		return nil
	}
	page, err := ws.Tables(ctx, schema, "")
	if err != nil {
		return nil
	}
	var names []connector.TableName
	for _, t := range page.Items {
		if id, err := connector.RemoteIdent(t.Name); err == nil && !t.BrowseOnly && len(names) < sightSample {
			names = append(names, schema.Table(id))
		}
	}
	return names
}

// Comparison is what was seen held against what is required.
type Comparison struct {
	grants.Comparison
	Required Requirements
	who      []grants.Authority
	Why      *check.Result // what the ladder says of a way that is closed
}

// Compare holds what was seen against what is required.
func (p Privileges) Compare(r Requirements) Comparison {
	found := Comparison{grants.Diff(r.Needs, p.views, p.who, true), r, grants.WhoCan(r.Needs, p.views, p.metastore), p.why}
	if p.why != nil && p.why.Finding.Remedy.Copy == "" && !p.why.Finding.Hidden() { // no GRANT cures it
		found.Obstacle = p.why.Finding.Reason + " " + p.why.Finding.Remedy.Text
	}
	return found
}

// inTheList are the findings that say no more than the list of privileges does.
var inTheList = []string{"no-use-catalog", "no-use-schema", "browse-only"}

// Reason is what there is to know before somebody runs the statements, or empty.
func (c Comparison) Reason() string {
	if c.Why == nil || c.Obstacle != "" || slices.Contains(inTheList, c.Why.Finding.Pattern) {
		return ""
	}
	return c.Why.Finding.Reason
}

// SawPrivileges notes what a workspace showed, for what the prerequisites say.
func (s *Setup) SawPrivileges(p Privileges) { s.privileges = p }

// Line is what was found out about the need at an index.
func (c Comparison) Line(i int) grants.Line {
	need := c.Required.Needs[i]
	for _, line := range slices.Concat(c.Have, c.Missing) {
		if line.Privilege == need.Privilege && line.On.Same(need.On) {
			return line
		}
	}
	return grants.Line{Need: need}
}

// Lacks reports whether a need is known to be missing. What hive_metastore grants does not show, so it does not count: a read proves it.
func Lacks(line grants.Line) bool { return !line.Held() && !line.On.Name.Legacy() }

// Open reports whether nothing stands in the way of going on.
func (c Comparison) Open() bool { return c.Obstacle == "" && !c.lacksAny(c.Required.required) }

// Complete reports whether nothing is missing at any level.
func (c Comparison) Complete() bool { return c.Obstacle == "" && !c.lacksAny(len(c.Required.Needs)) }

func (c Comparison) lacksAny(of int) bool {
	for i := range of {
		if Lacks(c.Line(i)) {
			return true
		}
	}
	return false
}

// asking names whoever can grant on the object of a need, first whom to ask, or is empty.
func (c Comparison) asking(on grants.Object) string {
	for _, a := range c.who {
		if a.Object.Same(on) && len(a.Granters) > 0 {
			g := a.Granters[0]
			return connector.OwnerName(g.Name) + " " + string(g.Standing)
		}
	}
	return ""
}

// Word is the state of a need in few words: where it comes from, or who can grant it.
func (c Comparison) Word(i int) string {
	line := c.Line(i)
	switch {
	case line.Held():
		return "holds, " + line.Origins[0].String()
	case !Lacks(line):
		return string(check.Unknown)
	}
	if who := c.asking(line.On); who != "" {
		return "missing; " + who
	}
	return "missing"
}

// Lead says who can run the statements, and the same where there is little room.
func (c Comparison) Lead() (whole, brief string) {
	var names []string
	admin := "metastore"
	for i := range c.Required.Needs {
		line := c.Line(i)
		if line.On.Name.Legacy() {
			admin = "workspace"
		}
		at := slices.IndexFunc(c.who, func(a grants.Authority) bool { return a.Object.Same(line.On) })
		if line.Held() || at < 0 || c.who[at].Administered() {
			continue
		}
		if name := connector.OwnerName(c.who[at].First()); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	who, runs := "The owner", " runs this in a SQL editor:"
	if len(names) > 0 {
		who += " (" + strings.Join(names, ", ") + ")"
	}
	return who + ", or a " + admin + " admin," + runs, who + runs
}

// Extras are what the principal holds on these objects beyond what is required.
func (c Comparison) Extras() (out []string) {
	for _, e := range c.Extra {
		out = append(out, fmt.Sprintf("%s on %s, beyond what Draftt needs (%s)", connector.CleanLine(e.Privilege.SQL(), 40), e.Origin.From, e.Origin))
	}
	return out
}

// NeedName is a need as every list has it: "SELECT on inventory.assets".
func NeedName(need grants.Need) string {
	return fmt.Sprintf("%s on %s", need.Privilege.SQL(), need.On)
}

// A grant can take up to a minute to be seen everywhere and an entitlement ten, so it is looked for often at first and then less.
const (
	recheckSoon  = 5 * time.Second
	recheckLater = 15 * time.Second
	soonTries    = 12
)

// RecheckPause is how long to wait for a grant after so many looks, before the next one.
func RecheckPause(looks int) time.Duration {
	if looks > soonTries {
		return recheckLater
	}
	return recheckSoon
}
