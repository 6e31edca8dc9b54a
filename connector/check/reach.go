package check

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func values(_ context.Context, s *Subject, _ func(string)) Result {
	switch {
	case s.Workspace.Anonymous():
		return passed("a host")
	case s.Workspace.Method() == connector.PAT:
		return passed("a host and a personal access token")
	}
	if _, err := connector.ParseClientID(string(s.Workspace.ClientID())); err != nil {
		return refusedClientID(err)
	}
	return passed("a host, a client ID and a secret")
}

// Refused are the results of a walk that does not begin because its host is refused: err is the *connector.Error that says why. The first
// stage failed, and everything after it is blocked.
func Refused(stages []Stage, err error) []Result {
	return notBegun(stages, refusedInput(err, "host-not-accepted", "the host"))
}

// RefusedClientID are those of a walk whose client ID is refused.
func RefusedClientID(stages []Stage, err error) []Result {
	return notBegun(stages, refusedClientID(err))
}

func refusedClientID(err error) Result { return refusedInput(err, "values", "the client ID") }

func notBegun(stages []Stage, refused Result) []Result {
	first := refused.of(stages[0])
	return append([]Result{first}, blockedBy(first.Stage, stages[1:])...)
}

// blockedBy are the results of stages that do not begin because another one failed.
func blockedBy(failed ID, stages []Stage) []Result {
	results := make([]Result, len(stages))
	for i, stage := range stages {
		results[i] = Result{State: Blocked, BlockedBy: failed}.of(stage)
	}
	return results
}

func refusedInput(err error, id, what string) Result {
	f := findingOf(id)
	var input *connector.Error
	if errors.As(err, &input) {
		f.Reason, f.Remedy.Text = input.What, input.Remedy
	}
	return failed(f, what)
}

func address(ctx context.Context, s *Subject, _ func(string)) Result {
	route, err := s.Workspace.Route()
	if err != nil {
		return unreached(err, s)
	}
	addrs, err := s.Workspace.Lookup(ctx)
	if err != nil {
		return unreached(err, s)
	}
	if route.Proxy != nil {
		return passed("looked up by the proxy " + proxied(route) + noted(route))
	}
	if len(addrs) == 0 {
		return unknown("the name resolves to nothing that reads as an address")
	}
	return passed(fmt.Sprintf("%s, %s", addrs[0], reachability(addrs[0])))
}

// wantsProxy are the patterns that a machine meets which reaches the outside through a proxy alone, where none is set.
var wantsProxy = []string{"name-does-not-resolve", "no-route", "refused", "timeout", "cut"}

// MayNeedProxy reports whether a stage failed for a host as it does where a proxy is missing. This machine itself needs none.
func (r Result) MayNeedProxy(host connector.Host) bool {
	return r.Finding != nil && !workspace.OnThisMachine(host) && (r.Stage == StageAddress || r.Stage == StageConnection) && slices.Contains(wantsProxy, r.Finding.Pattern)
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
		return unreached(err, s)
	}
	route, err := s.Workspace.Route()
	switch {
	case err == nil && route.Proxy != nil:
		return passed("through the proxy " + proxied(route) + noted(route))
	case err == nil && route.Variable != "":
		return passed(fmt.Sprintf("port %d answers, without the proxy as %s asks%s", s.Workspace.Host().Port(), route.Variable, entryOf(route)) + noted(route))
	}
	return passed(fmt.Sprintf("port %d answers", s.Workspace.Host().Port()) + noted(route))
}

func certificate(ctx context.Context, s *Subject, _ func(string)) Result {
	cert, err := s.Workspace.Handshake(ctx)
	if err != nil {
		shown := workspace.Shown(err)
		return unreached(err, s).keeping(func(s *Subject) { s.Shown = shown })
	}
	// By the machine's clock, which the handshake goes by as well, whatever clock the caller has for what it prints.
	seen := fmt.Sprintf("%s, %d days left", cert.Issuer, int(time.Until(cert.NotAfter).Hours()/24))
	switch {
	case cert.Extra && cert.Alone:
		seen += ", trusted by itself and through no authority"
	case cert.Extra && connector.WhomToAsk(s.Workspace.Host()) == connector.HostsOwner: // whose certificate may well be its own
		seen += ", trusted through an added authority"
	case cert.Extra:
		seen += ", trusted through an added authority: your network replaces certificates"
	}
	return passed(seen).keeping(func(s *Subject) { s.Shown = cert.Chain })
}

func answersAsWorkspace(ctx context.Context, s *Subject, _ func(string)) Result {
	found, err := s.Workspace.Discover(ctx)
	if err != nil {
		return unreached(err, s)
	}
	result := passed
	seen, same := s.Workspace.Host().Answered(found.ID)
	if !same {
		result = unknown
	}
	if found.Skew.Abs() > mostSkew {
		seen += "; this machine's clock is " + ahead(found.Skew)
	}
	return result(seen).keeping(func(s *Subject) { s.skew = found.Skew })
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
		return passed("asks you for credentials")
	case errors.As(err, &answer) && answer.Status == 403 && judged(err, StageNetworkRules).Exit != ExitNotWorkspace:
		return unknown("refused without naming a network rule")
	}
	return unreached(err, s)
}
