package demo

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/demo/password"
)

// The scenarios for whoever tries the permissions on passwords. They are not among those that are listed, which show how a set-up ends. In all
// others Databricks-managed passwords have ended.
var (
	passwordsScenario = Scenario{
		ID: "legacy-passwords", Title: "Passwords still let people in",
		Story:  "Unified login is disabled, and whoever the permissions on passwords let signs in with a user name and a password.",
		Grants: assetsGrants, Passwords: password.Legacy,
	}
	unifiedScenario = Scenario{
		ID: "unified-login", Title: "Unified login is enabled",
		Story:  "Unified login is enabled, so that there are no permissions on passwords.",
		Grants: assetsGrants, Passwords: password.Unified,
	}
)

// Password is the password of a user, which lets them in where the scenario has it so.
func (w *Workspace) Password(user string) connector.Secret {
	return connector.NewSecret(w.door.Of(user))
}

// around is what stands before the workspace: whoever asks too fast is held back, and passwords have a door of their own where they are anything
// but ended.
func (w *Workspace) around(o pace.Options) func(http.Handler) http.Handler {
	paced := w.paced(o)
	if w.scenario.Passwords == password.Ended {
		return paced
	}
	return func(next http.Handler) http.Handler {
		next = w.door.Wrap(next, func(r *http.Request) error {
			_, err := w.rest.Authenticate(r)
			return err
		})
		if paced == nil {
			return next
		}
		return paced(next)
	}
}
