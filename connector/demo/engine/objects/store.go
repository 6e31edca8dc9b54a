package objects

import (
	"fmt"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
)

// Store holds the definitions of tables and views. It is safe for use by many
// goroutines.
type Store struct {
	lookup func(dialect.Name) (Table, bool)
	mu     sync.Mutex
	tables map[dialect.Name]*Table // made by Create
	found  map[dialect.Name]*Table // that lookup found
}

// NewStore makes a store without tables. Those that are not made later are
// looked up, unless lookup is nil.
func NewStore(lookup func(dialect.Name) (Table, bool)) *Store {
	return &Store{lookup: lookup, tables: map[dialect.Name]*Table{}, found: map[dialect.Name]*Table{}}
}

// Create adds a table or view. It is an error if the definition is
// unusable or the name is taken.
func (t *Store) Create(def Table) error {
	def.Name = dialect.NewName(def.Name.Catalog, def.Name.Schema, def.Name.Table)
	if err := def.check(); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tables[def.Name] != nil {
		return fmt.Errorf("table %s exists already", def.Name)
	}
	t.tables[def.Name] = &def
	return nil
}

// Insert appends rows, which must not be changed afterwards, to a table made
// by [Store.Create]. Statements that already run do not see them.
func (t *Store) Insert(name dialect.Name, rows [][]any) error {
	name = dialect.NewName(name.Catalog, name.Schema, name.Table)
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.tables[name]
	switch {
	case old == nil:
		return fmt.Errorf("insert into %s: no such table", name)
	case old.SQL != "":
		return fmt.Errorf("insert into %s: it is a view", name)
	}
	for i, row := range rows {
		if len(row) != len(old.Columns) {
			return fmt.Errorf("insert into %s: row %d has %d values for %d columns", name, i, len(row), len(old.Columns))
		}
	}
	grown, first, before := *old, old.Rows, old.Row
	grown.Rows += len(rows)
	grown.Row = func(i int) []any {
		if i < first {
			return before(i)
		}
		return rows[i-first]
	}
	t.tables[name] = &grown
	return nil
}

// Table returns a definition for a statement. As long as it is looked up
// unchanged it stays the same pointer, so that connections need not declare it
// anew.
func (t *Store) Table(name dialect.Name) (*Table, error) {
	def, err := t.Definition(name)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch known := t.found[name]; {
	case t.tables[name] != nil:
		return def, nil
	case known != nil && known.Owner == def.Owner && known.Comment == def.Comment && known.Kind == def.Kind && known.SQL == def.SQL && known.Version == def.Version:
		return known, nil
	}
	t.found[name] = def
	return def, nil
}

// Definition returns a definition, made or looked up. A listing of many tables
// uses it, because to keep them all would cost memory for nothing.
func (t *Store) Definition(name dialect.Name) (*Table, error) {
	t.mu.Lock()
	def := t.tables[name]
	t.mu.Unlock()
	if def != nil {
		return def, nil
	}
	if t.lookup == nil {
		return nil, dialect.TableNotFound(name)
	}
	found, ok := t.lookup(name)
	if !ok {
		return nil, dialect.TableNotFound(name)
	}
	found.Name = name
	return &found, found.check()
}
