package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// mostSkew is how far a clock may be off before tokens, which hold for an hour, and certificates suffer from it.
const mostSkew = 5 * time.Minute

func token(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Workspace.Method() == connector.PAT {
		return skipped("a token needs no sign-in; Identity shows whether it is good")
	}
	if err := s.Workspace.SignIn(ctx); err != nil {
		return signInRefused(err, s, StageToken)
	}
	return passed("signed in with the OAuth secret")
}

func identity(ctx context.Context, s *Subject, _ func(string)) Result {
	me, err := s.whoami(ctx)
	switch {
	case withoutEntitlement(err) && s.Workspace.ClientID() != "":
		return passed("signed in by its client ID; the rest is hidden from a principal without an entitlement")
	case withoutEntitlement(err):
		return unknown("hidden from a principal without an entitlement")
	case err != nil:
		return signInRefused(err, s, StageIdentity)
	}
	if me.Name.Raw() == "" {
		return unknown("the workspace does not say who is signed in")
	}
	return identified(me, s.Workspace.ClientID()).keeping(func(s *Subject) { s.Principal = me })
}

func identified(me connector.Principal, want connector.ClientID) Result {
	switch {
	case !me.Active:
		return failed(findingOf("inactive"), me.Label())
	case want != "" && !strings.EqualFold(me.Name.Raw(), string(want)):
		return failed(findingOf("other-principal"), me.Label())
	}
	return passed(me.Label())
}

// signInRefused names a refusal. Where the token is refused that was just issued, and the clocks disagree, it is the clock.
func signInRefused(err error, s *Subject, at ID) Result {
	result := failure(err, at)
	if f := result.Finding; f.Cause == AuthenticationFailed && s.skew.Abs() > mostSkew && strings.HasPrefix(f.Pattern, "token") {
		f.Pattern = "clock-skew"
		f.Reason = fmt.Sprintf("This machine's clock is %s, so the workspace takes what it is sent for expired or not yet valid.", ahead(s.skew))
		f.Remedy = Remedy{Text: "Set the clock of this machine, then test again."}
	}
	return result
}

// ahead says how far this machine's clock is off.
func ahead(skew time.Duration) string {
	if skew < 0 {
		return words.InOneUnit(-skew) + " slow"
	}
	return words.InOneUnit(skew) + " fast"
}

// probe is how long the entitlement waits for a session. Whatever else is wrong with the warehouse is for its own stages to find.
const probe = 4 * time.Second

// withoutEntitlement reports the refusal of a principal that lacks the entitlement for what it asks. With none at all it may not even ask
// who it is.
func withoutEntitlement(err error) bool {
	return err != nil && judged(err, "").Pattern == "no-sql-entitlement"
}

// entitlement reads what the workspace says of itself. Where it says nothing, a running warehouse tells by opening a session, and without
// one, whether warehouses may be asked for at all.
func entitlement(ctx context.Context, s *Subject, _ func(string)) Result {
	if _, err := s.whoami(ctx); withoutEntitlement(err) {
		return failure(err, StageSQLAccess)
	}
	for _, value := range []string{connector.EntitlementSQL, connector.EntitlementConsume} {
		if slices.Contains(s.Principal.Entitlements, value) {
			return passed(value)
		}
	}
	if now, err := s.warehouse(ctx); s.Warehouse.ID != "" && err == nil && isRunning(now) {
		s.Warehouse.HTTPPath = now.HTTPPath // which is not known before the warehouse was asked for
		probing, cancel := context.WithTimeout(ctx, probe)
		defer cancel()
		switch err := s.connect(probing); {
		case withoutEntitlement(err):
			return failure(err, StageSQLAccess)
		case err == nil:
			return passed("not stated; the SQL warehouse opened a session")
		}
	}
	page, err := s.someWarehouses(ctx)
	if err != nil {
		return failure(err, StageSQLAccess)
	}
	if len(page.Items) > 0 {
		return passed(fmt.Sprintf("not stated; %s visible", words.Count(len(page.Items), "SQL warehouse")))
	}
	return unknown("the workspace does not state it, and no SQL warehouse is visible")
}
