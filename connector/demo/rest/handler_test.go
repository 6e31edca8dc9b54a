package rest

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

func smallWorld(t testing.TB) (*model.World, *model.ManualClock) {
	t.Helper()
	clock := model.NewManualClock(time.Unix(1_800_000_000, 0))
	w := model.New(clock, "42", model.Metastore{ID: "m", Name: "meta", Owner: "reader"})
	w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, Name: "reader", ID: "7", Active: true, Entitlements: []string{model.SQLAccess}})
	w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, Name: "clicker", Active: true, Entitlements: []string{model.WorkspaceAccess}})
	w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, Name: "nobody", Active: true})
	for _, name := range []string{"reader", "clicker", "nobody"} {
		w.AddSecret(name, []byte("secret of "+name))
		w.AddToken(name, []byte("token of "+name))
	}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		if err := w.AddCatalog(model.Catalog{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	return w, clock
}

func TestWhatIsDroppedIsForgottenElsewhere(t *testing.T) {
	w, _ := smallWorld(t)
	var dropped string
	h := New(w, Options{Drop: func(on unity.Securable, drop func() error) error {
		dropped = on.FullName()
		return drop()
	}})
	if rec := ask(h, "DELETE", "/api/2.1/unity-catalog/catalogs/b", accessToken(t, h, "reader"), nil); rec.Code != 200 || dropped != "b" {
		t.Errorf("%q was dropped: %d %s", dropped, rec.Code, rec.Body)
	}
	if rec := ask(h, "GET", "/api/2.1/unity-catalog/catalogs/b", accessToken(t, h, "reader"), nil); rec.Code != 404 {
		t.Errorf("it is there: %d %s", rec.Code, rec.Body)
	}
}

// ask sends a request with a bearer token, which may be empty.
func ask(h http.Handler, method, path, token string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "https://adb-42.0.azuredatabricks.net"+path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

func clientForm(id, secret string) url.Values {
	return url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}
}

func accessToken(t *testing.T, h http.Handler, id string) string {
	t.Helper()
	rec := ask(h, "POST", "/oidc/v1/token", "", clientForm(id, "secret of "+id))
	var answer tokenAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil || rec.Code != 200 || answer.TokenType != "Bearer" || answer.ExpiresIn != 3600 {
		t.Fatalf("token: %d %s %v", rec.Code, rec.Body, err)
	}
	return answer.AccessToken
}

const mePath = "/api/2.0/preview/scim/v2/Me"

func TestWhoIsLetIn(t *testing.T) {
	w, clock := smallWorld(t)
	h := New(w, Options{})
	good := accessToken(t, h, "reader")
	other := New(w, Options{})
	abroad := New(model.New(clock, "43", model.Metastore{}), Options{})
	abroad.world.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, Name: "reader", Active: true, Entitlements: []string{model.SQLAccess}})
	abroad.world.AddSecret("reader", []byte("secret of reader"))
	tests := map[string]struct {
		token  string
		status int
		text   string
	}{
		"an access token":                    {good, 200, `"userName":"reader"`},
		"a personal access token":            {"token of reader", 200, `"userName":"reader"`},
		"nothing":                            {"", 401, "Credential was not sent or was of an unsupported type for this API."},
		"a token of another workspace":       {accessToken(t, abroad, "reader"), 403, "Invalid access to Org: 42 [ReqId: "},
		"a token that somebody else signed":  {accessToken(t, other, "reader"), 401, "Invalid access token."},
		"a token with one character changed": {strings.Replace(good, ".e", ".f", 1), 401, "Invalid access token."},
		"an unsigned token":                  {good[:strings.LastIndexByte(good, '.')+1], 401, "Invalid access token."},
		"an unknown personal access token":   {"dapi0", 403, "Invalid access token."},
		"somebody without an entitlement":    {"token of nobody", 403, "This API is disabled for users without the databricks-sql-access or workspace-access or workspace-consume entitlements."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rec := ask(h, "GET", mePath, test.token, nil)
			if rec.Code != test.status || !strings.Contains(rec.Body.String(), test.text) {
				t.Errorf("got %d %s", rec.Code, rec.Body)
			}
		})
	}
	clock.Advance(tokenLife)
	if rec := ask(h, "GET", mePath, good, nil); rec.Code != 401 || !strings.Contains(rec.Body.String(), "expired") {
		t.Errorf("after an hour: %d %s", rec.Code, rec.Body)
	}
}

func TestRefusalsOfTheSignInAreToldFromThoseOfTheApplication(t *testing.T) {
	h := governed(t)
	for _, path := range []string{mePath, "/api/2.1/unity-catalog/catalogs"} {
		rec := ask(h, "GET", path, "", nil)
		id := rec.Header().Get("X-Request-Id")
		want := `{"error_code":401,"message":"Credential was not sent or was of an unsupported type for this API. [ReqId: ` + id + `]"}`
		if rec.Code != 401 || strings.TrimSpace(rec.Body.String()) != want || rec.Header().Get("Content-Type") != "application/json; charset=utf-8" ||
			rec.Header().Get("X-Databricks-Reason-Phrase") != "Credential was not sent or was of an unsupported type for this API." || rec.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d %s with %v", path, rec.Code, rec.Body, rec.Header())
		}
	}
	rec := ask(h, "GET", "/api/2.0/token-management/tokens", "token of reader", nil)
	if rec.Code != 403 || rec.Header().Get("X-Databricks-Reason-Phrase") != "" || !strings.Contains(rec.Body.String(), `"error_code":"PERMISSION_DENIED"`) ||
		strings.Contains(rec.Body.String(), "ReqId") || !strings.Contains(rec.Body.String(), "google.rpc.RequestInfo") {
		t.Errorf("of the application: %d %s with %v", rec.Code, rec.Body, rec.Header())
	}
	for _, header := range []string{"Vary", "Strict-Transport-Security", "X-Content-Type-Options", "Alt-Svc", "Server-Timing"} {
		if rec.Header().Get(header) == "" {
			t.Errorf("%s is missing", header)
		}
	}
}

