package workspace_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func TestAListingComesInPages(t *testing.T) {
	const emptyFirst = `{"next_page_token":"two"}`
	asked := []string{}
	v := newTown(t, map[string]http.HandlerFunc{"/api/2.1/unity-catalog/tables": func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Query().Get("page_token"))
		answer := map[string]string{
			"": emptyFirst, "two": `{"tables":[{"name":"a","row_filter":null},{"name":"b","row_filter":{"function_name":"f"}}],"next_page_token":"three & more"}`, "three & more": `{}`,
		}[r.URL.Query().Get("page_token")]
		if r.URL.Query().Get("max_results") != "0" {
			t.Errorf("asked for an unpaged listing: %s", r.URL)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, answer)
	}})
	w := v.open(t, connector.OAuth)
	tables, pages := all(t, func(ctx context.Context, next string) (workspace.Page[connector.Table], error) {
		return w.Tables(ctx, schema(t, "c", "s"), next)
	})
	if pages != 3 || len(tables) != 2 || len(asked) != 3 {
		t.Errorf("%d tables in %d pages, asked for %q", len(tables), pages, asked)
	}
	if len(tables) == 2 && (tables[0].RowFilter || !tables[1].RowFilter) {
		t.Errorf("row filters: %+v", tables)
	}
}

func TestAWarehouseCannotNameAPathOfItsOwn(t *testing.T) {
	for path, want := range map[string]string{
		"/sql/1.0/warehouses/other":                     "/sql/1.0/warehouses/other",
		"/sql/1.0/endpoints/other":                      "/sql/1.0/endpoints/other",
		"/oidc/v1/token":                                "/sql/1.0/warehouses/abc",
		"/api/2.0/sql/warehouses/x/start":               "/sql/1.0/warehouses/abc",
		"/sql/1.0/warehouses/a\\u001b[2J":               "/sql/1.0/warehouses/abc",
		"/sql/1.0/warehouses/a?x=1":                     "/sql/1.0/warehouses/abc",
		"@thief.example/sql/1.0/warehouses/a":           "/sql/1.0/warehouses/abc",
		"https://thief.example/sql/1.0/warehouses/abcd": "/sql/1.0/warehouses/abc",
	} {
		v := newTown(t, map[string]http.HandlerFunc{"/api/2.0/sql/warehouses": answers(fmt.Sprintf(`{"warehouses":[{"id":"abc","state":"RUNNING","odbc_params":{"path":"%s"}}]}`, path))})
		page, err := v.open(t, connector.OAuth).Warehouses(t.Context(), "")
		if err != nil || len(page.Items) != 1 || page.Items[0].HTTPPath != want {
			t.Errorf("%s: %+v, %v", path, page.Items, err)
		}
	}
	v := newTown(t, map[string]http.HandlerFunc{"/api/2.0/sql/warehouses": answers(`{"warehouses":[{"id":"a\u001b[2Jb/../c"}]}`)})
	page, err := v.open(t, connector.OAuth).Warehouses(t.Context(), "")
	if err != nil || len(page.Items) != 1 || strings.ContainsAny(string(page.Items[0].ID)+page.Items[0].HTTPPath, "\x1b") || strings.Count(page.Items[0].HTTPPath, "/") != 4 {
		t.Errorf("a hostile ID: %+v, %v", page.Items, err)
	}
}

func TestAnAnswerThatIsTooLargeIsRefused(t *testing.T) {
	v := newTown(t, map[string]http.HandlerFunc{mePath: answers(`{"userName":"` + strings.Repeat("x", 10<<20) + `"}`)})
	if _, err := v.open(t, connector.OAuth).Me(t.Context()); !errors.Is(err, workspace.ErrBodyTooLarge) {
		t.Errorf("got %v", err)
	}
}

func timesAsked(d *demo.Workspace, path string) (times int) {
	for _, r := range d.Requests() {
		if r.Path == path {
			times++
		}
	}
	return times
}

func TestEveryFinalFailureIsAskedForOnce(t *testing.T) {
	faults := map[string]rest.Fault{
		"a cut answer": {Path: mePath, Cut: 5}, "401": {Path: mePath, Status: 401, Body: "{}"},
		"403": {Path: mePath, Status: 403, Body: `{"error_code":403,"message":"user not found"}`}, "500": {Path: mePath, Status: 500, Body: "{}"},
		"a page": {Path: mePath, Status: 200, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html></html>"},
	}
	for name, fault := range faults {
		s, err := demo.Find("ready")
		if err != nil {
			t.Fatal(err)
		}
		s.Faults = []rest.Fault{fault}
		d, err := demo.Start(t.Context(), s, demo.Options{})
		if err != nil {
			t.Fatal(err)
		}
		w := openDemo(t, d, withSecret(d.Connector()))
		if _, err := w.Me(t.Context()); err == nil {
			t.Errorf("%s: no error", name)
		}
		// Whoever asks may hear of a cut before the workspace has written down what it cut.
		asked := 0
		for asked == 0 && t.Context().Err() == nil {
			asked = timesAsked(d, mePath)
			time.Sleep(time.Millisecond)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if asked != 1 {
			t.Errorf("%s: asked %d times", name, asked)
		}
	}
}

// An object without anything in it would read as one that is there and may be used.
func TestAnAnswerThatNamesNothingIsNoAnswer(t *testing.T) {
	empty := answers(`{}`)
	v := newTown(t, map[string]http.HandlerFunc{
		mePath: empty, "/api/2.0/sql/warehouses/abc": empty, "/api/2.1/unity-catalog/catalogs/a": empty, "/api/2.1/unity-catalog/schemas/a.b": empty, "/api/2.1/unity-catalog/tables/a.b.c": empty,
	})
	name, err := connector.ParseTable("a.b.c", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	w := v.open(t, connector.OAuth)
	for what, ask := range map[string]func() error{
		"me":        func() error { _, err := w.Me(t.Context()); return err },
		"warehouse": func() error { _, err := w.Warehouse(t.Context(), "abc"); return err },
		"catalog":   func() error { _, err := w.Catalog(t.Context(), name.Catalog); return err },
		"schema":    func() error { _, err := w.Schema(t.Context(), name.SchemaName); return err },
		"table":     func() error { _, err := w.Table(t.Context(), name); return err },
	} {
		var odd *workspace.AnswerError
		if err := ask(); !errors.As(err, &odd) || odd.Oddity != workspace.Unreadable {
			t.Errorf("%s: %v", what, err)
		}
	}
}
