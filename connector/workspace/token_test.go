package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/oauth2"

	"github.com/draftt-io/draftt-databricks/connector"
)

const canary = "dose0123456789canary"

func testHost(t *testing.T) connector.Host {
	t.Helper()
	host, _, err := connector.ParseHost("adb-1234567890123456.7.azuredatabricks.net", nil)
	if err != nil {
		t.Fatal(err)
	}
	return host
}

// testConfig has the defaults that newTokens expects.
func testConfig(t *testing.T, creds connector.Credentials) Config {
	t.Helper()
	return Config{Host: testHost(t), Credentials: creds, Network: Network{Now: time.Now}, Names: connector.NewRegistry()}
}

// issuer is a sign-in service in memory. It takes its time, and gives tokens of an hour that are numbered.
type issuer struct {
	takes  time.Duration
	status int // of the token endpoint, 200 when 0
	hang   string
	life   int // of a token, in seconds; 0: an hour

	mu      sync.Mutex
	minted  int
	visited []string
	basic   []string
}

func (s *issuer) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == s.hang {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	time.Sleep(s.takes)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.visited = append(s.visited, r.Method+" "+r.URL.Path)
	status, body := http.StatusOK, any(map[string]any{"token_endpoint": "https://" + r.URL.Host + "/oidc/v1/token"})
	if r.URL.Path == "/oidc/v1/token" {
		s.minted++
		_, password, _ := r.BasicAuth()
		s.basic = append(s.basic, password)
		answer := map[string]any{"access_token": fmt.Sprintf("token-%d", s.minted), "token_type": "Bearer"}
		if s.life != unsaid {
			answer["expires_in"] = cmp.Or(s.life, 3600)
		}
		body = answer
		if s.status != 0 {
			status, body = s.status, map[string]string{"error": "invalid_client", "error_description": "Client authentication failed"}
		}
	}
	encoded, err := json.Marshal(body)
	header := http.Header{"Content-Type": {"application/json"}}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(string(encoded))), Request: r}, err
}

func (s *issuer) tokens(t *testing.T) *tokens {
	creds := connector.Credentials{Method: connector.OAuth, ClientID: "id", Secret: connector.NewSecret([]byte(canary))}
	return newTokens(testConfig(t, creds), s)
}

func TestTwentyCallersShareOneSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := &issuer{takes: time.Second}
		signer := service.tokens(t)
		var wait sync.WaitGroup
		for range 20 {
			wait.Go(func() {
				if token, err := signer.get(t.Context(), false); err != nil || token != "token-1" {
					t.Errorf("got %q, %v", token, err)
				}
			})
		}
		wait.Wait()
		if service.minted != 1 || len(service.visited) != 2 {
			t.Errorf("asked for %q", service.visited)
		}
		if service.basic[0] != canary {
			t.Errorf("signed in with %q", service.basic[0])
		}
	})
}

// unsaid is the life of a token whose end is not named, atOnce that of one that has ended before it came.
const (
	unsaid = -1
	atOnce = -2
)

// TestATokenWithoutATimeToLiveIsUsedUntilItIsRefused: what the server says of the end must not make every call sign in.
func TestATokenWithoutATimeToLiveIsUsedUntilItIsRefused(t *testing.T) {
	for life, want := range map[int]int{unsaid: 1, atOnce: 1, 30: 2} {
		synctest.Test(t, func(t *testing.T) {
			service := &issuer{life: life}
			signer := service.tokens(t)
			for range 21 {
				if _, err := signer.get(t.Context(), false); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Second)
			}
			if _, err := signer.get(t.Context(), false); err != nil || service.minted > want {
				t.Errorf("a token of %d s: %d sign-ins, %v", life, service.minted, err)
			}
			if _, err := signer.replace(t.Context(), signer.current.AccessToken); err != nil || service.minted > want+1 {
				t.Errorf("a refused token of %d s: %d sign-ins, %v", life, service.minted, err)
			}
		})
	}
}

func TestATokenIsReplacedFiveMinutesBeforeItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := &issuer{}
		signer := service.tokens(t)
		began := time.Now()
		for _, step := range []struct {
			at   time.Duration
			want string
		}{
			{0, "token-1"}, {54 * time.Minute, "token-1"}, {55*time.Minute - time.Second, "token-1"},
			{55 * time.Minute, "token-2"}, {109 * time.Minute, "token-2"}, {5 * time.Hour, "token-3"},
		} {
			time.Sleep(step.at - time.Since(began))
			if token, err := signer.get(t.Context(), false); err != nil || token != step.want {
				t.Errorf("after %s: %q, %v", step.at, token, err)
			}
		}
		if len(service.visited) != 4 {
			t.Errorf("discovery was repeated: %q", service.visited)
		}
	})
}

func TestSigningInAsksAgainEvenWithATokenInHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := &issuer{}
		w := &Workspace{tokens: service.tokens(t), names: connector.NewRegistry()}
		for range 2 {
			if err := w.SignIn(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if service.minted != 2 {
			t.Errorf("minted %d tokens", service.minted)
		}
		service.status = http.StatusUnauthorized
		err := w.SignIn(t.Context())
		var refused *oauth2.RetrieveError
		if !errors.As(err, &refused) || refused.ErrorCode != "invalid_client" || strings.Contains(err.Error(), canary) {
			t.Errorf("a revoked secret: %v", err)
		}
	})
}

func TestCancellingEndsAHungSignInAtOnce(t *testing.T) {
	for _, hung := range []string{"/oidc/.well-known/oauth-authorization-server", "/oidc/v1/token"} {
		synctest.Test(t, func(t *testing.T) {
			service := &issuer{hang: hung}
			signer := service.tokens(t)
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(2*time.Second, cancel)
			began := time.Now()
			_, err := signer.get(ctx, false)
			if !errors.Is(err, context.Canceled) || time.Since(began) != 2*time.Second {
				t.Errorf("%s hung: after %s: %v", hung, time.Since(began), err)
			}
			if _, err := (&issuer{}).tokens(t).get(t.Context(), false); err != nil {
				t.Errorf("the next sign-in: %v", err)
			}
		})
	}
}

func TestACallerCanLeaveWhileAnotherSignsIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := &issuer{takes: time.Minute}
		signer := service.tokens(t)
		go func() { _, _ = signer.get(t.Context(), false) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		if _, err := signer.get(ctx, false); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
		time.Sleep(time.Hour) // the first caller ends before the test does
	})
}

func TestAPersonalAccessTokenNeedsNoSignIn(t *testing.T) {
	service := &issuer{}
	pat := connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte("dapi-1"))}
	w := &Workspace{tokens: newTokens(testConfig(t, pat), service), names: connector.NewRegistry()}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://adb-1.azuredatabricks.net", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SignIn(t.Context()); err != nil {
		t.Error(err)
	}
	if err := w.Authenticate(r); err != nil || r.Header.Get("Authorization") != "Bearer dapi-1" || len(service.visited) != 0 {
		t.Errorf("signed with %q after %q, %v", r.Header.Get("Authorization"), service.visited, err)
	}
}
