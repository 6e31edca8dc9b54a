package demo_test

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go"
	"github.com/databricks/databricks-sdk-go/config"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func TestTheAccountIsReachedByItsNameAlone(t *testing.T) {
	w, _ := start(t, "ready")
	for _, addr := range []string{demo.AccountHostName + ":80", w.AccountAddr(), "evil-" + demo.AccountHostName + ":443"} {
		if conn, err := w.DialContext(ctx, "tcp", addr); err == nil {
			_ = conn.Close()
			t.Errorf("%s was dialled", addr)
		}
	}
	addresses, err := w.LookupHost(ctx, strings.ToUpper(demo.AccountHostName)+".")
	if err != nil || len(addresses) != 1 {
		t.Fatalf("the account's name: %v, %v", addresses, err)
	}
	conn, err := w.DialContext(ctx, "tcp", addresses[0]+":443")
	if err != nil {
		t.Fatal(err)
	}
	secured := tls.Client(conn, &tls.Config{RootCAs: w.RootCAs(), ServerName: demo.AccountHostName})
	if err := secured.HandshakeContext(ctx); err != nil {
		t.Errorf("its certificate: %v", err)
	}
	_ = secured.Close()
	if _, _, err := connector.ParseHost(demo.AccountHostName, nil); err == nil {
		t.Error("the account is taken for a workspace that can be set up")
	}
}

func TestAServedAccountIsUsedWithWhatIsHandedOut(t *testing.T) {
	w, _ := start(t, "ready")
	handout, err := w.Handout("ca.pem")
	if err != nil {
		t.Fatal(err)
	}
	line, err := json.Marshal(handout)
	if err != nil {
		t.Fatal(err)
	}
	var told map[string]any
	if err := json.Unmarshal(line, &told); err != nil {
		t.Fatal(err)
	}
	text := func(name string) string {
		value, _ := told[name].(string)
		return value
	}
	cfg := &config.Config{
		Host: "https://" + text("account_host"), AccountID: text("account_id"), AuthType: "oauth-m2m",
		ClientID: text("account_admin_client_id"), ClientSecret: text("account_admin_client_secret"), Loaders: []config.Loader{noLoader{}},
		HTTPTransport: foreign{&http.Transport{TLSClientConfig: &tls.Config{RootCAs: w.RootCAs()}}}, RetryTimeoutSeconds: 5, HTTPTimeoutSeconds: 20,
	}
	a, err := databricks.NewAccountClient((*databricks.Config)(cfg))
	if err != nil {
		t.Fatal(err)
	}
	if list, err := a.Workspaces.List(ctx); err != nil || len(list) != 1 {
		t.Errorf("workspaces: %+v, %v", list, err)
	}
}

func TestAnAccountSaysWhereToSignIn(t *testing.T) {
	w, clock := start(t, "ready")
	base := "https://" + demo.AccountHostName
	root := base + "/oidc/accounts/" + w.AccountID()
	var said struct {
		Issuer   string `json:"issuer"`
		Endpoint string `json:"token_endpoint"`
		Keys     string `json:"jwks_uri"`
		OIDC     string `json:"oidc_endpoint"`
		Account  string `json:"account_id"`
	}
	client := &http.Client{Transport: transport(t, w)}
	read := func(address string, into any) int {
		t.Helper()
		answer, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode
	}
	if status := read(root+"/.well-known/oauth-authorization-server", &said); status != http.StatusOK || said.Issuer != root || said.Endpoint != root+"/v1/token" {
		t.Errorf("discovery: %d, %+v", status, said)
	}
	if status := read(base+"/.well-known/databricks-config", &said); status != http.StatusOK || said.OIDC != base+"/oidc/accounts/{account_id}" || said.Account != "" {
		t.Errorf("metadata: %d, %+v", status, said)
	}
	var keys struct{ Keys []struct{ Alg string } }
	if status := read(said.Keys, &keys); status != http.StatusOK || len(keys.Keys) != 1 || keys.Keys[0].Alg != "ES256" {
		t.Errorf("keys: %d, %+v", status, keys)
	}
	var refused struct{ Error string }
	for name, form := range map[string]url.Values{"invalid_client": {"grant_type": {"client_credentials"}}, "unsupported_grant_type": {"grant_type": {"password"}}} {
		answer, err := client.PostForm(said.Endpoint, form)
		if err != nil {
			t.Fatal(err)
		}
		err = json.NewDecoder(answer.Body).Decode(&refused)
		_ = answer.Body.Close()
		if err != nil || refused.Error != name {
			t.Errorf("%v: %+v, %v", form, refused, err)
		}
	}
	a := atAccount(t, w, w.AccountAdmin())
	if _, err := a.Workspaces.List(ctx); err != nil {
		t.Fatal(err)
	}
	old := tokenOf(t, accountConfig(t, w, w.AccountAdmin()))
	clock.Advance(2 * time.Hour)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/api/2.0/accounts/"+w.AccountID()+"/workspaces", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+old)
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("a token of two hours ago: %s", answer.Status)
	}
}
