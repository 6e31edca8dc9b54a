package model

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Visibility is how much of an object a principal sees.
type Visibility uint8

// An object is not listed at all, listed for its metadata through BROWSE alone, or listed in full.
const (
	Hidden Visibility = iota
	BrowseOnly
	Full
)

var visibilityWords = [...]string{"hidden", "browse only", "full"}

// String is the visibility in words.
func (v Visibility) String() string { return visibilityWords[v] }

// access answers for one principal while the world is locked.
type access struct {
	w     *World
	who   *Principal
	names []string // whose grants and ownership count
	admin bool     // owns the metastore
}

func (w *World) access(who *Principal) access {
	a := access{w: w, who: who, names: w.identities(who)}
	a.admin = a.isOneOf(w.metastore.Owner)
	return a
}

func (a access) isOneOf(name string) bool { return slices.Contains(a.names, name) }

// direct reports whether the privilege is granted on the object itself to the principal or a group of its.
func (a access) direct(p unity.Privilege, on unity.Securable) bool {
	holders := a.w.grants[on]
	if len(holders) == 0 {
		return false
	}
	for _, name := range a.names {
		if holders[name].Implies(p) {
			return true
		}
	}
	return false
}

// holds is direct, with the privileges that the objects above hand down. Ownership is not among them.
func (a access) holds(p unity.Privilege, on unity.Securable) bool {
	for {
		if a.direct(p, on) {
			return true
		}
		parent, ok := on.Parent()
		if !ok || !a.w.handsDown(parent) {
			return false
		}
		on = parent
	}
}

// handsDown reports whether privileges on s reach the objects in it. They do everywhere but in the system catalog, where a grant on the
// catalog is accepted and changes nothing below.
func (w *World) handsDown(s unity.Securable) bool {
	if s.Kind != unity.CatalogKind {
		return true
	}
	c, ok := w.catalog(s.Catalog)
	return ok && !c.NoInheritance
}

func (a access) owns(on unity.Securable) bool {
	o, err := a.w.object(on)
	return err == nil && a.isOneOf(o.owner)
}

// may reports whether the principal has the privilege by grant or as the owner of that very object. The owner of a parent may see
// and grant, but does not read by that alone.
func (a access) may(p unity.Privilege, on unity.Securable) bool { return a.holds(p, on) || a.owns(on) }

// Visible tells how much of an object a principal sees: what the REST API would list or return. A securable that does not exist is Hidden.
func (w *World) Visible(who *Principal, on unity.Securable) Visibility {
	w.mu.RLock()
	defer w.mu.RUnlock()
	o, err := w.object(on)
	if err != nil {
		return Hidden
	}
	a := w.access(who)
	switch on.Kind {
	case unity.CatalogKind:
		return a.catalog(o.catalog)
	case unity.SchemaKind:
		return a.within(o.catalog).schema(on)
	case unity.MetastoreKind:
		return Full
	}
	if o.catalog == nil {
		return a.belowMetastore(on, o.owner)
	}
	parent, _ := on.Parent()
	return a.within(o.catalog).inside(parent, on.Kind).object(on, o.owner)
}

// catalog is how much of a catalog shows in this workspace.
func (a access) catalog(c *Catalog) Visibility {
	if !a.w.bound(c) {
		return Hidden
	}
	return a.granted(c)
}

// granted follows the description of the catalogs API: the metastore admin, owners and holders of USE CATALOG or MANAGE see a catalog.
func (a access) granted(c *Catalog) Visibility {
	on := unity.OnCatalog(c.Name)
	switch {
	case c.Legacy, a.admin, a.isOneOf(c.Owner), a.holds(unity.UseCatalog, on), a.holds(unity.Manage, on):
		return Full
	case a.holds(unity.Browse, on):
		return BrowseOnly
	}
	return Hidden
}

// catalogAccess is what a principal may do in one catalog, worked out once for all that is in it.
type catalogAccess struct {
	access
	catalog       *Catalog
	all           bool // metastore admin or owner of the catalog: sees everything in it
	use, browsing bool
}

func (a access) within(c *Catalog) catalogAccess {
	on := unity.OnCatalog(c.Name)
	return catalogAccess{
		access: a, catalog: c,
		all:      a.admin || a.isOneOf(c.Owner),
		use:      c.Legacy || a.may(unity.UseCatalog, on),
		browsing: a.holds(unity.Browse, on),
	}
}

