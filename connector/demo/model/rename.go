package model

import (
	"maps"
)

// rename gives a group another name and takes along what goes by it: memberships, permissions, privileges and ownership, which Databricks
// keeps by number. Generated tables are not stored, so they keep the owner they are made with.
func (w *World) rename(p *Principal, name string) *Principal {
	if name == p.Name {
		return p
	}
	old := p.Name
	w.strike(old)
	renamed := *p
	renamed.Name = name
	w.enroll(&renamed)
	w.tree.renamed(old, name)
	for _, m := range maps.Clone(w.principals) {
		for i, group := range m.MemberOf {
			if group == old {
				w.replace(m, func(to *Principal) { to.MemberOf[i] = name })
			}
		}
	}
	for _, list := range w.lists {
		moveKey(list, old, name)
	}
	for _, holders := range w.grants {
		moveKey(holders, old, name)
	}
	w.renameOwner(old, name)
	return &renamed
}

func moveKey[K comparable, V any](in map[K]V, from, to K) {
	if v, ok := in[from]; ok {
		delete(in, from)
		in[to] = v
	}
}

func (w *World) renameOwner(old, name string) {
	owned := func(owner *string) {
		if *owner == old {
			*owner = name
		}
	}
	owned(&w.metastore.Owner)
	for _, c := range w.catalogs {
		owned(&c.Owner)
		for _, s := range c.schemas {
			owned(&s.Owner)
			for i := range s.tables {
				owned(&s.tables[i].Owner)
			}
		}
	}
	for _, list := range w.items {
		for i := range list {
			owned(&list[i].Owner)
		}
	}
}
