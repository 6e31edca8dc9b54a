package partner

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Line is a need and whether it is met.
type Line struct {
	Need
	Sources []string // where it comes from, the nearest first; empty where it is not held as far as is known
	Unknown string   // why it cannot be told, empty where it can
}

// Held reports whether it is known to be held.
func (l Line) Held() bool { return len(l.Sources) > 0 }

// Comparison is what a service principal has, lacks, and has beyond a set.
type Comparison struct {
	Set       *Set
	Choice    Choice
	Principal admin.ServicePrincipal
	Have      []Line
	Missing   []Line
	Unknown   []Line         // what nobody here may see is unknown, and not missing
	Extra     []grants.Extra // beyond the set, each with what takes it away
	Unseen    []string       // what else was not looked at, each a noun phrase
}

// Done reports whether everything of the set is known to be held.
func (c Comparison) Done() bool { return len(c.Missing) == 0 && len(c.Unknown) == 0 }

// Target is the service principal, for a plan.
func (c Comparison) Target() admin.Target {
	return admin.Target{ID: c.Principal.ID, ApplicationID: c.Principal.ApplicationID, DisplayName: c.Principal.DisplayName.Raw()}
}

// Own are the extras that the principal has by itself. What it has through a group, everybody else in the group has too.
func (c Comparison) Own() (own []grants.Extra) {
	for _, e := range c.Extra {
		if !e.Others {
			own = append(own, e)
		}
	}
	return own
}

// Needs are the needs of what is missing.
func (c Comparison) Needs() (needs []Need) {
	for _, l := range c.Missing {
		needs = append(needs, l.Need)
	}
	return needs
}

// Check compares what a service principal has with a set. runs is the SQL warehouse on which the privileges in hive_metastore are read, which
// starts it where it is stopped; without one they are unknown. It takes a workspace admin; what somebody else is not shown is unknown. Errors are
// those of Find, of Set.Needs and of the network, and one of kind connector.ErrInput where there is no such catalog or schema.
func Check(ctx context.Context, s *admin.Session, set *Set, choice Choice, principal string, runs connector.WarehouseID) (Comparison, error) {
	needs, err := set.Needs(choice)
	if err != nil {
		return Comparison{}, err
	}
	if err := choice.there(ctx, s); err != nil {
		return Comparison{}, err
	}
	c := checker{session: s, needs: needs, out: Comparison{Set: set, Choice: choice}}
	if c.out.Principal, err = s.Find(ctx, principal); err != nil {
		return Comparison{}, fmt.Errorf("check a partner: %w", err)
	}
	if c.facts, err = s.Facts(ctx, principal, nil, audit.Chosen{Needs: ofKind(needs, Unity), Warehouse: choice.Warehouse}); err != nil {
		return Comparison{}, fmt.Errorf("check a partner: %w", err)
	}
	c.rights()
	if err := c.unity(ctx); err != nil {
		return Comparison{}, err
	}
	if err := c.legacy(ctx, runs); err != nil {
		return Comparison{}, err
	}
	for _, what := range c.facts.Unseen {
		if !strings.HasPrefix(what, connector.HiveMetastore) {
			c.out.Unseen = append(c.out.Unseen, what)
		}
	}
	return c.out, nil
}

type checker struct {
	session *admin.Session
	needs   []Need
	facts   audit.Facts
	out     Comparison
	denied  map[string]string // in hive_metastore: why, by the title of the need
}

func ofKind(needs []Need, kind Kind) (found []grants.Need) {
	for _, n := range needs {
		if n.Kind == kind {
			found = append(found, n.Grant)
		}
	}
	return found
}

func (c *checker) line(l Line) {
	switch {
	case l.Held():
		c.out.Have = append(c.out.Have, l)
	case l.Unknown != "":
		c.out.Unknown = append(c.out.Unknown, l)
	default:
		c.out.Missing = append(c.out.Missing, l)
	}
}

