package workspace

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/databricks/databricks-sdk-go/config"
	"github.com/databricks/databricks-sdk-go/config/credentials"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/draftt-io/draftt-databricks/connector"
)

// refreshEarly is how long before its end a token is replaced, so that none expires in flight. Of one that lives shortly it is a part of
// that time: what a server says of it must not make every request sign in.
const (
	refreshEarly = 5 * time.Minute
	earlyPart    = 4
)

// tokens mints and keeps the access token, in memory only. It is the SDK's credentials strategy and the driver's authenticator, and,
// unlike the SDK's own, it stops when the request's context does.
type tokens struct {
	host   connector.Host
	oidc   string // the path that signing in is below
	creds  connector.Credentials
	client *http.Client
	names  *connector.Registry // where is noted what a refusal quotes
	now    func() time.Time

	endpoint atomic.Pointer[string] // where to sign in, once discovery told

	mu      chan struct{} // a mutex that can be waited for with a context
	current *oauth2.Token
	until   time.Time // when current is replaced; zero: when it is refused
}

// newTokens takes a configuration that has its defaults.
func newTokens(cfg Config, rt http.RoundTripper) *tokens {
	t := &tokens{host: cfg.Host, oidc: oidcOf(cfg.Account), creds: cfg.Credentials, names: cfg.Names, now: cfg.Network.Now, mu: make(chan struct{}, 1)}
	t.client = &http.Client{
		Transport:     rt,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return t
}

// oidcOf is where one signs in to a workspace, or to an account on the host of all accounts.
func oidcOf(account string) string {
	if account == "" {
		return "/oidc"
	}
	return "/oidc/accounts/" + connector.PathSegment(account)
}

var _ config.CredentialsStrategy = (*tokens)(nil)

// Name is the SDK's name of the strategy.
func (t *tokens) Name() string { return string(t.creds.Method) }

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

// ErrNoCredentials is returned for whatever needs a sign-in by a workspace that was opened without credentials.
var ErrNoCredentials = errors.New("no credentials to sign in with")

// get returns a bearer token. Concurrent callers share one sign-in; fresh forces a new token.
func (t *tokens) get(ctx context.Context, fresh bool) (string, error) {
	return t.mint(ctx, func(current string) bool { return fresh })
}

// replace returns a token other than the refused one. Of many callers whose token was refused at once, one signs in.
func (t *tokens) replace(ctx context.Context, refused string) (string, error) {
	return t.mint(ctx, func(current string) bool { return current == refused })
}

// mint returns the current token, or a new one when there is none, when it is about to end, or when the caller has no use for it.
func (t *tokens) mint(ctx context.Context, useless func(current string) bool) (string, error) {
	switch t.creds.Method {
	case connector.PAT:
		return string(t.creds.Secret.Reveal()), nil
	case connector.OAuth:
	default:
		return "", ErrNoCredentials
	}
	select {
	case t.mu <- struct{}{}:
		defer func() { <-t.mu }()
	case <-ctx.Done():
		return "", fmt.Errorf("wait for sign-in: %w", ctx.Err())
	}
	if t.current != nil && (t.until.IsZero() || time.Now().Before(t.until)) && !useless(t.current.AccessToken) {
		return t.current.AccessToken, nil
	}
	endpoint := t.endpoint.Load()
	if endpoint == nil {
		found, err := t.discover(ctx)
		if err != nil {
			return "", err
		}
		endpoint = &found.TokenEndpoint
	}
	cc := clientcredentials.Config{
		ClientID: string(t.creds.ClientID), ClientSecret: string(t.creds.Secret.Reveal()),
		TokenURL: *endpoint, Scopes: []string{"all-apis"}, AuthStyle: oauth2.AuthStyleInHeader,
	}
	token, err := cc.Token(context.WithValue(ctx, oauth2.HTTPClient, t.client))
	if err != nil {
		return "", fmt.Errorf("sign in: %w", noToken(err))
	}
	t.current, t.until = token, lastUse(token, time.Now())
	return token.AccessToken, nil
}

// lastUse is when a token that was minted now is to be replaced: shortly before its end, and when it is refused where the server names no
// end that lies ahead.
func lastUse(token *oauth2.Token, now time.Time) time.Time {
	life := token.Expiry.Sub(now)
	if token.Expiry.IsZero() || life <= 0 {
		return time.Time{}
	}
	return token.Expiry.Add(-min(refreshEarly, life/earlyPart))
}

// noToken is the error of a request for a token. What oauth2 cannot read it reports as bare text; it is an answer that nobody can use, and
// no refusal of the credentials.
func noToken(err error) error {
	var refused *oauth2.RetrieveError
	var unsent *url.Error
	if errors.As(err, &refused) || errors.As(err, &unsent) {
		return err
	}
	return &AnswerError{Oddity: Unreadable, Status: http.StatusOK, Odd: connector.CleanLine(strings.TrimPrefix(err.Error(), "oauth2: "), 200)}
}

// SignIn mints a new token even when one is held, so that a refused secret is seen now. For a PAT it does nothing: only a call shows
// whether the token is good. A refusal is an *oauth2.RetrieveError in the chain.
func (w *Workspace) SignIn(ctx context.Context) error {
	_, err := w.tokens.get(ctx, true)
	return w.told(err)
}

// Method is how the workspace is signed in to.
func (w *Workspace) Method() connector.AuthMethod { return w.tokens.creds.Method }

// ClientID is the application ID that signs in, empty for a PAT.
func (w *Workspace) ClientID() connector.ClientID { return w.tokens.creds.ClientID }
