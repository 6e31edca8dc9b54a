package access

// managing is who may grant on an object.
func (f *Facts) managing(on Object, in Place) cond {
	s := f.rules
	if f.Kind(on) == MetastoreKind {
		return own(on, s.manage)
	}
	owners := f.stewards(on, in)
	if f.legacy(on) {
		return either(owners...)
	}
	granted := all(append(f.opened(f.parents(on)), f.hold(s.manage, on, true))...)
	ways := either(append([]cond{granted}, owners...)...)
	if catalog := f.catalog(on); catalog != Nothing && f.is(catalog, fixedGrants) {
		return all(ways, fixed(No, Need{Demand: ToBeChangeable, Right: s.manage, On: catalog}))
	}
	return ways
}

// stewards may grant on an object without having been granted that: its owner, those of what it is in, and the owner of the metastore. In
// hive_metastore, which is no part of a metastore, the admins of the workspace may instead.
func (f *Facts) stewards(on Object, in Place) []cond {
	out := f.owners(on)
	if f.legacy(on) {
		return append(out, f.admin(in))
	}
	return append(out, own(f.places[f.objects.in[on]].object, f.rules.manage))
}

// owners are the owner of an object and those of what it is in.
func (f *Facts) owners(on Object) []cond {
	var out []cond
	for o := on; o != Nothing; o = f.objects.parent[o] {
		out = append(out, own(o, f.rules.manage))
	}
	return out
}

// parents are the containers around an object, the outermost first.
func (f *Facts) parents(on Object) []Object { return f.above(on, f.opener(on)) }
