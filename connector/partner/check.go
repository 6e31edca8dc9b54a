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
// those of Find, of Set.Needs and of the network.
func Check(ctx context.Context, s *admin.Session, set *Set, choice Choice, principal string, runs connector.WarehouseID) (Comparison, error) {
	needs, err := set.Needs(choice)
	if err != nil {
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

// rights holds entitlements, tokens and warehouses against the set.
func (c *checker) rights() {
	for _, n := range c.needs {
		if n.Kind == Unity || n.Kind == Legacy {
			continue
		}
		l := Line{Need: n}
		for _, r := range c.facts.Rights {
			if n.metBy(r) {
				l.Sources = append(l.Sources, source(r))
			}
		}
		if !l.Held() {
			l.Unknown = c.unseen(n)
		}
		c.line(l)
	}
	for _, r := range c.facts.Rights {
		if !slices.ContainsFunc(c.needs, func(n Need) bool { return n.askedFor(r) }) {
			c.out.Extra = append(c.out.Extra, extraRight(r))
		}
	}
}

// usable are the levels that let somebody use a thing, CAN_USE first.
var usable = []string{canUse, "CAN_MONITOR", "CAN_MANAGE", "IS_OWNER"}

// metBy reports whether a right gives what is needed, or more.
func (n Need) metBy(r audit.Right) bool {
	switch n.Kind {
	case Token:
		return r.Kind == audit.OnTokens && slices.Contains(usable, r.Name)
	case Entitlement:
		return r.Kind == audit.Entitlement && r.Name == n.Word
	case Warehouse:
		return r.Kind == audit.OnWarehouse && r.ID == n.Warehouse && slices.Contains(usable, r.Name)
	}
	return false
}

// askedFor reports whether a right is what is needed, and no more.
func (n Need) askedFor(r audit.Right) bool {
	return n.metBy(r) && (n.Kind == Entitlement || r.Name == n.Word)
}

func source(r audit.Right) string {
	text := grants.Origin{Holder: r.Holder, From: grants.Metastore()}.String()
	if r.Kind != audit.Entitlement && r.Name != canUse {
		text += ", " + connector.CleanLine(r.Name, 40)
	}
	return text
}

// unseen is why a right that was not found may be there all the same, empty where it is not.
func (c *checker) unseen(n Need) string {
	want := map[Kind]string{Token: audit.UnseenTokens, Warehouse: "warehouse"}[n.Kind]
	for _, what := range c.facts.Unseen {
		if want != "" && strings.Contains(what, want) {
			return "the session is not shown " + what
		}
	}
	return ""
}

// extraRight says of a right beyond the set what takes it away.
func extraRight(r audit.Right) grants.Extra {
	extra := grants.Extra{Source: source(r), Others: r.Holder.Group, Writes: r.Kind != audit.Entitlement && r.Name != canUse}
	name := connector.CleanLine(r.Name, 60)
	switch r.Kind {
	case audit.Entitlement:
		extra.What, extra.Revoke = (Rule{Kind: Entitlement, Word: name}).Title(), "Take the entitlement away in the page of the "+holder(r)+"."
		extra.Writes = r.Name == createsWarehouses
	case audit.OnWarehouse:
		extra.What, extra.Revoke = name+" on warehouse "+r.On.String(), "Remove the entry in the Permissions dialog of the warehouse."
	case audit.OnTokens:
		extra.What, extra.Revoke = name+" on personal access tokens", "Remove the entry in the token settings of the workspace."
	case audit.WorkspaceAdmin:
		return grants.InAdmins(r.Holder)
	default:
		return grants.RunsMetastore(r.Holder)
	}
	return extra
}

func holder(r audit.Right) string {
	if r.Holder.Group {
		return "group " + r.Holder.Name.String()
	}
	return "service principal"
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

// its reports whether the principal owns something in the selected catalog, as the set lets it: what it makes there is its own.
func (c *checker) its(e grants.Excess) bool {
	on := e.Origin.From
	return c.out.Set.Owns && e.Privilege == grants.Ownership && !e.Origin.Holder.Group && on.Type != connector.CatalogType && on.Name.Catalog == c.out.Choice.Catalog
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
		c.line(l)
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
	c.compare(Legacy, found)
	for _, e := range found.Extra {
		if e.Origin.From.Name.Legacy() && !c.its(e) {
			c.out.Extra = append(c.out.Extra, e.Extra())
		}
	}
	c.out.Unseen = append(c.out.Unseen, "schemas of "+connector.HiveMetastore+" beside the selected ones")
	return nil
}