func TestAccessTokensAreWellFormed(t *testing.T) {
	w, clock := smallWorld(t)
	parts := strings.Split(accessToken(t, New(w, Options{}), "reader"), ".")
	if len(parts) != 3 {
		t.Fatalf("%d parts", len(parts))
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var c claims
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	if c.Subject != "reader" || c.Audience != "42" || c.Issuer != "https://adb-42.0.azuredatabricks.net/oidc" || c.Expires != clock.Now().Unix()+3600 {
		t.Errorf("claims %+v", c)
	}
}

func TestTheTokenEndpointRefuses(t *testing.T) {
	w, _ := smallWorld(t)
	h := New(w, Options{})
	for name, test := range map[string]struct {
		form   url.Values
		status int
		body   string
	}{
		"a wrong secret":      {clientForm("reader", "guess"), 401, `{"error":"invalid_client","error_description":"Client authentication failed"}`},
		"the numeric id":      {clientForm("7", "secret of reader"), 401, `{"error":"invalid_client","error_description":"Client authentication failed"}`},
		"another grant":       {url.Values{"grant_type": {"password"}}, 400, `{"error":"unsupported_grant_type","error_description":"Only client_credentials is supported"}`},
		"no credentials":      {url.Values{"grant_type": {"client_credentials"}}, 401, `{"error":"invalid_client","error_description":"Client authentication failed"}`},
		"somebody's password": {clientForm("reader", "secret of clicker"), 401, `{"error":"invalid_client","error_description":"Client authentication failed"}`},
	} {
		t.Run(name, func(t *testing.T) {
			rec := ask(h, "POST", "/oidc/v1/token", "", test.form)
			if rec.Code != test.status || strings.TrimSpace(rec.Body.String()) != test.body {
				t.Errorf("got %d %s", rec.Code, rec.Body)
			}
		})
	}
}

func TestDiscoveryNamesTheAddressThatWasUsed(t *testing.T) {
	w, _ := smallWorld(t)
	h := New(w, Options{})
	for _, host := range []string{"adb-42.0.azuredatabricks.net", "127.0.0.1:8443"} {
		r := httptest.NewRequest("GET", "https://"+host+"/.well-known/databricks-config", nil)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if !strings.Contains(rec.Body.String(), `"oidc_endpoint":"https://`+host+`/oidc"`) {
			t.Errorf("%s: %s", host, rec.Body)
		}
		rec = httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", "https://"+host+"/oidc/.well-known/oauth-authorization-server", nil))
		if !strings.Contains(rec.Body.String(), `"token_endpoint":"https://`+host+`/oidc/v1/token"`) {
			t.Errorf("%s: %s", host, rec.Body)
		}
	}
}

func TestAListingComesInPagesWithAnEmptyOneAmongThem(t *testing.T) {
	w, _ := smallWorld(t)
	h := New(w, Options{})
	var pages []string
	token := ""
	for range 10 {
		rec := ask(h, "GET", "/api/2.1/unity-catalog/catalogs?max_results=2&page_token="+token, "token of reader", nil)
		var list catalogList
		if err := json.Unmarshal(rec.Body.Bytes(), &list); err != nil || rec.Code != 200 {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
		names := ""
		for _, c := range list.Catalogs {
			names += c.Name
		}
		pages = append(pages, names)
		if token = list.Next; token == "" {
			break
		}
	}
	if got := strings.Join(pages, "|"); got != "ab||cd|e" {
		t.Errorf("pages %q", got)
	}
	for name, query := range map[string]string{
		"a made-up token":             "max_results=2&page_token=nonsense",
		"a negative size":             "max_results=-1",
		"a size that is not a number": "max_results=many",
		"a token of another listing":  "max_results=2&page_token=" + cursor{scope: "schemas of a", from: 0}.token(2),
	} {
		if rec := ask(h, "GET", "/api/2.1/unity-catalog/catalogs?"+query, "token of reader", nil); rec.Code != 400 || !strings.Contains(rec.Body.String(), "INVALID_PARAMETER_VALUE") {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
}

func TestSQLIsServedToThoseWhoAreEntitled(t *testing.T) {
	w, _ := smallWorld(t)
	h := New(w, Options{SQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, ok := PrincipalFrom(r.Context())
		_, _ = io.WriteString(w, strconv.FormatBool(ok)+" "+who.Name)
	})})
	for _, kind := range []string{"warehouses", "endpoints"} {
		if rec := ask(h, "POST", "/sql/1.0/"+kind+"/1", "token of reader", nil); rec.Body.String() != "true reader" {
			t.Errorf("%s: %d %s", kind, rec.Code, rec.Body)
		}
	}
	rec := ask(h, "POST", "/sql/1.0/warehouses/1", "token of clicker", nil)
	if want := "This API is disabled for users without the databricks-sql-access or workspace-consume entitlements."; rec.Code != 403 || rec.Header().Get("X-Databricks-Reason-Phrase") != want {
		t.Errorf("without the entitlement: %d %q", rec.Code, rec.Header())
	}
	if rec := ask(h, "POST", "/sql/1.0/warehouses/1", "", nil); rec.Code != 401 {
		t.Errorf("without a token: %d", rec.Code)
	}
	if rec := ask(New(w, Options{}), "POST", "/sql/1.0/warehouses/1", "token of reader", nil); rec.Code != 404 {
		t.Errorf("without a SQL face: %d", rec.Code)
	}
}
