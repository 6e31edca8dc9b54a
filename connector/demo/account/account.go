package account

import (
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// ours is where the account's API is. Another account is not there.
const ours = "/api/2.0/accounts/" + model.AccountID

// New gives a handler for the account's host. Callers sign in with the secrets that they have for the workspace.
// The routes of o are the account's as well.
func New(w *model.World, o rest.Options) *rest.Handler {
	d := w.InAccount()
	o.Routes = slices.Concat(
		o.Routes, workspaceRoutes(d), metastoreRoutes(d), rest.SCIM(d, ours+"/scim/v2/"), rest.Secrets(d, ours+"/"), assignmentRoutes(d, ours+inWorkspace),
		ruleRoutes(d, "/api/2.0/preview/accounts/"+model.AccountID),
		identityRoutes(d, "/api/2.0/identity/accounts/"+model.AccountID), accessRoutes(d, "/api/2.0/identity/accounts/"+model.AccountID+inWorkspace),
	)
	host := rest.Host{OIDC: "/oidc/accounts/" + model.AccountID, Audience: model.AccountID, Type: "account", Admit: w.CheckActive}
	return rest.ForHost(w, host, o)
}

// InWorkspace are the requests about the account that a workspace answers on its own host, to its admins.
func InWorkspace(w *model.World) []rest.Route {
	d := w.InWorkspace()
	return slices.Concat(
		assignmentRoutes(d, "/api/2.0/preview"), ruleRoutes(d, "/api/2.0/preview/accounts"),
		identityRoutes(d, "/api/2.0/identity"), accessRoutes(d, "/api/2.0/identity"), detailRoutes(d, "/api/2.0/identity"),
	)
}

// inWorkspace names a workspace in the paths of the account. The account has the one.
const inWorkspace = "/workspaces/{workspace}"

// answerer answers a request of somebody who signed in.
type answerer = func(*http.Request, *model.Principal) (any, error)

// here refuses what is asked of a workspace that the account does not have, after the question whether one may ask at all.
func here(d model.Directory, answer answerer) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		if id := r.PathValue("workspace"); id != "" && id != d.World().WorkspaceID() {
			if err := d.CheckAdmin(who); err != nil {
				return nil, err
			}
			return nil, noResource("Workspace " + id + " does not exist.")
		}
		return answer(r, who)
	}
}

// forAdmins answers the admins of the place alone.
func forAdmins(d model.Directory, answer func(*http.Request) (any, error)) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		if err := d.CheckAdmin(who); err != nil {
			return nil, err
		}
		return answer(r)
	}
}

func noResource(message string) error {
	return &model.Error{Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound, Message: message}
}

// empty is the answer {}.
type empty struct{}
