package workspace_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func answers(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}
}

func redirects(status int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}
}

func TestNoAnswerSendsTheSecretElsewhere(t *testing.T) {
	type lure struct {
		name   string
		handle map[string]http.HandlerFunc
	}
	var lures []lure
	for _, endpoint := range []string{
		"https://thief.example/oidc/v1/token", "http://" + hostName + tokenPath, "https://" + hostName + ":8443/oidc/v1/token", "https://" + hostName + "@thief.example/oidc/v1/token",
		"https://user:pw@" + hostName + tokenPath, "//thief.example/oidc/v1/token", "/oidc/v1/token", "https://" + hostName + ".thief.example/oidc/v1/token",
		"https://evil-" + hostName + tokenPath, "ftp://" + hostName + tokenPath, "javascript:alert(1)", "https://[::1]/oidc/v1/token", "https://" + hostName + "\\@thief.example/",
		"https://" + hostName + "/elsewhere", "https://" + hostName + "/oidc/v1/../../elsewhere", "\x00", "https://",
	} {
		body := `{"token_endpoint":` + quoteJSON(endpoint) + `,"oidc_endpoint":"https://thief.example/oidc","issuer":"https://thief.example"}`
		lures = append(lures, lure{"discovery names " + endpoint, map[string]http.HandlerFunc{discovery: answers(body)}})
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, path := range []string{discovery, tokenPath} {
			for _, to := range []string{"https://thief.example" + path, "http://" + hostName + path, "https://" + hostName + ":8443" + path, "//thief.example" + path} {
				lures = append(lures, lure{path + " redirects to " + to, map[string]http.HandlerFunc{path: redirects(status, to)}})
			}
		}
	}
	lures = append(lures,
		lure{"discovery is a page", map[string]http.HandlerFunc{discovery: answers("<html>sign in</html>")}},
		lure{"discovery is empty", map[string]http.HandlerFunc{discovery: answers("")}},
		lure{"the token is a page", map[string]http.HandlerFunc{tokenPath: answers("<html>sign in</html>")}},
		lure{"the token is missing", map[string]http.HandlerFunc{tokenPath: answers("{}")}},
	)
	for _, l := range lures {
		t.Run(l.name, func(t *testing.T) {
			v := newTown(t, l.handle)
			w := v.open(t, connector.OAuth)
			signIn := w.SignIn(t.Context())
			_, me := w.Me(t.Context())
			for _, err := range []error{signIn, me} {
				if err == nil {
					t.Error("the lure was followed")
				} else if tells(err.Error()) {
					t.Errorf("the error tells the secret: %v", err)
				}
			}
			if loot := v.loot(); len(loot) > 0 {
				t.Errorf("the thief got %q", loot)
			}
		})
	}
}

func TestARedirectOfTheAPITakesNoTokenElsewhere(t *testing.T) {
	for _, method := range []connector.AuthMethod{connector.OAuth, connector.PAT} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			for _, to := range []string{
				"https://thief.example" + mePath, "http://" + hostName + mePath, "https://" + hostName + ":8443" + mePath, "https://" + hostName + "/login.html", "//thief.example/",
			} {
				v := newTown(t, map[string]http.HandlerFunc{mePath: redirects(status, to)})
				w := v.open(t, method)
				_, err := w.Me(t.Context())
				var sent *workspace.RedirectError
				if err == nil || tells(err.Error()) || !errors.As(err, &sent) || sent.Status != status {
					t.Errorf("%d to %s: %v", status, to, err)
				}
				if err := w.Knock(t.Context()); !errors.As(err, &sent) || sent.Status != status {
					t.Errorf("without signing in, %d to %s: %v", status, to, err)
				}
				if loot := v.loot(); len(loot) > 0 {
					t.Errorf("%d to %s: the thief got %q", status, to, loot)
				}
			}
		}
	}
}

func TestAnErrorNeverTellsTheSecretItEchoes(t *testing.T) {
	echo := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			id, secret, _ := r.BasicAuth()
			w.Header().Set("Content-Type", "text/plain")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "you sent "+r.Header.Get("Authorization")+" that is "+id+" "+secret+" or "+url.QueryEscape(secret))
		}
	}
	for _, path := range []string{tokenPath, mePath} {
		for _, method := range []connector.AuthMethod{connector.OAuth, connector.PAT} {
			for _, status := range []int{200, 400, 401, 403, 500} {
				w := newTown(t, map[string]http.HandlerFunc{path: echo(status)}).open(t, method)
				if _, err := w.Me(t.Context()); err != nil && tells(err.Error()) {
					t.Errorf("%s answers %d, %s: %v", path, status, method, err)
				}
			}
		}
	}
}

func TestTheEnvironmentAndProfileFilesDecideNothing(t *testing.T) {
	v := newTown(t, nil)
	home := t.TempDir()
	profile := "[DEFAULT]\nhost = https://thief.example\ntoken = dapi-profile\nclient_id = other\nclient_secret = other\n"
	if err := os.WriteFile(filepath.Join(home, ".databrickscfg"), []byte(profile), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"HOME": home, "USERPROFILE": home, "DATABRICKS_CONFIG_FILE": filepath.Join(home, ".databrickscfg"), "DATABRICKS_CONFIG_PROFILE": "missing",
		"DATABRICKS_HOST": "https://thief.example", "DATABRICKS_TOKEN": "dapi-env", "DATABRICKS_CLIENT_ID": "other", "DATABRICKS_CLIENT_SECRET": "other",
		"DATABRICKS_DISCOVERY_URL": "https://thief.example/oidc/.well-known/oauth-authorization-server", "DATABRICKS_ACCOUNT_ID": "acc", "DATABRICKS_WORKSPACE_ID": "666",
		"DATABRICKS_AUTH_TYPE": "pat", "DATABRICKS_USERNAME": "u", "DATABRICKS_PASSWORD": "p", "DATABRICKS_AZURE_RESOURCE_ID": "/subscriptions/x",
		"DATABRICKS_METADATA_SERVICE_URL": "http://thief.example/metadata", "DATABRICKS_DEBUG_HEADERS": "true", "DATABRICKS_INSECURE": "true", "DATABRICKS_RATE_LIMIT": "1",
		"ARM_CLIENT_ID": "arm", "ARM_CLIENT_SECRET": "arm", "ARM_TENANT_ID": "arm", "ARM_USE_MSI": "true", "GOOGLE_CREDENTIALS": "{}",
		"HTTPS_PROXY": "http://thief.example:3128", "HTTP_PROXY": "http://thief.example:3128", "ALL_PROXY": "socks5://thief.example:1080",
	} {
		t.Setenv(name, value)
	}
	w := v.open(t, connector.OAuth)
	me, err := w.Me(t.Context())
	if err != nil || me.Name.Raw() != clientID {
		t.Fatalf("signed in as %q, %v", me.Name, err)
	}
	if want := []string{"GET " + discovery, "POST " + tokenPath, "GET " + mePath}; !slices.Equal(v.asked, want) {
		t.Errorf("asked %q, not %q", v.asked, want)
	}
	if loot := v.loot(); len(loot) > 0 {
		t.Errorf("the thief got %q", loot)
	}
	for _, agent := range v.agents[2:] {
		if !strings.HasPrefix(agent, "draftt-databricks/") {
			t.Errorf("calls itself %q", agent)
		}
	}
}

func quoteJSON(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\x00", `\u0000`).Replace(text) + `"`
}
