package model

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// defaultSchema is the schema that a new catalog has.
const defaultSchema = "default"

// CreateCatalog makes a catalog that its maker owns, with the schema default. It takes CREATE CATALOG on the metastore, or to own that. It
// returns an *Error also for a name that cannot be one or is taken.
func (w *World) CreateCatalog(by *Principal, c Catalog) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	on := unity.OnCatalog(c.Name)
	if a := w.access(by); !a.admin && !a.direct(unity.CreateCatalog, unity.OnMetastore()) {
		return lacks(by, unity.CreateCatalog, unity.OnMetastore())
	}
	if err := w.checkNew(on, c.Name); err != nil {
		return err
	}
	c.Name, c.Owner = on.Catalog, by.Name
	if err := w.insertCatalog(c); err != nil {
		return err
	}
	w.noteMade(by, on)
	return w.addMade(by, Schema{Catalog: c.Name, Name: defaultSchema, Comment: "Default schema (auto-created)"})
}

// CreateSchema makes a schema that its maker owns. It takes USE CATALOG and CREATE SCHEMA on the catalog, or to own the metastore.
func (w *World) CreateSchema(by *Principal, s Schema) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mayCreateIn(by, unity.CreateSchema, unity.OnCatalog(s.Catalog)); err != nil {
		return err
	}
	if err := w.checkNew(unity.OnSchema(s.Catalog, s.Name), s.Name); err != nil {
		return err
	}
	return w.addMade(by, s)
}

// addMade adds a schema that somebody made.
func (w *World) addMade(by *Principal, s Schema) error {
	on := unity.OnSchema(s.Catalog, s.Name)
	s.Catalog, s.Name, s.Owner = on.Catalog, on.Schema, by.Name
	c, _ := w.catalog(s.Catalog)
	i, _ := c.find(s.Name)
	c.schemas = slices.Insert(c.schemas, i, &schemaNode{Schema: s})
	w.noteMade(by, on)
	return nil
}

// CreateTable makes a table or view that its maker owns. It takes USE CATALOG, USE SCHEMA and CREATE TABLE, as the description of CREATE TABLE
// says. With replace it may take the place of one that the maker may manage, which keeps its owner, the privileges on it, its row
// filter, and the masks of the columns that it still has.
func (w *World) CreateTable(by *Principal, t Table, replace bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mayCreateTable(by, t, replace); err != nil {
		return err
	}
	on := t.Securable()
	s, _ := w.schema(on.Catalog, on.Schema)
	before, there := s.table(on.Name)
	t.Catalog, t.Schema, t.Name, t.Owner, t.Version = on.Catalog, on.Schema, on.Name, by.Name, w.nextVersion()
	i, _ := s.find(on.Name)
	if !there {
		s.tables = slices.Insert(s.tables, i, t)
		w.noteMade(by, on)
		return nil
	}
	t.Owner = before.Owner
	t.guardAs(before)
	w.noteChange(by, on, before.Owner)
	s.tables[i] = t
	return nil
}

// CheckCreateTable returns the error that CreateTable would, and makes nothing.
func (w *World) CheckCreateTable(by *Principal, t Table, replace bool) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.mayCreateTable(by, t, replace)
}

func (w *World) mayCreateTable(by *Principal, t Table, replace bool) error {
	on, schema := t.Securable(), unity.OnSchema(t.Catalog, t.Schema)
	if err := w.mayCreateIn(by, unity.CreateTable, schema); err != nil {
		return err
	}
	if t.RowCount > mostRows {
		return invalidParameter("A table of the embedded workspace is made with %d rows at most.", mostRows)
	}
	s, _ := w.schema(schema.Catalog, schema.Schema)
	before, there := s.table(on.Name)
	if !there || !replace {
		return w.checkNew(on, on.Name)
	}
	_, kept := s.find(on.Name)
	switch {
	case !kept:
		return invalidParameter("Table '%s' cannot be replaced.", on.FullName())
	case !w.access(by).mayManage(object{on: on, owner: before.Owner}):
		return lacks(by, unity.Manage, on)
	case (before.Type == View) != (t.Type == View):
		return wrongKind(on, before.Type)
	}
	return nil
}

// guardAs takes the row filter and the masks of the table that it replaces: what somebody else put there to guard rows does not end with them.
func (t *Table) guardAs(before Table) {
	t.RowFilter = before.RowFilter
	t.Columns = slices.Clone(t.Columns)
	for i, c := range t.Columns {
		same := slices.IndexFunc(before.Columns, func(old unity.Column) bool { return strings.EqualFold(old.Name, c.Name) })
		if same >= 0 {
			t.Columns[i].Mask = before.Columns[same].Mask
		}
	}
}

// nextVersion is a number that no table has had.
func (w *World) nextVersion() int {
	w.versions++
	return w.versions
}

// mayCreateIn checks that a principal may make something in a catalog or schema.
func (w *World) mayCreateIn(by *Principal, p unity.Privilege, in unity.Securable) error {
	a := w.access(by)
	if err := w.reach(a, in); err != nil {
		return err
	}
	o, err := w.object(in)
	switch {
	case err != nil:
		return err
	case !w.bound(o.catalog):
		return notBound(by, o.catalog.Name)
	case w.untouchable(o):
		return invalidParameter("Nothing can be created in catalog '%s'.", o.catalog.Name)
	case !a.admin && !a.may(p, in):
		return lacks(by, p, in)
	}
	return w.checkWritable(by, in.Catalog)
}

// reach checks that a principal may use what it names, unless it rules it from above.
func (w *World) reach(a access, in unity.Securable) error {
	if a.admin || a.owns(unity.OnCatalog(in.Catalog)) {
		return nil
	}
	return w.checkUse(a.who, in)
}

// untouchable reports whether nobody makes or drops what is in the place of an object.
func (w *World) untouchable(o object) bool {
	return o.catalog != nil && (o.catalog.Legacy || o.catalog.FixedGrants || o.catalog.NoInheritance) || o.on.OpensAll()
}

// checkNew refuses a name that cannot be one, after the rules for names of Unity Catalog, and one that is taken.
func (w *World) checkNew(on unity.Securable, name string) error {
	const longest = 255
	wrong := func(r rune) bool { return r == '.' || r == '/' || r == ' ' || unicode.IsControl(r) }
	if name == "" || len(name) > longest || strings.ContainsFunc(name, wrong) {
		return invalidParameter("%q is not a valid name for a %s.", name, strings.ToLower(on.Kind.REST()))
	}
	if _, err := w.object(on); err == nil {
		return taken(on)
	}
	return nil
}

// taken is the refusal of a name that an object has. REST and SQL word it each in its own way.
func taken(on unity.Securable) *Error {
	e := &Error{
		Code: on.Kind.REST() + "_ALREADY_EXISTS", Status: http.StatusBadRequest, Class: on.Kind.REST() + "_ALREADY_EXISTS", SQLState: "42P06",
		Message: fmt.Sprintf("%s '%s' already exists", on.Kind, on.Leaf()),
		detail: fmt.Sprintf("Cannot create %s %s because it already exists. Choose a different name, drop the existing object, "+
			"or add the IF NOT EXISTS clause.", strings.ToLower(on.Kind.REST()), on.Quoted()),
	}
	if on.Kind == unity.TableKind {
		e.Class, e.SQLState = "TABLE_OR_VIEW_ALREADY_EXISTS", "42P07"
		e.detail = fmt.Sprintf("Cannot create table or view %s because it already exists. Choose a different name, drop or replace the existing object, "+
			"or add the IF NOT EXISTS clause to tolerate pre-existing objects.", on.Quoted())
	}
	return e
}
