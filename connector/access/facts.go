package access

import (
	"cmp"
	"strings"
)

// Place is where names are unique: the account, a workspace, or a metastore.
type Place uint16

// Account is the place of the account, which is always there.
const Account Place = 0

// Principal is a user, a service principal or a group, by its number among the facts.
type Principal uint32

// Object is what rights are held on, by its number among the facts.
type Object uint32

// Nobody is no principal, and Nothing no object.
const (
	Nobody  Principal = 0
	Nothing Object    = 0
)

// PrincipalKind tells users, service principals and groups apart; 0 is one of which that is not known.
type PrincipalKind uint8

// The kinds of principal.
const (
	User PrincipalKind = iota + 1
	ServicePrincipal
	Group
)

// Member is a principal as it was collected.
type Member struct {
	Kind     PrincipalKind
	Place    Place  // Account, or the workspace that a group lives in
	Name     string // what grants name: user name, application ID, or the name of a group
	Display  string // what pages call it, where that is another name
	Inactive bool
	// External marks a group whose members come from the identity provider: who is in it is changed there.
	External bool
	// Everybody marks the group of all who are in the account, who are not listed in it.
	Everybody bool
	// Members tells that the members of a group were collected, all of them.
	Members bool
}

// Seen is what was collected of an object, all of it. What was not makes answers unknown that depend on it.
type Seen uint8

// The parts of an object.
const (
	SeenEntries  Seen = 1 << iota // who was granted what on it
	SeenOwner                     // its owner, which of what has none is part of the list
	SeenPlace                     // what it is in
	SeenBindings                  // the workspaces that it is open in
	SeenAll      = SeenEntries | SeenOwner | SeenPlace | SeenBindings
)

// Thing is an object as it was collected.
type Thing struct {
	Title   string    // what pages call it, where that is not its key: the path of a notebook, the name of a job
	Parent  Object    // what it is in and inherits from, Nothing for nothing
	Owner   Principal // Nobody for none
	Creator Principal // Nobody where that is not told
	Uses    Object    // what it runs or reads through: the query of an alert, the warehouse of a query
	Reads   []Object  // what it gives to whoever may use it: the models of an endpoint, the tables of a Genie space; none where that is not told
	Runs    Principal // as whom it runs: the service principal of an app, the owner of a job
	Seen    Seen

	Isolated      bool // a catalog that is open in the workspaces it is bound to, and no other
	FixedGrants   bool // a catalog whose privileges nobody changes, as that of the samples
	NoInheritance bool // a catalog whose own grants do not reach its schemas, as that of the system tables
	Legacy        bool // the Hive metastore, with table access control
	OpensAll      bool // a schema open to everybody who may use its catalog: information_schema
	OpenLogs      bool // a cluster whose driver logs show to all who may attach to it
}

type flags uint16

const (
	declared flags = 1 << iota
	isolated
	fixedGrants
	noInheritance
	legacyCatalog
	opensAll
	openLogs
	seenShift = 8
)

// flag is the bit where a condition holds, and 0 where it does not.
func flag(bit flags, is bool) flags {
	if is {
		return bit
	}
	return 0
}

// binding opens a catalog in a workspace.
type binding struct {
	on       Object
	in       Place
	readOnly bool
}

// Builder takes facts as they come, in any order: what is named before it is described gets its number then. It is not safe for several
// goroutines.
type Builder struct {
	rules   *Rules
	people  people
	objects objects
	places  []place

	entries  []rawEntry
	members  []edge // of groups
	bindings []binding
	shared   map[Object][]Object // of a share, the recipients that it is for
	extras   map[Object]extra
	whole    bool // all principals of the account were collected
}

// extra is what few objects have.
type extra struct {
	creator Principal
	uses    Object
	runs    Principal
	reads   []Object
}

type rawEntry struct {
	on Object
	entry
}

// entry is who holds a right: the principal, and below it the right.
type entry uint32

func entryOf(p Principal, r Right) entry { return entry(uint32(p)<<8 | uint32(r)) }

func (e entry) who() Principal { return Principal(e >> 8) }

func (e entry) right() Right { return Right(e & 0xff) }

type edge struct{ from, to Principal }

// New begins facts that are judged by the rules.
func New(rules *Rules) *Builder {
	b := &Builder{rules: rules, places: []place{{kind: AccountKind, metastore: noPlace}}, people: newPeople(), objects: newObjects(), extras: map[Object]extra{}, shared: map[Object][]Object{}}
	b.places[Account].object = b.Object(AccountKind, Account, "account")
	return b
}

