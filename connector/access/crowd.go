package access

import (
	"math/bits"
	"slices"
)

// crowd is a set of principals.
type crowd []uint64

func (f *Facts) nobody() crowd { return make(crowd, (len(f.people.list)+63)/64) }

func (f *Facts) everybody() crowd { return slices.Clone(f.everyone) }

func (c crowd) add(p Principal) { c[p>>6] |= 1 << (p & 63) }

func (c crowd) has(p Principal) bool { return c[p>>6]&(1<<(p&63)) != 0 }

func (c crowd) with(o crowd) {
	for i := range c {
		c[i] |= o[i]
	}
}

func (c crowd) within(o crowd) {
	for i := range c {
		c[i] &= o[i]
	}
}

func (c crowd) without(o crowd) {
	for i := range c {
		c[i] &^= o[i]
	}
}

// list gives the members in the order of their numbers.
func (c crowd) list() []Principal {
	var out []Principal
	for i, word := range c {
		for ; word != 0; word &= word - 1 {
			out = append(out, Principal(i*64+bits.TrailingZeros64(word))) //nolint:gosec // as above
		}
	}
	return out
}

// crowds answer a condition for everybody at once: those who have it, and those who may have it, among them those who do.
type crowds struct{ yes, maybe crowd }

// poll is view for everybody.
type poll struct {
	f    *Facts
	in   Place
	skip Link
}

func (p poll) eval(c cond) crowds {
	switch c.op {
	case allOf:
		out := crowds{p.f.everybody(), p.f.everybody()}
		for _, kid := range c.kids {
			r := p.eval(kid)
			out.yes.within(r.yes)
			out.maybe.within(r.maybe)
		}
		return out
	case anyOf:
		out := crowds{p.f.nobody(), p.f.nobody()}
		for _, kid := range c.kids {
			r := p.eval(kid)
			out.yes.with(r.yes)
			out.maybe.with(r.maybe)
		}
		return out
	case holding:
		return p.evalHolding(c)
	case owning:
		return p.evalOwning(c)
	case within:
		return p.seeded([]Principal{c.group}, p.f.leaky[c.group])
	case local:
		return p.living(c.in)
	case active:
		out := crowds{p.f.everybody(), p.f.everybody()}
		out.yes.without(p.f.inactive)
		out.maybe.without(p.f.inactive)
		return out
	case single:
		out := crowds{p.f.everybody(), p.f.everybody()}
		out.yes.without(p.f.groups)
		out.maybe.without(p.f.groups)
		return out
	case gated:
		return p.gate(c)
	case bound:
		return p.same(p.f.evalBound(c, p.skip).verdict)
	case writable:
		return p.same(p.f.evalWritable(c).verdict)
	}
	return p.same(c.verdict)
}

// same is a condition that holds for all or for nobody.
func (p poll) same(v Verdict) crowds {
	out := crowds{p.f.nobody(), p.f.nobody()}
	if v == Yes {
		out.yes = p.f.everybody()
	}
	if v != No {
		out.maybe = p.f.everybody()
	}
	return out
}

// living are those who live in a place.
func (p poll) living(in Place) crowds {
	out := crowds{p.f.nobody(), p.f.nobody()}
	for i, m := range p.f.people.list {
		if m.declared && m.Place == in {
			out.yes.add(Principal(i))   //nolint:gosec // Build has counted them
			out.maybe.add(Principal(i)) //nolint:gosec // as above
		}
	}
	return out
}

// gate is worked out once for a workspace, as long as the link that is left out has nothing to do with it.
func (p poll) gate(c cond) crowds {
	if p.skip.Kind == IsMember && p.skip.To != Nobody || p.skip.On == c.need.On {
		return p.eval(c.kids[0])
	}
	f := p.f
	f.gates[c.in].Do(func() { f.openings[c.in] = poll{f: f, in: c.in}.eval(c.kids[0]) })
	return crowds{slices.Clone(f.openings[c.in].yes), slices.Clone(f.openings[c.in].maybe)}
}

func (p poll) evalHolding(c cond) crowds {
	var seeds []Principal
	doubt := false
	for on := c.need.On; on != Nothing; {
		doubt = doubt || !p.f.seen(on, SeenEntries)
		for _, e := range p.f.entries.of(uint32(on)) {
			who := e.who()
			if !c.set.has(e.right()) || p.skip == (Link{Kind: IsHolder, From: who, Right: e.right(), On: on}) {
				continue
			}
			seeds = append(seeds, who)
			doubt = doubt || p.f.leaky[who]
		}
		up, known := p.f.climb(c, on)
		doubt, on = doubt || !known, up
	}
	return p.seeded(seeds, doubt)
}

func (p poll) evalOwning(c cond) crowds {
	on := c.need.On
	owner := p.f.objects.owner[on]
	switch {
	case owner == Nobody:
		return p.seeded(nil, !p.f.seen(on, SeenOwner))
	case p.skip == Link{Kind: IsOwner, From: owner, On: on}:
		return p.seeded(nil, false)
	}
	return p.seeded([]Principal{owner}, p.f.leaky[owner])
}

// seeded are the seeds with all who are in them, as far as groups count. With a doubt anybody else may be one of them.
func (p poll) seeded(seeds []Principal, doubt bool) crowds {
	f := p.f
	yes := f.nobody()
	switch {
	case len(seeds) == 0 && doubt:
		return crowds{yes, f.everybody()}
	case len(seeds) == 0:
		return crowds{yes, f.nobody()}
	}
	queue := make([]Principal, 0, len(seeds))
	for _, s := range seeds {
		if f.people.list[s].Everybody {
			return crowds{f.everybody(), f.everybody()}
		}
		if f.counts(s, p.in) && !yes.has(s) {
			yes.add(s)
			queue = append(queue, s)
		}
	}
	for depth := 0; depth < maxNesting && len(queue) > 0; depth++ {
		var next []Principal
		for _, group := range queue {
			for _, member := range f.down.of(uint32(group)) {
				if yes.has(member) || p.skip.Kind == IsMember && p.skip.From == member && p.skip.To == group || !f.counts(member, p.in) {
					continue
				}
				yes.add(member)
				next = append(next, member)
			}
		}
		queue = next
	}
	yes.within(f.everyone)
	maybe := slices.Clone(yes)
	if doubt {
		maybe = f.everybody()
	}
	return crowds{yes, maybe}
}
