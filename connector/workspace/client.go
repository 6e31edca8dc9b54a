package workspace

import (
	"github.com/databricks/databricks-sdk-go/client"
)

// Client gives a REST client with everything that Open prepares, the pinned transport, the sign-in and the retries of reads, and a list
// of allowed requests that the caller brings. It is for the admin session alone, which keeps a list of its own; a test sees to that. The
// connector's workspace always has the read-only list. Call the function it returns to drop idle connections. Errors are those of Open.
func Client(cfg Config, allows func(method, escapedPath string) bool) (*client.DatabricksClient, func(), error) {
	w, err := open(cfg, allows)
	if err != nil {
		return nil, nil, err
	}
	return w.client, w.Close, nil
}
