package admin

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// foreigner is somebody with another client than this program's.
type foreigner struct {
	t      *testing.T
	demo   *demo.Workspace
	client *http.Client
	bearer string
}

// foreign signs in with a client ID and a secret.
func foreign(t *testing.T, d *demo.Workspace, c demo.Credentials) *foreigner {
	t.Helper()
	trust := x509.NewCertPool()
	trust.AppendCertsFromPEM(d.CAPEM())
	f := &foreigner{t: t, demo: d, client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true}}}
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {"all-apis"}, "client_id": {string(c.ClientID)}, "client_secret": {string(c.Secret.Reveal())}}
	var answer struct {
		Token string `json:"access_token"`
	}
	if !f.send("POST", "/oidc/v1/token", form.Encode(), &answer) {
		t.Fatal("no sign-in")
	}
	f.bearer = answer.Token
	return f
}

// send reports whether the workspace let a request.
func (f *foreigner) send(method, path, body string, answer any) bool {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), method, "https://"+f.demo.Addr()+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	r.Header.Set("User-Agent", "foreign-client table")
	if f.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+f.bearer)
	} else {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	got, err := f.client.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }()
	text, err := io.ReadAll(got.Body)
	if err != nil || answer != nil && got.StatusCode == http.StatusOK && json.Unmarshal(text, answer) != nil {
		f.t.Fatalf("%s, %v", text, err)
	}
	return got.StatusCode == http.StatusOK
}

// made is a token that was made.
type made struct {
	Value string `json:"token_value"`
	Info  struct {
		ID string `json:"token_id"`
	} `json:"token_info"`
}

// do tries a task of the documented table by its request, past every plan. The one who is asked has had the token before.
func (f *foreigner) do(id, tokenBefore string, admin *Session) bool {
	f.t.Helper()
	var own made
	create := func() bool { return f.send("POST", "/api/2.0/token/create", `{"comment":"a task"}`, &own) }
	switch id {
	case "create":
		return create()
	case "use":
		if own.Value = tokenBefore; tokenBefore == "" {
			create()
		}
		return (&foreigner{f.t, f.demo, f.client, own.Value}).send("GET", "/api/2.0/preview/scim/v2/Me", "", nil)
	case "revoke-own":
		return create() && f.send("POST", "/api/2.0/token/delete", `{"token_id":"`+own.Info.ID+`"}`, nil)
	case "revoke-any":
		j := journal(f.t)
		p, err := admin.PlanToken(j, read(f.t, admin, authorization.Tokens), NewToken{For: "FIVETRAN_USER", Lifetime: time.Hour})
		if err != nil {
			f.t.Fatal(err)
		}
		return f.send("DELETE", "/api/2.0/token-management/tokens/"+apply(f.t, admin, p, j).SecretID, "", nil)
	case "list-all":
		return f.send("GET", "/api/2.0/token-management/tokens", "", nil)
	case "modify":
		return f.send("PATCH", authorization.Tokens.Path(), `{"access_control_list":[{"group_name":"analysts","permission_level":"CAN_USE"}]}`, nil)
	}
	f.t.Fatalf("there is a task %s", id)
	return false
}

func TestTheTableOfTokensHoldsInTheWorkspace(t *testing.T) {
	documented := map[string][3]bool{
		"create": {false, true, true}, "use": {false, true, true}, "revoke-own": {false, true, true},
		"revoke-any": {false, false, true}, "list-all": {false, false, true}, "modify": {false, false, true},
	}
	for column := authorization.NoPermissions; column <= authorization.CanManage; column++ {
		d := start(t, "ready")
		admin, before := open(t, d), ""
		who := foreign(t, d, d.Connector())
		switch column {
		case authorization.NoPermissions: // the token that it had is tried
			apply(t, admin, planned(t, admin, authorization.Want{Remove: []string{demo.ConnectorID}}), journal(t))
			before = string(d.Connector().Token.Reveal())
		case authorization.CanManage:
			who = foreign(t, d, d.Admin())
		}
		for _, task := range authorization.Tasks(authorization.Tokens) {
			if done := who.do(task.ID, before, admin); done != documented[task.ID][column] {
				t.Errorf("%s with %s: %v", task.Name, column, done)
			}
		}
	}
}
