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

// OnlyChosen is what is said of a principal of whom everything was seen, in a certificate and wherever else its verdict stands.
const OnlyChosen = "can only read, and only what was chosen"

// Words is the verdict for a person to read; the verdict itself is the word for programs.
func (v Verdict) Words() string {
	return map[Verdict]string{
		Exact: "nothing beyond what was chosen was seen", Broader: "holds more than was chosen", CanWrite: "can write", Unknown: "not everything was seen",
	}[v]
}

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

// covered reports whether a privilege is what was asked for, or a part of it.
func (f Facts) covered(e grants.Excess) bool {
	return slices.ContainsFunc(f.Chosen.Needs, func(n grants.Need) bool { return n.Covers(e) })
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

func needText(needs []grants.Need) []string {
	out := make([]string, len(needs))
	for i, n := range needs {
		out[i] = n.Title()
	}
	return out
}
