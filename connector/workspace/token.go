package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/databricks/databricks-sdk-go/config"
	"github.com/databricks/databricks-sdk-go/config/credentials"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/draftt-io/draftt-databricks/connector"
)

// refreshEarly is how long before its end a token is replaced, so that none expires in flight.
const refreshEarly = 5 * time.Minute

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

// StatusError is an answer of discovery with an error status. Body is cleaned and cut.
type StatusError struct {
	Status int
	Body   string
}

func (e *StatusError) Error() string { return fmt.Sprintf("HTTP %d: %s", e.Status, e.Body) }

// Discovery is what an unauthenticated workspace says about itself.
type Discovery struct {
	TokenEndpoint string
}

// tokens mints and keeps the access token, in memory only. It is the SDK's credentials strategy and the driver's authenticator, and,
// unlike the SDK's own, it stops when the request's context does.
type tokens struct {
	host   connector.Host
	creds  connector.Credentials
	client *http.Client

	mu       chan struct{} // a mutex that can be waited for with a context
	current  *oauth2.Token
	endpoint string
}

func newTokens(host connector.Host, creds connector.Credentials, rt http.RoundTripper) *tokens {
	t := &tokens{host: host, creds: creds, mu: make(chan struct{}, 1)}
	t.client = &http.Client{
		Transport:     rt,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return t
}

var _ config.CredentialsStrategy = (*tokens)(nil)

// Name is the SDK's name of the strategy.
func (t *tokens) Name() string { return string(connector.OAuth) }

// Configure hands the SDK the strategy's own signer.
func (t *tokens) Configure(context.Context, *config.Config) (credentials.CredentialsProvider, error) {
	return credentials.CredentialsProviderFn(t.SetHeaders), nil
}

// SetHeaders signs a request, minting a token first when there is none or it is about to end.
func (t *tokens) SetHeaders(r *http.Request) error {
	token, err := t.get(r.Context(), false)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	return nil
}

// get returns a bearer token. Concurrent callers share one sign-in; fresh forces a new token.
func (t *tokens) get(ctx context.Context, fresh bool) (string, error) {
	if t.creds.Method == connector.PAT {
		return string(t.creds.Secret.Reveal()), nil
	}
	select {
	case t.mu <- struct{}{}:
		defer func() { <-t.mu }()
	case <-ctx.Done():
		return "", fmt.Errorf("wait for sign-in: %w", ctx.Err())
	}
	if !fresh && t.current != nil && time.Until(t.current.Expiry) > refreshEarly {
		return t.current.AccessToken, nil
	}
	if t.endpoint == "" {
		found, err := t.discover(ctx)
		if err != nil {
			return "", err
		}
		t.endpoint = found.TokenEndpoint
	}
	cc := clientcredentials.Config{
		ClientID: t.creds.ClientID, ClientSecret: string(t.creds.Secret.Reveal()),
		TokenURL: t.endpoint, Scopes: []string{"all-apis"}, AuthStyle: oauth2.AuthStyleInHeader,
	}
	token, err := cc.Token(context.WithValue(ctx, oauth2.HTTPClient, t.client))
	if err != nil {
		return "", fmt.Errorf("sign in: %w", err)
	}
	t.current = token
	return token.AccessToken, nil
}

// discover reads the OAuth metadata without signing in, and refuses a token endpoint on any other host: the secret goes only where the
// person said.
func (t *tokens) discover(ctx context.Context) (Discovery, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, t.host.URL()+"/oidc/.well-known/oauth-authorization-server", nil)
	if err != nil {
		return Discovery{}, fmt.Errorf("prepare discovery: %w", err)
	}
	req.Header.Set("Accept", "application/json")
	resp, err := t.client.Do(req)
	if err != nil {
		return Discovery{}, fmt.Errorf("discovery: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return Discovery{}, fmt.Errorf("read discovery: %w", err)
	}
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return Discovery{}, &RedirectError{Status: resp.StatusCode, Location: connector.CleanLine(resp.Header.Get("Location"), 200)}
	case resp.StatusCode == http.StatusNotFound:
		return Discovery{}, fmt.Errorf("%w: no sign-in information (HTTP 404)", ErrNotWorkspace)
	case resp.StatusCode >= 400:
		return Discovery{}, &StatusError{Status: resp.StatusCode, Body: connector.CleanLine(string(body), 300)}
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
	return Discovery{TokenEndpoint: t.host.URL() + endpoint.EscapedPath()}, nil
}

func (t *tokens) sameHost(endpoint *url.URL) bool {
	got := endpoint.Hostname()
	return endpoint.Scheme == "https" && endpoint.User == nil && strings.EqualFold(got, t.host.Name()) &&
		(endpoint.Port() == "" || endpoint.Port() == fmt.Sprint(t.host.Port()))
}

// Discover asks the workspace for its sign-in information, without credentials. It returns ErrNotWorkspace, *RedirectError,
// *StatusError, or the network's error.
func (w *Workspace) Discover(ctx context.Context) (Discovery, error) { return w.tokens.discover(ctx) }

// SignIn mints a new token even when one is held, so that a refused secret is seen now. For a PAT it does nothing: only a call shows
// whether the token is good. A refusal is an *oauth2.RetrieveError in the chain.
func (w *Workspace) SignIn(ctx context.Context) error {
	_, err := w.tokens.get(ctx, true)
	return err
}

// Method is how the workspace is signed in to.
func (w *Workspace) Method() connector.AuthMethod { return w.tokens.creds.Method }

// ClientID is the application ID that signs in, empty for a PAT.
func (w *Workspace) ClientID() string { return w.tokens.creds.ClientID }

// Knock asks for the identity without signing in, to see whether network rules let this address in at all. Any answer is an error: a
// *StatusError with 401 is the expected one.
func (w *Workspace) Knock(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.host.URL()+"/api/2.0/preview/scim/v2/Me", nil)
	if err != nil {
		return fmt.Errorf("prepare the request: %w", err)
	}
	resp, err := w.tokens.client.Do(req)
	if err != nil {
		return fmt.Errorf("ask without signing in: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if resp.StatusCode < 300 {
		return nil
	}
	if resp.StatusCode < 400 {
		return &RedirectError{Status: resp.StatusCode, Location: connector.CleanLine(resp.Header.Get("Location"), 200)}
	}
	return &StatusError{Status: resp.StatusCode, Body: connector.CleanLine(string(body), 300)}
}
