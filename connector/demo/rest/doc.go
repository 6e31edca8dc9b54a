// Package rest is the REST face of the embedded workspace: discovery, OAuth, SCIM, SQL warehouses and Unity Catalog, answered from the
// model in the words of the real API. A path it does not know answers 404 ENDPOINT_NOT_FOUND, never something made up.
//
// It also signs callers in for the SQL face, which it serves behind the same check.
package rest
