package audit

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Verdict is the outcome in one word.
type Verdict string

// CanWrite is said as soon as one right to write was seen, whatever was not. The two read-only verdicts are said only when everything was
// seen: Exact when nothing goes beyond what was chosen, Broader when the principal can read or use more. Otherwise the verdict is Unknown.
const (
	Exact    Verdict = "READ-ONLY-EXACT"
	Broader  Verdict = "READ-ONLY-BROADER"
	CanWrite Verdict = "CAN-WRITE"
	Unknown  Verdict = "UNKNOWN"
)

// judge sorts the facts into what goes beyond the choice and what is only worth a note.
func (f Facts) judge() (extras []grants.Extra, notes []string) {
	for _, e := range f.Held {
		switch {
		case f.covered(e):
		case f.harmless(e):
			notes = append(notes, fmt.Sprintf("%s on %s, which everybody in the account has.", connector.CleanLine(e.Privilege.SQL(), 60), e.Origin.From.Title()))
		default:
			extras = append(extras, e.Extra())
		}
	}
	for _, r := range f.Rights {
		if extra, beyond := f.right(r); beyond {
			extras = append(extras, extra)
		}
	}
	slices.SortStableFunc(extras, func(a, b grants.Extra) int {
		if a.Writes != b.Writes {
			if a.Writes {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.What, b.What)
	})
	return slices.CompactFunc(extras, grants.Extra.Same), slices.Compact(notes)
}

// covered reports whether a privilege is what was asked for, or a part of it: SELECT on a table of a schema that was chosen whole.
func (f Facts) covered(e grants.Excess) bool {
	return slices.ContainsFunc(f.Chosen.Needs, func(n grants.Need) bool {
		if n.Privilege != e.Privilege {
			return false
		}
		parent, within := e.Origin.From.Parent()
		return n.On.Same(e.Origin.From) || within && e.Privilege == connector.Select && n.On.Same(parent)
	})
}

// harmless reports what everybody in the account has and what opens no data by itself, or only the samples that Databricks shares.
func (f Facts) harmless(e grants.Excess) bool {
	if e.Origin.Holder.Name.Raw() != grants.AccountUsers || !e.Privilege.ReadOnly() {
		return false
	}
	return e.Privilege != connector.Select || e.Origin.From.Name.Catalog.Raw() == connector.SamplesCatalog
}

// entitlements that go beyond querying a warehouse, and whether they let something be changed.
var entitlements = map[string]bool{"workspace-access": false, "allow-cluster-create": true, "allow-instance-pool-create": true}

// managing are the levels on a warehouse that let it be changed.
var managing = []string{"CAN_MANAGE", "IS_OWNER"}

func (f Facts) right(r Right) (grants.Extra, bool) {
	source := grants.Origin{Holder: r.Holder}.String()
	extra := grants.Extra{Source: source, Others: r.Holder.Group}
	from := r.Holder.Name.String()
	switch r.Kind {
	case Entitlement:
		if r.Name == connector.EntitlementSQL || r.Name == connector.EntitlementConsume {
			return grants.Extra{}, false
		}
		writes, known := entitlements[r.Name]
		extra.What, extra.Writes = "entitlement "+connector.CleanLine(r.Name, 60), writes || !known
		extra.Revoke = "Take the entitlement away from " + from + "."
	case OnWarehouse:
		if r.ID == f.Chosen.Warehouse && r.Name == "CAN_USE" {
			return grants.Extra{}, false
		}
		extra.What, extra.Writes = r.Name+" on warehouse "+r.On.String(), slices.Contains(managing, r.Name)
		extra.Revoke = "Change the entry of " + from + " in the Permissions dialog of the warehouse."
	case OnTokens:
		extra.What, extra.Writes = r.Name+" on personal access tokens", r.Name != "CAN_USE"
		extra.Revoke = "Take the permission to use tokens away from " + from + "."
	case WorkspaceAdmin:
		return grants.InAdmins(r.Holder), true
	case MetastoreAdmin:
		return grants.RunsMetastore(r.Holder), true
	}
	return extra, true
}

func verdict(extras []grants.Extra, unseen []string) Verdict {
	switch {
	case slices.ContainsFunc(extras, func(e grants.Extra) bool { return e.Writes }):
		return CanWrite
	case len(unseen) > 0:
		return Unknown
	case len(extras) > 0:
		return Broader
	}
	return Exact
}

// sentence says what a verdict means.
func (v Verdict) sentence(unseen int) string {
	return map[Verdict]string{
		Exact:    "It can read what was chosen, and nothing beyond it was found.",
		Broader:  "No right to change data was seen, and more is held than what was chosen needs.",
		CanWrite: "It can do more than read.",
		Unknown:  fmt.Sprintf("No right to write was seen, but %d things could not be looked at.", unseen),
	}[v]
}

func needText(needs []grants.Need) []string {
	out := make([]string, len(needs))
	for i, n := range needs {
		out[i] = n.Title()
	}
	return out
}
