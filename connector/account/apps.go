package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// App is an OAuth app of the account, by which people sign in to a program that works in their name. A published one is of a partner and was
// enabled; any other was made by an admin, under whatever name.
type App struct {
	ID        string           // of the integration
	Name      connector.Remote // not noted for share mode: it may be a product's
	Published bool
	Created   time.Time        // zero when the account does not say
	By        connector.Remote // who made it, where the account says
	Back      []string         // the hosts that people are sent back to
}

const appsBelow = "/api/2.0/accounts/"

// The two lists of apps, below the account.
var appLists = []struct {
	path      string
	published bool
}{{"/oauth2/published-app-integrations", true}, {"/oauth2/custom-app-integrations", false}}

// AppReads are the requests that Apps sends.
func AppReads() (reads []workspace.Rule) {
	for _, list := range appLists {
		reads = append(reads, workspace.Rule{Method: http.MethodGet, Path: appsBelow + "*" + list.path})
	}
	return reads
}

const appPage = 100

// Apps lists the OAuth apps of the account. It takes an account admin; the error for anybody else is one of Refused.
func Apps(ctx context.Context, r *workspace.Reader, id ID) ([]App, error) {
	var all []App
	for _, list := range appLists {
		found, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[App], error) {
			query := url.Values{"page_size": {strconv.Itoa(appPage)}}
			if token != "" {
				query.Set("page_token", token)
			}
			if !list.published {
				query.Set("include_creator_username", "true")
			}
			text, err := r.Ask(ctx, http.MethodGet, appsBelow+connector.PathSegment(string(id))+list.path, query, nil)
			if err != nil {
				return workspace.Page[App]{}, err //nolint:wrapcheck // wrapped below
			}
			return appsOf(text, list.published)
		})
		if err != nil {
			return nil, fmt.Errorf("list OAuth apps of the account: %w", err)
		}
		all = append(all, found...)
	}
	return all, nil
}

func appsOf(text []byte, published bool) (workspace.Page[App], error) {
	var answer struct {
		Apps []struct {
			ID      string   `json:"integration_id"`
			Name    string   `json:"name"`
			Created string   `json:"create_time"`
			By      string   `json:"creator_username"`
			Back    []string `json:"redirect_urls"`
		} `json:"apps"`
		Next string `json:"next_page_token"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return workspace.Page[App]{}, fmt.Errorf("%w: %w", connector.ErrUnreadable, err)
	}
	names := connector.Known()
	page := workspace.Page[App]{Next: answer.Next}
	for _, a := range answer.Apps {
		app := App{ID: connector.CleanLine(a.ID, 64), Name: connector.FromRemote(a.Name), Published: published, By: names.Remote(connector.KindUser, a.By)}
		app.Created, _ = time.Parse(time.RFC3339, a.Created) // zero when it is not given
		for _, back := range a.Back {
			if u, err := url.Parse(back); err == nil && u.Hostname() != "" {
				names.Note(connector.KindHost, u.Hostname())
				app.Back = append(app.Back, connector.CleanLine(u.Hostname(), 100))
			}
		}
		page.Items = append(page.Items, app)
	}
	return page, nil
}

// Identity is what an app goes by in its list.
func (a App) Identity() string { return a.ID }

// Refused reports whether the account refused a read, rather than that it could not be reached.
func Refused(err error) bool {
	var refused *workspace.ReadError
	return errors.As(err, &refused) && refused.Status >= http.StatusBadRequest && refused.Status < http.StatusInternalServerError && refused.Status != http.StatusTooManyRequests
}
