package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
	expression "github.com/draftt-io/draftt-databricks/pattern"
)

// beforeProxy is how many bytes before a host tell that it is a proxy.
const beforeProxy = 40

var (
	targets   = clue.Says(pasted.Targets...)
	hostNames = clue.Says(pasted.HostName)
	// references are hosts that messages point to for reading, that take part in every sign-in, or that keep a workspace's data.
	references = clue.Says(
		`^(?:docs?|learn|help|kb|support|www|schemas?|type|login|aka|go|pkg|stackoverflow|community)\.|readthedocs`,
		`\.onmicrosoft\.|^github\.com$|^curl\.se$|^curl\.haxx\.se$|^aka\.ms$|^sqlalche\.me$|^sts\.windows\.net$|^go\.dev$|\.w3\.org$`,
		`\.(?:blob|dfs)\.core\.windows\.net$`,
	)
	sourceFiles = clue.Says(pasted.SourceFile)
	// databaseHosts are PostgreSQL under the names of Databricks.
	databaseHosts = clue.Says(`\.database\.(?:cloud\.databricks\.com|azuredatabricks\.net)$`)
	ourHosts      = clue.Says(
		`(?:^|\.)`+pasted.Domain+`\.?$`, `^adb-\d+`,
	)
	ipAddress = expression.New(`^(?:[\d.]+|[\da-f.]*:[\da-f.:]+)$`)
	onPath    = expression.New(`://[^/]+/\w$`)
)

// metadataService hands out the tokens of a virtual machine in Azure.
const metadataService = "169.254.169.254"

// lastServicePort is where the ports end that services listen at. Those after it are what a system gives to whoever calls.
const lastServicePort = 1 << 15

// webPorts are those of workspaces and of proxies on the way to them. Another port is another service's.
var webPorts = []string{"", "0", "80", "443", "3128", "8080", "8443", "8888", "9400", "9480"}

// hostsIn are the hosts that a program says it talks to, in one of the ways to say so.
func hostsIn(p *clue.Page, target *clue.Clue) []mention {
	var found []mention
	for _, m := range target.Places(p, clue.Unlimited) {
		host, port := strings.Trim(strings.ToLower(p.Text[m[2]:m[3]]), ".-"), ""
		if len(m) > 4 && m[4] >= 0 {
			port = p.Text[m[4]:m[5]]
		}
		who := ownerOf(host, port)
		if target == hostNames && who == nobodys && strings.HasPrefix(host, "www.") {
			who = theirs // nobody is sent there for reading, as with an address
		}
		if who == nobodys && unnamed(host) && onPath().MatchString(p.Text[m[0]:min(len(p.Text), m[1]+2)]) {
			who = theirs // a workspace is asked by its name
		}
		if who == theirs && (caller(p.Text[m[1]:], port) || onTheWayThere(p.Text[max(0, m[0]-beforeProxy):m[0]]+host)) {
			continue
		}
		if who != nobodys {
			found = append(found, mention{
				at: clue.Place{m[2], m[3]}, who: who, host: true, address: ipAddress().MatchString(host), against: everyConcern,
			})
		}
	}
	return found
}

// unnamed reports a host of a network of one's own: a number, or a name without a domain.
func unnamed(host string) bool {
	return host != "localhost" && host != metadataService && (ipAddress().MatchString(host) || !strings.Contains(host, "."))
}

// caller reports the end of a connection that called, rather than the one that was called.
func caller(after, port string) bool {
	number, err := strconv.Atoi(port)
	return strings.HasPrefix(after, "->") || err == nil && number >= lastServicePort
}

// onTheWayThere reports a proxy, which is no other service.
func onTheWayThere(host string) bool { return strings.Contains(strings.ToLower(host), "proxy") }

func ownerOf(host, port string) owner {
	switch {
	case sourceFiles.MatchString(host):
		return nobodys
	case databaseHosts.MatchString(host):
		return theirs
	case ourHosts.MatchString(host):
		return ours
	case !slices.Contains(webPorts, port):
		return theirs
	case references.MatchString(host), ipAddress().MatchString(host), host == "localhost", !strings.Contains(host, "."):
		return nobodys
	}
	return theirs
}
