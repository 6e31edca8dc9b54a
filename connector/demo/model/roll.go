package model

import (
	"slices"
	"strings"
)

// roll has the direct members of each group by its name, in the order of their SCIM ids. It is found once, and holds until somebody comes, changes
// or goes: in a directory at its limits it takes long to look through everybody for each group.
type roll map[string][]*Principal

// enroll puts somebody in the place of whoever has the name.
func (w *World) enroll(p *Principal) {
	w.principals[strings.ToLower(p.Name)] = p
	w.roll.Store(nil)
}

// strike takes out whoever has the name.
func (w *World) strike(name string) {
	delete(w.principals, strings.ToLower(name))
	w.roll.Store(nil)
}

// called gives the roll. Two who find it at once find the same, because nobody changes anything meanwhile.
func (w *World) called() roll {
	if known := w.roll.Load(); known != nil {
		return *known
	}
	found := roll{}
	for _, p := range w.principals {
		for _, name := range once(slices.Clone(p.MemberOf)) {
			found[name] = append(found[name], p)
		}
	}
	for _, members := range found {
		slices.SortFunc(members, byID)
	}
	w.roll.Store(&found)
	return found
}