// Metastore gives the place of a metastore, by its ID.
func (b *Builder) Metastore(id string) Place { return b.place(MetastoreKind, id) }

// Workspace gives the place of a workspace, by its ID. Its objects of Unity Catalog are those of the metastore that AssignMetastore names.
func (b *Builder) Workspace(id string) Place { return b.place(WorkspaceKind, id) }

// AssignMetastore says which metastore a workspace has.
func (b *Builder) AssignMetastore(workspace, metastore Place) {
	b.places[workspace].metastore = metastore
}

// On gives the object that stands for a place itself: roles of the account, entitlements of a workspace and privileges on a metastore are entries
// on it, and the owner of a metastore is that of its object.
func (b *Builder) On(p Place) Object { return b.places[p].object }

// AllPrincipals says that each user, service principal and group of the account was collected, so that a name that is nobody's is one of somebody
// who is gone.
func (b *Builder) AllPrincipals() { b.whole = true }

// Principal describes a principal, and gives its number.
func (b *Builder) Principal(m Member) Principal {
	p := b.people.name(m.Place, m.Kind, m.Name)
	b.people.describe(p, m)
	return p
}

// Named gives the number of a principal that something names: a grant, an access control list, an owner. Where the kind is not told it is 0.
// In a workspace its own groups come before those of the account.
func (b *Builder) Named(in Place, kind PrincipalKind, name string) Principal {
	if name == "" {
		return Nobody
	}
	return b.people.name(in, kind, name)
}

// Join puts a principal into a group.
func (b *Builder) Join(group, member Principal) {
	b.members = append(b.members, edge{from: member, to: group})
}

// Object gives the number of an object by its kind and key: the full name in Unity Catalog, the ID of everything else.
func (b *Builder) Object(kind Kind, in Place, key string) Object {
	row, known := b.rules.kind(kind)
	if !known {
		return Nothing
	}
	if row.class == unity {
		key = strings.ToLower(key)
	}
	return b.objects.name(row.code, in, key)
}

// Describe says what was collected of an object.
func (b *Builder) Describe(o Object, t Thing) {
	if o == Nothing {
		return
	}
	b.objects.parent[o], b.objects.owner[o] = t.Parent, t.Owner
	if t.Title != "" {
		b.objects.title[o] = b.objects.texts.add(t.Title) + 1
	}
	b.objects.flags[o] = declared | flags(t.Seen)<<seenShift | flag(isolated, t.Isolated) | flag(fixedGrants, t.FixedGrants) |
		flag(noInheritance, t.NoInheritance) | flag(legacyCatalog, t.Legacy) | flag(opensAll, t.OpensAll) | flag(openLogs, t.OpenLogs)
	if t.Creator != Nobody || t.Uses != Nothing || t.Runs != Nobody || t.Reads != nil {
		b.extras[o] = extra{t.Creator, t.Uses, t.Runs, t.Reads}
	}
}

// Grant says that a principal holds a right on an object, by the API's name of the right. It reports false for a right that the rules do not
// know, or an object of a kind that they do not, which answers do not count.
func (b *Builder) Grant(on Object, to Principal, api string) bool {
	if on == Nothing || to == Nobody {
		return false
	}
	r, known := b.rules.Named(b.rules.codes[b.objects.kind[on]], api)
	if known {
		b.entries = append(b.entries, rawEntry{on, entryOf(to, r)})
	}
	return known
}

// Bind opens an isolated catalog in a workspace, or there for reading alone.
func (b *Builder) Bind(catalog Object, workspace Place, readOnly bool) {
	b.bindings = append(b.bindings, binding{catalog, workspace, readOnly})
}

// Share says that a share is open to a recipient, which is no principal of the account.
func (b *Builder) Share(share, recipient Object) {
	if share != Nothing && recipient != Nothing {
		b.shared[share] = append(b.shared[share], recipient)
	}
}

type place struct {
	kind      Kind
	id        string
	object    Object
	metastore Place
}

// noPlace is that of a workspace without a metastore.
const noPlace Place = 1<<16 - 1

func (b *Builder) place(kind Kind, id string) Place {
	for i, known := range b.places {
		if known.kind == kind && known.id == id {
			return Place(i) //nolint:gosec // there are fewer places than that
		}
	}
	in := Place(len(b.places)) //nolint:gosec // as above
	b.places = append(b.places, place{kind: kind, id: id, metastore: noPlace})
	b.places[in].object = b.Object(kind, in, cmp.Or(id, string(kind)))
	return in
}
