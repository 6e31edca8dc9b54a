package access

import (
	"cmp"
	"slices"
)

// Above is what an object is in, the nearest first: the schema of a table, its catalog, and the metastore.
func (f *Facts) Above(on Object) []Object {
	var out []Object
	for at := f.within(on); at != Nothing && len(out) < highest; at = f.within(at) {
		out = append(out, at)
	}
	return out
}

// highest bounds how far it is gone up, since what was collected may say that a folder lies in itself.
const highest = 1000

// within is what an object is in, Nothing for what is in nothing.
func (f *Facts) within(on Object) Object {
	if parent := f.objects.parent[on]; parent != Nothing {
		return parent
	}
	if f.row(on).in == MetastoreKind && f.is(on, declared) {
		return f.places[f.objects.in[on]].object
	}
	return Nothing
}

// Inside is what an object holds itself, by kinds in the order of the rules and by name within each: the schemas of a catalog, the tables, volumes,
// functions and models of a schema, what lies in a folder. It visits all objects.
func (f *Facts) Inside(on Object) []Object {
	var out []Object
	if on == Nothing {
		return nil
	}
	for i := 1; i < len(f.objects.kind); i++ {
		if o := Object(i); o != on && f.within(o) == on { //nolint:gosec // an object has 32 bits
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Object) int {
		return cmp.Or(cmp.Compare(f.objects.kind[a], f.objects.kind[b]), cmp.Compare(f.Title(a), f.Title(b)))
	})
	return out
}
