package access

// maxNesting is how deep groups in groups count, a documented limit.
const maxNesting = 10

// view is what one principal is in, one link left out.
type view struct {
	f    *Facts
	who  Principal
	in   Place
	skip Link
	far  []uint8     // one more than how many groups away, 0 for not in
	via  []Principal // through whom
	set  []Principal // it and its groups, the nearest first
}

// look finds the groups of a principal as they count in a workspace: not those that live in another one. The view is given back with done.
func (f *Facts) look(who Principal, in Place, skip Link) *view {
	v, kept := f.views.Get().(*view)
	if !kept {
		v = &view{f: f, far: make([]uint8, len(f.people.list)), via: make([]Principal, len(f.people.list))}
	}
	v.who, v.in, v.skip = who, in, skip
	if !f.counts(who, in) {
		return v
	}
	v.add(who, Nobody, 1)
	v.spread(0)
	for _, everybody := range f.all {
		if v.far[everybody] == 0 {
			v.add(everybody, who, 2)
		}
	}
	return v
}

// done gives the view back, to be used for another principal.
func (v *view) done() {
	for _, p := range v.set {
		v.far[p] = 0
	}
	v.set = v.set[:0]
	v.f.views.Put(v)
}

func (v *view) add(p, via Principal, far uint8) {
	v.far[p], v.via[p], v.set = far, via, append(v.set, p)
}

// spread goes from those in the set from a number on to the groups around them.
func (v *view) spread(from int) {
	for i := from; i < len(v.set); i++ {
		p := v.set[i]
		if v.far[p] > maxNesting {
			continue
		}
		for _, group := range v.f.up.of(uint32(p)) {
			if v.far[group] == 0 && v.counts(group) && !v.left(p, group) {
				v.add(group, p, v.far[p]+1)
			}
		}
	}
}

func (v *view) counts(group Principal) bool { return v.f.counts(group, v.in) }

// counts reports whether a group counts in a workspace.
func (f *Facts) counts(group Principal, in Place) bool {
	place := f.people.list[group].Place
	return place == Account || place == in
}

func (v *view) left(p, group Principal) bool {
	return v.skip.Kind == IsMember && v.skip.From == p && v.skip.To == group
}

// way is how the principal comes to one that it is in.
func (v *view) way(to Principal) []Link {
	if to == v.who {
		return nil
	}
	via := v.via[to]
	return append(v.way(via), Link{Kind: IsMember, From: via, To: to, Implicit: v.f.people.list[to].Everybody})
}
