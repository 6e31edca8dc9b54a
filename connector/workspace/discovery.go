package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ErrNotWorkspace is returned by Discover when the host answers, but not as a Databricks workspace does.
var ErrNotWorkspace = errors.New("the host does not answer like a Databricks workspace")

// RedirectError is an answer of discovery that sends the client elsewhere. Location is cleaned.
type RedirectError struct {
	Status   int
	Location string
}

func (e *RedirectError) Error() string {
	return fmt.Sprintf("redirected (%d) to %s", e.Status, e.Location)
}

// StatusError is a refusal by the workspace that the SDK does not read: of discovery, of SQL, and one that says it was a success. Body is
// cleaned and cut; it begins with the reason that stands in a header, where one does.
type StatusError struct {
	Status   int
	Code     string // error_code, where there is one
	Body     string
	SQL      bool          // of a request to a SQL warehouse
	Unsigned bool          // the request carried no credentials, so there are none to blame
	After    time.Duration // of SQL: how long it asks to wait, 0 where it does not
}

// reasons are the headers in which a workspace tells programs that read no bodies why it refuses.
var reasons = []string{"X-Databricks-Reason-Phrase", "X-Thriftserver-Error-Message"}

// refusal reads an answer with an error. What it quotes is noted while it is whole: a name that is cut is known by its beginning.
func refusal(names *connector.Registry, resp *http.Response, body []byte) *StatusError {
	text := strings.TrimSpace(string(body))
	for _, name := range reasons {
		if reason := resp.Header.Get(name); !strings.Contains(text, reason) {
			text = strings.TrimSpace(reason + " " + text)
		}
	}
	names.NoteQuoted(text)
	var said struct {
		Code json.RawMessage `json:"error_code"`
	}
	if json.Unmarshal(body, &said) != nil { // it has no code, and is not the workspace's
		names.NoteStranger(text)
	}
	return &StatusError{
		Status: resp.StatusCode, Code: connector.CleanLine(strings.Trim(string(said.Code), `"`), 60), Body: connector.CleanLine(text, 300),
		Unsigned: resp.Request != nil && resp.Request.Header.Get("Authorization") == "",
	}
}

func (e *StatusError) Error() string {
	without := ""
	if e.Unsigned {
		without = " without credentials"
	}
	return fmt.Sprintf("HTTP %d%s: %s", e.Status, without, e.Body)
}

// Discovery is what an unauthenticated workspace says about itself.
type Discovery struct {
	TokenEndpoint string
	ID            connector.WorkspaceID // the number that whoever answered gives itself; empty where it does not say
	Skew          time.Duration         // how far this machine's clock is ahead of the workspace's, to a second or so; zero where it does not say
}

// discover reads the OAuth metadata without signing in, and refuses a token endpoint on any other host: the secret goes only where the
// person said.
func (t *tokens) discover(ctx context.Context) (Discovery, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, t.host.URL()+t.oidc+"/.well-known/oauth-authorization-server", nil)
	if err != nil {
		return Discovery{}, fmt.Errorf("prepare discovery: %w", err)
	}
	req.Header.Set("Accept", "application/json")
	resp, err := t.client.Do(req)
	if page := (*AnswerError)(nil); errors.As(err, &page) && page.Status == http.StatusNotFound {
		return Discovery{}, fmt.Errorf("%w: no sign-in information (HTTP 404)", ErrNotWorkspace)
	}
	if err != nil {
		return Discovery{}, answered("discovery", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return Discovery{}, fmt.Errorf("read discovery: %w", err)
	}
	switch {
	case resp.StatusCode == http.StatusNotFound:
		return Discovery{}, fmt.Errorf("%w: no sign-in information (HTTP 404)", ErrNotWorkspace)
	case resp.StatusCode >= 400:
		return Discovery{}, refusal(t.names, resp, body)
	}
	var doc struct {
		TokenEndpoint string `json:"token_endpoint"`
	}
	if err := json.Unmarshal(body, &doc); err != nil || doc.TokenEndpoint == "" {
		return Discovery{}, fmt.Errorf("%w: its sign-in information is not JSON", ErrNotWorkspace)
	}
	endpoint, err := url.Parse(doc.TokenEndpoint)
	if err != nil || !t.sameHost(endpoint) {
		return Discovery{}, fmt.Errorf("%w: it names a token endpoint on another host (%s)", ErrNotWorkspace, connector.CleanLine(doc.TokenEndpoint, 120))
	}
	found := Discovery{
		TokenEndpoint: t.host.URL() + endpoint.EscapedPath(), Skew: skew(resp, t.now()),
		ID: connector.ReadWorkspaceID(resp.Header.Get("X-Databricks-Org-Id")),
	}
	t.names.Note(connector.KindWorkspace, string(found.ID))
	t.endpoint.Store(&found.TokenEndpoint)
	return found, nil
}

// isPage reports an answer for people in place of one for programs: a portal, a proxy's notice, some other site.
func isPage(resp *http.Response, body []byte) bool {
	return strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

// skew compares the clock of whoever answered with ours.
func skew(resp *http.Response, now time.Time) time.Duration {
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return 0
	}
	return now.Sub(at)
}

func (t *tokens) sameHost(endpoint *url.URL) bool {
	got := endpoint.Hostname()
	return endpoint.Scheme == "https" && endpoint.User == nil && strings.EqualFold(got, t.host.Name()) &&
		(endpoint.Port() == "" || endpoint.Port() == fmt.Sprint(t.host.Port()))
}

// Discover asks the workspace for its sign-in information, without credentials. It returns ErrNotWorkspace, *RedirectError,
// *StatusError, or the network's error.
func (w *Workspace) Discover(ctx context.Context) (Discovery, error) {
	found, err := w.tokens.discover(ctx)
	return found, w.told(err)
}

// Knock asks for the identity without signing in, to see whether network rules let this address in at all. Any answer is an error: a
// *StatusError with 401 is the expected one.
func (w *Workspace) Knock(ctx context.Context) error { return w.told(w.knock(ctx)) }

func (w *Workspace) knock(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.host.URL()+"/api/2.0/preview/scim/v2/Me", nil)
	if err != nil {
		return fmt.Errorf("prepare the request: %w", err)
	}
	resp, err := w.tokens.client.Do(req)
	if err != nil {
		return answered("ask without signing in", err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode < 300 {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return fmt.Errorf("ask without signing in: %w", err)
	}
	return refusal(w.names, resp, body)
}

// answered is the error of a request that the transport did not answer with a response. An answer that it judged stands by itself, without
// the address that net/http puts before it.
func answered(what string, err error) error {
	if judged := Answered(err); judged != nil {
		return judged
	}
	return fmt.Errorf("%s: %w", what, err)
}
