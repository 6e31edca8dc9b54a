package demo_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
)

// call is one request of Terraform's provider, with the body that its source makes. {name} in it stands for what an answer before it had.
type call struct {
	method, path, body string
	keep               string // "name=field.0.field" of the answer, kept for the calls after it
	succeeds           bool   // it is a statement, of which the answer has to say so
	refused            string // the error code that the provider expects there and goes on after; empty where the call has to succeed
}

// lifecycle is what the provider sends for one resource, from its creation to its end, and what it has to read in between. What is read has at
// least the fields that are named, null for one that must not be there; of a list each of its elements.
type lifecycle struct {
	create []call
	read   call
	has    string
	update []call
	then   string
	remove []call
	gone   string // the error code of reading what is gone; empty where it is missing in a list that is still there
}

// terraform sends what the provider sends, as one principal of a workspace.
type terraform struct {
	t    *testing.T
	by   *client.DatabricksClient
	kept map[string]string
}

func newTerraform(t *testing.T, by *client.DatabricksClient) terraform {
	return terraform{t, by, map[string]string{}}
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// filled puts what was kept in place of its name.
func (p terraform) filled(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		if value, ok := p.kept[strings.Trim(name, "{}")]; ok {
			return value
		}
		return name
	})
}

// send makes one call and gives the answer, or the code of the refusal.
func (p terraform) send(c call) (any, string) {
	p.t.Helper()
	at, err := url.Parse(p.filled(c.path))
	if err != nil {
		p.t.Fatal(err)
	}
	query, headers := map[string]any{}, map[string]string{"Accept": "application/json"}
	for name, values := range at.Query() {
		query[name] = values[0]
	}
	var body any
	if c.body != "" {
		if err := json.Unmarshal([]byte(p.filled(c.body)), &body); err != nil {
			p.t.Fatalf("%s: %v", c.body, err)
		}
		headers["Content-Type"] = "application/json"
	}
	if strings.Contains(c.path, "/scim/") {
		headers["Content-Type"] = "application/scim+json; charset=utf-8"
	}
	var answer any
	err = p.by.Do(ctx, c.method, at.EscapedPath(), headers, query, body, &answer)
	var refused *apierr.APIError
	switch {
	case errors.As(err, &refused):
		if info := refused.ErrorDetails().ErrorInfo; info != nil {
			return toAny(info.Metadata), refused.ErrorCode
		}
		return nil, refused.ErrorCode
	case err != nil:
		p.t.Fatalf("%s %s: %v", c.method, c.path, err)
	}
	return answer, ""
}

// toAny is what an error says besides its text, such as the tag that it wants.
func toAny(metadata map[string]string) any {
	out := map[string]any{}
	for name, value := range metadata {
		out[name] = value
	}
	return out
}

// do makes calls one after another, and ends the test where one is not answered as the provider expects.
func (p terraform) do(calls []call) {
	p.t.Helper()
	for _, c := range calls {
		answer, refused := p.send(c)
		if refused != c.refused {
			p.t.Fatalf("%s %s %s: refused as %q, want %q", c.method, p.filled(c.path), p.filled(c.body), refused, c.refused)
		}
		if state, _ := at(answer, "status.state"); c.succeeds && state != "SUCCEEDED" {
			p.t.Fatalf("%s: %v", p.filled(c.body), answer)
		}
		if name, field, ok := strings.Cut(c.keep, "="); ok {
			value, ok := at(answer, field)
			if !ok {
				p.t.Fatalf("%s %s: no %s in %v", c.method, c.path, field, answer)
			}
			p.kept[name] = value
		}
	}
}

// at gives what an answer has at a path, as text.
func at(answer any, field string) (string, bool) {
	for _, part := range strings.Split(field, ".") {
		switch of := answer.(type) {
		case map[string]any:
			answer = of[part]
		case []any:
			if part != "0" || len(of) == 0 {
				return "", false
			}
			answer = of[0]
		default:
			return "", false
		}
	}
	text, isText := answer.(string)
	if !isText && answer != nil {
		raw, _ := json.Marshal(answer)
		text = string(raw)
	}
	return text, answer != nil
}

// contains reports whether an answer has all that is wanted.
func contains(got, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		for name, field := range want {
			if ok = ok && contains(object[name], field); !ok {
				return false
			}
		}
		return ok
	case []any:
		list, _ := got.([]any)
		for _, wanted := range want {
			found := false
			for _, element := range list {
				found = found || contains(element, wanted)
			}
			if !found {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(got, want)
}

// reads holds what the provider reads against what it wrote, and that it reads the same again: else it would plan a change for ever.
func (p terraform) reads(when string, c call, wanted string) {
	p.t.Helper()
	var want any
	if err := json.Unmarshal([]byte(p.filled(wanted)), &want); err != nil {
		p.t.Fatalf("%s: %v", wanted, err)
	}
	got, refused := p.send(c)
	if refused != "" || !contains(got, want) {
		text, _ := json.Marshal(got)
		p.t.Errorf("%s: read %s %s, want %s", when, text, refused, p.filled(wanted))
	}
	if again, _ := p.send(c); !reflect.DeepEqual(got, again) {
		p.t.Errorf("%s: read again %v, not %v", when, again, got)
	}
}

// live walks a resource through its life. The update is sent twice, as by who applies twice: the second time it must change nothing that is read.
func (p terraform) live(of lifecycle) {
	p.t.Helper()
	p.do(of.create)
	p.reads("when made", of.read, of.has)
	if len(of.update) > 0 {
		p.do(of.update)
		p.reads("when changed", of.read, of.then)
		p.do(of.update)
		p.reads("when changed again", of.read, of.then)
	} else {
		of.then = of.has
	}
	p.do(of.remove)
	got, refused := p.send(of.read)
	var last any
	if err := json.Unmarshal([]byte(p.filled(of.then)), &last); err != nil {
		p.t.Fatal(err)
	}
	if refused != of.gone || refused == "" && contains(got, last) {
		p.t.Errorf("when gone: read %v, refused as %q, want %q", got, refused, of.gone)
	}
}

// liveAll walks resources through their lives, each in a workspace of its own for its admin.
func liveAll(t *testing.T, resources map[string]lifecycle) {
	t.Helper()
	for name, of := range resources {
		t.Run(name, func(t *testing.T) {
			_, admin, _ := people(t)
			newTerraform(t, admin).live(of)
		})
	}
}
