package setup

import (
	"context"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// What stands on the way to the workspace, and what a person does about it in the middle of a set-up: trusting an authority, giving a proxy.

// sawChain keeps what the host showed where a test ended because this machine does not trust it.
func (s *Setup) sawChain(subject *check.Subject, results []check.Result) {
	s.seen = trust.Seen{}
	if f := check.Failure(results); f != nil && f.Stage == check.StageCertificate && s.draft.AtFault(*f.Finding) == lint.CAFile {
		s.seen = trust.NewSeen(s.draft.Host(), subject.Shown)
	}
}

// Untrusted is the chain that the host showed in the last test and that this machine does not trust, zero where there is none.
func (s *Setup) Untrusted() trust.Seen { return s.seen }

// TrustWhy says in a sentence or two whom to ask, and what of.
func (s *Setup) TrustWhy() string {
	if s.seen.IsZero() {
		return fmt.Sprintf("This machine does not trust the authority. Ask %s for its certificate.", s.seen.Whom())
	}
	return fmt.Sprintf("The certificate was issued by %s. Ask %s whether that is theirs.", s.seen.Issuer(), s.seen.Whom())
}

// NetworkTeam is what the people say who run the network that a demo plays, empty outside the demo and where they have nothing to say.
func (s *Setup) NetworkTeam() string {
	if s.env.Demo == nil {
		return ""
	}
	for _, c := range trust.Saved(s.env.Demo.NetworkCA) {
		return fmt.Sprintf("%s: the network team says that its SHA-256 is %s", DemoBadge, c.Fingerprint)
	}
	return ""
}

// ReadAuthorities gives the work of reading a CA file whose path was typed. What it holds is trusted by Trust, once a person has looked.
func (s *Setup) ReadAuthorities(path string) func(context.Context) (trust.Authorities, error) {
	seen := s.seen
	return func(context.Context) (trust.Authorities, error) {
		a, err := trust.ReadTyped(path)
		if err != nil {
			return a, err
		}
		return a, seen.Given(a)
	}
}

// Trust has authorities trusted for the connection, and says what that cleared.
func (s *Setup) Trust(a trust.Authorities) (cleared []string) {
	s.seen = trust.Seen{}
	return s.draft.Trust(a)
}

// TrustSeen has the certificate trusted that was seen and has a fingerprint, which a person got from whoever runs the network. The errors are
// those of trust.Seen.Compare.
func (s *Setup) TrustSeen(fingerprint string) (cleared []string, err error) {
	a, err := s.seen.Compare(fingerprint)
	if err != nil {
		return nil, err
	}
	return s.Trust(a), nil
}

// ProxyNow is the way that is gone now, and says which proxy it leads through and where that comes from.
func (s *Setup) ProxyNow() (now workspace.Route, said string) {
	ws, err := s.Workspace()
	if err != nil {
		return now, "no proxy is known"
	}
	now, err = ws.Route()
	return now, check.RouteText(now, err)
}

// UseProxy has everything go by a way for the rest of this run.
func (s *Setup) UseProxy(p workspace.Proxy) {
	s.proxy, s.env.Network = &p, s.env.Network.Through(p)
	s.draft.forget(Connect, false)
}

// proxyLater says what later runs need where a proxy was given for this one, and is empty where none was.
func (s *Setup) proxyLater() string {
	switch {
	case s.proxy == nil:
		return ""
	case s.proxy.IsZero():
		return "The way past any proxy was for this run alone. For later runs unset HTTPS_PROXY, or add the host to NO_PROXY."
	}
	return fmt.Sprintf("The proxy %s was for this run alone. For later runs set HTTPS_PROXY to it.", s.proxy)
}
