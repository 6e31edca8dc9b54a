package access

import "slices"

// Held is by what a principal has a right on an object: whether it has it, and each way in which it does, the nearest first.
type Held struct {
	Verdict Verdict
	Ways    []Way   // of a yes
	Doubts  []Doubt // of an unknown
}

// Way is one way in which a right is had: the groups that the principal is in on it, and last the entry, the ownership, or the group of admins.
type Way []Link

// Last is the fact that gives the right, the zero Link where that is being who one is: the group of admins itself.
func (w Way) Last() Link {
	if len(w) == 0 {
		return Link{}
	}
	return w[len(w)-1]
}

// Held answers by what a principal has a right on an object: by entries on the object or on what it inherits from, or as an owner or admin. It
// leaves out what it takes besides to make use of the right, such as the catalog that has to be open, which Why does not.
func (f *Facts) Held(q Question) Held {
	q.In = f.where(q.On, q.In)
	v := f.look(q.Who, q.In, Link{})
	defer v.done()
	c := f.having(q.Right, q.On, q.In)
	r := v.eval(c)
	out := Held{Verdict: r.verdict, Doubts: r.doubts}
	if r.verdict == Yes {
		out.Ways = v.ways(c)
	}
	return out
}

// having is what it takes to have a right, and not what it takes to make use of it.
func (f *Facts) having(r Right, on Object, in Place) cond {
	s := f.rules
	switch row := f.row(on); {
	case row.class == standing:
		return f.cond(r, on, in)
	case row.class == unity && (r == s.ownership || r == s.manage && f.Kind(on) == MetastoreKind):
		return own(on, r)
	case f.Kind(on) == MetastoreKind:
		return either(f.hold(r, on, false), own(on, r))
	case row.class == levels && r == s.isOwner:
		return all(cond{op: single, need: Need{ToBeNoGroup, r, on}}, f.hold(r, on, true))
	case row.class == levels && r <= row.admins:
		return either(f.hold(r, on, true), f.admin(in))
	case row.class == unity && r == s.manage:
		return f.havingManage(on, in)
	case row.class == unity:
		return f.may(r, on)
	}
	return f.hold(r, on, true)
}

// havingManage is what it takes to have MANAGE, which hive_metastore does not know. Of what may lie there the owners alone have it for sure.
func (f *Facts) havingManage(on Object, in Place) cond {
	if unplaced, is := f.unplaced(on); is {
		return either(append(f.owners(on), unplaced)...)
	}
	ways := f.stewards(on, in)
	if !f.legacy(on) {
		ways = append([]cond{f.hold(f.rules.manage, on, true)}, ways...)
	}
	return either(ways...)
}

// ways lists each way in which a condition holds, the nearest first.
func (v *view) ways(c cond) []Way {
	type way struct {
		Way
		cost int
	}
	var found []way
	add := func(to Principal, hops int, last ...Link) {
		if far := int(v.far[to]); far != 0 {
			found = append(found, way{append(v.way(to), last...), far + hops})
		}
	}
	var collect func(c cond)
	collect = func(c cond) {
		switch c.op {
		case anyOf, allOf:
			for _, kid := range c.kids {
				collect(kid)
			}
		case holding:
			for on, hops := c.need.On, 0; on != Nothing; hops++ {
				for _, e := range slices.Compact(slices.Clone(v.f.entries.of(uint32(on)))) {
					if c.set.has(e.right()) {
						add(e.who(), hops, heldBy(e, on))
					}
				}
				on, _ = v.f.climb(c, on)
			}
		case owning:
			owner := v.f.objects.owner[c.need.On]
			add(owner, 0, Link{Kind: IsOwner, From: owner, On: c.need.On})
		case within:
			add(c.group, 0)
		}
	}
	collect(c)
	slices.SortStableFunc(found, func(a, b way) int { return a.cost - b.cost })
	out := make([]Way, len(found))
	for i, w := range found {
		out[i] = w.Way
	}
	return out
}

// Belonging is a principal that counts for another one, with the groups on the way to it. For itself there are none.
type Belonging struct {
	To  Principal
	Way Way
}

// Circle is a principal with the groups that it is in, as they count in a workspace, the nearest first. The group of everybody is the last.
func (f *Facts) Circle(who Principal, in Place) []Belonging {
	v := f.look(who, in, Link{})
	defer v.done()
	out := make([]Belonging, len(v.set))
	for i, p := range v.set {
		out[i] = Belonging{p, v.way(p)}
	}
	return out
}
