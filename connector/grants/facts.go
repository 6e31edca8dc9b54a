package grants

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Judged is one look at an object as package access judges it for a principal: the names that count for it, and of the object and what that is
// in the owners and grants, each part with whether it was seen.
type Judged struct {
	facts  *access.Facts // nil where there were too many names to judge
	view   View
	in     access.Place
	who    access.Principal
	on     access.Object
	names  map[access.Principal]Identity
	called map[string]access.Principal // the principal and the groups that are known, by their names in lower case
	circle []access.Belonging          // those of them that count
	things map[access.Object]Object
	listed map[access.Link]int // of an entry, the grant of the view that told of it
}

// Judge has access judge a look at an object for a principal. Of other looks the owners of what the object is in count.
func (w Who) Judge(v View, others ...View) Judged { return w.judge(v, newLooks(others).owner) }

// judge is Judge with a way to look up the owners of what the object is in, and of the metastore. It gives an empty name for one that was not seen.
func (w Who) judge(v View, owner func(Object) connector.Remote) Judged {
	b, j, metastore := w.begin(v)
	j.things[b.On(metastore)] = Metastore()
	seen := access.SeenPlace | access.SeenBindings
	j.describe(b, b.On(metastore), access.Thing{Seen: seen}, owner(Metastore()))
	for o, more := v.Object, true; more; o, more = o.Parent() {
		thing := access.Thing{Seen: seen, Legacy: o.Type == connector.CatalogType && o.Name.Legacy()}
		if v.Everybody {
			thing.Seen |= access.SeenEntries
		}
		if up, inside := o.Parent(); inside {
			thing.Parent = j.object(b, metastore, up)
		}
		at, by := j.object(b, metastore, o), owner(o)
		if o.Same(v.Object) {
			j.on, by = at, v.Owner
		}
		j.describe(b, at, thing, by)
	}
	links := j.entries(b, metastore)
	if !j.build(b) {
		return Judged{view: v}
	}
	for i, link := range slices.Backward(links) { // the first grant of several that say the same
		j.listed[link] = i
	}
	delete(j.listed, access.Link{}) // that of what the rules do not know
	return j
}

// begin are the facts of a principal, before anything is known of objects.
func (w Who) begin(v View) (b *access.Builder, j Judged, metastore access.Place) {
	b = access.New(access.Table())
	j = Judged{view: v, names: map[access.Principal]Identity{}, called: map[string]access.Principal{}, things: map[access.Object]Object{}, listed: map[access.Link]int{}}
	j.in, metastore = b.Workspace(string(access.WorkspaceKind)), b.Metastore(string(access.MetastoreKind))
	b.AssignMetastore(j.in, metastore)
	j.people(b, w)
	return b, j, metastore
}

// build puts the facts together. It reports false where nobody could judge so many.
func (j *Judged) build(b *access.Builder) bool {
	facts, err := b.Build()
	if err != nil {
		return false
	}
	j.facts, j.circle = facts, facts.Circle(j.who, j.in)
	return true
}

// people are the principal and its groups. Whether there are others that it is in is known where the look at its groups was complete.
func (j *Judged) people(b *access.Builder, w Who) {
	add := func(m access.Member, id Identity) access.Principal {
		m.Name, m.Members = id.Name.Raw(), w.Complete
		p := b.Principal(m)
		if _, known := j.called[strings.ToLower(m.Name)]; !known && m.Name != "" {
			j.called[strings.ToLower(m.Name)], j.names[p] = p, id
		}
		return p
	}
	group := func(id Identity) access.Principal {
		m := access.Member{Kind: access.Group, Everybody: strings.EqualFold(id.Name.Raw(), AccountUsers)}
		if strings.EqualFold(id.Name.Raw(), AdminsGroup) {
			m.Place = j.in
		}
		return add(m, id)
	}
	if w.Complete { // whoever is assigned as an admin is in the group admins by that
		b.AllPrincipals()
		b.Describe(b.On(j.in), access.Thing{Seen: access.SeenAll})
	}
	kind := access.User
	if w.Principal.IsServicePrincipal() {
		kind = access.ServicePrincipal
	}
	j.who = add(access.Member{Kind: kind}, Identity{Name: w.Principal.Name})
	for _, id := range w.Identities {
		if !id.Group {
			continue
		}
		outer := group(id)
		for i, name := range id.Via {
			inner := group(Identity{Name: name, Group: true, Via: id.Via[i+1:]})
			b.Join(outer, inner)
			outer = inner
		}
		b.Join(outer, j.who)
	}
	for _, name := range []string{AccountUsers, AdminsGroup} {
		if _, known := j.called[name]; !known {
			group(Identity{Name: connector.FromRemote(name), Group: true})
		}
	}
}

// object is an object among the facts.
func (j *Judged) object(b *access.Builder, metastore access.Place, o Object) access.Object {
	if o.Type == MetastoreType {
		return b.On(metastore)
	}
	at := b.Object(o.kind(), metastore, o.Full())
	j.things[at] = o
	return at
}

// describe adds an object. One whose owner is not named has one all the same, who was not seen.
func (j *Judged) describe(b *access.Builder, at access.Object, thing access.Thing, owner connector.Remote) {
	if strings.TrimSpace(owner.Raw()) != "" {
		thing.Owner = j.principal(b, owner)
		thing.Seen |= access.SeenOwner
	}
	b.Describe(at, thing)
}

// principal is whom a grant or an owner names.
func (j *Judged) principal(b *access.Builder, name connector.Remote) access.Principal {
	if p, known := j.called[strings.ToLower(name.Raw())]; known {
		return p
	}
	var kind access.PrincipalKind
	if strings.Contains(name.Raw(), "@") { // a user goes by a mail address, and nobody is in one
		kind = access.User
	}
	p := b.Named(j.in, kind, name.Raw())
	if _, known := j.names[p]; !known && p != access.Nobody {
		j.names[p] = Identity{Name: name}
	}
	return p
}

// entries adds the grants of the view, each on the object that it was made on, and gives the link of each. A privilege that the rules do not know
// is none of them, and amounts to nothing but itself.
func (j *Judged) entries(b *access.Builder, metastore access.Place) []access.Link {
	links := make([]access.Link, len(j.view.Grants))
	for i, g := range j.view.Grants {
		from, err := j.from(g)
		if err != nil {
			continue
		}
		at := j.on
		if within(j.view.Object, from) {
			at = j.object(b, metastore, from)
		}
		right, known := access.Table().Named(from.kind(), string(g.Privilege))
		if who := j.principal(b, g.Principal); known && b.Grant(at, who, string(g.Privilege)) {
			links[i] = access.Link{Kind: access.IsHolder, From: who, Right: right, On: at}
		}
	}
	return links
}

// from is the object that a grant was made on.
func (j *Judged) from(g connector.Grant) (Object, error) {
	if g.InheritedFrom.Raw() == "" {
		return j.view.Object, nil
	}
	return ObjectNamed(g.InheritedType, g.InheritedFrom)
}

// within reports whether an object is another one or lies in it.
func within(o, outer Object) bool {
	for more := true; more; o, more = o.Parent() {
		if o.Same(outer) {
			return true
		}
	}
	return false
}
