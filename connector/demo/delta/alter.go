package delta

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// Configure sets properties, which is a commit of its own.
func (s *Store) Configure(principal string, name engine.Name, properties map[string]string) error {
	return s.configure(principal, name, "SET TBLPROPERTIES", func(all map[string]string) (string, error) {
		maps.Copy(all, properties)
		return jsonOf(properties), nil
	})
}

// Unset takes properties away, which is a commit of its own. With tolerant they need not be there.
func (s *Store) Unset(principal string, name engine.Name, keys []string, tolerant bool) error {
	return s.configure(principal, name, "UNSET TBLPROPERTIES", func(all map[string]string) (string, error) {
		missing := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { _, there := all[key]; return there })
		if len(missing) > 0 && !tolerant {
			return "", refusal("UNSET_NONEXISTENT_PROPERTIES", "42K0J", "Attempted to unset non-existent properties [%s] in table %s.",
				strings.Join(missing, ", "), name.Quoted())
		}
		for _, key := range keys {
			delete(all, key)
		}
		return jsonOf(keys), nil
	})
}

// configure changes the properties of a table, and notes the change in its log as the operation that it is.
func (s *Store) configure(principal string, name engine.Name, operation string, change func(map[string]string) (string, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, err := s.writable(name, "ALTER TABLE "+operation)
	if err != nil {
		return err
	}
	all := map[string]string{}
	maps.Copy(all, l.properties)
	noted, err := change(all)
	if err := cmp.Or(err, l.full(), tooLong(all)); err != nil {
		return err
	}
	l.properties = all
	v := version{Commit: commit(operation, principal, s.opts.Now()), table: l.latest().table}
	v.Parameters = map[string]string{"properties": noted}
	l.add(v)
	return nil
}

// Restructure changes the columns of a table, which is a commit of its own.
func (s *Store) Restructure(principal string, name engine.Name, change engine.Restructure, do func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, err := s.writable(name, "ALTER TABLE "+change.Operation)
	if err := cmp.Or(err, l.full()); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	after, err := s.opts.Find(name)
	if err != nil {
		return err
	}
	v := version{Commit: commit(change.Operation, principal, s.opts.Now()), table: after.Table}
	v.Parameters = change.Parameters
	l.add(v)
	for _, c := range after.Table.Columns { // each version keeps what its columns are called and commented
		l.text += len(c.Name) + len(c.Comment)
	}
	return nil
}

// writable gives the log of a table that an operation for tables changes.
func (s *Store) writable(name engine.Name, operation string) (*log, error) {
	found, err := s.opts.Find(name)
	if err != nil {
		return nil, err
	}
	if err := onlyTables(found.Table, operation); err != nil {
		return nil, err
	}
	return s.log(name, found), nil
}
