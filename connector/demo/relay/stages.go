package relay

import (
	"maps"
	"net/http"
	"slices"
)

// stages are the requests that each stage of the check ladder makes. Those without one are not here: they look at the address, the
// connection and the certificate, which are for scenarios to spoil. Stages that share an answer share a request: what is changed for one is
// changed for the other.
var stages = map[string][]Rule{
	"S04": {{Method: http.MethodGet, Path: "/oidc/.well-known/*"}},
	"S05": {{Method: http.MethodGet, Path: whoAmI, Unsigned: true}},
	"S06": {{Method: http.MethodPost, Path: "/oidc/v1/token"}},
	"S07": {{Method: http.MethodGet, Path: whoAmI, Signed: true}},
	"S08": {{Method: http.MethodGet, Path: whoAmI, Signed: true}},
	"S09": {{Method: http.MethodGet, Path: "/api/2.0/sql/warehouses*"}},
	"S10": {{Method: http.MethodPost, Path: "/sql/*", RPC: "OpenSession"}},
	"S11": {{Method: http.MethodGet, Path: "/api/2.0/sql/warehouses/*"}, {Method: http.MethodPost, Path: "/api/2.0/sql/warehouses/*/start"}},
	"S12": {{Method: http.MethodPost, Path: "/sql/*", RPC: "ExecuteStatement", Holds: "current_user"}},
	"S13": {{Method: http.MethodGet, Path: "/api/2.1/unity-catalog/catalogs*"}},
	"S14": {{Method: http.MethodGet, Path: "/api/2.1/unity-catalog/schemas*"}},
	"S15": {{Method: http.MethodGet, Path: "/api/2.1/unity-catalog/tables*"}},
	"S16": {{Method: http.MethodPost, Path: "/sql/*", RPC: "ExecuteStatement", Holds: "SELECT * FROM"}},
	"S17": {{Method: http.MethodGet, Path: "/api/2.1/unity-catalog/effective-permissions/*"}, {Method: http.MethodGet, Path: "/api/2.1/unity-catalog/metastore_summary"}},
	"S18": {{Method: http.MethodGet, Path: "/api/2.0/token/list"}},
}

const whoAmI = "/api/2.0/preview/scim/v2/Me"

// Stages are the stages of the check ladder that a rule can name, in their order.
func Stages() []string { return slices.Sorted(maps.Keys(stages)) }
