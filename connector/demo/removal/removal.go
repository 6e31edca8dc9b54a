// Package removal has the requests that end objects of a workspace for good.
package removal

import (
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// Routes are the requests of a workspace.
func Routes(w *model.World) []rest.Route {
	var routes []rest.Route
	rows := registry.ThingRows()
	clusters := rows[slices.IndexFunc(rows, func(r registry.ThingRow) bool { return r.Control.Kind == "clusters" && !r.View })]
	for _, version := range clusters.Versions {
		routes = append(routes, rest.Route{Pattern: "POST /api/" + version + "/clusters/permanent-delete", Answer: func(r *http.Request, who *model.Principal) (any, error) {
			var body struct {
				ID string `json:"cluster_id"`
			}
			if err := rest.ReadKnown(r, &body); err != nil {
				return nil, err
			}
			return struct{}{}, w.DeleteThing(who, clusters, body.ID)
		}})
	}
	return routes
}
