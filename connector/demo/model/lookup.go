package model

import (
	"net/http"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// object is what the rules need to know of a securable: that it exists, who owns it, and the catalog it is in.
type object struct {
	on      unity.Securable
	owner   string
	catalog *Catalog // nil for the metastore and what is right below it
	refusal string   // see Table.Refusal
}

// object finds a securable, or returns the error of the outermost part that does not exist.
func (w *World) object(on unity.Securable) (object, error) {
	on = on.ForGrants()
	if on.Kind == unity.MetastoreKind {
		return object{on: on, owner: w.metastore.Owner}, nil
	}
	if on.Catalog == "" && on.Kind != unity.CatalogKind {
		return w.itemObject(on, nil)
	}
	c, ok := w.catalog(on.Catalog)
	if !ok {
		return object{}, absent(unity.OnCatalog(on.Catalog))
	}
	if on.Kind == unity.CatalogKind {
		return object{on: on, owner: c.Owner, catalog: &c.Catalog}, nil
	}
	s, ok := w.schema(on.Catalog, on.Schema)
	if !ok {
		return object{}, absent(unity.OnSchema(on.Catalog, on.Schema))
	}
	if on.Kind == unity.SchemaKind {
		return object{on: on, owner: s.Owner, catalog: &c.Catalog}, nil
	}
	if on.Kind != unity.TableKind {
		return w.itemObject(on, &c.Catalog)
	}
	t, ok := s.table(on.Name)
	if !ok {
		return object{}, absent(on)
	}
	return object{on: on, owner: t.Owner, catalog: &c.Catalog, refusal: t.Refusal}, nil
}

func (w *World) itemObject(on unity.Securable, in *Catalog) (object, error) {
	i, ok := w.findItem(on)
	if !ok {
		return object{}, absent(on)
	}
	return object{on: on, owner: w.items[shelfOf(on)][i].Owner, catalog: in}, nil
}

// Table gives a table by name, whoever asks: the engine needs its columns and rows before it knows who will read them.
// It returns an *Error when a part of the name does not exist.
func (w *World) Table(catalog, schema, table string) (Table, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := unity.OnTable(catalog, schema, table)
	if _, err := w.object(on); err != nil {
		return Table{}, err
	}
	s, _ := w.schema(on.Catalog, on.Schema)
	t, _ := s.table(on.Name)
	return t, nil
}

// CatalogType is the catalog_type of a catalog, empty when there is none of that name.
func (w *World) CatalogType(catalog string) string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if c, ok := w.catalog(strings.ToLower(catalog)); ok {
		return c.Type
	}
	return ""
}

// CheckMetastore refuses an id that is not that of the workspace's metastore.
func (w *World) CheckMetastore(id string) error {
	if id == w.Metastore().ID {
		return nil
	}
	return &Error{Code: "METASTORE_DOES_NOT_EXIST", Status: http.StatusNotFound, Message: "Metastore '" + id + "' does not exist."}
}

// CheckGoverned refuses objects that Unity Catalog does not govern: those of the legacy catalog, whose privileges only SQL can change.
func (w *World) CheckGoverned(on unity.Securable) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	o, err := w.object(on)
	if err == nil && o.catalog != nil && o.catalog.Legacy {
		return invalidParameter("Unity Catalog does not manage privileges on catalog '%s'.", o.catalog.Name)
	}
	return nil
}
