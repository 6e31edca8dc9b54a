package check

import (
	"cmp"
	"compress/gzip"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// unreached names an error of the way to the workspace, with what only this walk knows: the proxy and the variable it comes from, the
// address that is blocked, who issued the certificate, and how long the workspace asks to wait.
func unreached(err error, s *Subject) Result {
	result := failure(err, "")
	result = throughProxy(result, err, s)
	result = intercepted(result, err, s.now())
	return privatelyIssued(result, err, s)
}

// throughProxy names the proxy that stands in the way.
func throughProxy(result Result, err error, s *Subject) Result {
	var refused *workspace.ProxyError
	if !errors.As(err, &refused) {
		return result
	}
	seen := "no tunnel"
	if refused.Status != 0 {
		seen = fmt.Sprintf("HTTP %d", refused.Status)
	}
	result.Evidence = seen + " from the proxy " + connector.CleanLine(refused.Proxy, 120)
	if route, err := s.Workspace.Route(); err == nil && route.Variable != "" {
		result.Evidence += ", set in " + route.Variable
	}
	return result
}

// intercepted names who issued a certificate that is not trusted. Whoever replaces certificates on the way signs with an authority of its
// own, which only this network's machines know.
func intercepted(result Result, err error, now time.Time) Result {
	shown := workspace.Shown(err)
	if len(shown) == 0 {
		return result
	}
	own := shown[0]
	issuer := "an issuer without a name"
	if name := workspace.Issuer(own); name.Raw() != "" {
		issuer = name.String()
	}
	result.Evidence += ", issuer " + issuer
	switch {
	case now.After(own.NotAfter):
		result.Evidence += ", ended " + plainly(now.Sub(own.NotAfter)) + " ago"
	case now.Before(own.NotBefore):
		result.Evidence += ", begins in " + plainly(own.NotBefore.Sub(now))
	}
	var authority x509.UnknownAuthorityError
	if errors.As(err, &authority) && result.Finding.Pattern == "untrusted-certificate" {
		result.Finding.Reason = fmt.Sprintf("Your network replaces certificates (issuer %s), and this machine does not trust that issuer.", issuer)
	}
	return result
}

// privatelyIssued keeps from blaming the network for the certificate of a host that was allowed by name. Its owner may well run an authority
// of its own, so the network is not the only one who can have shown such a certificate.
func privatelyIssued(result Result, err error, s *Subject) Result {
	kind := factsOf(err).kind
	if !s.Workspace.Host().ByAllowList() || kind != kindUntrusted && kind != kindSelfSigned {
		return result
	}
	f := findingOf("private-authority")
	result.Finding = &f
	return result
}

// blockedAddress is how an IP access list names the address that it does not let in.
var blockedAddress = regexp.MustCompile(`(?i)source IP address: ?([0-9a-f:.]{2,45}) is blocked`)

// addressed tells the address that a workspace admin has to add, which the person on this machine may not know.
func addressed(f Finding, text string) Finding {
	m := blockedAddress.FindStringSubmatch(text)
	if m == nil {
		return f
	}
	f.Reason = fmt.Sprintf("The workspace's IP access list does not include your address, %s.", m[1])
	f.Remedy.Text = fmt.Sprintf("Ask a workspace admin to add %s to the IP access list, or connect from an allowed network.", m[1])
	return f
}

// oddity says what is odd about an answer that the SDK could not read.
func oddity(err error) string {
	var wrongType *json.UnmarshalTypeError
	var noJSON *json.SyntaxError
	switch {
	case errors.As(err, &wrongType):
		return fmt.Sprintf("%s is of type %s where another is expected", connector.CleanLine(cmp.Or(wrongType.Field, "it"), 80), connector.CleanLine(wrongType.Value, 40))
	case errors.As(err, &noJSON):
		return "it is not JSON"
	case errors.Is(err, query.ErrUnreadable):
		return "it is not what the protocol of SQL warehouses says it should be"
	case errors.Is(err, workspace.ErrBodyTooLarge):
		return workspace.ErrBodyTooLarge.Error()
	case errors.Is(err, workspace.ErrEndless):
		return workspace.ErrEndless.Error()
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return "it is not packed as it says"
	}
	return "it does not hold what was asked for"
}

// busy tells how long the workspace asks to wait where that is longer than the stage could.
func busy(result Result, err error) Result {
	var later *workspace.BusyError
	if !errors.As(err, &later) || result.Finding == nil {
		return result
	}
	result.Evidence += ", asks to wait " + plainly(later.After)
	result.Finding.Remedy = Remedy{Text: "Wait " + plainly(later.After) + ", as the workspace asks, then test again."}
	return result
}
