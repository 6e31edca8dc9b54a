// Package grants knows the read-only contract: which privileges Draftt needs for what a person chose, the GRANT statements that give
// them, and which privileges a principal holds beyond them. No other privilege can come out of it.
package grants

import (
	"github.com/draftt-io/draftt-databricks/connector"
)

// Object is something that a privilege is granted on.
type Object struct {
	Type    connector.SecurableType
	Name    connector.TableName // as many parts as Type has
	Keyword string              // the word before the name in SQL: CATALOG, SCHEMA, TABLE, VIEW or MATERIALIZED VIEW
}

// Full is the dotted name, for the REST API.
func (o Object) Full() string {
	switch o.Type {
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
	case connector.CatalogType:
		return o.Name.Catalog.String()
	case connector.SchemaType:
		return o.Name.SchemaName.String()
	}
	return o.Name.String()
}

func (o Object) named() bool {
	switch o.Type {
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
	return []Need{{connector.UseCatalog, Catalog(schema.Catalog)}, {connector.UseSchema, Schema(schema)}}
}

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

// Beyond are the privileges outside the read-only set: whoever holds one can do more than read.
func Beyond(held []connector.Grant) []connector.Grant {
	var extra []connector.Grant
	for _, g := range held {
		if !g.Privilege.ReadOnly() {
			extra = append(extra, g)
		}
	}
	return extra
}

// Holds reports whether one of the grants gives the privilege. ALL PRIVILEGES includes every privilege of the contract.
func Holds(held []connector.Grant, privilege connector.Privilege) bool {
	for _, g := range held {
		if g.Privilege == privilege || g.Privilege == connector.AllPrivileges {
			return true
		}
	}
	return false
}
