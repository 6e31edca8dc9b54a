// Package apps has the OAuth apps of the embedded account, by which people sign in to what partners run.
package apps

import (
	"net/http"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// App is an OAuth app. A published one has the AppID that its maker published it under, and neither redirect URLs nor scopes of its own.
type App struct {
	ID, Name  string
	AppID     string // empty for one that an admin made
	Creator   string // a principal
	Created   time.Time
	Redirects []string
	Scopes    []string
}

type integration struct {
	ID        string   `json:"integration_id"`
	Name      string   `json:"name"`
	AppID     string   `json:"app_id,omitempty"`
	ClientID  string   `json:"client_id,omitempty"`
	Created   string   `json:"create_time"`
	CreatedBy int64    `json:"created_by,omitempty"`
	Creator   string   `json:"creator_username,omitempty"`
	Redirects []string `json:"redirect_urls,omitempty"`
	Scopes    []string `json:"scopes,omitempty"`
}

type list struct {
	Apps []integration `json:"apps,omitempty"`
	Next string        `json:"next_page_token,omitempty"`
}

// The largest page that the API gives.
const largest = 100

// Routes are the requests of the account, for its admins.
func Routes(d model.Directory, all []App) []rest.Route {
	var routes []rest.Route
	for name, published := range map[string]bool{"published-app-integrations": true, "custom-app-integrations": false} {
		path := "GET /api/2.0/accounts/" + model.AccountID + "/oauth2/" + name
		of := slices.DeleteFunc(slices.Clone(all), func(a App) bool { return (a.AppID != "") != published })
		routes = append(routes,
			rest.Route{Pattern: path, Answer: func(r *http.Request, who *model.Principal) (any, error) {
				if err := d.CheckAdmin(who); err != nil {
					return nil, err
				}
				page, next, err := rest.Page(r, name, largest, of)
				out := list{Next: next}
				for _, a := range page {
					out.Apps = append(out.Apps, written(d, a, r.URL.Query().Get("include_creator_username") == "true"))
				}
				return out, err
			}},
			rest.Route{Pattern: path + "/{id}", Answer: func(r *http.Request, who *model.Principal) (any, error) {
				if err := d.CheckAdmin(who); err != nil {
					return nil, err
				}
				at := slices.IndexFunc(of, func(a App) bool { return a.ID == r.PathValue("id") })
				if at < 0 {
					return nil, &model.Error{Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound, Message: "OAuth application with id " + r.PathValue("id") + " does not exist."}
				}
				return written(d, of[at], true), nil
			}})
	}
	return routes
}

func written(d model.Directory, a App, named bool) integration {
	out := integration{ID: a.ID, Name: a.Name, AppID: a.AppID, Created: a.Created.UTC().Format(time.RFC3339), Redirects: a.Redirects, Scopes: a.Scopes}
	if p, known := d.World().Principal(a.Creator); known {
		out.CreatedBy = rest.NumericID(p.ID)
	}
	if a.AppID == "" {
		if out.ClientID = a.ID; named {
			out.Creator = a.Creator
		}
	}
	return out
}
