package access

func (s *sweep) visitUnity(o Object, row *kindRow) both {
	st := &s.states[o]
	owns := s.owning(o)
	asked := row.applies | row.acts | s.ownerships
	owned := each(s.ownerships, owns)
	if s.rules.codes[row.code] == MetastoreKind {
		st.owns = owns
		held := s.expand(s.granted(o, both{})).or(each(row.applies, owns)).only(^(s.manages | s.ownerships))
		return held.or(each(s.manages, owns)).and(s.gate & s.reaches()).or(owned).only(asked | s.manages)
	}
	up := s.enter(o, row, owns)
	held := s.expand(st.held)
	base := held.or(each(s.rules.byOwning(*row, st.legacy), owns))

	opener := row.opens
	if st.legacy && s.rules.codes[row.code] == SchemaKind {
		opener = s.rules.usage
	}
	inside := st.reach & up.open
	if row.opening {
		st.open = up.open
		if !s.is(o, opensAll|legacyCatalog) {
			st.open &= base.has(opener)
		}
		inside = st.reach & st.open
	}
	makes := s.makes & row.acts
	apart := s.manages | s.rules.browse.mask() | s.ownerships | makes
	if row.opening {
		apart |= opener.mask()
	}
	found := base.only(^apart).and(inside)
	if row.opening {
		found = found.or(base.only(opener.mask()).and(st.reach & up.open))
	}
	found = found.or(each(s.rules.browse.mask(), st.reach&(held.has(s.rules.browse)|owns|s.seesAll)))
	found = found.or(each(s.manages, s.managing(st, up, held)))
	if makes != 0 && !st.closed {
		made := base.or(each(makes, s.steward)).only(makes)
		found = found.or(made.and(st.reach & (st.open | st.catalog | s.steward)))
	}
	if st.write != is {
		found = found.only(^s.rules.writes).or(found.only(s.rules.writes).and(st.write))
	}
	return found.and(s.gate).or(owned).only(asked)
}

// enter begins the state of an object from that of what it is in, which it gives.
func (s *sweep) enter(o Object, row *kindRow, owns tri) state {
	st := &s.states[o]
	up := state{reach: s.reaches(), open: is, write: is}
	inherited := both{}
	parent := s.objects.parent[o]
	contained := row.in != "" && row.in != MetastoreKind
	if contained && parent != Nothing {
		up = s.states[parent]
		if !s.is(parent, noInheritance) {
			inherited = up.held
		}
	}
	*st = state{reach: up.reach, owns: up.owns | owns, catalog: up.catalog, write: up.write, legacy: up.legacy, fixed: up.fixed, closed: up.closed}
	if contained && (parent == Nothing || !s.seen(o, SeenPlace)) {
		st.reach &= mayBe
		inherited.maybe = ^mask(0)
	}
	if s.rules.codes[row.code] == CatalogKind {
		st.catalog, st.legacy, st.fixed = owns, s.is(o, legacyCatalog), s.is(o, fixedGrants)
		st.closed = s.is(o, legacyCatalog|fixedGrants|noInheritance)
		st.reach &= triOf(s.evalBound(cond{in: s.v.in, need: Need{On: o}}, Link{}).verdict)
		st.write = triOf(s.evalWritable(cond{in: s.v.in, need: Need{On: o}}).verdict)
	}
	st.closed = st.closed || s.is(o, opensAll)
	st.held = s.granted(o, inherited)
	return up
}

// reaches is whether the objects of the metastore are open in the workspace at all.
func (s *sweep) reaches() tri {
	if s.metastore == noPlace {
		return mayBe
	}
	return is
}

// expand adds what ALL PRIVILEGES stands for.
func (s *sweep) expand(b both) both {
	every := ^(s.rules.beyondAll | s.ownerships)
	return b.or(each(every, b.has(s.rules.all)))
}

func (s *sweep) managing(st *state, up state, held both) tri {
	switch {
	case st.fixed && !st.legacy:
		return 0
	case st.legacy:
		return st.reach & (st.owns | s.chief)
	}
	return st.reach & (up.open&held.has(s.rules.manage) | st.owns | s.steward)
}
