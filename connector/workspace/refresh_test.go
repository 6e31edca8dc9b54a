package workspace

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// guarded is a workspace that takes the newest token of an issuer alone, and says of every other one what refusal says.
type guarded struct {
	*issuer
	refusal func(r *http.Request) *http.Response

	lock   sync.Mutex
	bodies []string
	tokens []string
}

func (g *guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.Path, "/oidc/") {
		return g.issuer.RoundTrip(r)
	}
	body := ""
	if r.Body != nil {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = string(text)
		_ = r.Body.Close()
	}
	g.lock.Lock()
	defer g.lock.Unlock()
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	g.bodies, g.tokens = append(g.bodies, body), append(g.tokens, token)
	if token == "token-1" {
		return g.refusal(r), nil
	}
	answer := `{"userName":"a","active":true}`
	if strings.HasPrefix(r.URL.Path, "/sql/") {
		answer = string([]byte{thriftVersion, 1})
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(answer)), Request: r}, nil
}

func refusing(status int, header, body string) func(*http.Request) *http.Response {
	return func(r *http.Request) *http.Response {
		return &http.Response{StatusCode: status, Header: http.Header{"X-Databricks-Reason-Phrase": {header}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}
	}
}

// guardedWorkspace is signed in already, with the token that is then refused.
func guardedWorkspace(t *testing.T, method connector.AuthMethod, refusal func(*http.Request) *http.Response) (*Workspace, *guarded) {
	t.Helper()
	w, err := Open(Config{Host: testHost(t), Credentials: connector.Credentials{Method: method, ClientID: "id", Secret: connector.NewSecret([]byte("token-1"))}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	service := &guarded{issuer: &issuer{}, refusal: refusal}
	w.rt.(*pinned).next.(*refreshing).next = service
	if err := w.SignIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w, service
}

const tokenExpired = `{"error_code":"401","message":"Access token is expired."}`

func TestATokenThatEndsInFlightIsReplacedUnnoticed(t *testing.T) {
	for name, refusal := range map[string]func(*http.Request) *http.Response{
		"told in the body":          refusing(401, "", tokenExpired),
		"told in a header":          refusing(401, "Token is expired", ""),
		"refused like a permission": refusing(403, "", `{"message":"Error: token has expired"}`),
	} {
		w, service := guardedWorkspace(t, connector.OAuth, refusal)
		if _, err := w.Me(t.Context()); err != nil || service.minted != 2 || strings.Join(service.tokens, " ") != "token-1 token-2" {
			t.Errorf("%s: asked with %q, signed in %d times, %v", name, service.tokens, service.minted, err)
		}
		if _, err := w.Me(t.Context()); err != nil || service.minted != 2 {
			t.Errorf("%s, afterwards: signed in %d times, %v", name, service.minted, err)
		}
	}
}

func TestAStatementIsSentAgainWhole(t *testing.T) {
	for name, size := range map[string]int{"a statement": 300, "one as large as is kept": replayable} {
		w, service := guardedWorkspace(t, connector.OAuth, refusing(401, "Token is expired", ""))
		body := bytes.Repeat([]byte("s"), size)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, testHost(t).URL()+"/sql/1.0/warehouses/abc", io.NopCloser(bytes.NewReader(body)))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Authenticate(r); err != nil {
			t.Fatal(err)
		}
		resp, err := w.RoundTripper().RoundTrip(r)
		if err != nil || resp.StatusCode != http.StatusOK || len(service.bodies) != 2 || service.bodies[0] != string(body) || service.bodies[1] != string(body) {
			t.Errorf("%s: %v, sent %d times", name, err, len(service.bodies))
		}
	}
	w, service := guardedWorkspace(t, connector.OAuth, refusing(401, "Token is expired", ""))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, testHost(t).URL()+"/sql/1.0/warehouses/abc", io.NopCloser(bytes.NewReader(make([]byte, replayable+1))))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Authenticate(r); err != nil {
		t.Fatal(err)
	}
	var refused *StatusError
	if _, err := w.RoundTripper().RoundTrip(r); !errors.As(err, &refused) || refused.Status != 401 || !refused.SQL || len(service.bodies) != 1 || len(service.bodies[0]) != replayable+1 {
		t.Errorf("a larger one: %v, sent %d times", err, len(service.bodies))
	}
}

func TestManyRequestsWhoseTokenEndedShareOneSignIn(t *testing.T) {
	w, service := guardedWorkspace(t, connector.OAuth, refusing(401, "", tokenExpired))
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := w.Me(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if service.minted != 2 {
		t.Errorf("signed in %d times", service.minted)
	}
}

func TestARefusalForAnotherReasonIsFinal(t *testing.T) {
	for name, refusal := range map[string]func(*http.Request) *http.Response{
		"a permission":    refusing(403, "", `{"error_code":"PERMISSION_DENIED","message":"no"}`),
		"a revoked token": refusing(401, "", `{"error_code":"401","message":"Credential was not sent or was of an unsupported type for this API."}`),
	} {
		w, service := guardedWorkspace(t, connector.OAuth, refusal)
		if _, err := w.Me(t.Context()); err == nil || service.minted != 1 || len(service.tokens) != 1 {
			t.Errorf("%s: asked %d times, signed in %d times, %v", name, len(service.tokens), service.minted, err)
		}
	}
	w, service := guardedWorkspace(t, connector.PAT, refusing(401, "", tokenExpired))
	if _, err := w.Me(t.Context()); err == nil || service.minted != 0 || len(service.tokens) != 1 {
		t.Errorf("a personal access token, which has no successor: asked %d times, %v", len(service.tokens), err)
	}
}

func TestARefusedTokenWhoseSuccessorIsRefusedTooIsNotReplacedAgain(t *testing.T) {
	w, service := guardedWorkspace(t, connector.OAuth, refusing(401, "", tokenExpired))
	service.issuer.status = http.StatusUnauthorized // the secret was revoked meanwhile
	_, err := w.Me(t.Context())
	if err == nil || !strings.Contains(err.Error(), "expired") || len(service.tokens) != 1 {
		t.Errorf("asked %d times: %v", len(service.tokens), err)
	}
}

func TestAWorkspaceWithoutCredentialsSendsNone(t *testing.T) {
	w, err := OpenAnonymous(testHost(t), Network{}, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	reached := &counter{body: strings.NewReader("{}")}
	w.rt.(*pinned).next = reached
	if !w.Anonymous() || w.ClientID() != "" {
		t.Error("it has credentials")
	}
	for i, call := range calls {
		err := call(t.Context(), w)
		if i > 1 && !errors.Is(err, ErrNoCredentials) {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if len(reached.requests) != 2 {
		t.Errorf("sent %q", reached.requests)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, testHost(t).URL()+"/api/2.0/preview/scim/v2/Me", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer x")
	var refused *RefusedError
	if _, err := w.RoundTripper().RoundTrip(r); !errors.As(err, &refused) || len(reached.requests) != 2 {
		t.Errorf("signed by hand: %v", err)
	}
}
