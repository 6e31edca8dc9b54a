package workspace_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// given is an answer as a server would give it.
type given struct {
	status int
	header map[string]string
	body   string
}

func (g given) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	for name, value := range g.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(g.status)
	_, _ = io.WriteString(w, g.body)
}

// html and plain are the headers of answers for people.
var (
	html  = map[string]string{"Content-Type": "text/html"}
	plain = map[string]string{"Content-Type": "text/plain"}
	asIs  = map[string]string{"Content-Type": "application/json"}
)

// utf16 is a text as programs of Windows write it.
func utf16(text string) string {
	var out strings.Builder
	out.WriteString("\xff\xfe")
	for _, c := range []byte(text) {
		out.Write([]byte{c, 0})
	}
	return out.String()
}

const warehousePath = "/api/2.0/sql/warehouses/abc"

// verdictOf writes what the error of a request is, in the terms that causes are told by.
func verdictOf(err error) string {
	var (
		odd      *workspace.AnswerError
		redirect *workspace.RedirectError
		refused  *workspace.StatusError
	)
	switch {
	case err == nil:
		return "read"
	case errors.As(err, &odd):
		return string(odd.Oddity)
	case errors.As(err, &redirect):
		return "redirect"
	case errors.As(err, &refused):
		return fmt.Sprintf("refused %d %s", refused.Status, refused.Code)
	}
	return "left to the SDK"
}

func TestAnAnswerIsAskedFirstWhoGaveIt(t *testing.T) {
	const fine = `{"id":"abc","name":"n","state":"RUNNING"}`
	for name, story := range map[string]struct {
		given
		want string
	}{
		"the workspace's own":               {given{200, asIs, fine}, "read"},
		"with the mark of a text":           {given{200, asIs, "\xef\xbb\xbf" + fine}, "read"},
		"in UTF-16":                         {given{200, asIs, utf16(fine)}, string(workspace.Unreadable)},
		"encoded as nobody asked":           {given{200, map[string]string{"Content-Encoding": "br"}, fine}, string(workspace.Unreadable)},
		"a gateway's page":                  {given{403, html, "<html>Blocked</html>"}, string(workspace.WebPage)},
		"a page that calls itself JSON":     {given{404, asIs, " <!doctype html>"}, string(workspace.WebPage)},
		"a portal's page":                   {given{200, html, "<html>Accept</html>"}, string(workspace.WebPage)},
		"a firewall's line":                 {given{403, plain, "Access denied by policy 17"}, string(workspace.Foreign)},
		"another service's JSON":            {given{403, asIs, `{"message":"Forbidden"}`}, string(workspace.Foreign)},
		"a proxy's sign-in":                 {given{407, html, ""}, string(workspace.Gatekeeper)},
		"a network's sign-in":               {given{511, html, ""}, string(workspace.Gatekeeper)},
		"sent elsewhere":                    {given{302, map[string]string{"Location": "/login.html"}, ""}, "redirect"},
		"a success that is an error":        {given{200, asIs, `{ "error_code":"403","message":"no"}`}, "refused 200 403"},
		"about another object":              {given{200, asIs, `{"id":"def","name":"n","state":"RUNNING"}`}, string(workspace.OtherObject)},
		"a refusal of the workspace":        {given{403, asIs, `{"error_code":"PERMISSION_DENIED","message":"no"}`}, "left to the SDK"},
		"a refusal in SCIM's own form":      {given{403, asIs, `{"schemas":["x"],"detail":"no"}`}, "left to the SDK"},
		"a refusal that a header speaks of": {given{403, map[string]string{"X-Databricks-Reason-Phrase": "no", "Content-Type": "text/plain"}, "no"}, "left to the SDK"},
		"a refusal without a word":          {given{403, nil, ""}, "left to the SDK"},
		"a gateway's page of its trouble":   {given{500, html, "<html>500</html>"}, "left to the SDK"},
		"a gateway that waited in vain":     {given{500, html, "<html><h1>504 Gateway Time-out</h1><hr>nginx</html>"}, "left to the SDK"},
		"a filter's page with its status":   {given{504, html, "<html><h1>Web Page Blocked</h1>FortiGuard: category Unrated</html>"}, string(workspace.WebPage)},
	} {
		v := newTown(t, map[string]http.HandlerFunc{warehousePath: story.ServeHTTP})
		_, err := v.open(t, connector.OAuth).Warehouse(t.Context(), "abc")
		if got := verdictOf(err); got != story.want {
			t.Errorf("%s is taken for %s, want %s: %v", name, got, story.want, err)
		}
	}
}

