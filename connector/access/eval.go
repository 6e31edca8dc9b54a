package access

import "slices"

// LinkKind is a kind of step from a principal to an object.
type LinkKind uint8

// The kinds of link.
const (
	IsMember LinkKind = iota // From is in the group To
	IsHolder                 // From holds Right on On
	IsOwner                  // From owns On
	IsBound                  // the catalog On is bound to the workspace In
)

// Link is one fact on a path. Every link but being in the group of everybody can be taken away by itself.
type Link struct {
	Kind     LinkKind
	From, To Principal
	Right    Right
	On       Object
	In       Place
	Implicit bool // nobody put it there, and nobody takes it away
}

// Step is one part of a yes: what it takes, and the path by which that holds. A part without a path holds for everybody, as a catalog that is
// open in each workspace.
type Step struct {
	Need Need
	Way  []Link
}

// Doubt is what was not collected and decides. Group is one of whose members not all are known, and Untold a right of which no API tells who has
// it; otherwise What of On was not seen.
type Doubt struct {
	On     Object
	What   Seen
	Group  Principal
	Untold Right
}

// result is how a condition comes out for one principal.
type result struct {
	verdict Verdict
	cost    int
	steps   []Step
	missing cond   // of a no, the first part that is missing
	instead []cond // and the other ways in which that would do as well
	doubts  []Doubt
}

func (v *view) eval(c cond) result {
	switch c.op {
	case allOf:
		return v.evalAll(c)
	case gated:
		return v.eval(c.kids[0])
	case anyOf:
		return v.evalAny(c)
	case holding:
		return v.evalHolding(c)
	case owning:
		return v.evalOwning(c)
	case within:
		return v.evalWithin(c)
	case local:
		return decided(c, v.f.people.list[v.who].Place == c.in)
	case active:
		return decided(c, !v.f.people.list[v.who].Inactive)
	case single:
		return decided(c, v.f.people.list[v.who].Kind != Group)
	case bound:
		return v.f.evalBound(c, v.skip)
	case writable:
		return v.f.evalWritable(c)
	}
	return v.f.evalSettled(c)
}

func decided(c cond, yes bool) result {
	if yes {
		return result{verdict: Yes, steps: []Step{{Need: c.need}}}
	}
	return result{missing: c}
}

func (v *view) evalAll(c cond) result {
	out := result{verdict: Yes}
	for _, kid := range c.kids {
		r := v.eval(kid)
		switch {
		case r.verdict == No:
			return r
		case r.verdict == Unknown:
			out.verdict, out.steps = Unknown, nil
			out.doubts = append(out.doubts, r.doubts...)
		case out.verdict == Yes:
			out.steps, out.cost = append(out.steps, r.steps...), out.cost+r.cost
		}
	}
	return out
}

func (v *view) evalAny(c cond) result {
	var best result
	for i, kid := range c.kids {
		r := v.eval(kid)
		if best.verdict == No && r.verdict == No && i > 0 {
			best.instead = append(best.instead, kid)
		}
		switch {
		case i == 0, r.verdict > best.verdict, r.verdict == Yes && best.verdict == Yes && r.cost < best.cost:
			best = r
		case r.verdict == Unknown && best.verdict == Unknown:
			best.doubts = append(best.doubts, r.doubts...)
		}
	}
	return best
}

// evalHolding finds the nearest entry that gives the right: in the fewest steps through groups and up what the object is in.
func (v *view) evalHolding(c cond) result {
	best := result{missing: c}
	var holder Principal
	var held Link
	doubt := func(d Doubt) { best.doubts = append(best.doubts, d) }
	for on, hops := c.need.On, 0; on != Nothing; hops++ {
		if !v.f.seen(on, SeenEntries) {
			doubt(Doubt{On: on, What: SeenEntries})
		}
		if e, far := v.nearest(c.set, on); far > 0 && (best.verdict != Yes || far+hops < best.cost) {
			best.verdict, best.cost, holder = Yes, far+hops, e.who()
			held = Link{Kind: IsHolder, From: e.who(), Right: e.right(), On: on}
		}
		if v.f.leaks[on] && best.verdict != Yes {
			for _, e := range v.f.entries.of(uint32(on)) {
				if c.set.has(e.right()) && v.far[e.who()] == 0 && v.f.leaky[e.who()] && v.skip != heldBy(e, on) {
					doubt(Doubt{On: on, Group: e.who()})
				}
			}
		}
		up, known := v.f.climb(c, on)
		if !known {
			doubt(Doubt{On: on, What: SeenPlace})
		}
		on = up
	}
	switch {
	case best.verdict == Yes:
		best.steps, best.doubts = []Step{{Need: c.need, Way: append(v.way(holder), held)}}, nil
	case len(best.doubts) > 0:
		best.verdict = Unknown
	}
	return best
}

