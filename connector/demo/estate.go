package demo

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
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
