package access

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Facts are all that was collected, in a form that is searched. They are never changed, and safe for several goroutines.
type Facts struct {
	rules      *Rules
	places     []place
	people     people
	up         lists[Principal] // of a principal, the groups it is in
	down       lists[Principal] // of a group, who is in it
	everyone   crowd            // all who were collected
	whole      bool             // these are all there are
	inactive   crowd
	groups     crowd
	all        []Principal // the groups of everybody
	gates      []sync.Once // of places, each for its opening
	openings   []crowds    // who may do anything in a place
	views      sync.Pool
	leaks      []bool   // objects on which a leaky group holds something
	leaky      []bool   // groups in which there may be somebody of whom that was not collected
	weight     []uint32 // how many entries a principal has itself, and how many objects it owns
	admins     map[Place]Principal
	objects    objects
	warehouses map[Place][]Object
	order      []Object // in which what something is in comes before it; nil where that is by number
	entries    lists[entry]
	bound      map[Object][]binding
	extras     map[Object]extra
	shared     map[Object][]Object
	faults     []string
}

// lists are many short lists behind each other.
type lists[T any] struct {
	start []uint32
	all   []T
}

func (l lists[T]) of(i uint32) []T { return l.all[l.start[i]:l.start[i+1]] }

// gather sorts items into a list for each of n owners. Both passes visit all items.
func gather[T any](n int, each func(yield func(owner uint32, item T))) lists[T] {
	l := lists[T]{start: make([]uint32, n+1)}
	each(func(owner uint32, _ T) { l.start[owner+1]++ })
	for i := range n {
		l.start[i+1] += l.start[i]
	}
	l.all = make([]T, l.start[n])
	next := slices.Clone(l.start[:n])
	each(func(owner uint32, item T) {
		l.all[next[owner]] = item
		next[owner]++
	})
	return l
}

const mostPrincipals = 1<<24 - 1

// AdminsGroup is the group of a workspace whose members are its admins.
const AdminsGroup = "admins"

// Build puts the facts together. The builder is used up. It returns an error for more principals than there can be.
func (b *Builder) Build() (*Facts, error) {
	if len(b.people.list) > mostPrincipals {
		return nil, errors.New("there are too many principals to judge")
	}
	f := &Facts{rules: b.rules, places: b.places, people: b.people, whole: b.whole, objects: b.objects, extras: b.extras, shared: b.shared, bound: map[Object][]binding{}, admins: map[Place]Principal{}, warehouses: map[Place][]Object{}}
	means := b.people.resolve()
	f.joinGroups(b.members, means)
	f.findLeaks(b.whole, means)
	f.sortEntries(b.entries, means)
	f.countPeople()
	for o := range f.objects.owner {
		f.objects.owner[o] = means[f.objects.owner[o]]
		f.weight[f.objects.owner[o]]++
	}
	f.weight[Nobody] = 0
	for o, x := range f.extras {
		x.creator, x.runs = means[x.creator], means[x.runs]
		f.extras[o] = x
	}
	for _, bind := range b.bindings {
		f.bound[bind.on] = append(f.bound[bind.on], bind)
	}
	for i := range f.places {
		in := Place(i) //nolint:gosec // there are fewer places than that
		if group, count := f.people.called(in, Group, AdminsGroup); count == 1 && f.places[i].kind == WorkspaceKind {
			f.admins[in] = group
		}
	}
	code := f.rules.kinds[WarehouseKind].code
	for o, kind := range f.objects.kind {
		if kind == code && f.is(Object(o), declared) { //nolint:gosec // an object has 32 bits
			f.warehouses[f.objects.in[o]] = append(f.warehouses[f.objects.in[o]], Object(o)) //nolint:gosec // as above
		}
	}
	f.sortObjects()
	return f, nil
}

func (f *Facts) joinGroups(members []edge, means []Principal) {
	for i := range members {
		members[i] = edge{means[members[i].from], means[members[i].to]}
	}
	slices.SortFunc(members, func(a, b edge) int {
		if a.from != b.from {
			return int(a.from) - int(b.from)
		}
		return int(a.to) - int(b.to)
	})
	members = slices.Compact(members)
	n := len(f.people.list)
	f.up = gather(n, func(yield func(uint32, Principal)) {
		for _, m := range members {
			yield(uint32(m.from), m.to)
		}
	})
	f.down = gather(n, func(yield func(uint32, Principal)) {
		for _, m := range members {
			yield(uint32(m.to), m.from)
		}
	})
}

