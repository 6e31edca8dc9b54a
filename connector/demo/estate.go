package demo

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/apps"
	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// The scenarios for whoever takes an inventory, at the pace that is documented. They are not among those that are listed, which show how a
// set-up ends: to make them takes longer.
var (
	estateScenario = Scenario{
		ID: "estate", Title: "The workspace of a company",
		Story:  "There are hundreds of people and groups, thousands of objects, and what partners have left behind. Who asks too fast is answered 429.",
		Grants: assetsGrants, Estate: estate.Middle, Paced: true,
	}
	estateLargeScenario = Scenario{
		ID: "estate-large", Title: "A workspace at its documented limits",
		Story:  "There are 10,000 principals, 5,000 groups, 1,000,000 objects in folders, and 10,000 tables in each of ten schemas. Who asks too fast is answered 429.",
		Grants: assetsGrants, Estate: estate.Largest, Paced: true,
	}
)

// apps are the OAuth apps of the account: in the world of a company those by which people sign in to two partners, and one that only reminds of one.
func (w *Workspace) apps() []apps.App {
	if w.scenario.Estate.IsZero() {
		return w.opt.Apps
	}
	made := w.world.History(unity.OnMetastore()).Created
	return append([]apps.App{
		{ID: "4f0d1c6a-70be-4d3c-9a51-1f2f6c9b8e01", Name: "Tableau", AppID: "tableau-desktop", Creator: AccountAdminID, Created: made},
		{ID: "4f0d1c6a-70be-4d3c-9a51-1f2f6c9b8e02", Name: "Looker", Creator: AccountAdminID, Created: made, Redirects: []string{"https://contoso.cloud.looker.example/oauth/callback"}, Scopes: []string{"sql", "offline_access"}},
		{ID: "4f0d1c6a-70be-4d3c-9a51-1f2f6c9b8e03", Name: "Pages about Sigma", Creator: AccountAdminID, Created: made, Redirects: []string{"https://pages.contoso.example/back"}, Scopes: []string{"sql"}},
	}, w.opt.Apps...)
}

// paced holds callers to the limits where the scenario does, by the workspace's clock.
func (w *Workspace) paced(o pace.Options) func(http.Handler) http.Handler {
	if !w.scenario.Paced {
		return nil
	}
	o.Now, o.Refuse = w.world.Clock().Now, func(w http.ResponseWriter, code, text string) {
		rest.WriteError(w, &model.Error{Code: code, Status: http.StatusTooManyRequests, Message: text})
	}
	return pace.New(o).Wrap
}
