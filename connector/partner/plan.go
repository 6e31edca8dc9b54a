package partner

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
)

// Wish is what somebody wants a partner to be given.
type Wish struct {
	Partner   string // the name, for the service principal that is made where there is none
	Set       *Set
	Choice    Choice
	Principal string                // application ID, SCIM id or display name; empty for the one with the partner's name
	Runs      connector.WarehouseID // on which SQL for hive_metastore runs; empty for the selected warehouse
}

// Proposal is a plan with what it rests on.
type Proposal struct {
	Plan    admin.Plan
	Needs   []Need      // that the plan gives
	Seen    *Comparison // of the principal that is there; nil where one is made
	Verdict *Verdict    // on the selected catalog; nil where none is
}

// Propose plans to give a service principal what it lacks of a set, and no more. Where none has the partner's name one is made. What cannot be told
// is not planned, and is in Seen. Errors are those of Check and of admin.Session.PlanAllow.
func Propose(ctx context.Context, s *admin.Session, w Wish) (Proposal, error) {
	needs, err := w.Set.Needs(w.Choice)
	if err != nil {
		return Proposal{}, err
	}
	if w.Set.None() {
		return Proposal{}, &connector.Error{
			Kind: connector.ErrInput, What: w.Partner + " takes no service principal, so there is nothing to give.",
			Remedy: "Connect it with a person's own sign-in, or write a set of your own and give --set FILE.",
		}
	}
	p := Proposal{Needs: needs}
	who := w.Principal
	if who == "" {
		who = Partner{Name: w.Partner}.User()
	}
	seen, err := Check(ctx, s, w.Set, w.Choice, who, w.Runs)
	fresh := errors.Is(err, admin.ErrNotFound) && w.Principal == ""
	switch {
	case fresh:
	case err != nil:
		return Proposal{}, err
	default:
		p.Seen, p.Needs, who = &seen, seen.Needs(), seen.Principal.ApplicationID.String()
	}
	want := allow(p.Needs, cmp.Or(w.Runs, w.Choice.Warehouse))
	if len(want.Legacy) > 0 && want.Runs == "" {
		return Proposal{}, &connector.Error{
			Kind: connector.ErrInput, What: "Privileges in hive_metastore are granted in SQL, and no warehouse is named that runs it.", Remedy: "Give --sql-warehouse.",
		}
	}
	if fresh {
		want.DisplayName = who
	} else {
		want.Principal = who
	}
	if p.Plan, err = s.PlanAllow(ctx, want); err != nil {
		return Proposal{}, fmt.Errorf("plan for a partner: %w", err)
	}
	if catalog, _, _ := w.Set.Wants(w.Choice.Legacy()); catalog {
		verdict, err := verdictOn(ctx, s, w.Choice.Catalog)
		if err != nil {
			return Proposal{}, err
		}
		p.Verdict = &verdict
	}
	return p, nil
}

// None reports whether the document says that no service principal is taken.
func (s *Set) None() bool { return len(s.Rules) == 0 }