func TestTheSameIsAskedOfSQLAndOfTheSignIn(t *testing.T) {
	for name, story := range map[string]struct {
		given
		sql, token string
	}{
		"a page":                {given{403, html, "<html>Blocked</html>"}, string(workspace.WebPage), string(workspace.WebPage)},
		"a portal":              {given{200, html, "<html>Accept</html>"}, string(workspace.WebPage), string(workspace.WebPage)},
		"a firewall":            {given{403, plain, "denied"}, string(workspace.Foreign), string(workspace.Foreign)},
		"a proxy":               {given{407, nil, ""}, string(workspace.Gatekeeper), string(workspace.Gatekeeper)},
		"elsewhere":             {given{302, map[string]string{"Location": "/login.html"}, ""}, "redirect", "redirect"},
		"nothing":               {given{200, nil, ""}, string(workspace.Unreadable), string(workspace.Unreadable)},
		"half a JSON":           {given{200, asIs, `{"access_token":`}, string(workspace.Unreadable), string(workspace.Unreadable)},
		"a token that is none":  {given{200, asIs, `{"access_token":7}`}, string(workspace.Unreadable), string(workspace.Unreadable)},
		"without a token":       {given{200, asIs, `{"token_type":"Bearer"}`}, string(workspace.Unreadable), string(workspace.Unreadable)},
		"the workspace refuses": {given{403, asIs, `{"error_code":"PERMISSION_DENIED","message":"no"}`}, "refused 403 PERMISSION_DENIED", "left to the SDK"},
	} {
		v := newTown(t, map[string]http.HandlerFunc{"/sql/1.0/warehouses/abc": story.ServeHTTP})
		w := v.open(t, connector.OAuth)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+hostName+"/sql/1.0/warehouses/abc", strings.NewReader("call"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.RoundTripper().RoundTrip(r)
		if got := verdictOf(err); got != story.sql {
			t.Errorf("%s, of SQL, is taken for %s, want %s: %v", name, got, story.sql, err)
		}
		v = newTown(t, map[string]http.HandlerFunc{"/oidc/v1/token": story.ServeHTTP})
		err = v.open(t, connector.OAuth).SignIn(t.Context())
		if got := verdictOf(err); got != story.token {
			t.Errorf("%s, of the sign-in, is taken for %s, want %s: %v", name, got, story.token, err)
		}
	}
}

// Where no credentials were sent, none can be blamed, and the refusal says so.
func TestARefusalTellsWhetherCredentialsWereSent(t *testing.T) {
	v := newTown(t, map[string]http.HandlerFunc{mePath: given{401, asIs, `{"error_code":401,"message":"Credential was not sent"}`}.ServeHTTP})
	var refused *workspace.StatusError
	if err := v.open(t, connector.OAuth).Knock(t.Context()); !errors.As(err, &refused) || !refused.Unsigned || refused.Status != 401 {
		t.Errorf("%+v", refused)
	}
}

// A server may close a connection that nobody uses at the moment when a statement is sent over it. Nothing was answered, so it is sent again.
func TestAStatementThatMeetsAClosedConnectionIsSentAgain(t *testing.T) {
	var sent atomic.Int32
	v := newTown(t, map[string]http.HandlerFunc{"/sql/1.0/warehouses/abc": func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if sent.Add(1) == 2 {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close()
			}
			return
		}
		if r.Header.Get("Idempotency-Key") != "" {
			t.Error("the mark of a request that may be repeated was sent along")
		}
		_, _ = w.Write(append([]byte{0x80}, body...))
	}})
	w := v.open(t, connector.PAT)
	ask := func(body string) error {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+hostName+"/sql/1.0/warehouses/abc", io.NopCloser(strings.NewReader(body)))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := w.RoundTripper().RoundTrip(r)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		if got, err := io.ReadAll(resp.Body); err != nil || string(got) != "\x80"+body {
			t.Errorf("answered %q, %v", got, err)
		}
		return nil
	}
	if err := ask("first"); err != nil {
		t.Fatal(err)
	}
	if err := ask("second"); err != nil || sent.Load() != 3 {
		t.Errorf("sent %d times, %v", sent.Load(), err)
	}
	sent.Store(1)
	if err := ask("\x80\x01\x00\x01\x00\x00\x00\x0cFetchResults"); err == nil || sent.Load() != 2 {
		t.Errorf("rows were fetched %d times, %v", sent.Load()-1, err)
	}
}
