package estate

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Bulk reads what is granted on all objects of a kind at once, from what a warehouse tells of the metastore.
type Bulk interface {
	// Reads reports whether it knows a kind of rows.
	Reads(kind string) bool
	// Listed counts the objects of a kind that whoever asks is told of, by the full name of what they are in, a catalog by its own.
	Listed(ctx context.Context, kind string) (map[string]int, error)
	// Grants goes through what is granted on the objects themselves, that of one object behind each other.
	Grants(ctx context.Context, kind string) iter.Seq2[BulkGrant, error]
}

// BulkGrant is a privilege of a principal on an object, by its full name. The principal of one that is gone may be empty.
type BulkGrant struct{ On, Principal, Privilege string }

// wholesale is how far the reading of all objects at once is.
type wholesale int

const (
	retail   wholesale = iota // the objects are asked about one at a time, but for those that are covered
	wanted                    // all are to be read at once, as soon as they are known
	underWay                  // they are being read
)

// stock is what was read of all objects at once.
type stock struct {
	state  wholesale
	found  map[string]int  // how many objects the listing found, by what they are in
	told   map[string]int  // how many whoever asks is told of there
	odd    map[string]bool // objects of which not all can be taken from there
	filled bool            // all was read
}

// covers reports whether nothing is left to ask about an object: what it is in was told of with all that the listing found there. What is written in
// another way than there may be missing.
func (s *stock) covers(kind string, row store.Row) bool {
	return s.filled && !s.odd[row.ID] && s.tells(kind, row.ID)
}

func (s *stock) tells(kind, id string) bool {
	within := id
	if at := strings.LastIndexByte(id, '.'); at >= 0 && kind != "catalogs" {
		within = id[:at]
	}
	return id == strings.ToLower(id) && s.told[within] > 0 && s.told[within] >= s.found[within]
}

// bulkPage is a part of what was read, or its end.
type bulkPage struct {
	told   map[string]int // before all others
	grants []BulkGrant    // of whole objects
	end    bool
}

// mostGranted is how many grants are written down at once, at least.
const mostGranted = 1_000

// inBulk begins to read the grants of a collector at once where that can be whole, and reports whether it is to be waited for.
func (r *runner) inBulk(ctx context.Context, w *work) (bool, error) {
	if w.stock.state != wanted || !r.finished(w) {
		return w.stock.state != retail, nil
	}
	if !holds(r.into, MetastoreAdmin) {
		w.stock.state, w.How = retail, "one by one: the information schema tells all grants to a "+string(MetastoreAdmin)+" alone"
		return false, nil
	}
	kind := w.For[0]
	if kind != "catalogs" { // of which each counts for itself
		found, err := r.into.Children(kind)
		if err != nil {
			return false, err //nolint:wrapcheck // the store's errors have words
		}
		w.stock.found = found
	}
	w.stock.state = underWay
	w.starts(time.Now())
	w.flying++
	r.bulks++
	r.sending.Go("reading grants", func() {
		a := answer{task: &task{of: w}, bulk: &bulkPage{end: true}}
		if fault := contain.Run("reading grants", func() { a.err = r.wholesale(ctx, w, kind) }); fault != nil {
			a.err = fmt.Errorf("%w: %w", connector.ErrUnreadable, fault)
		}
		r.put(ctx, a)
	})
	return true, nil
}

// put hands over an answer, unless nobody waits any more.
func (r *runner) put(ctx context.Context, a answer) bool {
	select {
	case r.answers <- a:
		return true
	case <-ctx.Done():
		return false
	}
}

// wholesale hands over the grants in pages. It ends with the time of the run.
func (r *runner) wholesale(ctx context.Context, w *work, kind string) error {
	if r.Budget > 0 {
		limited, cancel := context.WithDeadline(ctx, r.began.Add(r.Budget))
		defer cancel()
		ctx = limited
	}
	page := func(p bulkPage) bool { return r.put(ctx, answer{task: &task{of: w}, bulk: &p}) }
	told, err := r.Bulk.Listed(ctx, kind)
	if err != nil {
		return err //nolint:wrapcheck // how the ledger says it
	}
	page(bulkPage{told: told})
	var grants []BulkGrant
	for g, err := range r.Bulk.Grants(ctx, kind) {
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		if last := len(grants) - 1; last >= mostGranted && grants[last].On != g.On {
			if !page(bulkPage{grants: grants}) {
				break
			}
			grants = nil
		}
		grants = append(grants, g)
	}
	page(bulkPage{grants: grants})
	return ctx.Err() //nolint:wrapcheck // the context's own
}

// stocked writes down what was read at once.
func (r *runner) stocked(c *store.Change, a answer) error {
	w, s, p := a.of, &a.of.stock, a.bulk
	switch {
	case p.end:
		r.bulks--
		w.flying--
		if s.state, s.filled, w.How = retail, a.err == nil, "from the information schema"; a.err != nil {
			w.How = "one by one: " + connector.Said(a.err, 200)
		}
		return nil
	case p.told != nil:
		s.told = p.told
		return nil
	}
	for rest := p.grants; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(g BulkGrant) bool { return g.On != rest[0].On })
		if n < 0 {
			n = len(rest)
		}
		if err := w.stockOne(c, rest[0].On, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// stockOne makes rows of the grants on an object that the listing found, as asking about it does.
func (w *work) stockOne(c *store.Change, on string, grants []BulkGrant) error {
	kind := w.For[0]
	if !w.stock.tells(kind, on) {
		return nil
	}
	if known, err := c.Has(kind, on); err != nil || !known {
		return err //nolint:wrapcheck // the store's errors have words
	}
	held := map[string][]string{}
	for _, g := range grants {
		held[g.Principal] = append(held[g.Principal], g.Privilege)
	}
	if held[""] != nil { // by its number alone, which is not told here
		if w.stock.odd == nil {
			w.stock.odd = map[string]bool{}
		}
		w.stock.odd[on] = true
		return nil
	}
	for _, principal := range slices.Sorted(maps.Keys(held)) {
		slices.Sort(held[principal])
		body, err := json.Marshal(grant{Principal: principal, Privileges: slices.Compact(held[principal])})
		if err != nil {
			return err //nolint:wrapcheck // of words
		}
		fresh, err := c.Put(w.row(store.Row{ID: on}, principal, principal, string(body)))
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		if fresh {
			w.Rows++
		}
	}
	return nil
}