// schema follows the description of the schemas API.
func (c catalogAccess) schema(on unity.Securable) Visibility {
	switch {
	case !c.w.bound(c.catalog):
		return Hidden
	case c.all, c.use && (on.OpensAll() || c.may(c.useSchema(), on) || c.holds(unity.Manage, on)):
		return Full
	case c.catalog.Legacy && c.holds(unity.ReadMetadata, on):
		return Full
	case c.browsing:
		return BrowseOnly
	}
	return Hidden
}

// useSchema is the privilege that opens a schema of this catalog.
func (c catalogAccess) useSchema() unity.Privilege {
	if c.catalog.Legacy {
		return unity.Usage
	}
	return unity.UseSchema
}

// schemaAccess is what a principal may do in one schema, worked out once for all objects of one kind in it.
type schemaAccess struct {
	catalogAccess
	opens               unity.Privilege // what it takes to use an object of the kind
	use, reads, manages bool
	ownsSchema          bool
}

func (c catalogAccess) inside(schema unity.Securable, kind unity.Kind) schemaAccess {
	return schemaAccess{
		catalogAccess: c,
		opens:         kind.Opens(),
		use:           c.may(c.useSchema(), schema),
		reads:         c.holds(kind.Opens(), schema),
		manages:       c.holds(unity.Manage, schema),
		ownsSchema:    c.owns(schema),
	}
}

// object follows the description of the tables API, which those of other objects in schemas repeat.
func (s schemaAccess) object(on unity.Securable, owner string) Visibility {
	switch {
	case !s.w.bound(s.catalog):
		return Hidden
	case s.all, s.catalogAccess.use && s.ownsSchema:
		return Full
	case s.catalogAccess.use && s.use && (s.canUse(on, owner) || s.manages || s.direct(unity.Manage, on)):
		return Full
	case s.browsing:
		return BrowseOnly
	}
	return Hidden
}

func (s schemaAccess) canUse(on unity.Securable, owner string) bool {
	return s.reads || s.isOneOf(owner) || s.direct(s.opens, on)
}

// CheckRead tells whether a principal may read the rows of a table or view. It returns nil, or an *Error: that the catalog, the schema
// or the table does not exist, that the catalog is bound elsewhere, or the first missing privilege of USE CATALOG, USE SCHEMA and
// SELECT. What is below a missing privilege is not looked at, so a refusal gives nothing away about it.
func (w *World) CheckRead(who *Principal, catalog, schema, table string) error {
	return w.checkTable(who, unity.Select, catalog, schema, table)
}

// CheckWrite is CheckRead for changing the rows, which takes MODIFY and a binding that is not read-only.
func (w *World) CheckWrite(who *Principal, catalog, schema, table string) error {
	return w.checkTable(who, unity.Modify, catalog, schema, table)
}

func (w *World) checkTable(who *Principal, p unity.Privilege, catalog, schema, table string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := unity.OnTable(catalog, schema, table)
	if err := w.checkUse(who, unity.OnSchema(catalog, schema)); err != nil {
		return err
	}
	o, err := w.object(on)
	if err != nil {
		return err
	}
	if !w.access(who).may(p, on) {
		return lacks(who, p, on)
	}
	if p == unity.Modify {
		return w.checkWritable(who, catalog)
	}
	if o.refusal != "" {
		return denied(who, nil, o.refusal)
	}
	return nil
}

// CheckUse tells whether a principal may use a catalog or a schema, that is, name what is in it. It returns nil or an *Error as
// CheckRead does.
func (w *World) CheckUse(who *Principal, on unity.Securable) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.checkUse(who, on)
}

func (w *World) checkUse(who *Principal, on unity.Securable) error {
	o, err := w.object(unity.OnCatalog(on.Catalog))
	if err != nil {
		return err
	}
	if !w.bound(o.catalog) {
		return notBound(who, o.catalog.Name)
	}
	c := w.access(who).within(o.catalog)
	if !c.use {
		return lacks(who, unity.UseCatalog, o.on)
	}
	if on.Kind != unity.SchemaKind {
		return nil
	}
	if _, err := w.object(on); err != nil {
		return err
	}
	if !on.OpensAll() && !c.may(c.useSchema(), on) {
		return lacks(who, c.useSchema(), on)
	}
	return nil
}

// CheckMetastoreAdmin refuses everybody but those who own the metastore, themselves or through a group.
func (w *World) CheckMetastoreAdmin(who *Principal) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.access(who).admin {
		return nil
	}
	return denied(who, nil, "User is not an owner of Metastore '"+w.metastore.Name+"'.")
}

// Owns reports whether a principal owns an object, itself or through a group.
// The owner of what the object is in does not own it by that.
func (w *World) Owns(who *Principal, on unity.Securable) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.access(who).owns(on)
}
