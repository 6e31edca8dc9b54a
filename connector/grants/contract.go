// Package grants knows the read-only contract: which privileges Draftt needs for what a person chose, the GRANT statements that give
// them, and which privileges a principal holds beyond them. No GRANT of another privilege can come out of it.
//
// Look asks a workspace what is held, Diff compares it with the contract, WhoCan and Packets say whom to ask for the rest, and Equivalents
// write the same change for the REST API, the Databricks CLI and Terraform.
package grants

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Object is something that a privilege is granted on.
type Object struct {
	Type    connector.SecurableType
	Name    connector.TableName // as many parts as Type has
	Keyword string              // the word before the name in SQL: CATALOG, SCHEMA, TABLE, VIEW or MATERIALIZED VIEW
}

// MetastoreType is the securable type of the metastore, the object above all catalogs. Nothing of the contract is granted on it.
const MetastoreType connector.SecurableType = "metastore"

// ObjectNamed makes an object of a type and a full name as the REST API gives them. It returns a *connector.Error of kind ErrInput for a name that
// Unity Catalog does not allow, or one with the wrong number of parts.
func ObjectNamed(kind connector.SecurableType, full connector.Remote) (Object, error) {
	kind = connector.SecurableType(strings.ToLower(string(kind)))
	if kind == MetastoreType {
		return Metastore(), nil
	}
	var parts []connector.Ident
	for part := range strings.SplitSeq(full.Raw(), ".") {
		id, err := connector.RemoteIdent(connector.FromRemote(part))
		if err != nil {
			return Object{}, err
		}
		parts = append(parts, id)
	}
	switch {
	case kind == connector.CatalogType && len(parts) == 1:
		return Catalog(parts[0]), nil
	case kind == connector.SchemaType && len(parts) == 2:
		return Schema(connector.SchemaName{Catalog: parts[0], Schema: parts[1]}), nil
	case kind == connector.TableType && len(parts) == 3:
		return Table(connector.SchemaName{Catalog: parts[0], Schema: parts[1]}.Table(parts[2]), ""), nil
	}
	return Object{}, &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("%s is not the name of a %s.", full, connector.CleanLine(string(kind), 20)), Remedy: "Name the object in full."}
}

// Parent is the object that privileges are inherited from, if there is one.
func (o Object) Parent() (Object, bool) {
	switch o.Type {
	case connector.TableType:
		return Schema(o.Name.SchemaName), true
	case connector.SchemaType:
		return Catalog(o.Name.Catalog), true
	}
	return Object{}, false
}

// Same reports whether two objects are the same one, whatever word SQL has for it.
func (o Object) Same(other Object) bool { return o.Type == other.Type && o.Name == other.Name }

// Title is the kind and the name, cleaned, for example "schema inventory.assets".
func (o Object) Title() string {
	if o.Type == MetastoreType {
		return "the metastore"
	}
	return strings.ToLower(o.Keyword) + " " + o.String()
}

// Full is the dotted name, for the REST API.
func (o Object) Full() string {
	switch o.Type {
	case MetastoreType:
		return ""
	case connector.CatalogType:
		return o.Name.Catalog.Raw()
	case connector.SchemaType:
		return o.Name.SchemaName.Full()
	}
	return o.Name.Full()
}

// Quoted is the name for SQL.
func (o Object) Quoted() string {
	switch o.Type {
	case MetastoreType:
		return ""
	case connector.CatalogType:
		return o.Name.Catalog.Quoted()
	case connector.SchemaType:
		return o.Name.SchemaName.Quoted()
	}
	return o.Name.Quoted()
}

// String is the name cleaned for a terminal.
func (o Object) String() string {
	switch o.Type {
	case MetastoreType:
		return "metastore"
	case connector.CatalogType:
		return o.Name.Catalog.String()
	case connector.SchemaType:
		return o.Name.SchemaName.String()
	}
	return o.Name.String()
}

