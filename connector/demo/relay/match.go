package relay

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// matches reports whether a request is one that the rule means. body is what the request brought, for rules that ask for it.
func (r Rule) matches(q *http.Request, body []byte) bool {
	signed := q.Header.Get("Authorization") != ""
	switch {
	case r.Path == "" && r.Stage == "",
		r.Method != "" && r.Method != q.Method,
		r.Path != "" && !glob(r.Path, q.URL.Path),
		r.Signed && !signed,
		r.Unsigned && signed,
		r.RPC != "" && r.RPC != rpc(body),
		r.Holds != "" && !holds(body, r.Holds):
		return false
	case r.Stage != "":
		return slices.ContainsFunc(stages[r.Stage], func(call Rule) bool { return call.matches(q, body) })
	}
	return true
}

// reads reports whether the rule asks for the request's body.
func (r Rule) reads() bool {
	return r.RPC != "" || r.Holds != "" || slices.ContainsFunc(stages[r.Stage], Rule.reads)
}

// bodyOf reads the body of a request and puts it back. The handler behind has bounded it.
func bodyOf(q *http.Request) []byte {
	if q.Body == nil {
		return nil
	}
	body, err := io.ReadAll(q.Body)
	rest := io.Reader(bytes.NewReader(body))
	if err != nil {
		rest = io.MultiReader(rest, broken{err})
	}
	q.Body = io.NopCloser(rest)
	return body
}

// broken is the end of a body that could not be read.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

func rpc(body []byte) string {
	in := wire.NewReader(body)
	if m := in.MessageBegin(); in.Err() == nil && m.Type == wire.Call {
		return m.Name
	}
	return ""
}

func holds(body []byte, text string) bool {
	return bytes.Contains(bytes.ToLower(body), []byte(strings.ToLower(text)))
}

// glob reports whether a path is of a pattern, in which an asterisk stands for any text.
func glob(pattern, path string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == path
	}
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}
