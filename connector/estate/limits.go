package estate

import (
	"path"
	"time"
)

// Limit is how many requests of an API Databricks answers in a time.
type Limit struct {
	Name     string
	Plane    Plane
	Paths    []string // as package path matches them; nil: all that no limit before this one covers
	Requests float64
	Per      time.Duration
}

// InFlight is how many requests of one workspace are answered at a time, as its refusals say.
const InFlight = 20

// limits are those of the page on resource limits, learn.microsoft.com/azure/databricks/resources/limits, as of 2026. The last of each plane is
// what no page says: what older documents gave a workspace as a whole. The first that covers a request counts it.
var limits = []Limit{
	{"permissions", AtWorkspace, []string{"/api/2.0/permissions/*/*", "/api/2.0/permissions/*/*/*"}, 100, time.Second},
	{"principals", AtWorkspace, []string{workspaceSCIM + "*", workspaceSCIM + "*/*"}, 255, time.Minute},
	{"tokens", AtWorkspace, []string{"/api/2.0/token-management/*"}, 40, time.Second},
	{"secrets", AtWorkspace, []string{"/api/2.0/secrets/*", "/api/2.0/secrets/*/*"}, 1100, time.Minute},
	{"searches of MLflow", AtWorkspace, []string{"/api/2.0/mlflow/*/search"}, 7, time.Second},
	{"MLflow", AtWorkspace, []string{"/api/2.0/mlflow/*/*", "/api/2.0/mlflow/*/*/*"}, 120, time.Second},
	{"everything else", AtWorkspace, nil, 30, time.Second},
	{"principals, listed", AtAccount, []string{"/api/2.0/accounts/*/scim/v2/*"}, 240, time.Minute},
	{"principals, read", AtAccount, []string{"/api/2.0/accounts/*/scim/v2/*/*"}, 20, time.Second},
	{"the account", AtAccount, nil, 30, time.Second},
}

// limitOf is the number of the limit that counts a request.
func limitOf(p Plane, at string) int {
	for i, l := range limits {
		if l.Plane != p {
			continue
		}
		if l.Paths == nil {
			return i
		}
		for _, pattern := range l.Paths {
			if ok, err := path.Match(pattern, at); ok && err == nil {
				return i
			}
		}
	}
	return len(limits) - 1
}
