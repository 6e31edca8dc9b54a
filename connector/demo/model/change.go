package model

import (
	"maps"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/rows"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Amendment is what to change of a catalog, schema, table or item; what is nil stays as it is.
type Amendment struct {
	Owner, Comment, Optimization *string
	Properties, Options          map[string]string
	Isolated                     *bool // of a catalog: whether it is open in the workspaces that it is bound to only
}

// Amend changes an object, all of it or nothing. Who may is who may grant on it. It returns an *Error as Apply does, and for what an
// object of the kind does not have.
func (w *World) Amend(by *Principal, on unity.Securable, a Amendment) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.object(on)
	if err != nil {
		return err
	}
	if err := w.checkAmend(by, o, a); err != nil {
		return err
	}
	owner := o.owner
	if a.Owner != nil && *a.Owner != "" {
		p, ok := w.principal(*a.Owner)
		if !ok || p.WorkspaceLocal {
			return noPrincipal(*a.Owner)
		}
		owner = p.Name
	}
	comment, extras := w.described(o.on)
	if extras == nil && (a.Properties != nil || a.Options != nil || a.Optimization != nil) {
		return invalidParameter("A %s has a comment and an owner alone.", on.Kind)
	}
	if a.Comment != nil && comment == nil {
		return invalidParameter("The comment of '%s' cannot be changed.", on.FullName())
	}
	if err := w.own(o.on, owner); err != nil {
		return err
	}
	w.noteChange(by, o.on, o.owner)
	if a.Isolated != nil {
		w.isolate(o.on.Catalog, *a.Isolated)
	}
	if a.Comment != nil {
		*comment = *a.Comment
	}
	if extras == nil {
		return nil
	}
	if a.Optimization != nil {
		extras.Optimization = *a.Optimization
	}
	if a.Properties != nil {
		extras.Properties = maps.Clone(a.Properties)
	}
	if a.Options != nil {
		extras.Options = maps.Clone(a.Options)
	}
	return nil
}

// described is where the comment of an object is kept, and what else can be said of it; nil for what it does not have.
func (w *World) described(on unity.Securable) (*string, *Extras) {
	switch on.Kind {
	case unity.CatalogKind:
		c, _ := w.catalog(on.Catalog)
		return &c.Comment, &c.Extras
	case unity.SchemaKind:
		s, _ := w.schema(on.Catalog, on.Schema)
		return &s.Comment, &s.Extras
	case unity.TableKind:
		s, _ := w.schema(on.Catalog, on.Schema)
		if i, kept := s.find(on.Name); kept {
			return &s.tables[i].Comment, nil
		}
		return nil, nil
	case unity.MetastoreKind:
		return nil, nil
	}
	i, _ := w.findItem(on)
	return &w.items[shelfOf(on)][i].Comment, nil
}

// mostRows is how many rows statements may put into one table, and mostPieces in how many runs its rows may lie; they are kept in memory.
const (
	mostRows   = 100_000
	mostPieces = 2 * mostRows
)

// Rewrite changes the rows of a table, of which the first ones ascend by the first column. It takes what CheckWrite takes.
func (w *World) Rewrite(by *Principal, on unity.Securable, change func(all rows.Tree, sorted int) (rows.Tree, int)) error {
	if err := w.CheckWrite(by, on.Catalog, on.Schema, on.Name); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	s, ok := w.schema(on.Catalog, on.Schema)
	if !ok {
		return absent(unity.OnSchema(on.Catalog, on.Schema))
	}
	i, kept := s.find(on.Name)
	if !kept || !slices.Contains([]TableType{Managed, External}, s.tables[i].Type) {
		return invalidParameter("Nothing can be inserted into '%s'.", on.FullName())
	}
	t := s.tables[i]
	if t.kept.Len() == 0 {
		t.kept = rows.Of(t.RowCount, t.Rows)
	}
	if t.kept, t.Sorted = change(t.kept, t.Sorted); t.kept.Written() > mostRows || t.kept.Pieces() > mostPieces {
		return invalidParameter("A table of the embedded workspace keeps %d rows that were written.", mostRows)
	}
	w.noteChange(by, on, t.Owner)
	t.RowCount, t.Rows, t.Version = t.kept.Len(), t.kept.Row, w.nextVersion()
	s.tables[i] = t
	return nil
}
