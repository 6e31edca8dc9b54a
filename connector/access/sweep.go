package access

// tri is a verdict in two bits, so that "and" and "or" are those of numbers: whether it may be, and whether it is.
type tri uint8

const (
	mayBe tri = 1
	is    tri = 3
)

func triOf(v Verdict) tri { return [...]tri{No: 0, Unknown: mayBe, Yes: is}[v] }

func triIf(yes bool) tri {
	if yes {
		return is
	}
	return 0
}

// both is two masks of rights, those that are and those that may be.
type both struct{ yes, maybe mask }

func (b both) and(t tri) both {
	if t != is {
		b.yes = 0
	}
	if t == 0 {
		b.maybe = 0
	}
	return b
}

func (b both) or(o both) both { return both{b.yes | o.yes, b.maybe | o.maybe} }

func (b both) only(m mask) both { return both{b.yes & m, b.maybe & m} }

// each is a mask whose rights come out as t.
func each(m mask, t tri) both { return both{m, m}.and(t) }

func (b both) has(r Right) tri { return triIf(b.yes.has(r)) | mayBe&triIf(b.maybe.has(r)) }

// state is what is known of an object while all are looked at, for one principal: what is inside goes on from it.
type state struct {
	held    both
	reach   tri // what comes before any privilege, but for the workspace
	open    tri // what is inside may be named
	owns    tri // it, or anything that it is in
	catalog tri // owns the catalog
	write   tri // the catalog is not for reading alone
	legacy  bool
	fixed   bool // nobody changes the privileges
	closed  bool // nobody makes anything there
}

// sweep looks at all objects for one principal, what something is in before it.
type sweep struct {
	*Facts
	v                          *view
	metastore                  Place
	gate, steward, chief       tri // in the workspace; owner of the metastore; workspace admin
	seesAll, accountAdmin      tri // READ METADATA on the metastore
	states                     []state
	rows                       []kindRow
	ownerships, manages, makes mask
}

func (f *Facts) sweep(who Principal, in Place) *sweep {
	v := f.look(who, in, Link{})
	tried := func(c cond) tri { return triOf(v.eval(c).verdict) }
	s := &sweep{Facts: f, v: v, metastore: f.places[in].metastore, states: make([]state, len(f.objects.kind)), makes: f.rules.makes}
	s.gate, s.chief = tried(f.gate(in)), tried(f.admin(in))
	s.accountAdmin = tried(f.hold(f.rules.accountAdmin, f.places[Account].object, false))
	s.steward, s.seesAll = mayBe, mayBe
	if s.metastore != noPlace {
		on := f.places[s.metastore].object
		s.steward = tried(own(on, f.rules.ownership))
		s.seesAll = tried(f.holdAny(ToHold, f.rules.readMetadata.mask(), f.rules.readMetadata, on))
	}
	for i := range f.rules.codes {
		s.rows = append(s.rows, f.rules.at(uint8(i))) //nolint:gosec // a table of some forty kinds
	}
	s.ownerships, s.manages = f.rules.ownership.mask(), f.rules.manage.mask()
	return s
}

// visit judges one object, and gives the rights on it. What it is in has been visited.
func (s *sweep) visit(o Object) both {
	row := &s.rows[s.objects.kind[o]]
	switch in := s.objects.in[o]; {
	case row.class == unity && (in == s.metastore || s.metastore == noPlace):
		return s.visitUnity(o, row)
	case row.class == unity:
		return each(s.ownerships, s.owning(o)) // it is open in none of these workspaces, and owned all the same
	case row.class == levels && in == s.v.in:
		return s.visitLevels(o, row)
	case row.class == standing && (in == s.v.in || in == Account):
		return s.visitStanding(o, row)
	}
	return both{}
}

// granted is what is granted on an object, besides what it inherits.
func (s *sweep) granted(o Object, inherited both) both {
	held := inherited
	for _, e := range s.entries.of(uint32(o)) {
		bit := e.right().mask()
		switch who := e.who(); {
		case s.v.far[who] != 0:
			held.yes |= bit
			held.maybe |= bit
		case s.leaky[who]:
			held.maybe |= bit
		}
	}
	if !s.seen(o, SeenEntries) {
		held.maybe = ^mask(0)
	}
	return held
}

func (s *sweep) owning(o Object) tri {
	owner := s.objects.owner[o]
	switch {
	case owner == Nobody && s.seen(o, SeenOwner):
		return 0
	case owner == Nobody, s.v.far[owner] == 0 && s.leaky[owner]:
		return mayBe
	}
	return triIf(s.v.far[owner] != 0)
}

func (s *sweep) visitLevels(o Object, row *kindRow) both {
	st := &s.states[o]
	var above both
	if up := s.objects.parent[o]; up != Nothing {
		above = s.states[up].held
	}
	if !s.seen(o, SeenPlace) {
		above.maybe = ^mask(0)
	}
	st.held = s.granted(o, above)
	upTo := row.admins.mask()<<1 - 1
	found := both{below(st.held.yes), below(st.held.maybe)}.or(each(upTo, s.chief))
	can := row.applies
	if s.people.list[s.v.who].Kind == Group {
		can &^= s.rules.isOwner.mask()
	}
	return found.and(s.gate).only(can)
}

// below are all levels up to the highest of some.
func below(m mask) mask {
	for shift := 1; shift < 64; shift *= 2 {
		m |= m >> shift
	}
	return m
}

func (s *sweep) visitStanding(o Object, row *kindRow) both {
	held := s.granted(o, both{})
	switch s.rules.codes[row.code] {
	case AccountKind:
		held = held.or(each(s.rules.untold, mayBe))
	case WorkspaceKind:
		held = held.or(each(s.rules.assignedUser.mask(), held.has(s.rules.assignedAdmin)))
	case GroupKind, ServicePrincipalKind:
		held = held.or(each(row.applies, s.accountAdmin))
	}
	return held.only(row.applies)
}
