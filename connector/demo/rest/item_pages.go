package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// itemPage is how many objects are on a page when the caller leaves it to the server, and at most.
type itemPage struct{ usual, largest int }

// itemPages are the numbers that the descriptions of the APIs give, of 2024. Of other kinds they give none: those are on one page without
// max_results, and on small ones with it.
var itemPages = map[unity.Kind]itemPage{unity.VolumeKind: {10_000, 10_000}, unity.ModelKind: {10_000, 10_000}}

// modelsEverywhere are those of the models of all schemas together.
var modelsEverywhere = itemPage{100, 1_000}

// itemCursor reads the page of a listing of items that a request asks for.
func itemCursor(r *http.Request, row unity.KindRow, catalog, schema string) (cursor, error) {
	scope := row.Path + " of " + catalog + "." + schema
	page, documented := itemPages[row.Kind]
	if row.Kind == unity.ModelKind && catalog == "" {
		page = modelsEverywhere
	}
	if !documented {
		return readCursor(r, scope, "max_results", smallPage)
	}
	c, err := readCursor(r, scope, "max_results", page.largest)
	if size := r.URL.Query().Get("max_results"); size == "" || size == "0" {
		c.size = page.usual
	}
	return c, err
}
