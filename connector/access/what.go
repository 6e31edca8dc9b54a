package access

import "iter"

// Holding is what a principal has on one object: the rights it has, and those of which it cannot be told.
type Holding struct {
	On    Object
	class class
	rights
}

type rights struct{ yes, unknown mask }

// Rights are the rights that the principal has, the lowest first. Of levels, the last one includes those before it.
func (h Holding) Rights() []Right { return h.yes.rights(h.class) }

// Unknown are the rights of which it cannot be told.
func (h Holding) Unknown() []Right { return h.unknown.rights(h.class) }

// Has answers for one right.
func (h Holding) Has(r Right) Verdict {
	switch {
	case h.class == r.class() && h.yes.has(r):
		return Yes
	case h.class == r.class() && h.unknown.has(r):
		return Unknown
	}
	return No
}

// What gives all that a principal has, in a workspace and in the account, an object at a time and what something is in before it. Objects on
// which it has nothing for certain are left out. Of a principal that was not collected they are those that name it.
func (f *Facts) What(who Principal, in Place) iter.Seq[Holding] {
	return func(yield func(Holding) bool) {
		if !f.Collected(who) {
			f.naming(who, yield)
			return
		}
		s := f.sweep(who, in)
		defer s.v.done()
		for i := range len(f.objects.kind) - 1 {
			o := Object(i + 1) //nolint:gosec // an object has 32 bits
			if f.order != nil {
				o = f.order[i]
			}
			found := s.visit(o)
			if found.maybe == 0 {
				continue
			}
			if !yield(Holding{o, s.rows[f.objects.kind[o]].class, rights{found.yes, found.maybe &^ found.yes}}) {
				return
			}
		}
	}
}

// Certain reports whether the principal has any right for certain.
func (h Holding) Certain() bool { return h.yes != 0 }
