package workspace

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Exchange is one request as a log may keep it: nothing that it asked for, and nothing that came back but how.
type Exchange struct {
	Method    string `json:"method"`
	Path      string `json:"path"`   // of the list of requests, with an asterisk in place of every name and ID
	Status    int    `json:"status"` // 0: no answer
	RequestID string `json:"request_id,omitempty"`
}

// exchanged tells the network's Seen of a request that was sent.
func (p *pinned) exchanged(r *http.Request, resp *http.Response) {
	if p.seen == nil {
		return
	}
	e := Exchange{Method: r.Method, Path: "another request"}
	for _, rule := range allowed {
		if rule.Method == r.Method && segmentsMatch(rule.Path, r.URL.EscapedPath()) {
			e.Path = rule.Path
			break
		}
	}
	if resp != nil {
		e.Status, e.RequestID = resp.StatusCode, connector.CleanLine(resp.Header.Get("X-Request-Id"), 64)
	}
	p.seen(e)
}