func heldBy(e entry, on Object) Link {
	return Link{Kind: IsHolder, From: e.who(), Right: e.right(), On: on}
}

// nearest is the entry of an object that gives one of some rights in the fewest steps, and how many these are; 0 for none.
func (v *view) nearest(set mask, on Object) (best entry, far int) {
	list := v.f.entries.of(uint32(on))
	const short = 32 // up to here it is quicker to look at all of them
	if len(list) <= short {
		for _, e := range list {
			if d := int(v.far[e.who()]); d != 0 && (far == 0 || d < far) && set.has(e.right()) && v.skip != heldBy(e, on) {
				best, far = e, d
			}
		}
		return best, far
	}
	for _, p := range v.set {
		i, _ := slices.BinarySearch(list, entryOf(p, 0))
		for ; i < len(list) && list[i].who() == p; i++ {
			if set.has(list[i].right()) && v.skip != heldBy(list[i], on) {
				return list[i], int(v.far[p])
			}
		}
	}
	return 0, 0
}

// climb is where rights on an object are inherited from, Nothing where they are not, and whether that is known.
func (f *Facts) climb(c cond, on Object) (Object, bool) {
	if !c.climbs || f.row(on).class == unity && !f.inContainer(on) {
		return Nothing, true
	}
	up := f.objects.parent[on]
	if up != Nothing && f.is(up, noInheritance) {
		up = Nothing
	}
	return up, f.seen(on, SeenPlace)
}

func (v *view) evalOwning(c cond) result {
	on := c.need.On
	owner := v.f.objects.owner[on]
	link := Link{Kind: IsOwner, From: owner, On: on}
	switch {
	case owner == Nobody && !v.f.seen(on, SeenOwner):
		return result{verdict: Unknown, doubts: []Doubt{{On: on, What: SeenOwner}}}
	case owner == Nobody, v.skip == link:
	case v.far[owner] != 0:
		return result{verdict: Yes, cost: int(v.far[owner]), steps: []Step{{Need: c.need, Way: append(v.way(owner), link)}}}
	case v.f.leaky[owner]:
		return result{verdict: Unknown, doubts: []Doubt{{On: on, Group: owner}}}
	}
	return result{missing: c}
}

func (v *view) evalWithin(c cond) result {
	switch {
	case v.far[c.group] != 0:
		return result{verdict: Yes, cost: int(v.far[c.group]), steps: []Step{{Need: c.need, Way: v.way(c.group)}}}
	case v.f.leaky[c.group]:
		return result{verdict: Unknown, doubts: []Doubt{{On: c.need.On, Group: c.group}}}
	}
	return result{missing: c}
}

func (f *Facts) evalBound(c cond, skip Link) result {
	on := c.need.On
	if !f.is(on, isolated) {
		if f.seen(on, SeenBindings) {
			return result{verdict: Yes, steps: []Step{{Need: c.need}}}
		}
		return result{verdict: Unknown, doubts: []Doubt{{On: on, What: SeenBindings}}}
	}
	link := Link{Kind: IsBound, On: on, In: c.in}
	for _, b := range f.bound[on] {
		if b.in == c.in && skip != link {
			return result{verdict: Yes, cost: 1, steps: []Step{{Need: c.need, Way: []Link{link}}}}
		}
	}
	if !f.seen(on, SeenBindings) {
		return result{verdict: Unknown, doubts: []Doubt{{On: on, What: SeenBindings}}}
	}
	return result{missing: c}
}

func (f *Facts) evalWritable(c cond) result {
	on := c.need.On
	if !f.seen(on, SeenBindings) {
		return result{verdict: Unknown, doubts: []Doubt{{On: on, What: SeenBindings}}}
	}
	for _, b := range f.bound[on] {
		if f.is(on, isolated) && b.in == c.in && b.readOnly {
			return result{missing: c}
		}
	}
	return result{verdict: Yes, steps: []Step{{Need: c.need}}}
}

func (f *Facts) evalSettled(c cond) result {
	r := result{verdict: c.verdict, missing: c}
	switch c.verdict {
	case Unknown:
		r.doubts = []Doubt{{On: c.need.On, What: SeenPlace}}
		if c.need.Demand == ToBeTold {
			r.doubts = []Doubt{{On: c.need.On, Untold: c.need.Right}}
		}
	case Yes:
		r.steps = []Step{{Need: c.need}}
	}
	return r
}