// unity holds Unity Catalog against the set: what it asks for, and what is held anywhere beyond that.
func (c *checker) unity(ctx context.Context) error {
	wanted := ofKind(c.needs, Unity)
	views, err := grants.Look(ctx, c.session.View(), c.facts.Who.Principal.Name, grants.Objects(wanted))
	if err != nil {
		return fmt.Errorf("check a partner: %w", err)
	}
	c.compare(Unity, grants.Diff(wanted, views, c.facts.Who, false))
	for _, e := range c.facts.Held {
		if e.Privilege == connector.Browse || slices.ContainsFunc(wanted, func(n grants.Need) bool { return n.Privilege == e.Privilege && n.On.Same(e.Origin.From) }) || c.its(e) {
			continue
		}
		c.out.Extra = append(c.out.Extra, e.Extra())
	}
	return nil
}

// its reports whether the principal owns something in the selected catalog that the set lets it make: what somebody makes is their own.
func (c *checker) its(e grants.Excess) bool {
	on := e.Origin.From
	return c.out.Set.makes() && e.Privilege == grants.Ownership && !e.Origin.Holder.Group && on.Type != connector.CatalogType && on.Name.Catalog == c.out.Choice.Catalog
}

func (c *checker) compare(kind Kind, found grants.Comparison) {
	lines := slices.Concat(found.Have, found.Missing)
	for _, n := range c.needs {
		at := slices.IndexFunc(lines, func(l grants.Line) bool { return l.Privilege == n.Grant.Privilege && l.On.Same(n.Grant.On) })
		if n.Kind != kind || at < 0 {
			continue
		}
		l := Line{Need: n, Unknown: lines[at].Unknown}
		for _, o := range lines[at].Origins {
			if !c.byAnotherLine(n, o) {
				l.Sources = append(l.Sources, o.String())
			}
		}
		if found.Obstacle != "" && !l.Held() {
			l.Unknown = strings.TrimSuffix(found.Obstacle, ".")
		}
		if why := c.denied[n.Grant.Title()]; kind == Legacy && why != "" {
			l.Sources, l.Unknown = nil, why
		}
		c.line(l)
	}
}

// denials notes what is denied to the principal or to a group of it: such a line is not held, and a GRANT does not help.
func (c *checker) denials(views []grants.View) {
	c.denied = map[string]string{}
	for _, v := range views {
		for _, d := range v.Denied {
			if id, counts := c.facts.Who.Is(d.Principal); counts {
				need := grants.Need{Privilege: d.Privilege, On: v.Object}
				c.denied[need.Title()] = "it is denied to " + id.Name.String() + ", and a GRANT does not lift that; a REVOKE of the denial does"
			}
		}
	}
}

// byAnotherLine reports whether a privilege is inherited through another line of the set, which names it on the catalog too. Each line counts by
// itself, since the document has both.
func (c *checker) byAnotherLine(n Need, o grants.Origin) bool {
	return o.Above && slices.ContainsFunc(c.needs, func(other Need) bool {
		return other.Kind == n.Kind && other.Word == n.Word && other.Grant.On.Same(o.From)
	})
}

// legacy holds hive_metastore against the set, where it is selected. Elsewhere it is only looked into where somebody says on which warehouse.
func (c *checker) legacy(ctx context.Context, runs connector.WarehouseID) error {
	wanted := ofKind(c.needs, Legacy)
	if runs = cmp.Or(runs, c.out.Choice.Warehouse); runs == "" || len(wanted) == 0 {
		if len(wanted) == 0 {
			c.out.Unseen = append(c.out.Unseen, connector.HiveMetastore+", which shows its privileges in SQL only")
		}
		for _, n := range c.needs {
			if n.Kind == Legacy {
				c.line(Line{Need: n, Unknown: "its privileges show in SQL only, and no warehouse was named"})
			}
		}
		return nil
	}
	var views []grants.View
	for _, on := range grants.Objects(wanted) {
		view, err := c.session.LegacyView(ctx, runs, on)
		if err != nil {
			return fmt.Errorf("check a partner: %w", err)
		}
		views = append(views, view)
	}
	found := grants.Diff(wanted, views, c.facts.Who, false)
	c.denials(views)
	c.compare(Legacy, found)
	for _, e := range found.Extra {
		if e.Origin.From.Name.Legacy() && !c.its(e) {
			c.out.Extra = append(c.out.Extra, e.Extra())
		}
	}
	c.out.Unseen = append(c.out.Unseen, "schemas of "+connector.HiveMetastore+" beside the selected ones")
	return nil
}
