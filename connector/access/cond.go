package access

// Verdict is an answer. Its order is that of how much is open.
type Verdict uint8

// The answers.
const (
	No Verdict = iota
	Unknown
	Yes
)

// String is the answer as a word.
func (v Verdict) String() string { return [...]string{"no", "unknown", "yes"}[v] }

// Demand is what one part of an answer asks for.
type Demand uint8

// The demands.
const (
	ToHold     Demand = iota // the right on the object, granted there or above it
	ToOwn                    // the object
	ToBeAdmin                // of the workspace
	ToBeIn                   // the workspace: assigned to it, itself or through a group
	ToBeActive               // not deactivated
	ToBeEntitled
	ToBeBound        // the catalog is open in the workspace
	ToBeWritable     // and not for reading alone
	ToShareMetastore // the workspace has the metastore of the object
	ToBeChangeable   // privileges on the catalog can be changed at all
	ToBeKnown        // the object was collected
	ToBeTold         // some API says who has the right at all
	ToBeNoGroup      // which never is the owner of what has a list
)

// Need is one part of what an answer takes.
type Need struct {
	Demand Demand
	Right  Right
	On     Object
}

type op uint8

const (
	allOf op = iota
	anyOf
	holding
	owning
	within // a group
	local  // lives in the workspace
	active
	single // a user or a service principal
	bound
	writable
	settled // by the facts alone
	gated   // what it takes to do anything in a workspace, its one kid
)

// cond is what has to hold for a yes. Its parts are in the order in which Databricks looks, and the first of several ways is the usual one.
type cond struct {
	op      op
	kids    []cond
	need    Need
	set     mask // holding: any of these
	climbs  bool // holding: what is granted on what the object is in counts
	group   Principal
	in      Place
	verdict Verdict
}

func all(kids ...cond) cond { return cond{op: allOf, kids: kids} }

func either(kids ...cond) cond { return cond{op: anyOf, kids: kids} }

func (f *Facts) hold(r Right, on Object, climbs bool) cond {
	return cond{op: holding, need: Need{ToHold, r, on}, set: f.rules.satisfies(r), climbs: climbs}
}

func (f *Facts) holdAny(demand Demand, set mask, r Right, on Object) cond {
	return cond{op: holding, need: Need{demand, r, on}, set: set}
}

func own(on Object, r Right) cond { return cond{op: owning, need: Need{ToOwn, r, on}} }

func fixed(v Verdict, n Need) cond { return cond{op: settled, need: n, verdict: v} }

// cond is what it takes to have a right on an object, in a workspace.
func (f *Facts) cond(r Right, on Object, in Place) cond {
	switch f.row(on).class {
	case unity:
		return f.inCatalog(r, on, in)
	case levels:
		return f.onList(r, on)
	}
	held := f.hold(r, on, false)
	switch f.Kind(on) {
	case WorkspaceKind:
		if r == f.rules.assignedUser {
			held.set |= f.rules.assignedAdmin.mask()
		}
	case AccountKind:
		if f.rules.untold.has(r) {
			return either(held, fixed(Unknown, Need{ToBeTold, r, on}))
		}
	case GroupKind, ServicePrincipalKind:
		return either(held, f.hold(f.rules.accountAdmin, f.places[Account].object, false))
	}
	return held
}

// gate is what it takes to do anything in a workspace: to be in it, active, and entitled.
func (f *Facts) gate(in Place) cond {
	on := f.places[in].object
	parts := all(f.belonging(in), cond{op: active, need: Need{Demand: ToBeActive, On: on}}, f.entitled(f.rules.access, in))
	return cond{op: gated, in: in, need: Need{On: on}, kids: []cond{parts}}
}

// belonging is being in a workspace.
func (f *Facts) belonging(in Place) cond {
	on := f.places[in].object
	assigned := f.rules.assignedUser.mask() | f.rules.assignedAdmin.mask()
	ways := []cond{f.holdAny(ToBeIn, assigned, f.rules.assignedUser, on), {op: local, in: in, need: Need{ToBeIn, 0, on}}}
	if admins, known := f.admins[in]; known {
		ways = append(ways, cond{op: within, group: admins, need: Need{ToBeAdmin, 0, on}})
	}
	return either(ways...)
}

func (f *Facts) entitled(set mask, in Place) cond {
	return f.holdAny(ToBeEntitled, set, set.rights(standing)[0], f.places[in].object)
}

// admin is being an admin of a workspace.
func (f *Facts) admin(in Place) cond {
	on := f.places[in].object
	assigned := f.holdAny(ToBeAdmin, f.rules.assignedAdmin.mask(), f.rules.assignedAdmin, on)
	if admins, known := f.admins[in]; known {
		return either(cond{op: within, group: admins, need: Need{ToBeAdmin, 0, on}}, assigned)
	}
	return either(assigned, fixed(Unknown, Need{Demand: ToBeAdmin, On: on}))
}

