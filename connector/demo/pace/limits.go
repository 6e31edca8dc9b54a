package pace

import (
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// InFlight is how many requests of one workspace are answered at a time: the number in the refusals that databrickslabs/ucx#401 shows.
const InFlight = 20

// Limit is how many requests of an API are answered in a time. They may come all at once, and from then on as the time passes.
type Limit struct {
	Name     string
	Methods  []string // nil: all
	Paths    []string // as package path matches them; nil: all
	Requests int
	Per      time.Duration
}

const (
	permissions = "/api/2.0/permissions/"
	preview     = "/api/2.0/preview/permissions/"
	scim        = "/api/2.0/preview/scim/v2/"
	mlflow      = "/api/2.0/mlflow/"
	accountSCIM = "/api/2.0/accounts/*/scim/v2/"
)

var (
	objects  = []string{permissions + "*/*", permissions + "*/*/*", permissions + "*/*/*/*", preview + "*/*", preview + "*/*/*", preview + "*/*/*/*"}
	reading  = []string{http.MethodGet}
	changing = []string{http.MethodPatch, http.MethodPut}
)

// Workspace are the limits of a workspace. Their numbers are those of the page on resource limits, learn.microsoft.com/azure/databricks/resources/limits,
// as rate-limits.apis.io copied them in 2026; those of SCIM and permissions stand in the code of databrickslabs/ucx as well. The last one is what the
// page says of no API: 30 a second is what older documents gave a workspace as a whole. The first that covers a request counts it.
func Workspace() []Limit {
	return []Limit{
		{"permissions, read", reading, objects, 100, time.Second},
		{"permissions, changed", changing, objects, 30, time.Second},
		{"principals, read", reading, []string{scim + "*", scim + "*/*"}, 255, time.Minute},
		{"tokens of others", nil, []string{"/api/2.0/token-management/*", "/api/2.0/token-management/*/*"}, 40, time.Second},
		{"secrets", nil, []string{"/api/2.0/secrets/*", "/api/2.0/secrets/*/*"}, 1100, time.Minute},
		{"searches of MLflow", nil, []string{mlflow + "*/search"}, 7, time.Second},
		{"MLflow", nil, []string{mlflow + "*/*", mlflow + "*/*/*"}, 120, time.Second},
		{"everything else", nil, nil, 30, time.Second},
	}
}

// Account are the limits of an account, from the page of those of a workspace. It has none of the other APIs of an account.
func Account() []Limit {
	list, one := []string{accountSCIM + "*"}, []string{accountSCIM + "*/*"}
	return []Limit{
		{"principals, listed", reading, list, 240, time.Minute},
		{"principals, read", reading, one, 20, time.Second},
		{"principals, patched", []string{http.MethodPatch}, one, 2, time.Second},
		{"principals, made or deleted", []string{http.MethodPost, http.MethodPut, http.MethodDelete}, slices.Concat(list, one), 5, time.Second},
	}
}

// unlimited are the calls that Databricks documents no limit of: statements wait for their result, and have a limit of their warehouse.
const unlimited = "/api/2.0/sql/statements"

// counts reports whether requests of a path have a limit at all. Signing in and the drivers' endpoints have none here.
func counts(of string) bool {
	return strings.HasPrefix(of, "/api/") && !strings.HasPrefix(of, unlimited)
}

func (l Limit) covers(r *http.Request) bool {
	matches := func(pattern string) bool {
		ok, err := path.Match(pattern, r.URL.Path)
		return ok && err == nil
	}
	return (l.Methods == nil || slices.Contains(l.Methods, r.Method)) && (l.Paths == nil || slices.ContainsFunc(l.Paths, matches))
}
