package access

import "slices"

// Basis is the nearest way by which somebody has some rights on an object: a grant, owning it or what it is in, or being an admin, through groups
// or not. A way without a link is being who one is, as the group of admins.
type Basis struct {
	Rights []Right
	Way    Way
	on     Object
}

// Bases gives what a principal has its rights on objects by, each time it is asked. It is for one goroutine.
func (f *Facts) Bases(who Principal, in Place) func(on Object, rights []Right) []Basis {
	views := map[Place]*view{}
	return func(on Object, rights []Right) (out []Basis) {
		place := f.where(on, in)
		v := views[place]
		if v == nil {
			v = f.look(who, place, Link{})
			views[place] = v
		}
		for _, r := range rights {
			way, known := v.source(r, on)
			if !known {
				continue
			}
			i := slices.IndexFunc(out, func(s Basis) bool { return slices.Equal(s.Way, way) })
			if i < 0 {
				i, out = len(out), append(out, Basis{Way: way, on: on})
			}
			out[i].Rights = append(out[i].Rights, r)
		}
		return out
	}
}

// source is the nearest way by which a right is had, or where it is used without being had the one by which it is used.
func (v *view) source(r Right, on Object) (Way, bool) {
	for _, c := range []cond{v.f.having(r, on, v.in), v.f.cond(r, on, v.in)} {
		found := v.eval(c)
		if found.verdict != Yes {
			continue
		}
		var way Way
		for _, step := range found.steps {
			if len(step.Way) > 0 {
				way = step.Way
			}
		}
		return way, true
	}
	return nil, false
}

// The kinds of fact at the end of a way.
const (
	asGrant  = "grant"
	asOwner  = "owner"
	asMember = "member"
	asItself = "itself"
)

// As is the kind of fact that gives the rights: a grant, owning, or being a member of the group of admins.
func (b Basis) As() string {
	if len(b.Way) == 0 {
		return asItself
	}
	return map[LinkKind]string{IsHolder: asGrant, IsOwner: asOwner, IsMember: asMember}[b.Way.Last().Kind]
}

// Groups are those that it comes through, the nearest first.
func (b Basis) Groups() (out []Principal) {
	for _, l := range b.Way {
		if l.Kind == IsMember {
			out = append(out, l.To)
		}
	}
	return out
}

// On is the object that the grant is on, or that is owned; Nothing for admins.
func (b Basis) On() Object { return b.Way.Last().On }

// SayBasis is a basis in a few words, such as “in analysts: from inventory”.
func (f *Facts) SayBasis(b Basis) string {
	if len(b.Way) == 0 {
		return "as that group"
	}
	highest := b.Rights[len(b.Rights)-1]
	if last := b.Way.Last(); last.Kind == IsHolder && slices.Contains(b.Rights, last.Right) {
		highest = last.Right
	}
	return f.SayPath(Question{Right: highest, On: b.on}, []Step{{Way: b.Way}})
}
