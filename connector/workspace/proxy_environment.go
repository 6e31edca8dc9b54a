package workspace

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"github.com/draftt-io/draftt-databricks/connector"
)

// proxyVariables are the variables that name a proxy for https, in the order in which they count. Go itself does not know the last two,
// which curl and most other programs do.
var proxyVariables = []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"}

// exemptions are the hosts that the environment keeps out of its proxy.
type exemptions struct{ variable, list string }

// proxyFromEnvironment gives the proxy of the environment as it is now, and the variable that it comes from. A setting that does not read
// as a proxy is refused rather than passed by: without it, the way to the workspace would be another than its user set.
func proxyFromEnvironment() (func(*http.Request) (*url.URL, error), string, *exemptions) {
	spared := &exemptions{variable: noProxy()}
	spared.list = os.Getenv(spared.variable)
	for _, name := range proxyVariables {
		value := os.Getenv(name)
		if value == "" {
			continue
		}
		via, wrong := readProxy(name, value)
		return func(r *http.Request) (*url.URL, error) {
			if spared.keeps(r.URL, spared.list) {
				return nil, nil
			}
			return via, wrong
		}, name, spared
	}
	return nil, "", spared
}

// noProxy is the variable that lists the hosts to reach without a proxy.
func noProxy() string {
	if os.Getenv("NO_PROXY") == "" && os.Getenv("no_proxy") != "" {
		return "no_proxy"
	}
	return "NO_PROXY"
}

// keeps reports whether a list keeps a host out of any proxy, as Go reads such lists. This machine itself is always kept out.
func (*exemptions) keeps(to *url.URL, list string) bool {
	via, err := (&httpproxy.Config{HTTPSProxy: "http://proxy.invalid", NoProxy: list}).ProxyFunc()(to)
	return err == nil && via == nil
}

// OnThisMachine reports a host that is reached past any proxy, whatever is set or given.
func OnThisMachine(h connector.Host) bool {
	return (*exemptions)(nil).keeps(&url.URL{Scheme: "https", Host: h.Addr()}, "")
}

// keepsOut is the variable that keeps a host out, and the entry that does so; both are empty where it is this machine itself.
func (e *exemptions) keepsOut(addr string) (variable, entry string) {
	to := &url.URL{Scheme: "https", Host: addr}
	if e.keeps(to, "") {
		return "", ""
	}
	for entry := range strings.SplitSeq(e.list, ",") {
		if e.keeps(to, entry) {
			return e.variable, strings.TrimSpace(entry)
		}
	}
	return e.variable, ""
}

// note tells of what is set and does not count for a host, where its user may think that it does.
func (e *exemptions) note(addr string, via *url.URL) string {
	to := &url.URL{Scheme: "https", Host: addr}
	for _, name := range []string{"HTTP_PROXY", "http_proxy"} {
		if via == nil && os.Getenv(name) != "" && !e.keeps(to, e.list) {
			return name + " is set, which counts for plain http alone; a workspace goes by HTTPS_PROXY"
		}
	}
	if via == nil {
		return ""
	}
	for _, entry := range strings.FieldsFunc(e.list, func(r rune) bool { return r == ',' || r == ';' || isBlank(r) }) {
		if meant := meantBy(entry); e.keeps(to, meant) {
			return fmt.Sprintf("%s does not keep this host out as it is written; write %s in it, with commas between", e.variable, meant)
		}
	}
	if via.Port() == "" {
		return "no port is set, so " + speaks[via.Scheme] + " is taken"
	}
	return ""
}

// meantBy is an entry of NO_PROXY in a form that counts: without scheme, path, quotes and lone asterisk.
func meantBy(entry string) string {
	entry = unquoted(entry)
	if _, after, found := strings.Cut(entry, "://"); found {
		entry = after
	}
	entry, _, _ = strings.Cut(entry, "/")
	if trimmed := strings.TrimLeft(entry, "*"); trimmed != "" && trimmed != entry {
		return "." + strings.TrimLeft(trimmed, ".")
	}
	return entry
}
