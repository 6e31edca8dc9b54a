package workspace

import (
	"net/http"
	"net/url"
	"path"
	"strings"
)

// allowed is everything the connector identity may ever ask for. An asterisk stands for one path segment. All but the start of a
// warehouse and the SQL endpoint, whose statements package query makes, are reads by their method alone.
var allowed = []Rule{
	{http.MethodGet, "/oidc/.well-known/oauth-authorization-server"},
	{http.MethodPost, "/oidc/v1/token"},
	{http.MethodGet, "/api/2.0/preview/scim/v2/Me"},
	{http.MethodGet, "/api/2.0/token/list"},
	{http.MethodGet, "/api/2.0/sql/warehouses"},
	{http.MethodGet, "/api/2.0/sql/warehouses/*"},
	{http.MethodPost, "/api/2.0/sql/warehouses/*/start"},
	{http.MethodPost, "/sql/1.0/warehouses/*"},
	{http.MethodPost, "/sql/1.0/endpoints/*"},
	{http.MethodGet, "/api/2.1/unity-catalog/catalogs"},
	{http.MethodGet, "/api/2.1/unity-catalog/catalogs/*"},
	{http.MethodGet, "/api/2.1/unity-catalog/schemas"},
	{http.MethodGet, "/api/2.1/unity-catalog/schemas/*"},
	{http.MethodGet, "/api/2.1/unity-catalog/tables"},
	{http.MethodGet, "/api/2.1/unity-catalog/tables/*"},
	{http.MethodGet, "/api/2.1/unity-catalog/effective-permissions/*/*"},
	{http.MethodGet, "/api/2.1/unity-catalog/metastore_summary"},
}

// Allows reports whether a request is within the read-only list. escapedPath is the path as it is sent, so that a slash inside a name
// stays inside its segment. A path with a dot segment, plain or escaped, is refused: servers disagree about where it leads.
func Allows(method, escapedPath string) bool { return Matches(allowed, method, escapedPath) }

// Rule is one kind of request that a transport lets through. An asterisk in Path stands for one segment.
type Rule struct{ Method, Path string }

// Matches reports whether a request is one that the rules let through, under the conditions of Allows.
func Matches(rules []Rule, method, escapedPath string) bool {
	plain, err := url.PathUnescape(escapedPath)
	if err != nil || path.Clean(escapedPath) != escapedPath || path.Clean(plain) != plain {
		return false
	}
	for _, rule := range rules {
		if rule.Method == method && segmentsMatch(rule.Path, escapedPath) {
			return true
		}
	}
	return false
}

func segmentsMatch(pattern, escapedPath string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(escapedPath, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && (want[i] != "*" || got[i] == "") {
			return false
		}
	}
	return true
}
