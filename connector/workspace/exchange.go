package workspace

import (
	"context"
	"net/http"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Exchange is one request as a log may keep it: nothing that it asked for, and nothing that came back but how.
type Exchange struct {
	Method    string `json:"method"`
	Path      string `json:"path"`   // of the list of requests, with an asterisk in place of every name and ID
	Status    int    `json:"status"` // 0: no answer
	RequestID string `json:"request_id,omitempty"`

	Took    time.Duration `json:"-"` // to the answer, pauses between tries included
	Retries int           `json:"-"` // how often it was sent again
}

// sends is the key of a context under which a request counts how often it was sent.
type sends struct{}

// send sends a request, and tells the network's Seen of it.
func (p *pinned) send(r *http.Request) (*http.Response, error) {
	if p.seen == nil {
		return p.next.RoundTrip(r) //nolint:wrapcheck // a transport hands errors on unchanged
	}
	var sent int
	began := time.Now()
	resp, err := p.next.RoundTrip(r.WithContext(context.WithValue(r.Context(), sends{}, &sent)))
	p.exchanged(r, resp, Exchange{Took: time.Since(began), Retries: max(0, sent-1)})
	return resp, err //nolint:wrapcheck // a transport hands errors on unchanged
}

// countSend counts a request that is being sent.
func countSend(r *http.Request) {
	if sent, counted := r.Context().Value(sends{}).(*int); counted {
		*sent++
	}
}

func (p *pinned) exchanged(r *http.Request, resp *http.Response, e Exchange) {
	e.Method, e.Path = r.Method, "another request"
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
