package audit

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
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

// canUse is the level on a warehouse that querying it takes.
const canUse = "CAN_USE"

// Changes reports whether a right lets something be changed, by the tables of access.
func (r Right) Changes() bool {
	switch r.Kind {
	case Entitlement:
		return access.Table().Entitlement(r.Name).Changes
	case OnWarehouse:
		return access.Table().Changes(access.WarehouseKind, r.Name)
	case OnTokens:
		return access.Table().Changes(access.TokensKind, r.Name)
	}
	return true // the rule over a workspace or a metastore
}

// Includes reports whether a right on a warehouse or on tokens is a level, or a higher one.
func (r Right) Includes(level string) bool {
	kind := map[RightKind]access.Kind{OnWarehouse: access.WarehouseKind, OnTokens: access.TokensKind}[r.Kind]
	return access.Table().Includes(kind, r.Name, level)
}

// asked reports whether a right is no more than what querying the chosen warehouse takes.
func (f Facts) asked(r Right) bool {
	switch r.Kind {
	case Entitlement:
		return access.Table().Entitlement(r.Name).SQL()
	case OnWarehouse:
		return r.ID == f.Chosen.Warehouse && access.Table().Includes(access.WarehouseKind, canUse, r.Name)
	}
	return false
}

func (f Facts) right(r Right) (grants.Extra, bool) {
	if f.asked(r) {
		return grants.Extra{}, false
	}
	source := grants.Origin{Holder: r.Holder}.String()
	extra := grants.Extra{Source: source, Others: r.Holder.Group, Writes: r.Changes()}
	from := r.Holder.Name.String()
	switch r.Kind {
	case Entitlement:
		extra.What = "entitlement " + connector.CleanLine(r.Name, 60)
		extra.Revoke = "Take the entitlement away from " + from + "."
	case OnWarehouse:
		extra.What = r.Name + " on warehouse " + r.On.String()
		extra.Revoke = "Change the entry of " + from + " in the Permissions dialog of the warehouse."
	case OnTokens:
		extra.What = r.Name + " on personal access tokens"
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
