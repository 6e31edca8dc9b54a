package model

// object is what the rules need to know of a securable: that it exists, who owns it, and the catalog it is in.
type object struct {
	on      Securable
	owner   string
	catalog *Catalog // nil for the metastore
	refusal string   // see Table.Refusal
}

// object finds a securable, or returns the error of the outermost part that does not exist.
func (w *World) object(on Securable) (object, error) {
	if on.Kind == MetastoreKind {
		return object{on: on, owner: w.metastore.Owner}, nil
	}
	c, ok := w.catalog(on.Catalog)
	if !ok {
		return object{}, absent(OnCatalog(on.Catalog))
	}
	if on.Kind == CatalogKind {
		return object{on: on, owner: c.Owner, catalog: &c.Catalog}, nil
	}
	s, ok := w.schema(on.Catalog, on.Schema)
	if !ok {
		return object{}, absent(OnSchema(on.Catalog, on.Schema))
	}
	if on.Kind == SchemaKind {
		return object{on: on, owner: s.Owner, catalog: &c.Catalog}, nil
	}
	t, ok := s.table(on.Table)
	if !ok {
		return object{}, absent(on)
	}
	return object{on: on, owner: t.Owner, catalog: &c.Catalog, refusal: t.Refusal}, nil
}

// Table gives a table by name, whoever asks: the engine needs its columns and rows before it knows who will read them.
// It returns an *Error when a part of the name does not exist.
func (w *World) Table(catalog, schema, table string) (Table, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := OnTable(catalog, schema, table)
	if _, err := w.object(on); err != nil {
		return Table{}, err
	}
	s, _ := w.schema(on.Catalog, on.Schema)
	t, _ := s.table(on.Table)
	return t, nil
}

// CheckGoverned refuses objects that Unity Catalog does not govern: those of the legacy catalog, whose privileges only SQL can change.
func (w *World) CheckGoverned(on Securable) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	o, err := w.object(on)
	if err == nil && o.catalog != nil && o.catalog.Legacy {
		return invalidParameter("Unity Catalog does not manage privileges on catalog '%s'.", o.catalog.Name)
	}
	return nil
}
