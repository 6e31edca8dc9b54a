package model

import "github.com/draftt-io/draftt-databricks/connector/demo/unity"

// SetOwner gives an object another owner, as Amend does.
func (w *World) SetOwner(by *Principal, on unity.Securable, owner string) error {
	return w.Amend(by, on, Amendment{Owner: &owner})
}

// own stores an owner. Generated tables are not stored, so they keep the owner they are made with.
func (w *World) own(on unity.Securable, owner string) error {
	switch on.Kind {
	case unity.CatalogKind:
		c, _ := w.catalog(on.Catalog)
		c.Owner = owner
	case unity.SchemaKind:
		s, _ := w.schema(on.Catalog, on.Schema)
		s.Owner = owner
	case unity.TableKind:
		s, _ := w.schema(on.Catalog, on.Schema)
		i, kept := s.find(on.Name)
		if !kept {
			return invalidParameter("The owner of table '%s' cannot be changed.", on.FullName())
		}
		s.tables[i].Owner = owner
	case unity.MetastoreKind:
		return invalidParameter("The owner of the %s cannot be changed here.", on.Kind)
	default:
		i, _ := w.findItem(on)
		w.items[shelfOf(on)][i].Owner = owner
	}
	return nil
}
