package connector

import (
	"errors"
	"fmt"
	"strings"
)

// ErrForeign is the cause in the error of a host outside the Databricks domains, which a person can still vouch for. A host that is a typing
// mistake, an address of another machine or no host at all has none.
var ErrForeign = errors.New("the host is outside the Databricks domains")

// foreignHost is an ErrForeign with the list that lets the host in.
type foreignHost struct{ allow AllowList }

func (foreignHost) Error() string { return ErrForeign.Error() }

// Is makes it an ErrForeign.
func (foreignHost) Is(target error) bool { return target == ErrForeign }

// Foreign reads a host outside the Databricks domains as ParseHost does once it is allowed by name. It is false for anything that ParseHost
// takes, for what nobody can vouch for, and for a name without a dot, which is more likely a client ID or half a host. This machine's own
// name and IPv4 addresses can be vouched for, since a tunnel ends there.
func Foreign(input string) (Host, bool) {
	_, _, err := ParseHost(input, nil)
	var foreign foreignHost
	if !errors.As(err, &foreign) {
		return Host{}, false
	}
	host, _, err := ParseHost(input, foreign.allow)
	return host, err == nil && host.vouchable()
}

// vouchable is false for a name that is more likely no host at all.
func (h Host) vouchable() bool { return strings.Contains(h.name, ".") || h.name == "localhost" }

// near is how many letters a domain may differ from one of Databricks and still be taken for a typing mistake.
const near = 2

// refuseForeign refuses a host outside the domains. One that nearly is in them is called a typing mistake, and nobody is told how to allow
// it: whoever registered such a domain waits for secrets.
func refuseForeign(name string, port int) error {
	for _, d := range domains {
		if name == d.suffix[1:] {
			return &Error{Kind: ErrInput, What: name + " is not a Databricks domain of a workspace: the workspace's own part in front is missing.", Remedy: copyAgain}
		}
	}
	shown := CleanLine(name, 80)
	Known().Note(KindHost, name, shown)
	if meant := nearDomain(name); meant != "" {
		return &Error{Kind: ErrInput, What: fmt.Sprintf("%s is not a Databricks domain. It looks like a typing mistake for %s.", shown, meant), Remedy: copyAgain}
	}
	host, remedy := Host{name: name, port: port}, copyAgain
	if host.vouchable() {
		remedy = "Check the host. If it is right, allow it with --allow-host " + CleanLine(host.Typed(), 80) + "."
	}
	return &Error{Kind: ErrInput, What: shown + " is not a Databricks domain.", Remedy: remedy, Cause: foreignHost{AllowList{host.Addr()}}}
}

// nearDomain is the domain of Databricks that a host outside them nearly is in, or empty.
func nearDomain(name string) string {
	labels := strings.Split(name, ".")
	for i, label := range labels {
		labels[i] = spelledOut(label)
	}
	name = strings.Join(labels, ".")
	for _, d := range domains {
		domain := d.suffix[1:]
		size := strings.Count(domain, ".") + 1
		last := strings.Join(labels[max(0, len(labels)-size):], ".")
		if strings.HasSuffix(name, domain) || strings.Contains(name, domain+".") || distance([]rune(last), []rune(domain)) <= near {
			return domain
		}
	}
	// The name in the domain is right, or nearly, and what stands around it is not: another ending, none, or one without its dot.
	for _, label := range labels[max(0, len(labels)-2):] {
		for _, brand := range []struct{ name, domain string }{{"azuredatabricks", domains[0].suffix[1:]}, {"azure-databricks", domains[0].suffix[1:]}, {"databricks", domains[3].suffix[1:]}} {
			ending, begins := strings.CutPrefix(label, brand.name)
			if distance([]rune(label), []rune(brand.name)) <= near || begins && (ending == "net" || ending == "com") {
				return brand.domain
			}
		}
	}
	return ""
}

// spelledOut is a label without what Punycode puts around its Latin letters.
func spelledOut(label string) string {
	inner, coded := strings.CutPrefix(label, "xn--")
	if at := strings.LastIndex(inner, "-"); coded && at > 0 {
		return inner[:at]
	}
	return label
}
