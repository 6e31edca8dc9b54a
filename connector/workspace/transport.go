package workspace

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// RefusedError is a request that the transport did not send, because it left the pinned host or the read-only list.
type RefusedError struct {
	Method string
	URL    string // without query, cleaned
	Why    string
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("%s %s was not sent: %s", e.Method, e.URL, e.Why)
}

// pinned sends requests of the read-only list to one host and nothing else anywhere, redirects and discovery included.
type pinned struct {
	host      connector.Host
	allows    func(method, escapedPath string) bool // nil: the read-only list
	anonymous bool                                  // nothing that signs a request may pass
	next      http.RoundTripper
	seen      func(Exchange)      // nil: nobody keeps a log
	names     *connector.Registry // where is noted what a refusal quotes
}

// telemetry are the driver's own reports. It has no option to stop them, so they are answered here and never leave the machine.
var telemetry = []string{"/api/2.0/connector-service/", "/telemetry-ext"}

func (p *pinned) RoundTrip(r *http.Request) (*http.Response, error) {
	for _, prefix := range telemetry {
		if strings.HasPrefix(r.URL.Path, prefix) {
			return notFound(r), nil
		}
	}
	if err := p.check(r); err != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, err
	}
	resp, err := p.send(r)
	if err != nil {
		return nil, err
	}
	if !isData(resp) {
		sent := r
		if resp.Request != nil {
			sent = resp.Request // the token may have been replaced below
		}
		if err := muffle(resp, sent.Header.Get("Authorization")); err != nil {
			return nil, err
		}
	}
	resp.Body = bounded(r, resp.Body)
	return understand(r, resp, p.names)
}

func (p *pinned) check(r *http.Request) error {
	refused := func(why string) error {
		return &RefusedError{Method: r.Method, URL: connector.CleanLine(r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, 200), Why: why}
	}
	port := r.URL.Port()
	if port == "" {
		port = "443"
	}
	switch {
	case r.URL.Scheme != "https":
		return refused("only https is used")
	case !strings.EqualFold(r.URL.Hostname(), p.host.Name()), port != strconv.Itoa(p.host.Port()):
		return refused("it goes to another host than " + p.host.String())
	case !p.lets(r.Method, r.URL.EscapedPath()):
		return refused("it is not in the list of read-only requests")
	case p.anonymous && (r.Header.Get("Authorization") != "" || r.Body != nil && r.Body != http.NoBody || r.URL.RawQuery != ""):
		return refused("it was to carry something, and this connection has nothing to tell")
	}
	return nil
}

func (p *pinned) lets(method, escapedPath string) bool {
	if p.allows == nil {
		return Allows(method, escapedPath)
	}
	return p.allows(method, escapedPath)
}

func notFound(r *http.Request) *http.Response {
	if r.Body != nil {
		_ = r.Body.Close()
	}
	return &http.Response{
		Status: "404 Not Found", StatusCode: http.StatusNotFound, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: http.NoBody, Request: r,
	}
}
