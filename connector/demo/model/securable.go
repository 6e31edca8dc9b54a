package model

import "strings"

// Kind is the kind of a securable object.
type Kind uint8

// The securable kinds of this workspace, outermost first. Views are tables here, as in the REST API.
const (
	MetastoreKind Kind = iota + 1
	CatalogKind
	SchemaKind
	TableKind
)

var kindNames = map[Kind]string{MetastoreKind: "Metastore", CatalogKind: "Catalog", SchemaKind: "Schema", TableKind: "Table"}

// String is the word of error texts, for example "Catalog".
func (k Kind) String() string { return kindNames[k] }

// REST is the word of request paths and answers, in upper case, for example "CATALOG".
func (k Kind) REST() string { return strings.ToUpper(kindNames[k]) }

// Securable names an object that privileges are granted on. It is comparable. Its parts are in lower case, as Unity Catalog stores
// them; build it with the functions below, which see to that.
type Securable struct {
	Kind                   Kind
	Catalog, Schema, Table string
}

// OnMetastore names the workspace's metastore.
func OnMetastore() Securable { return Securable{Kind: MetastoreKind} }

// OnCatalog names a catalog.
func OnCatalog(catalog string) Securable {
	return Securable{Kind: CatalogKind, Catalog: strings.ToLower(catalog)}
}

// OnSchema names a schema.
func OnSchema(catalog, schema string) Securable {
	return Securable{Kind: SchemaKind, Catalog: strings.ToLower(catalog), Schema: strings.ToLower(schema)}
}

// OnTable names a table or a view.
func OnTable(catalog, schema, table string) Securable {
	return Securable{Kind: TableKind, Catalog: strings.ToLower(catalog), Schema: strings.ToLower(schema), Table: strings.ToLower(table)}
}

// ParseSecurable reads a securable type and full name as the REST API has them in a path, for example "table" and
// "inventory.assets.devices". It returns an INVALID_PARAMETER_VALUE *Error for an unknown type or a name with the wrong number of parts.
func ParseSecurable(kind, fullName string) (Securable, error) {
	parts := strings.Split(fullName, ".")
	switch strings.ToLower(kind) {
	case "metastore":
		return OnMetastore(), nil
	case "catalog":
		if len(parts) == 1 {
			return OnCatalog(parts[0]), nil
		}
	case "schema":
		if len(parts) == 2 {
			return OnSchema(parts[0], parts[1]), nil
		}
	case "table":
		if len(parts) == 3 {
			return OnTable(parts[0], parts[1], parts[2]), nil
		}
	default:
		return Securable{}, invalidParameter("%q is not a securable type of this workspace.", kind)
	}
	return Securable{}, invalidParameter("%q is not a valid name for a %s.", fullName, strings.ToLower(kind))
}

// FullName is the dotted name, empty for the metastore.
func (s Securable) FullName() string {
	switch s.Kind {
	case CatalogKind:
		return s.Catalog
	case SchemaKind:
		return s.Catalog + "." + s.Schema
	case TableKind:
		return s.Catalog + "." + s.Schema + "." + s.Table
	}
	return ""
}

// Parent is the object one level up, from which privileges are inherited. A catalog has none: privileges on the metastore do not reach
// into its catalogs.
func (s Securable) Parent() (Securable, bool) {
	switch s.Kind {
	case TableKind:
		return Securable{Kind: SchemaKind, Catalog: s.Catalog, Schema: s.Schema}, true
	case SchemaKind:
		return Securable{Kind: CatalogKind, Catalog: s.Catalog}, true
	}
	return Securable{}, false
}
