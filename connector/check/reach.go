package check

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

var unreachable = Finding{
	Cause: Unreachable, Exit: ExitNetwork,
	Reason: "The workspace could not be reached.",
	Remedy: Remedy{Text: "Check the workspace host value and your network connection."},
}

func values(_ context.Context, s *Subject, _ func(string)) Result {
	if s.Workspace.Method() == connector.PAT {
		return passed("a host and a personal access token")
	}
	if _, err := connector.ParseClientID(s.Workspace.ClientID()); err != nil {
		var input *connector.InputError
		errors.As(err, &input)
		return failed(Finding{Cause: AuthenticationFailed, Reason: input.What, Remedy: Remedy{Text: input.Remedy}, Pattern: "values", Exit: ExitAuth}, "the client ID")
	}
	return passed("a host, a client ID and a secret")
}

func address(ctx context.Context, s *Subject, _ func(string)) Result {
	proxy, err := s.Workspace.Via()
	if err != nil {
		return failure(err, unreachable)
	}
	addrs, err := s.Workspace.Lookup(ctx)
	if err != nil {
		return failure(err, unreachable)
	}
	if proxy != nil {
		return passed("left to the proxy " + proxy.Redacted())
	}
	if len(addrs) == 0 {
		return unknown("the name resolves to nothing that reads as an address")
	}
	return passed(fmt.Sprintf("%s, %s", addrs[0], reachability(addrs[0])))
}

func reachability(a netip.Addr) string {
	switch {
	case a.IsLoopback():
		return "this machine"
	case a.IsPrivate(), a.IsLinkLocalUnicast():
		return "private"
	}
	return "public"
}

func connection(ctx context.Context, s *Subject, _ func(string)) Result {
	if err := s.Workspace.Connect(ctx); err != nil {
		return failure(err, unreachable)
	}
	if proxy, err := s.Workspace.Via(); err == nil && proxy != nil {
		return passed("through the proxy " + proxy.Redacted())
	}
	return passed(fmt.Sprintf("port %d answers", s.Workspace.Host().Port()))
}

func certificate(ctx context.Context, s *Subject, _ func(string)) Result {
	cert, err := s.Workspace.Handshake(ctx)
	if err != nil {
		return failure(err, unreachable)
	}
	days := int(time.Until(cert.NotAfter).Hours() / 24)
	return passed(fmt.Sprintf("%s, %d days left", cert.Issuer, days))
}

func answersAsWorkspace(ctx context.Context, s *Subject, _ func(string)) Result {
	if _, err := s.Workspace.Discover(ctx); err != nil {
		return failure(err, unreachable)
	}
	return passed(s.Workspace.Host().Describe())
}

// networkRules asks for something without signing in. A workspace that lets this address in asks for credentials; one that does not
// names its access list.
func networkRules(ctx context.Context, s *Subject, _ func(string)) Result {
	err := s.Workspace.Knock(ctx)
	var answer *workspace.StatusError
	switch {
	case err == nil:
		return unknown("the workspace answered without asking for a sign-in")
	case errors.As(err, &answer) && answer.Status == 401:
		return passed("your address may sign in")
	case errors.As(err, &answer) && answer.Status == 403:
		found := explain(err, Finding{})
		if found.Exit == ExitNotWorkspace {
			return failure(err, unreachable)
		}
		return unknown("refused without naming a network rule")
	}
	return failure(err, unreachable)
}