func (o Object) named() bool {
	switch o.Type {
	case MetastoreType:
		return false
	case connector.CatalogType:
		return !o.Name.Catalog.IsZero()
	case connector.SchemaType:
		return !o.Name.SchemaName.IsZero()
	}
	return !o.Name.IsZero()
}

// Need is one privilege that the contract asks for.
type Need struct {
	Privilege connector.Privilege
	On        Object
}

// Title says what is needed on what kind of object, for example "SELECT on schema inventory.assets".
func (n Need) Title() string { return n.Privilege.SQL() + " on " + n.On.Title() }

// Covers reports whether something that is held is what is needed, or a part of it: SELECT on a table of a schema that is needed whole.
func (n Need) Covers(e Excess) bool {
	parent, within := e.Origin.From.Parent()
	return n.Privilege == e.Privilege && (n.On.Same(e.Origin.From) || within && e.Privilege == connector.Select && n.On.Same(parent))
}

// Metastore is the object of the metastore that the workspace is assigned to.
func Metastore() Object { return Object{Type: MetastoreType, Keyword: "METASTORE"} }

// Catalog is the object of a catalog, Schema of a schema, Table of a table or view whose kind is known.
func Catalog(name connector.Ident) Object {
	return Object{Type: connector.CatalogType, Name: connector.TableName{SchemaName: connector.SchemaName{Catalog: name}}, Keyword: "CATALOG"}
}

// Schema is the object of a schema.
func Schema(name connector.SchemaName) Object {
	return Object{Type: connector.SchemaType, Name: connector.TableName{SchemaName: name}, Keyword: "SCHEMA"}
}

// Table is the object of a table, view or other relation. An empty kind counts as a table.
func Table(name connector.TableName, kind connector.TableKind) Object {
	return Object{Type: connector.TableType, Name: name, Keyword: kind.SQL()}
}

// Reach is what opens the way to a schema: USE CATALOG and USE SCHEMA, or USAGE in hive_metastore, which has privileges of its own.
func Reach(schema connector.SchemaName) []Need {
	if schema.Legacy() {
		return []Need{{connector.Usage, Catalog(schema.Catalog)}, {connector.Usage, Schema(schema)}}
	}
	return []Need{{opener(access.CatalogKind), Catalog(schema.Catalog)}, {opener(access.SchemaKind), Schema(schema)}}
}

// opener is the privilege that what is in an object cannot do without.
func opener(k access.Kind) connector.Privilege {
	opens, _ := access.Table().Opens(k)
	return connector.Privilege(opens)
}

// Opens is the privilege that opens a catalog or a schema of Unity Catalog; empty for what nothing is in.
func (o Object) Opens() connector.Privilege { return opener(o.kind()) }

// kind is the kind of object as the rules of access have it.
func (o Object) kind() access.Kind { return access.Kind(strings.ToUpper(string(o.Type))) }

// Target is a table that SELECT is granted on by itself, with its kind when it is known.
type Target struct {
	Name connector.TableName
	Kind connector.TableKind
}

// Read is what lets the rows be read: SELECT on the whole schema, or on each target alone.
func Read(schema connector.SchemaName, scope connector.Scope, targets []Target) []Need {
	if scope == connector.ScopeSchema {
		return []Need{{connector.Select, Schema(schema)}}
	}
	needs := make([]Need, 0, len(targets))
	for _, t := range targets {
		needs = append(needs, Need{connector.Select, Table(t.Name, t.Kind)})
	}
	return needs
}

// Holds reports whether one of the grants gives the privilege, by the rules of access.
func Holds(held []connector.Grant, privilege connector.Privilege) bool {
	for _, g := range held {
		if Gives(g.Privilege, privilege) {
			return true
		}
	}
	return false
}

// Gives reports whether a privilege that was granted amounts to another one.
func Gives(granted, asked connector.Privilege) bool {
	return access.Table().Gives(string(granted), string(asked))
}
