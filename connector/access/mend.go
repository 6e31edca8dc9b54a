package access

import (
	"cmp"
	"slices"
)

// Giver is somebody who can give what is missing, and by what: as the owner of By, by holding Right on it, or as an admin of the place. Nobody is
// whoever holds Right on By, where that was not collected.
type Giver struct {
	Who   Principal
	By    Object
	Right Right // OWNERSHIP for the owner
}

// mostGivers is how many of those who can give something are named.
const mostGivers = 16

// givers are who can give what is missing, the nearest to the object first.
func (f *Facts) givers(missing cond, in Place) []Giver {
	var out []Giver
	add := func(who Principal, by Object, r Right) {
		known := slices.ContainsFunc(out, func(g Giver) bool { return g.Who == who })
		if who != Nobody && !known && len(out) < mostGivers {
			out = append(out, Giver{who, by, r})
		}
	}
	s, on := f.rules, missing.need.On
	listed := func(on Object, set mask) {
		for _, e := range f.entries.of(uint32(on)) {
			if set.has(e.right()) {
				add(e.who(), on, e.right())
			}
		}
	}
	if missing.op == single {
		return nil // nobody makes a group somebody
	}
	switch f.row(on).class {
	case unity:
		for _, g := range f.Granters(on, in) {
			if g.Right != s.manage || missing.need.Demand == ToHold || missing.need.Demand == ToOwn {
				add(g.Who, g.By, g.Right)
			}
		}
	case levels:
		for o := on; o != Nothing; o = f.objects.parent[o] {
			listed(o, s.satisfies(s.canManage))
		}
		f.addAdmins(add, f.objects.in[on])
	case standing:
		switch f.Kind(on) {
		case WorkspaceKind:
			f.addAdmins(add, in)
		case GroupKind, ServicePrincipalKind:
			listed(on, s.managers)
		}
	}
	if f.row(on).class == standing || f.Kind(on) == MetastoreKind { // on the metastore itself, account admins grant as well
		account := f.places[Account].object
		listed(account, s.accountAdmin.mask())
		if !f.seen(account, SeenEntries) {
			out = append(out, Giver{Nobody, account, s.accountAdmin})
		}
	}
	return out
}

// Granters are those who may grant on an object of Unity Catalog, by each way in which they may: the owner of the object, whoever has MANAGE on it,
// the same of what it is in, the nearest first, and the owner of the metastore, or in hive_metastore the admins of the workspace.
func (f *Facts) Granters(on Object, in Place) []Giver {
	var out []Giver
	add := func(who Principal, by Object, r Right) {
		if who != Nobody {
			out = append(out, Giver{who, by, r})
		}
	}
	manage := f.hold(f.rules.manage, on, true)
	from := on // as far up as MANAGE is handed down
	if f.legacy(on) {
		from = Nothing
	}
	for o := on; o != Nothing; o = f.objects.parent[o] {
		add(f.objects.owner[o], o, f.rules.ownership)
		if o != from {
			continue
		}
		for _, e := range f.entries.of(uint32(o)) {
			if manage.set.has(e.right()) {
				add(e.who(), o, e.right())
			}
		}
		from, _ = f.climb(manage, o)
	}
	if f.legacy(on) {
		f.addAdmins(add, in)
		return out
	}
	metastore := f.places[f.objects.in[on]].object
	add(f.objects.owner[metastore], metastore, f.rules.ownership)
	return out
}

func (f *Facts) addAdmins(add func(Principal, Object, Right), in Place) {
	on := f.places[in].object
	if group, known := f.admins[in]; known {
		add(group, on, f.rules.assignedAdmin)
	}
	for _, e := range f.entries.of(uint32(on)) {
		if e.right() == f.rules.assignedAdmin {
			add(e.who(), on, f.rules.assignedAdmin)
		}
	}
}

// mostJoinings is how many groups are named, and how many are looked at for them.
const (
	mostJoinings = 5
	mostLooks    = 32
)

// joinings are groups that give what is missing, in the first way or another one: those that give all that is asked come first, and then those
// that bring the least besides. A principal that is in one has it at once, and so it has to be one that somebody can be put into.
func (f *Facts) joinings(q Question, c cond, v *view, r result) []Joining {
	candidates := f.holders(nil, r.missing)
	for _, way := range r.instead {
		candidates = f.holders(candidates, way)
	}
	slices.SortStableFunc(candidates, func(a, b Principal) int { return cmp.Compare(f.weight[a], f.weight[b]) })
	missing := either(append([]cond{r.missing}, r.instead...)...)
	var out []Joining
	for i, group := range candidates {
		if i == mostLooks {
			break
		}
		then := v.joined(group)
		if then.eval(missing).verdict == Yes {
			out = append(out, f.weighed(Joining{Group: group, Whole: then.eval(c).verdict == Yes}, q.In))
		}
		then.done()
	}
	slices.SortStableFunc(out, func(a, b Joining) int {
		if a.Whole != b.Whole {
			if a.Whole {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(len(a.Roles), len(b.Roles)), cmp.Compare(a.Weight, b.Weight))
	})
	return out[:min(len(out), mostJoinings)]
}

// adminRoles are the roles that outweigh any rights on single objects.
var adminRoles = []string{"account-admin", "metastore-admin", "workspace-admin"}

// weighed counts what comes with a group: its own rights, those of the groups that it is in, and the roles of admins.
func (f *Facts) weighed(j Joining, in Place) Joining {
	v := f.look(j.Group, in, Link{})
	for _, p := range v.set {
		if !f.people.list[p].Everybody {
			j.Weight += int(f.weight[p])
		}
	}
	v.done()
	for _, role := range f.rules.Roles.Roles {
		if slices.Contains(adminRoles, role.ID) && f.Role(j.Group, role.ID, in).Verdict == Yes {
			j.Roles = append(j.Roles, role.Name)
		}
	}
	return j
}

// holders adds the groups that have what is missing themselves.
func (f *Facts) holders(out []Principal, missing cond) []Principal {
	add := func(p Principal) {
		m := f.people.list[p]
		if m.declared && m.Kind == Group && !m.Everybody && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	switch missing.op {
	case holding:
		for on := missing.need.On; on != Nothing; on, _ = f.climb(missing, on) {
			for _, e := range f.entries.of(uint32(on)) {
				if missing.set.has(e.right()) {
					add(e.who())
				}
			}
		}
	case owning:
		add(f.objects.owner[missing.need.On])
	case within:
		add(missing.group)
	case allOf, anyOf:
		for _, kid := range missing.kids {
			out = f.holders(out, kid)
		}
	}
	return out
}

// joined is the view as it would be if the principal were in one more group.
func (v *view) joined(group Principal) *view {
	then := v.f.look(v.who, v.in, v.skip)
	if then.far[group] == 0 && then.counts(group) {
		from := len(then.set)
		then.add(group, v.who, 2)
		then.spread(from)
	}
	return then
}
