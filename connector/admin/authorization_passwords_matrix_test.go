package admin

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

const (
	secondAdmin = "noor.haddad@contoso.example"
	somebody    = "samuel.okafor@contoso.example"
)

// withPasswords is a workspace with a second admin, who can lose a permission without the last one being locked out.
func withPasswords(t *testing.T, scenario string) *demo.Workspace {
	t.Helper()
	s, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(context.Background(), s, demo.Options{Furnish: func(w *model.World) error {
		w.AddPrincipal(model.Principal{Kind: model.User, ID: "9000000000000009", Name: secondAdmin, DisplayName: "Noor Haddad", Active: true, MemberOf: []string{model.Admins, model.WorkspaceUsers}})
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// tries sends a name and a password, as a client of the API and as a person at the sign-in page, and reports which let them in.
func (f *foreigner) tries(user, password string) (api, ui bool) {
	f.t.Helper()
	ask := func(method, path string, form url.Values) int {
		r, err := http.NewRequestWithContext(f.t.Context(), method, "https://"+f.demo.Addr()+path, strings.NewReader(form.Encode()))
		if err != nil {
			f.t.Fatal(err)
		}
		r.Header.Set("User-Agent", "foreign-client table")
		if form == nil {
			r.SetBasicAuth(user, password)
		} else {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		client := *f.client
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		got, err := client.Do(r)
		if err != nil {
			f.t.Fatal(err)
		}
		_ = got.Body.Close()
		return got.StatusCode
	}
	api = ask("GET", "/api/2.0/preview/scim/v2/Me", nil) == http.StatusOK
	return api, ask("POST", "/login.html", url.Values{"username": {user}, "password": {password}}) == http.StatusSeeOther
}

func TestTheTableOfPasswordsHoldsInTheWorkspace(t *testing.T) {
	documented := map[string]map[string][2]bool{
		"user":  {"api": {false, true}, "ui": {false, false}},
		"admin": {"api": {false, true}, "ui": {false, true}},
	}
	for column := authorization.NoPermissions; column <= authorization.CanUse; column++ {
		d := withPasswords(t, "legacy-passwords")
		s := open(t, d)
		if column == authorization.NoPermissions {
			p, err := plannedPasswords(t, s, authorization.Want{Remove: []string{"admins", "users"}, Keep: []string{"maria.lindqvist@contoso.example"}})
			if err != nil {
				t.Fatal(err)
			}
			apply(t, s, p, journal(t))
		}
		who := foreign(t, d, d.Admin())
		for name, user := range map[string]string{"user": somebody, "admin": secondAdmin} {
			api, ui := who.tries(user, string(d.Password(user).Reveal()))
			for task, done := range map[string]bool{"api": api, "ui": ui} {
				if want := documented[name][task][column]; done != want {
					t.Errorf("%s by an %s with %s: %v", task, name, column, done)
				}
			}
		}
	}
}

func TestAPasswordLetsNobodyInWhomItIsNotOf(t *testing.T) {
	d := withPasswords(t, "legacy-passwords")
	who := foreign(t, d, d.Admin())
	theirs := string(d.Password(secondAdmin).Reveal())
	for name, sent := range map[string][2]string{
		"another's":                  {somebody, theirs},
		"none":                       {secondAdmin, ""},
		"that of a principal":        {demo.ConnectorID, string(d.Password(demo.ConnectorID).Reveal())},
		"that of somebody unknown":   {"nobody@contoso.example", string(d.Password("nobody@contoso.example").Reveal())},
		"that of a group":            {"admins", string(d.Password("admins").Reveal())},
		"one in place of a token":    {"token", theirs},
		"that of an account's admin": {"account-admin", string(d.Password("account-admin").Reveal())},
	} {
		if api, ui := who.tries(sent[0], sent[1]); api || ui {
			t.Errorf("%s lets in: %v, %v", name, api, ui)
		}
	}
}

func TestPasswordsThatEndedLetNobodyInWhateverTheListSays(t *testing.T) {
	for _, scenario := range []string{"ready", "unified-login"} {
		d := withPasswords(t, scenario)
		s, who := open(t, d), foreign(t, d, d.Admin())
		for _, user := range []string{somebody, secondAdmin} {
			if api, ui := who.tries(user, string(d.Password(user).Reveal())); api || ui {
				t.Errorf("%s, %s: %v, %v", scenario, user, api, ui)
			}
		}
		snapshot, err := s.Authorization(t.Context(), authorization.Passwords)
		if scenario == "ready" {
			if err != nil || len(snapshot.ACL) != 2 {
				t.Errorf("the list cannot be read: %v", err)
			}
			continue
		}
		if what, remedy := connector.Words(err); !strings.Contains(what, "unified login") || !strings.Contains(remedy, "Databricks representative") {
			t.Errorf("%v", err)
		}
	}
}
