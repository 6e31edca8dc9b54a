package relay

import (
	"bytes"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// answer is an answer in memory.
type answer struct {
	header http.Header
	status int
	body   []byte
}

// tooMany is the body of a 429 that has none of its own.
const tooMany = `{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"Too many requests."}`

// answered is what the rule answers in place of the workspace. A client holds a date against the clock of its machine, so now is that.
func (r Rule) answered(now time.Time) answer {
	a := answer{header: http.Header{}, status: r.status(), body: []byte(r.Body)}
	if r.Page != "" {
		a.body = []byte(r.Page)
	}
	if r.Redirect != "" {
		a.header.Set("Location", r.Redirect)
	}
	if r.RetryAfter > 0 {
		a.header.Set("Retry-After", r.retryAfter(now))
		if len(a.body) == 0 {
			a.body = []byte(tooMany)
		}
	}
	a.header.Set("Content-Type", contentType(a.body))
	return a
}

func (r Rule) retryAfter(now time.Time) string {
	if r.RetryDate {
		return now.Add(r.RetryAfter).UTC().Format(http.TimeFormat)
	}
	return strconv.Itoa(int(r.RetryAfter.Seconds()))
}

// contentType is what a server would call a body that looks like this.
func contentType(body []byte) string {
	switch text := bytes.TrimLeft(body, " \t\r\n"); {
	case bytes.HasPrefix(text, []byte("<")):
		return "text/html; charset=utf-8"
	case len(text) == 0 || strings.ContainsRune(`{["`, rune(text[0])):
		return "application/json"
	}
	return "text/plain; charset=utf-8"
}

// workspaceHeaders are those by which every answer of the workspace is known.
var workspaceHeaders = []string{
	"X-Request-Id", "X-Databricks-Org-Id", "Server", "Server-Timing", "Strict-Transport-Security", "X-Content-Type-Options", "Alt-Svc", "Vary",
}

// dress puts the headers of the rule over those that are there.
func (r Rule) dress(header http.Header) {
	if r.Foreign || r.Page != "" {
		for _, name := range workspaceHeaders {
			header.Del(name)
		}
	}
	for name, value := range r.Header {
		if value == "" {
			header.Del(name)
			continue
		}
		header.Set(name, value)
	}
}

// recorded has the workspace answer into memory.
func recorded(next http.Handler, q *http.Request, known http.Header) answer {
	into := &recording{answer{header: maps.Clone(known), status: http.StatusOK}}
	next.ServeHTTP(into, q)
	return into.answer
}

type recording struct{ answer }

func (r *recording) Header() http.Header    { return r.header }
func (r *recording) WriteHeader(status int) { r.status = status }

func (r *recording) Write(p []byte) (int, error) {
	r.body = append(r.body, p...)
	return len(p), nil
}
