package check

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	expression "github.com/draftt-io/draftt-databricks/pattern"
	"github.com/draftt-io/draftt-databricks/words"
)

// unreached names an error of the way to the workspace, with what only this walk knows: the proxy and the variable it comes from, the
// address that is blocked, who issued the certificate, and how long the workspace asks to wait.
func unreached(err error, s *Subject) Result {
	result := failure(err, "")
	result = throughProxy(result, err, s)
	result = intercepted(result, err, s.now())
	result = privatelyIssued(result, err, s)
	return sentOn(result, err, s)
}

// proxyRows are the rows of what can be wrong with a proxy before it answers.
var proxyRows = map[workspace.ProxyFault]string{
	workspace.ProxyUnnamed: "proxy-name", workspace.ProxySilent: "proxy-silent", workspace.ProxyPlain: "proxy-plain", workspace.ProxyUntrusted: "proxy-untrusted",
}

// throughProxy names the proxy that stands in the way, or the setting of one that cannot be followed.
func throughProxy(result Result, err error, s *Subject) Result {
	var (
		setting *workspace.ProxySettingError
		refused *workspace.ProxyError
	)
	route, _ := s.Workspace.Route() // a setting that does not read is err
	switch {
	case errors.As(err, &setting):
		f := findingOf("proxy-setting")
		f.Reason, f.Remedy.Text = setting.Error(), setting.Remedy
		result.Finding, result.Evidence = &f, setting.Shown+", set in "+setting.Variable
		return result
	case !errors.As(err, &refused):
		if route.Proxy == nil && route.Variable != "" {
			result.Evidence += fmt.Sprintf("; without the proxy, as %s asks%s", route.Variable, entryOf(route))
		}
		if route.Proxy == nil {
			result.Evidence += noted(route)
		}
		return result
	}
	seen := "no tunnel"
	if refused.Status != 0 {
		seen = fmt.Sprintf("HTTP %d", refused.Status)
	}
	result.Evidence = seen + " from the proxy " + connector.CleanLine(refused.Proxy, 120)
	if id, known := proxyRows[refused.Fault]; known {
		f := findingOf(id)
		result.Finding = &f
	}
	result.Evidence += from(route)
	if route.Variable != "" {
		result.Finding.Remedy.Text = strings.ReplaceAll(result.Finding.Remedy.Text, "HTTPS_PROXY", route.Variable)
	}
	result.Evidence += noted(route)
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
		result.Evidence += ", ended " + words.InOneUnit(now.Sub(own.NotAfter)) + " ago"
	case now.Before(own.NotBefore):
		result.Evidence += ", begins in " + words.InOneUnit(own.NotBefore.Sub(now))
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
	if connector.WhomToAsk(s.Workspace.Host()) != connector.HostsOwner || kind != kindUntrusted && kind != kindSelfSigned {
		return result
	}
	f := findingOf("private-authority")
	result.Finding = &f
	return result
}

// sentOn names the other host that every request is sent on to, which is most often the sign-in page of a network and not the workspace's doing.
func sentOn(result Result, err error, s *Subject) Result {
	var redirect *workspace.RedirectError
	if result.Finding == nil || result.Finding.Pattern != "not-a-workspace" || !errors.As(err, &redirect) {
		return result
	}
	to, err := url.Parse(redirect.Location)
	if err != nil || to.Hostname() == "" || strings.EqualFold(to.Hostname(), s.Workspace.Host().Name()) {
		return result
	}
	connector.Known().NoteText(to.Hostname())
	host := connector.CleanLine(to.Hostname(), 120)
	result.Finding.Reason = fmt.Sprintf("Requests are sent on to %s, which answers in place of the workspace.", host)
	result.Finding.Remedy.Text = "Open a browser on this machine. Where that is your network's sign-in page, sign in there, then test again; else copy the host again from the address bar of your workspace."
	return result
}

// blockedAddress is how an IP access list names the address that it does not let in.
var blockedAddress = expression.New(`(?i)source IP address: ?([0-9a-f:.]{2,45}) is blocked`)

// addressed tells the address that a workspace admin has to add, which the person on this machine may not know.
func addressed(f Finding, text string) Finding {
	m := blockedAddress().FindStringSubmatch(text)
	if m == nil {
		return f
	}
	f.Reason = fmt.Sprintf("The workspace's IP access list does not include your address, %s.", m[1])
	f.Remedy.Text = fmt.Sprintf("Ask a workspace admin to add %s to the IP access list, or connect from an allowed network.", m[1])
	return f
}

// busy tells how long the workspace asks to wait where that is longer than the stage could.
func busy(result Result, err error) Result {
	var later *workspace.BusyError
	if !errors.As(err, &later) || result.Finding == nil {
		return result
	}
	result.Evidence += ", asks to wait " + words.InOneUnit(later.After)
	result.Finding.Remedy = Remedy{Text: "Wait " + words.InOneUnit(later.After) + ", as the workspace asks, then test again."}
	return result
}
