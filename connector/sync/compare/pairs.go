package compare

// sides are the rows of a key that came and those that went, in the order of the feed, each as often as it did.
type sides struct{ came, gone []*netRow }

// sides are those of the keys of which there are both.
func (n *Net) sides() map[entry]*sides {
	all := map[entry]*sides{}
	for i := range n.rows {
		r := &n.rows[i]
		key := r.group()
		if n.pairs[key] == 0 {
			continue
		}
		of := all[key]
		if of == nil {
			of = &sides{}
			all[key] = of
		}
		for range r.more {
			of.came = append(of.came, r)
		}
		for range -r.more {
			of.gone = append(of.gone, r)
		}
	}
	return all
}

// tell gives the rows of a key: each that went before the one that came in its place, then those that are left. It reports whether to go on.
func (s *sides) tell(yield func(Change) bool) bool {
	pairs := min(len(s.came), len(s.gone))
	for i := range pairs {
		if !yield(s.gone[i].as(Preimage)) || !yield(s.came[i].as(Postimage)) {
			return false
		}
	}
	for _, r := range s.gone[pairs:] {
		if !yield(r.as(Delete)) {
			return false
		}
	}
	for _, r := range s.came[pairs:] {
		if !yield(r.as(Insert)) {
			return false
		}
	}
	return true
}

func (r *netRow) as(t Type) Change { return Change{Type: t, Record: r.record, Index: r.index} }
