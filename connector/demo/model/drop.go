package model

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Drop ends a catalog, schema, table, view or volume with the privileges on it. It takes what granting on it takes: to own it or what it is in, or
// MANAGE. With cascade what is in it goes too; without, it has to be empty. A catalog's own information schema and an empty schema default
// do not count. It returns an *Error.
func (w *World) Drop(by *Principal, on unity.Securable, cascade bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.access(by)
	if parent, inside := on.Parent(); inside {
		if err := w.reach(a, parent); err != nil {
			return err
		}
	}
	o, err := w.object(on)
	if err != nil {
		return err
	}
	if err := a.checkGrant(o); err != nil {
		return err
	}
	if w.untouchable(o) {
		return invalidParameter("%s '%s' cannot be dropped.", on.Kind, on.FullName())
	}
	if err := w.checkWritable(by, on.Catalog); err != nil {
		return err
	}
	if !cascade {
		if err := w.checkEmpty(on); err != nil {
			return err
		}
	}
	return w.remove(on)
}

// DropTable is Drop for a table, or for a view where view says so. It refuses the one for the other.
func (w *World) DropTable(by *Principal, on unity.Securable, view bool) error {
	w.mu.RLock()
	var found TableType
	if s, ok := w.schema(on.Catalog, on.Schema); ok {
		t, _ := s.table(on.Name)
		found = t.Type
	}
	w.mu.RUnlock()
	if isView := found == View || found == MaterializedView; found != "" && isView != view && w.Visible(by, on) != Hidden {
		return wrongKind(on, found)
	}
	return w.Drop(by, on, false)
}

// wrongKind is the refusal of a statement for tables that names a view, and of one for views that names a table.
func wrongKind(on unity.Securable, found TableType) *Error {
	verb, wants, other := "DROP VIEW", "a VIEW", "DROP TABLE"
	if found == View || found == MaterializedView {
		verb, wants, other = "DROP TABLE", "a EXTERNAL or MANAGED", "DROP VIEW"
	}
	text := fmt.Sprintf("The operation %s requires %s. But %s is a %s. Use %s instead.", verb, wants, on.Quoted(), found, other)
	return &Error{
		Code: "INVALID_PARAMETER_VALUE", Status: http.StatusBadRequest, Class: "WRONG_COMMAND_FOR_OBJECT_TYPE", SQLState: "42809", Message: text,
	}
}

// checkEmpty refuses to drop what something is in.
func (w *World) checkEmpty(on unity.Securable) error {
	switch on.Kind {
	case unity.CatalogKind:
		c, _ := w.catalog(on.Catalog)
		count := 0
		for _, s := range c.schemas {
			if s.Name != unity.InformationSchema && (s.Name != defaultSchema || w.holding(s) > 0) {
				count++
			}
		}
		if count > 0 {
			return notEmpty(on, fmt.Sprintf("The catalog has %d schema(s).", count))
		}
	case unity.SchemaKind:
		s, _ := w.schema(on.Catalog, on.Schema)
		if count := w.holding(s); count > 0 {
			return notEmpty(on, fmt.Sprintf("The schema has %d table(s), function(s) or volume(s).", count))
		}
	}
	return nil
}

// holding counts what is in a schema.
func (w *World) holding(s *schemaNode) int {
	count := s.size()
	for on, list := range w.items {
		if on.catalog == s.Catalog && on.schema == s.Name {
			count += len(list)
		}
	}
	return count
}

func notEmpty(on unity.Securable, has string) *Error {
	word := map[unity.Kind]string{unity.CatalogKind: "catalog", unity.SchemaKind: "schema"}[on.Kind]
	return &Error{
		Code: "INVALID_STATE", Status: http.StatusBadRequest, Class: on.Kind.REST() + "_NOT_EMPTY", SQLState: "2BP01",
		Message: fmt.Sprintf("%s '%s' is not empty. %s", on.Kind, on.FullName(), has),
		detail: fmt.Sprintf("Cannot drop a %s %s because it contains objects.\nUse DROP %s ... CASCADE to drop the %s and all its objects.",
			word, on.Quoted(), on.Kind.REST(), word),
	}
}

// remove takes an object and all that is in it out of the world.
func (w *World) remove(on unity.Securable) error {
	switch on.Kind {
	case unity.CatalogKind:
		w.catalogs = slices.DeleteFunc(w.catalogs, func(c *catalogNode) bool { return c.Name == on.Catalog })
	case unity.SchemaKind:
		c, _ := w.catalog(on.Catalog)
		c.schemas = slices.DeleteFunc(c.schemas, func(s *schemaNode) bool { return s.Name == on.Schema })
	case unity.TableKind:
		s, _ := w.schema(on.Catalog, on.Schema)
		i, kept := s.find(on.Name)
		if !kept {
			return invalidParameter("Table '%s' cannot be dropped.", on.FullName())
		}
		s.tables = slices.Delete(s.tables, i, i+1)
	default:
		i, kept := w.findItem(on)
		if !kept {
			return absent(on)
		}
		w.takeItem(on, i)
	}
	maps.DeleteFunc(w.grants, func(other unity.Securable, _ map[string]unity.PrivilegeSet) bool { return other.Within(on) })
	maps.DeleteFunc(w.changes, func(other unity.Securable, _ change) bool { return other.Within(on) })
	maps.DeleteFunc(w.items, func(other shelf, _ []Item) bool {
		return other.catalog != "" && (unity.Securable{Kind: other.kind, Catalog: other.catalog, Schema: other.schema, Name: "any"}).Within(on)
	})
	return nil
}
