package model

import (
	"maps"
	"slices"

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

// mostRows is how many rows statements may put into one table; they are kept in memory.
const mostRows = 100_000

// Insert adds rows to a table, which must not be changed afterwards. It takes what CheckWrite takes.
func (w *World) Insert(by *Principal, on unity.Securable, rows [][]any) error {
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
	switch {
	case !kept, !slices.Contains([]TableType{Managed, External}, s.tables[i].Type):
		return invalidParameter("Nothing can be inserted into '%s'.", on.FullName())
	case len(s.tables[i].added)+len(rows) > mostRows:
		return invalidParameter("A table of the embedded workspace keeps %d rows that were inserted.", mostRows)
	}
	w.noteChange(by, on, s.tables[i].Owner)
	s.tables[i] = s.tables[i].with(rows)
	s.tables[i].Version = w.nextVersion()
	return nil
}

// with is the table with more rows after those that it has. It takes the table's place: the rows of both are in one array, in which the one
// before does not see those that were added.
func (t Table) with(rows [][]any) Table {
	if t.added == nil {
		t.first, t.firstCount = t.Rows, t.RowCount
	}
	t.added = append(t.added, rows...)
	first, count, added := t.first, t.firstCount, t.added
	t.Rows = func(i int) []any {
		if i < count {
			return first(i)
		}
		return added[i-count]
	}
	t.RowCount = count + len(added)
	return t
}
