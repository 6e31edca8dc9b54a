package access

import (
	"slices"
	"strings"
)

// Untold is why it cannot be told of everybody whether they have some rights on an object: the groups that hold one of them whose members were not
// all collected, and what was not seen of the object. There is nothing where all can be told.
func (f *Facts) Untold(on Object, in Place, asked []Right) (all []Doubt) {
	in = f.where(on, in)
	for _, r := range asked {
		for _, d := range f.untold(f.cond(r, on, in), r, on, in) {
			if !slices.Contains(all, d) {
				all = append(all, d)
			}
		}
	}
	return all
}

// SayDoubts puts what was not collected into sentences, each of them once.
func (f *Facts) SayDoubts(all []Doubt) (lines []string) {
	for _, d := range all {
		if said := f.sayDoubt(d); !slices.Contains(lines, said) {
			lines = append(lines, said)
		}
	}
	return lines
}

// untold are the doubts about a right itself. What it takes besides, to be in the workspace and to open what the object is in, is left out: it gives
// the right to nobody.
func (f *Facts) untold(c cond, r Right, on Object, in Place) (out []Doubt) {
	if n := c.need; n.On != on && n.On != Nothing && n.Right != r && f.row(n.On).opening && n.Right == f.opener(n.On) {
		return nil
	}
	if c.op == allOf && slices.ContainsFunc(c.kids, func(kid cond) bool { return f.shut(kid) }) {
		return nil // nobody has it, whatever else was not seen
	}
	switch c.op {
	case allOf, anyOf:
		for _, kid := range c.kids {
			out = append(out, f.untold(kid, r, on, in)...)
		}
	case holding, owning, within:
		stranger := &view{f: f, in: in, far: make([]uint8, len(f.people.list))} // who is in no group that was collected
		out = stranger.eval(c).doubts
	case bound:
		out = f.evalBound(c, Link{}).doubts
	case writable:
		out = f.evalWritable(c).doubts
	case settled:
		out = f.evalSettled(c).doubts
	}
	return out
}

// shut reports whether a condition holds for nobody, by the facts alone.
func (f *Facts) shut(c cond) bool {
	switch c.op {
	case bound:
		return f.evalBound(c, Link{}).verdict == No
	case writable:
		return f.evalWritable(c).verdict == No
	case settled:
		return c.verdict == No
	}
	return false
}

// Collected reports whether a principal was collected, and not only named by something that was.
func (f *Facts) Collected(p Principal) bool { return f.people.list[p].declared }

// SayNamed says of a principal that was not collected what can be told all the same.
func (f *Facts) SayNamed(p Principal) string {
	return f.Called(p) + " is named in grants or as an owner, but was not collected: what it has cannot be told."
}

// justNamed finds a name that something names which was collected, and that is nobody's who was. Where all principals were collected it is that of
// somebody who is gone, and not found.
func (f *Facts) justNamed(in Place, name string) (found Principal, known bool) {
	if f.whole {
		return Nobody, false
	}
	for i, p := range f.people.list {
		number := Principal(i) //nolint:gosec // Build has counted them
		if p.declared || !strings.EqualFold(p.Name, name) || f.weight[i] == 0 || number == Nobody {
			continue
		}
		if !known || p.Place == in {
			found, known = number, true
		}
	}
	return found, known
}

// naming gives the objects on which something names a principal that was not collected, and for what. Whether it has that cannot be told: it takes
// being in the workspace and opening what the object is in, which may come by a group.
func (f *Facts) naming(who Principal, yield func(Holding) bool) {
	called := map[Principal]bool{}
	for i, p := range f.people.list {
		if !p.declared && strings.EqualFold(p.Name, f.people.list[who].Name) {
			called[Principal(i)] = true //nolint:gosec // as above
		}
	}
	for o := Object(1); int(o) < len(f.objects.kind); o++ {
		row := f.row(o)
		held := mask(0)
		for _, e := range f.entries.of(uint32(o)) {
			if called[e.who()] {
				held |= e.right().mask()
			}
		}
		if called[f.objects.owner[o]] && row.class == unity {
			held |= f.rules.ownership.mask()
		}
		if held != 0 && !yield(Holding{o, row.class, rights{unknown: held}}) {
			return
		}
	}
}