// findLeaks marks the groups of which not all members are known, and all groups around them.
func (f *Facts) findLeaks(whole bool, means []Principal) {
	f.leaky = make([]bool, len(f.people.list))
	var open []Principal
	for i, p := range f.people.list {
		number := Principal(i) //nolint:gosec // Build has counted them
		if number == Nobody || means[i] != number {
			continue
		}
		_, count := f.people.called(p.Place, p.Kind, p.Name)
		ambiguous := !p.declared && count > 1
		alone := p.Kind == User || p.Kind == ServicePrincipal || !p.declared && connector.IsApplicationID(p.Name) // that are in nobody's place
		if alone || p.Everybody || !p.declared && whole && !ambiguous || p.declared && p.Members {
			continue
		}
		open = append(open, number)
	}
	for len(open) > 0 {
		p := open[len(open)-1]
		open = open[:len(open)-1]
		if !f.leaky[p] {
			f.leaky[p] = true
			open = append(open, f.up.of(uint32(p))...)
		}
	}
}

// sortEntries keeps each entry once, by its object. A group that is the owner in an access control list is a fault of what was collected: it
// owns nothing.
func (f *Facts) sortEntries(raw []rawEntry, means []Principal) {
	f.weight = make([]uint32, len(f.people.list))
	keep := raw[:0]
	for _, e := range raw {
		who := means[e.who()]
		if e.right() == f.rules.isOwner && f.people.list[who].Kind == Group {
			f.faults = append(f.faults, fmt.Sprintf("The group %s is listed as the owner of %s: a group never owns it, so that does not count.",
				f.people.list[who].Name, f.Key(e.on)))
			continue
		}
		keep = append(keep, rawEntry{e.on, entryOf(who, e.right())})
	}
	f.entries = gather(len(f.objects.kind), func(yield func(uint32, entry)) {
		for _, e := range keep {
			yield(uint32(e.on), e.entry)
		}
	})
	f.leaks = make([]bool, len(f.objects.kind))
	for _, e := range keep {
		f.weight[e.who()]++
		if f.leaky[e.who()] {
			f.leaks[e.on] = true
		}
	}
	for o := range f.objects.kind {
		if list := f.entries.of(uint32(o)); len(list) > 1 { //nolint:gosec // an object has 32 bits
			slices.Sort(list)
		}
	}
}

// countPeople notes what is asked of everybody again and again.
func (f *Facts) countPeople() {
	f.everyone, f.inactive, f.groups = f.nobody(), f.nobody(), f.nobody()
	for i, p := range f.people.list {
		number := Principal(i) //nolint:gosec // Build has counted them
		if p.Everybody {
			f.all = append(f.all, number)
		}
		if p.declared {
			f.everyone.add(number)
		}
		if p.Inactive {
			f.inactive.add(number)
		}
		if p.Kind == Group {
			f.groups.add(number)
		}
	}
	f.gates, f.openings = make([]sync.Once, len(f.places)), make([]crowds, len(f.places))
}

// deepest is how many objects something lies in at most. What is in itself is deeper.
const deepest = 256

// sortObjects puts what something is in before it. What is in itself is in nothing that is known.
func (f *Facts) sortObjects() {
	n := len(f.objects.kind)
	depth := make([]uint16, n)
	sorted := true
	for o := 1; o < n; o++ {
		parent := f.objects.parent[o]
		if f.Kind(parent) == MetastoreKind { // whose privileges reach nothing below it, but for what has a rule of its own
			parent = Nothing
			f.objects.parent[o] = parent
		}
		if int(parent) < o {
			depth[o] = min(depth[parent]+1, deepest)
			continue
		}
		sorted = false
	}
	if sorted {
		return
	}
	for o := 1; o < n; o++ {
		at, d := Object(o), uint16(0) //nolint:gosec // an object has 32 bits
		for ; at != Nothing && d <= deepest; at = f.objects.parent[at] {
			d++
		}
		if depth[o] = d; d > deepest {
			f.objects.parent[o] = Nothing
			f.objects.flags[o] &^= flags(SeenPlace) << seenShift
		}
	}
	byDepth := gather(deepest+2, func(yield func(uint32, Object)) {
		for o := 1; o < n; o++ {
			yield(uint32(depth[o]), Object(o)) //nolint:gosec // as above
		}
	})
	f.order = byDepth.all
}

// Faults are what cannot be as it was collected, as sentences.
func (f *Facts) Faults() []string { return slices.Clone(f.faults) }

// Rules are the rules that the facts are judged by.
func (f *Facts) Rules() *Rules { return f.rules }

// Count is how many principals and objects there are.
func (f *Facts) Count() (principals, objects int) {
	return len(f.people.list) - 1, len(f.objects.kind) - 1
}
