package estate

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// derive makes rows of a row that was found, for the collectors that ask for nothing themselves.
func (r *runner) derive(c *store.Change, from store.Row) error {
	for _, w := range r.works {
		if w.Shape != Derived || !slices.Contains(w.For, from.Kind) {
			continue
		}
		var body struct {
			Owner string `json:"owner"`
		}
		if json.Unmarshal([]byte(from.Body), &body) != nil || body.Owner == "" {
			continue
		}
		says := kept(map[string]any{"of": from.Kind, "object": from.ID, "owner": body.Owner}, []string{"of", "object", "owner"})
		added, err := c.Put(store.Row{Kind: w.ID, ID: from.Kind + "/" + from.ID, Parent: from.ID, Name: body.Owner, Body: says})
		if err != nil {
			return err //nolint:wrapcheck // the store's errors have words
		}
		if added {
			w.Rows, w.Answered = w.Rows+1, w.Answered+1
		}
	}
	return nil
}

// standIn has the place itself for a row where its list was refused.
func (r *runner) standIn(w *work) error {
	if !w.Here || w.State != Denied || r.Place.Workspace == "" {
		return nil
	}
	name, _, _ := strings.Cut(r.Place.Host, ".")
	row := store.Row{Kind: w.ID, ID: r.Place.Workspace, Name: name, Body: kept(map[string]any{"deployment_name": name}, []string{"deployment_name"})}
	err := r.into.Write(func(c *store.Change) error {
		added, err := c.Put(row)
		if added {
			w.Rows++
		}
		return err //nolint:wrapcheck // the store's errors have words
	})
	w.State, w.Why = Partial, "only the workspace that was read itself; the list was "+w.Why
	return err //nolint:wrapcheck // as above
}

// touch has the lines of collectors written down that ask for nothing themselves.
func (r *runner) touch(touched map[*work]bool) {
	for _, w := range r.works {
		if w.Shape == Derived {
			touched[w] = true
		}
	}
}
