package model

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Summaries lists the tables of a catalog that a principal sees and whose schema and own name match. Places of the window are those of
// all tables in matching schemas. It returns an *Error when the catalog does not exist or does not let the principal in.
func (w *World) Summaries(who *Principal, catalog string, schemas, tables unity.Pattern, win Window) (Page[Table], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := unity.OnCatalog(catalog)
	c, err := w.enter(who, on, win.Browse)
	if err != nil {
		return Page[Table]{}, err
	}
	node, _ := w.catalog(on.Catalog)
	var list []*schemaNode
	var inside []schemaAccess
	ends := []int{} // how many tables there are up to the end of each schema
	total := 0
	for _, s := range node.schemas {
		if !schemas.Match(s.Name) {
			continue
		}
		total += s.size()
		list, inside, ends = append(list, s), append(inside, c.inside(unity.OnSchema(s.Catalog, s.Name), unity.TableKind)), append(ends, total)
	}
	return collect(total, win, func(i int) (Table, Visibility) {
		k, _ := slices.BinarySearch(ends, i+1) // the first schema that ends after i
		t := list[k].at(i - (ends[k] - list[k].size()))
		if !tables.Match(t.Name) {
			return t, Hidden
		}
		return t, inside[k].object(t.Securable(), t.Owner)
	}), nil
}
