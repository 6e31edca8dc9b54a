package model

import (
	"math"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Listed is an object as one principal sees it.
type Listed[T any] struct {
	Item       T
	BrowseOnly bool
}

// Window is the part of a listing that is asked for: From is where the page before ended, Size how many objects to look at.
// Objects that the principal does not see take up places all the same, so a page may be short or empty before the listing ends,
// as Databricks says of its own.
type Window struct {
	From, Size int
	Browse     bool // also list what is visible through BROWSE alone
	Unbound    bool // also list catalogs bound to other workspaces, for those who may change their bindings
}

// Everything is the window that is open for a whole listing.
var Everything = Window{Size: math.MaxInt, Browse: true}

// Page is a part of a listing. Next is where the next page starts, 0 when there is none.
type Page[T any] struct {
	Items []Listed[T]
	Next  int
}

// collect cuts the window out of count objects and keeps what is visible.
func collect[T any](count int, win Window, at func(i int) (T, Visibility)) Page[T] {
	from := min(max(win.From, 0), count)
	to := count
	if win.Size < count-from {
		to = from + max(win.Size, 0)
	}
	var page Page[T]
	for i := from; i < to; i++ {
		item, seen := at(i)
		if seen == Full || seen == BrowseOnly && win.Browse {
			page.Items = append(page.Items, Listed[T]{item, seen == BrowseOnly})
		}
	}
	if to < count {
		page.Next = to
	}
	return page
}

// Catalogs lists the catalogs that a principal sees.
func (w *World) Catalogs(who *Principal, win Window) Page[Catalog] {
	w.mu.RLock()
	defer w.mu.RUnlock()
	a := w.access(who)
	return collect(len(w.catalogs), win, func(i int) (Catalog, Visibility) {
		c := w.catalogs[i].Catalog
		if win.Unbound && a.mayBind(&c) {
			return c, a.granted(&c)
		}
		return c, a.catalog(&c)
	})
}

// Schemas lists the schemas of a catalog that a principal sees. It returns an *Error when the catalog does not exist or does not let
// the principal in.
func (w *World) Schemas(who *Principal, catalog string, win Window) (Page[Schema], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := unity.OnCatalog(catalog)
	c, err := w.enter(who, on, win.Browse)
	if err != nil {
		return Page[Schema]{}, err
	}
	node, _ := w.catalog(on.Catalog)
	return collect(len(node.schemas), win, func(i int) (Schema, Visibility) {
		s := node.schemas[i].Schema
		return s, c.schema(unity.OnSchema(s.Catalog, s.Name))
	}), nil
}

// Tables lists the tables and views of a schema that a principal sees. It returns an *Error when the schema does not exist or does not
// let the principal in.
func (w *World) Tables(who *Principal, catalog, schema string, win Window) (Page[Table], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := unity.OnSchema(catalog, schema)
	c, err := w.enter(who, on, win.Browse)
	if err != nil {
		return Page[Table]{}, err
	}
	node, _ := w.schema(on.Catalog, on.Schema)
	inside := c.inside(on, unity.TableKind)
	return collect(node.size(), win, func(i int) (Table, Visibility) {
		t := node.at(i)
		return t, inside.object(unity.Securable{Kind: unity.TableKind, Catalog: t.Catalog, Schema: t.Schema, Name: t.Name}, t.Owner)
	}), nil
}

// enter checks that a principal may list what is in a catalog or schema.
func (w *World) enter(who *Principal, on unity.Securable, browse bool) (catalogAccess, error) {
	o, err := w.object(unity.OnCatalog(on.Catalog))
	if err != nil {
		return catalogAccess{}, err
	}
	if !w.bound(o.catalog) {
		return catalogAccess{}, notBound(who, o.catalog.Name)
	}
	c := w.access(who).within(o.catalog)
	if c.all || browse && c.browsing {
		_, err := w.object(on)
		return c, err
	}
	return c, w.checkUse(who, on)
}

// GetCatalog gives one catalog as a principal sees it, or the *Error that the REST API would answer.
func (w *World) GetCatalog(who *Principal, name string, browse bool) (Listed[Catalog], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	o, err := w.object(unity.OnCatalog(name))
	if err != nil {
		return Listed[Catalog]{}, err
	}
	if !w.bound(o.catalog) {
		return Listed[Catalog]{}, notBound(who, o.catalog.Name)
	}
	seen := w.access(who).catalog(o.catalog)
	if seen == Hidden || seen == BrowseOnly && !browse {
		return Listed[Catalog]{}, lacks(who, unity.UseCatalog, o.on)
	}
	return Listed[Catalog]{*o.catalog, seen == BrowseOnly}, nil
}

// GetSchema gives one schema as a principal sees it, or the *Error that the REST API would answer.
func (w *World) GetSchema(who *Principal, catalog, schema string, browse bool) (Listed[Schema], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := unity.OnSchema(catalog, schema)
	c, err := w.enter(who, unity.OnCatalog(catalog), browse)
	if err != nil {
		return Listed[Schema]{}, err
	}
	node, ok := w.schema(on.Catalog, on.Schema)
	if !ok {
		return Listed[Schema]{}, absent(on)
	}
	seen := c.schema(on)
	if seen == Hidden || seen == BrowseOnly && !browse {
		return Listed[Schema]{}, lacks(who, c.useSchema(), on)
	}
	return Listed[Schema]{node.Schema, seen == BrowseOnly}, nil
}

// GetTable gives one table as a principal sees it, or the *Error that the REST API would answer.
func (w *World) GetTable(who *Principal, catalog, schema, table string, browse bool) (Listed[Table], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := unity.OnTable(catalog, schema, table)
	parent := unity.OnSchema(catalog, schema)
	c, err := w.enter(who, parent, browse)
	if err != nil {
		return Listed[Table]{}, err
	}
	node, _ := w.schema(parent.Catalog, parent.Schema)
	t, ok := node.table(on.Name)
	if !ok {
		return Listed[Table]{}, absent(on)
	}
	seen := c.inside(parent, unity.TableKind).object(on, t.Owner)
	if seen == Hidden || seen == BrowseOnly && !browse {
		return Listed[Table]{}, lacks(who, unity.Select, on)
	}
	return Listed[Table]{t, seen == BrowseOnly}, nil
}
