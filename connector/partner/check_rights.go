package partner

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

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
		if !slices.ContainsFunc(c.needs, func(n Need) bool { return n.askedFor(r) || n.made(r) }) {
			c.out.Extra = append(c.out.Extra, extraRight(r))
		}
	}
}

// metBy reports whether a right gives what is needed, or more.
func (n Need) metBy(r audit.Right) bool {
	switch n.Kind {
	case Token:
		return r.Kind == audit.OnTokens && r.Includes(canUse)
	case Entitlement:
		return r.Kind == audit.Entitlement && r.Name == n.Word
	case Warehouse:
		return r.Kind == audit.OnWarehouse && r.ID == n.Warehouse && r.Includes(canUse)
	}
	return false
}

// askedFor reports whether a right is what is needed, and no more.
func (n Need) askedFor(r audit.Right) bool {
	return n.metBy(r) && (n.Kind == Entitlement || r.Name == n.Word)
}

// made reports whether a right is that over a warehouse which a set lets somebody create.
func (n Need) made(r audit.Right) bool {
	return n.Kind == Entitlement && n.Word == createsWarehouses && r.Kind == audit.OnWarehouse && r.Name == isOwner && !r.Holder.Group
}

const isOwner = "IS_OWNER"

func source(r audit.Right) string {
	text := grants.Origin{Holder: r.Holder, From: grants.Metastore()}.String()
	if r.Kind != audit.Entitlement && r.Name != canUse {
		text += ", " + connector.CleanLine(r.Name, 40)
	}
	return text
}

// unseen is why a right that was not found may be there all the same, empty where it is not.
func (c *checker) unseen(n Need) string {
	want := map[Kind]string{Token: audit.UnseenTokens, Warehouse: "warehouse", Entitlement: "entitlement"}[n.Kind]
	for _, what := range c.facts.Unseen {
		if want != "" && strings.Contains(what, want) {
			return "the session is not shown " + what
		}
	}
	return ""
}

// extraRight says of a right beyond the set what takes it away.
func extraRight(r audit.Right) grants.Extra {
	extra := grants.Extra{Source: grants.Origin{Holder: r.Holder, From: grants.Metastore()}.String(), Others: r.Holder.Group, Writes: r.Changes()}
	name := connector.CleanLine(r.Name, 60)
	switch r.Kind {
	case audit.Entitlement:
		extra.What, extra.Revoke = (Rule{Kind: Entitlement, Word: name}).Title(), "Take the entitlement away in the page of the "+holder(r)+"."
	case audit.OnWarehouse:
		extra.What, extra.Revoke = name+" on warehouse "+r.On.String(), "Remove the entry in the Permissions dialog of the warehouse."
		if r.Name == isOwner {
			extra.Revoke = "Give the warehouse another owner, or delete it."
		}
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
