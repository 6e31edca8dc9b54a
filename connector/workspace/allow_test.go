package workspace

import "testing"

func TestOnlyTheReadingRequestsAreAllowed(t *testing.T) {
	const unity = "/api/2.1/unity-catalog/"
	allowed := []struct{ method, path string }{
		{"GET", "/oidc/.well-known/oauth-authorization-server"},
		{"POST", "/oidc/v1/token"},
		{"GET", "/api/2.0/preview/scim/v2/Me"},
		{"GET", "/api/2.0/sql/warehouses"},
		{"GET", "/api/2.0/sql/warehouses/a3f19c0d7be24418"},
		{"POST", "/api/2.0/sql/warehouses/a3f19c0d7be24418/start"},
		{"POST", "/sql/1.0/warehouses/a3f19c0d7be24418"},
		{"POST", "/sql/1.0/endpoints/a3f19c0d7be24418"},
		{"GET", unity + "catalogs"},
		{"GET", unity + "catalogs/field-ops"},
		{"GET", unity + "schemas"},
		{"GET", unity + "schemas/inventory.assets"},
		{"GET", unity + "tables"},
		{"GET", unity + "tables/inventory.assets.devices"},
		{"GET", unity + "tables/lagerbest%C3%A4nde.hamburg.stellpl%C3%A4tze"},
		{"GET", unity + "tables/odd%60name.back%60tick.t%601"},
		{"GET", unity + "tables/a%2Fb.c.d"},
		{"GET", unity + "tables/100%25.a.b"},
		{"GET", unity + "effective-permissions/table/inventory.assets.devices"},
		{"GET", unity + "effective-permissions/catalog/inventory"},
		{"GET", unity + "metastore_summary"},
		{"GET", "/api/2.0/token/list"},
	}
	for _, r := range allowed {
		if !Allows(r.method, r.path) {
			t.Errorf("%s %s was refused", r.method, r.path)
		}
	}
	refused := []struct{ method, path, why string }{
		{"PATCH", unity + "permissions/table/a.b.c", "changes grants"},
		{"GET", unity + "permissions/table/a.b.c", "only effective permissions are read"},
		{"PATCH", unity + "effective-permissions/table/a.b.c", "another method"},
		{"POST", unity + "catalogs", "creates a catalog"},
		{"DELETE", unity + "catalogs/inventory", "deletes a catalog"},
		{"PUT", unity + "tables/a.b.c", "changes a table"},
		{"POST", "/api/2.0/sql/warehouses", "creates a warehouse"},
		{"POST", "/api/2.0/sql/warehouses/abc", "an empty action"},
		{"POST", "/api/2.0/sql/warehouses/abc/stop", "stops a warehouse"},
		{"POST", "/api/2.0/sql/warehouses/abc/edit", "edits a warehouse"},
		{"DELETE", "/api/2.0/sql/warehouses/abc", "deletes a warehouse"},
		{"GET", "/api/2.0/sql/warehouses/abc/start", "starting by reading"},
		{"POST", "/api/2.0/sql/statements", "runs any SQL"},
		{"POST", "/api/2.0/preview/scim/v2/Me", "another method"},
		{"PATCH", "/api/2.0/preview/scim/v2/Me", "another method"},
		{"GET", "/api/2.0/preview/scim/v2/Users", "reads other people"},
		{"POST", "/api/2.0/token/create", "makes a token"},
		{"POST", "/api/2.0/token/list", "another method"},
		{"GET", "/api/2.0/secrets/list", "reads secrets"},
		{"GET", "/oidc/v1/token", "a secret in an address"},
		{"GET", "/sql/1.0/warehouses/abc", "another method"},
		{"POST", "/sql/1.0/warehouses", "no warehouse"},
		{"POST", "/sql/1.0/warehouses/", "no warehouse"},
		{"POST", "/sql/1.0/warehouses/abc/def", "more than a warehouse"},
		{"get", "/api/2.0/sql/warehouses", "methods are upper case"},
		{"", "/api/2.0/sql/warehouses", "no method"},
		{"HEAD", "/api/2.0/sql/warehouses", "another method"},
		{"GET", "", "no path"},
		{"GET", "/", "the root"},
		{"GET", "*", "an asterisk"},
		{"GET", "api/2.0/sql/warehouses", "a relative path"},
		{"GET", "/api/2.0/sql/warehouses/", "a slash at the end"},
		{"GET", "/API/2.0/sql/warehouses", "paths tell upper from lower case"},
		{"GET", "//api/2.0/sql/warehouses", "a double slash"},
		{"GET", "/api/2.0/sql//warehouses", "a double slash"},
		{"GET", unity + "tables//", "a double slash"},
		{"GET", unity + "tables/.", "a dot segment"},
		{"GET", unity + "tables/..", "a dot segment"},
		{"GET", unity + "tables/../../../2.0/secrets/list", "dot segments"},
		{"POST", "/api/2.0/sql/warehouses/../start", "a dot segment"},
		{"GET", unity + "tables/%2e%2e", "an escaped dot segment"},
		{"POST", "/api/2.0/sql/warehouses/%2E%2E/start", "an escaped dot segment"},
		{"POST", "/api/2.0/sql/warehouses/abc%2Fedit%2F..%2F/start", "an escaped dot segment"},
		{"GET", unity + "tables/..%2F..%2F..%2F2.0%2Fsecrets%2Flist", "escaped dot segments and slashes"},
		{"GET", unity + "tables/a%2F%2Fb", "an escaped double slash"},
		{"GET", unity + "tables/a%2F", "an escaped slash at the end"},
		{"GET", unity + "tables/a%zz", "a broken escape"},
		{"GET", unity + "tables/a/b", "a slash that is not escaped"},
		{"GET", unity + "effective-permissions/table", "no object"},
		{"GET", unity + "effective-permissions/table/a.b.c/more", "more than an object"},
	}
	for _, r := range refused {
		if Allows(r.method, r.path) {
			t.Errorf("%s %s was allowed: %s", r.method, r.path, r.why)
		}
	}
}

// FuzzAllows holds the list to what it is for: nothing but reads, sign-in, a warehouse's start and its SQL endpoint can pass.
func FuzzAllows(f *testing.F) {
	for _, rule := range allowed {
		f.Add(rule.Method, rule.Path)
	}
	f.Add("POST", "/api/2.0/sql/warehouses/%2e%2e/start")
	f.Fuzz(func(t *testing.T, method, path string) {
		if !Allows(method, path) || method == "GET" {
			return
		}
		matches := 0
		for _, pattern := range []string{"/oidc/v1/token", "/api/2.0/sql/warehouses/*/start", "/sql/1.0/warehouses/*", "/sql/1.0/endpoints/*"} {
			if segmentsMatch(pattern, path) {
				matches++
			}
		}
		if method != "POST" || matches != 1 {
			t.Fatalf("%s %s was allowed", method, path)
		}
	})
}
