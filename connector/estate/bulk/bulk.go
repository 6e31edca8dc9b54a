// Package bulk reads what is granted in Unity Catalog on a SQL warehouse, all objects of a kind in one statement, for an inventory.
package bulk

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// ErrStopped is of a warehouse that does not run: an inventory starts none.
var ErrStopped = fmt.Errorf("the SQL warehouse does not run: %w", connector.ErrInput)

// Grants reads them as whoever is signed in to a workspace, on one of its warehouses. Close it.
type Grants struct {
	workspace *workspace.Workspace
	warehouse connector.WarehouseID
	reader    *query.Reader
}

// Open prepares the reading and makes no request. Errors are those of workspace.Open.
func Open(line workspace.Config, warehouse connector.WarehouseID) (*Grants, error) {
	line.Admin = true
	w, err := workspace.Open(line)
	if err != nil {
		return nil, fmt.Errorf("open a warehouse: %w", err)
	}
	reader, err := query.OpenReader(session{w}, warehouse.HTTPPath(), query.Links{})
	if err != nil {
		w.Close()
		return nil, fmt.Errorf("open a warehouse: %w", err)
	}
	return &Grants{w, warehouse, reader}, nil
}

// session marks the statements as those of a session that somebody opened, which a connection never runs.
type session struct{ *workspace.Workspace }

// RoundTripper is that of the workspace, with the mark.
func (s session) RoundTripper() http.RoundTripper { return marking{s.Workspace.RoundTripper()} }

type marking struct{ next http.RoundTripper }

func (m marking) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", r.UserAgent()+" session/admin")
	return m.next.RoundTrip(r) //nolint:wrapcheck // the transport's own
}

// Close drops idle connections.
func (g *Grants) Close() { g.workspace.Close() }

// Reads reports whether the information schema has the grants on a kind of rows. Models are none of its kinds, as far as the documents say.
func (g *Grants) Reads(kind string) bool {
	return query.Privileges(query.Granted(kind)).SQL() != ""
}

// Listed counts the objects of a kind that whoever is signed in is told of. A warehouse that does not run is ErrStopped.
func (g *Grants) Listed(ctx context.Context, kind string) (map[string]int, error) {
	found, err := g.workspace.Warehouse(ctx, g.warehouse)
	if err != nil {
		return nil, fmt.Errorf("look at the SQL warehouse: %w", err)
	}
	if found.State != connector.Running {
		return nil, &connector.Error{Kind: ErrStopped, What: "The SQL warehouse " + g.warehouse.String() + " does not run.", Remedy: "Start it, and take the inventory again."}
	}
	return g.reader.CountListed(ctx, query.Granted(kind)) //nolint:wrapcheck // the reader's errors have words
}

// Grants goes through what is granted on the objects of a kind themselves.
func (g *Grants) Grants(ctx context.Context, kind string) iter.Seq2[estate.BulkGrant, error] {
	return func(yield func(estate.BulkGrant, error) bool) {
		for p, err := range g.reader.Privileges(ctx, query.Granted(kind)) {
			if !yield(estate.BulkGrant{On: p.Object, Principal: p.Principal, Privilege: p.Name}, err) || err != nil {
				return
			}
		}
	}
}
