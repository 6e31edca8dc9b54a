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

// Extra is one thing that the principal may do beyond what was chosen.
type Extra struct {
	What   string `json:"what"`   // for example "MODIFY on schema inventory.assets"
	Source string `json:"source"` // where it comes from
	Writes bool   `json:"writes"` // it allows more than reading
	Revoke string `json:"revoke"` // the statement that takes it away, or what to do where no statement does
	Others bool   `json:"others"` // the other members of a group would lose it too
}

// judge sorts the facts into what goes beyond the choice and what is only worth a note.
func (f Facts) judge() (extras []Extra, notes []string) {
	for _, e := range f.Held {
		switch {
		case f.covered(e):
		case f.harmless(e):
			notes = append(notes, fmt.Sprintf("%s on %s, which everybody in the account has.", connector.CleanLine(e.Privilege.SQL(), 60), e.Origin.From.Title()))
		default:
			extras = append(extras, f.privilege(e))
		}
	}
	for _, r := range f.Rights {
		if extra, beyond := f.right(r); beyond {
			extras = append(extras, extra)
		}
	}
	slices.SortStableFunc(extras, func(a, b Extra) int {
		if a.Writes != b.Writes {
			if a.Writes {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.What, b.What)
	})
	return slices.Compact(extras), slices.Compact(notes)
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
	return e.Privilege != connector.Select || e.Origin.From.Name.Catalog.Raw() == grants.SamplesCatalog
}

func (f Facts) privilege(e grants.Excess) Extra {
	extra := Extra{
		What:   connector.CleanLine(e.Privilege.SQL(), 60) + " on " + e.Origin.From.Title(),
		Source: e.Origin.String(), Writes: e.Writes, Others: e.Origin.Holder.Group,
	}
	if e.Privilege == grants.Ownership {
		extra.What = "ownership of " + e.Origin.From.Title()
		extra.Revoke = "Give " + e.Origin.From.Title() + " another owner."
		return extra
	}
	statement, err := grants.Revoke(e.Privilege, e.Origin.From, e.Origin.Holder.Name)
	if err != nil {
		statement = "Revoke it from " + e.Origin.Holder.Name.String() + "."
	}
	extra.Revoke = statement
	return extra
}

// entitlements that go beyond querying a warehouse, and whether they let something be changed.
var entitlements = map[string]bool{"workspace-access": false, "allow-cluster-create": true, "allow-instance-pool-create": true}

// managing are the levels on a warehouse that let it be changed.
var managing = []string{"CAN_MANAGE", "IS_OWNER"}

func (f Facts) right(r Right) (Extra, bool) {
	source := grants.Origin{Holder: r.Holder}.String()
	extra := Extra{Source: source, Others: r.Holder.Group}
	from := r.Holder.Name.String()
	switch r.Kind {
	case Entitlement:
		if r.Name == connector.EntitlementSQL || r.Name == connector.EntitlementConsume {
			return Extra{}, false
		}
		writes, known := entitlements[r.Name]
		extra.What, extra.Writes = "entitlement "+connector.CleanLine(r.Name, 60), writes || !known
		extra.Revoke = "Take the entitlement away from " + from + "."
	case OnWarehouse:
		if r.ID == f.Chosen.Warehouse && r.Name == "CAN_USE" {
			return Extra{}, false
		}
		extra.What, extra.Writes = r.Name+" on warehouse "+r.On.String(), slices.Contains(managing, r.Name)
		extra.Revoke = "Change the entry of " + from + " in the Permissions dialog of the warehouse."
	case OnTokens:
		extra.What, extra.Writes = r.Name+" on personal access tokens", r.Name != "CAN_USE"
		extra.Revoke = "Take the permission to use tokens away from " + from + "."
	case WorkspaceAdmin, MetastoreAdmin:
		extra.What, extra.Writes = string(r.Kind), true
		extra.Revoke = "Remove the principal from the group " + from + "."
		extra.Others = false
		if !r.Holder.Group {
			extra.Revoke = "Give the metastore another owner."
		}
	}
	return extra, true
}

func verdict(extras []Extra, unseen []string) Verdict {
	switch {
	case slices.ContainsFunc(extras, func(e Extra) bool { return e.Writes }):
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
		Broader:  "It can only read, but more than what was chosen.",
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
