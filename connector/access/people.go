package access

import "strings"

// people are the principals by the names that something gave them.
type people struct {
	byName map[nameKey]Principal
	list   []person
}

type nameKey struct {
	in   Place
	kind PrincipalKind
	name string
}

type person struct {
	Member
	declared bool
}

// newPeople has nobody, by the number 0.
func newPeople() people { return people{byName: map[nameKey]Principal{}, list: make([]person, 1)} }

// name gives the number of a name. Names do not depend on case.
func (p *people) name(in Place, kind PrincipalKind, name string) Principal {
	key := nameKey{in, kind, strings.ToLower(name)}
	if known, ok := p.byName[key]; ok {
		return known
	}
	number := Principal(len(p.list)) //nolint:gosec // a principal has 24 bits among the entries, which a builder holds it to
	p.byName[key] = number
	p.list = append(p.list, person{Member: Member{Kind: kind, Place: in, Name: name}})
	return number
}

func (p *people) describe(number Principal, m Member) {
	m.Display = strings.TrimSpace(m.Display)
	p.list[number] = person{Member: m, declared: true}
}

// resolve finds for each name the principal that it means: one that was described under it, in the place where it was named or in the account, of
// the kind that was named or of the only kind there is. A name that several have, or nobody, stays by itself.
func (p *people) resolve() []Principal {
	means := make([]Principal, len(p.list))
	for i, named := range p.list {
		means[i] = Principal(i) //nolint:gosec // as above
		if named.declared || i == int(Nobody) {
			continue
		}
		for _, in := range []Place{named.Place, Account} {
			if found, count := p.called(in, named.Kind, named.Name); count > 0 {
				if count == 1 {
					means[i] = found
				}
				break
			}
		}
	}
	return means
}

// called finds the principals that were described under a name in a place.
func (p *people) called(in Place, kind PrincipalKind, name string) (found Principal, count int) {
	for _, k := range []PrincipalKind{User, ServicePrincipal, Group} {
		if kind != 0 && kind != k {
			continue
		}
		if number, ok := p.byName[nameKey{in, k, strings.ToLower(name)}]; ok && p.list[number].declared {
			found = number
			count++
		}
	}
	return found, count
}

// displayed are the service principals that pages call by a name.
func (p *people) displayed(name string) (found []Principal) {
	for i, one := range p.list {
		if one.declared && one.Kind == ServicePrincipal && one.Display != "" && strings.EqualFold(one.Display, name) {
			found = append(found, Principal(i)) //nolint:gosec // a principal has 24 bits
		}
	}
	return found
}

// objects are all objects, each field in a list of its own: there may be a million.
type objects struct {
	texts  arena
	index  index
	kind   []uint8
	in     []Place
	key    []uint32
	title  []uint32 // one more than where it is, 0 for none
	parent []Object
	owner  []Principal
	flags  []flags
}

// newObjects has nothing, by the number 0.
func newObjects() objects {
	s := objects{index: newIndex()}
	s.add(0, 0, "")
	return s
}

func (s *objects) add(kind uint8, in Place, key string) {
	s.kind, s.in, s.key = append(s.kind, kind), append(s.in, in), append(s.key, s.texts.add(key))
	s.title, s.parent, s.owner = append(s.title, 0), append(s.parent, Nothing), append(s.owner, Nobody)
	s.flags = append(s.flags, 0)
}

func (s *objects) name(kind uint8, in Place, key string) Object {
	s.index.grow(func(i uint32) uint64 { return s.index.hash(s.in[i], s.kind[i], string(s.texts.at(s.key[i]))) })
	slot := s.index.find(s.index.hash(in, kind, key), func(i uint32) bool {
		return s.kind[i] == kind && s.in[i] == in && string(s.texts.at(s.key[i])) == key
	})
	if *slot == 0 {
		*slot = uint32(len(s.kind)) //nolint:gosec // an object has 32 bits
		s.index.used++
		s.add(kind, in, key)
	}
	return Object(*slot)
}

// lookup finds an object without making it.
func (s *objects) lookup(kind uint8, in Place, key string) (Object, bool) {
	slot := s.index.find(s.index.hash(in, kind, key), func(i uint32) bool {
		return s.kind[i] == kind && s.in[i] == in && string(s.texts.at(s.key[i])) == key
	})
	return Object(*slot), *slot != 0
}
