package dialect

import "strings"

// Name is the three-part name of a table or view. Names are case-insensitive;
// the engine keeps and compares them in lower case.
type Name struct {
	Catalog, Schema, Table string
}

// NewName returns a name in the form the engine compares.
func NewName(catalog, schema, table string) Name {
	return Name{strings.ToLower(catalog), strings.ToLower(schema), strings.ToLower(table)}
}

// String returns the name as error texts write it: c.s.t.
func (n Name) String() string { return n.Catalog + "." + n.Schema + "." + n.Table }

// Quoted returns the name with back-ticks, as it is written in SQL.
func (n Name) Quoted() string { return Backtick(n.Catalog, n.Schema, n.Table) }

// Backtick quotes and joins the parts of a name.
func Backtick(parts ...string) string {
	quoted := make([]string, len(parts))
	for i, p := range parts {
		quoted[i] = "`" + strings.ReplaceAll(p, "`", "``") + "`"
	}
	return strings.Join(quoted, ".")
}

// Key is the single identifier under which SQLite knows the table. UC names
// contain no dots, so it is unambiguous.
func (n Name) Key() string { return n.String() }
