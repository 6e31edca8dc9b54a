package model

import "fmt"

// SetOwner gives an object another owner, as Amend does.
func (w *World) SetOwner(by *Principal, on Securable, owner string) error {
	return w.Amend(by, on, Amendment{Owner: &owner})
}

// own stores an owner. Generated tables are not stored, so they keep the owner they are made with.
func (w *World) own(on Securable, owner string) error {
	switch on.Kind {
	case CatalogKind:
		c, _ := w.catalog(on.Catalog)
		c.Owner = owner
	case SchemaKind:
		s, _ := w.schema(on.Catalog, on.Schema)
		s.Owner = owner
	case TableKind:
		s, _ := w.schema(on.Catalog, on.Schema)
		i, kept := s.find(on.Name)
		if !kept {
			return invalidParameter("The owner of table '%s' cannot be changed.", on.FullName())
		}
		s.tables[i].Owner = owner
	case MetastoreKind:
		return fmt.Errorf("the owner of the %s cannot be changed here", on.Kind)
	default:
		i, _ := w.findItem(on)
		w.items[on.shelf()][i].Owner = owner
	}
	return nil
}