// onList is a level of what has an access control list: on it, on what it lies in, or as a workspace admin.
func (f *Facts) onList(r Right, on Object) cond {
	in := f.objects.in[on]
	ways := []cond{f.hold(r, on, true)}
	if r <= f.row(on).admins {
		ways = append(ways, f.admin(in))
	}
	if r == f.rules.isOwner {
		return all(cond{op: single, need: Need{ToBeNoGroup, r, on}}, f.gate(in), either(ways...))
	}
	return all(f.gate(in), either(ways...))
}

// inCatalog is a privilege of Unity Catalog.
func (f *Facts) inCatalog(r Right, on Object, in Place) cond {
	s := f.rules
	if r == s.ownership {
		return own(on, r)
	}
	parts := f.reached(on, in)
	admin := own(f.places[f.objects.in[on]].object, r)
	switch {
	case r == s.manage:
		parts = append(parts, f.managing(on, in))
	case f.Kind(on) == MetastoreKind:
		parts = append(parts, either(f.hold(r, on, false), admin))
	case r == s.browse:
		parts = append(parts, either(f.hold(r, on, true), own(on, r), f.holdAny(ToHold, s.readMetadata.mask(), s.readMetadata, f.places[f.objects.in[on]].object)))
	case s.makes.has(r) && f.row(on).acts.has(r):
		parts = append(parts, f.making(r, on, admin)...)
	default:
		parts = append(parts, f.opened(f.above(on, r))...)
		parts = append(parts, f.may(r, on))
	}
	if s.writes.has(r) {
		parts = append(parts, cond{op: writable, in: in, need: Need{Demand: ToBeWritable, On: f.catalog(on)}})
	}
	return all(parts...)
}

// reached is what comes before any privilege: the workspace, its metastore, and that the catalog is open there.
func (f *Facts) reached(on Object, in Place) []cond {
	parts := []cond{f.gate(in)}
	if metastore, known := f.MetastoreOf(in); !known {
		parts = append(parts, fixed(Unknown, Need{Demand: ToShareMetastore, On: on}))
	} else if metastore != f.objects.in[on] {
		parts = append(parts, fixed(No, Need{Demand: ToShareMetastore, On: on}))
	}
	if catalog := f.catalog(on); catalog != Nothing {
		parts = append(parts, cond{op: bound, in: in, need: Need{Demand: ToBeBound, On: catalog}})
	}
	if unplaced, is := f.unplaced(on); is {
		parts = append(parts, unplaced)
	}
	return parts
}

// unplaced is the doubt about an object of which it is not known what it is in, all the way up.
func (f *Facts) unplaced(on Object) (cond, bool) {
	for o := on; f.inContainer(o); o = f.objects.parent[o] {
		if f.objects.parent[o] == Nothing || !f.seen(o, SeenPlace) {
			return fixed(Unknown, Need{Demand: ToBeKnown, On: o}), true
		}
	}
	return cond{}, false
}

// inContainer reports whether objects of the kind are in a schema or a catalog, so that nothing can be said of one that is in none.
func (f *Facts) inContainer(o Object) bool {
	in := f.row(o).in
	return in != "" && in != MetastoreKind
}

// may is a privilege by grant, or as the owner of that very object: owning what it is in lets one see and grant, and not read.
func (f *Facts) may(r Right, on Object) cond {
	held := f.hold(r, on, true)
	if f.byOwning(on).has(r) {
		return either(held, own(on, r))
	}
	return held
}

// byOwning are the privileges that the owner of an object has by that. Table access control has one that opens a catalog as well.
func (f *Facts) byOwning(on Object) mask { return f.rules.byOwning(f.row(on), f.legacy(on)) }

// above are the containers that have to be open before a right on an object counts, the outermost first. A right that is handed down from a
// container, or acts in it, needs that one open as well.
func (f *Facts) above(on Object, r Right) []Object {
	var out []Object
	if row := f.row(on); row.opening && r != f.opener(on) {
		out = append(out, on)
	}
	for o := f.objects.parent[on]; o != Nothing && f.row(o).opening; o = f.objects.parent[o] {
		out = append(out, o)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// opener is the privilege that opens a container.
func (f *Facts) opener(on Object) Right {
	if f.Kind(on) == SchemaKind && f.legacy(on) {
		return f.rules.usage
	}
	return f.row(on).opens
}

func (f *Facts) opened(containers []Object) []cond {
	var parts []cond
	for _, o := range containers {
		switch {
		case f.is(o, opensAll), f.is(o, legacyCatalog):
		default:
			parts = append(parts, f.may(f.opener(o), o))
		}
	}
	return parts
}

// making is what it takes to make something in a catalog or schema.
func (f *Facts) making(r Right, in Object, admin cond) []cond {
	catalog := f.catalog(in)
	if f.is(catalog, legacyCatalog|fixedGrants|noInheritance) || f.is(in, opensAll) {
		return []cond{fixed(No, Need{Demand: ToBeChangeable, Right: r, On: catalog})}
	}
	containers := f.above(in, r)
	return []cond{
		either(all(f.opened(containers)...), own(catalog, r), admin),
		either(f.hold(r, in, true), own(in, r), admin),
	}
}
