package workspace

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector"
)

// OpenAnonymous prepares a workspace without credentials, to see how far the network and the host let one come. Whatever needs a sign-in
// returns ErrNoCredentials, and the transport lets no request through that carries any. Errors are those of Open.
func OpenAnonymous(host connector.Host, network Network, version string) (*Workspace, error) {
	w, err := open(Config{Host: host, Network: network, Version: version}, func(method, escapedPath string) bool {
		return Matches(unsigned, method, escapedPath)
	})
	if err != nil {
		return nil, err
	}
	w.rt.(*pinned).anonymous = true
	return w, nil
}

// unsigned are the requests that need no sign-in: what the host is, and whether it would let this address sign in.
var unsigned = []Rule{
	{http.MethodGet, "/oidc/.well-known/oauth-authorization-server"},
	{http.MethodGet, "/api/2.0/preview/scim/v2/Me"},
}

// Anonymous reports whether the workspace was opened without credentials.
func (w *Workspace) Anonymous() bool { return w.tokens.creds.Method == "" }
