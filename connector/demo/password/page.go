package password

import (
	"net/http"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// signInPage is where people sign in with a browser. Databricks documents the page and not its request; the form here is one of its own.
const signInPage = "/login.html"

// lists are the paths of the list of permissions.
var lists = []string{"/api/2.0/permissions/authorization/passwords", "/api/2.0/preview/permissions/authorization/passwords"}

// Wrap stands before the answers of a workspace. Where unified login is enabled the list of permissions is not there, to anybody who signed in;
// where passwords let people in there is the sign-in page.
func (d *Door) Wrap(next http.Handler, signedIn func(*http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case d.state == Unified && ofList(r.URL.Path) && signedIn(r) == nil:
			rest.WriteError(w, &model.Error{Code: "FEATURE_DISABLED", Status: http.StatusNotFound, Message: "ACLs for passwords are disabled or not available in this tier"})
		case d.state == Legacy && r.URL.Path == signInPage && r.Method == http.MethodGet:
			show(w, http.StatusOK)
		case d.state == Legacy && r.URL.Path == signInPage && r.Method == http.MethodPost:
			d.signIn(w, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func ofList(path string) bool {
	for _, list := range lists {
		if path == list || strings.HasPrefix(path, list+"/") {
			return true
		}
	}
	return false
}

// signIn lets in a workspace admin who may use a password. Everybody else signs in with single sign-on.
func (d *Door) signIn(w http.ResponseWriter, r *http.Request) {
	who, let := d.lets(r.PostFormValue("username"), r.PostFormValue("password"))
	if !let || d.world.CheckAPI(who) != nil || !d.world.WorkspaceAdmin(who) {
		show(w, http.StatusUnauthorized)
		return
	}
	http.Redirect(w, r, "/?o="+d.world.WorkspaceID(), http.StatusSeeOther)
}

const page = `<!DOCTYPE html>
<title>Sign in to Databricks</title>
<h1>Single Sign On</h1>
<p>Contact your workspace admin where you cannot sign in.</p>
<h1>Admin Log In</h1>
<form method="post" action="` + signInPage + `"><input name="username"><input name="password" type="password"><button>Sign in</button></form>
`

func show(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(page)) // the client is gone when this fails, and nobody else is there to tell
}
