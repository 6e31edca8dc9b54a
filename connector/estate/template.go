package estate

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Place is what is read: the numbers of the account and the workspace, and the names of those who read it.
type Place struct {
	Host      string `json:"host"`
	Workspace string `json:"workspace_id,omitempty"`
	Account   string `json:"account_id,omitempty"`
	As        string `json:"as,omitempty"`

	self string // the name that grants of who asks go by
}

// filled puts what is known in the place of what stands in braces.
func (p Place) filled(text string, about store.Row, escape func(string) string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		out.WriteString(escape(p.value(name, about)))
		text = after
	}
}

func (p Place) value(name string, about store.Row) string {
	switch name {
	case "account":
		return p.Account
	case "workspace":
		return p.Workspace
	case "id":
		return about.ID
	case "name":
		return about.Name
	case "parent":
		return about.Parent
	case "self":
		return p.self
	}
	var fields map[string]any
	if json.Unmarshal([]byte(about.Body), &fields) != nil {
		return ""
	}
	text, _ := fields[name].(string)
	return text
}

type askingKey struct{}

// asking is the collector that a request is of.
func asking(ctx context.Context) string {
	id, _ := ctx.Value(askingKey{}).(string)
	return id
}

// request is what is asked for a page.
type request struct {
	method, path string
	query        url.Values
	body         []byte
}

// scimFirst is the number of the first of a SCIM list.
const scimFirst = "1"

// request asks for the page of a token, the first where that is empty.
func (c *Collector) request(p Place, about store.Row, token string) request {
	r := request{method: c.method(), path: p.filled(c.Path, about, connector.PathSegment), query: url.Values{}}
	for pair := range strings.SplitSeq(c.Query, "&") {
		if name, value, _ := strings.Cut(pair, "="); name != "" {
			r.query.Set(name, p.filled(value, about, func(s string) string { return s }))
		}
	}
	if c.Paging == SCIM && token == "" {
		token = scimFirst
	}
	switch {
	case c.Body != "":
		fields := map[string]any{}
		if json.Unmarshal([]byte(c.Body), &fields) == nil && token != "" {
			fields[string(c.Paging)] = token
		}
		r.body, _ = json.Marshal(fields) // of words and numbers
	case token != "":
		r.query.Set(string(c.Paging), token)
	}
	return r
}

func number(fields map[string]json.RawMessage, name string) int {
	n, _ := strconv.Atoi(string(fields[name]))
	return n
}

// short reports whether a page without items stands where there are some by its own count.
func (c *Collector) short(fields map[string]json.RawMessage, token string, items int) bool {
	at, _ := strconv.Atoi(token)
	return c.Paging == SCIM && items == 0 && max(at, 1) <= number(fields, "totalResults")
}

// next is the token of the page after one of so many items; empty at the end.
func (c *Collector) next(fields map[string]json.RawMessage, token string, items int) string {
	switch c.Paging {
	case OnePage:
		return ""
	case SCIM:
		at, _ := strconv.Atoi(token)
		if at = max(at, 1) + items; items == 0 || at > number(fields, "totalResults") {
			return ""
		}
		return strconv.Itoa(at)
	case Numbered:
		at := max(number(fields, "page"), 1)
		if items == 0 || at*number(fields, "page_size") >= number(fields, "count") {
			return ""
		}
		return strconv.Itoa(at + 1)
	}
	var text string
	_ = json.Unmarshal(fields["next_page_token"], &text)
	return text
}
