package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

var signInFailed = Finding{
	Cause: AuthenticationFailed, Exit: ExitAuth,
	Reason: "The workspace did not accept the sign-in.",
	Remedy: Remedy{Text: "Check the client ID and the OAuth secret, and paste both values again."},
}

func token(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Workspace.Method() == connector.PAT {
		return skipped("a token needs no sign-in; Identity shows whether it is good")
	}
	if err := s.Workspace.SignIn(ctx); err != nil {
		return failure(err, signInFailed)
	}
	return passed("signed in with the OAuth secret")
}

func identity(ctx context.Context, s *Subject, _ func(string)) Result {
	s.Principal = connector.Principal{}
	me, err := s.who(ctx)
	if err != nil {
		return failure(err, signInFailed)
	}
	want := s.Workspace.ClientID()
	switch {
	case !me.Active:
		return failed(Finding{
			Cause: AuthenticationFailed, Exit: ExitIdentity, Pattern: "inactive",
			Reason: "The principal is deactivated in this workspace.",
			Remedy: Remedy{Text: "Activate it under Settings › Identity and access › Service principals."},
		}, me.Label())
	case want != "" && !strings.EqualFold(me.Name.Raw(), want):
		return failed(Finding{
			Cause: AuthenticationFailed, Exit: ExitIdentity, Pattern: "other-principal",
			Reason: "The workspace signed in another principal than the client ID names.",
			Remedy: Remedy{Text: "Check the client ID, and paste both values again."},
		}, me.Label())
	}
	return passed(me.Label())
}

// entitlement reads what the workspace says of itself, and where it says nothing, whether warehouses may be asked for at all.
func entitlement(ctx context.Context, s *Subject, _ func(string)) Result {
	for _, value := range []string{connector.EntitlementSQL, connector.EntitlementConsume} {
		if slices.Contains(s.Principal.Entitlements, value) {
			return passed(value)
		}
	}
	page, err := s.Workspace.Warehouses(ctx, "")
	if err != nil {
		return failure(err, warehouseAccess)
	}
	if len(page.Items) > 0 {
		return passed(fmt.Sprintf("not stated; %d SQL warehouses are visible", len(page.Items)))
	}
	return unknown("the workspace does not state it, and no SQL warehouse is visible")
}
