package model

import "strings"

// Securable names an object that privileges are granted on. It is comparable. Its parts are in lower case, as Unity Catalog stores
// them; build it with the functions below, which see to that. Those that the object does not have are empty: a schema has no Name, and
// an object right below the metastore, other than a catalog, has a Name alone.
type Securable struct {
	Kind                  Kind
	Catalog, Schema, Name string
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
	return Securable{Kind: TableKind, Catalog: strings.ToLower(catalog), Schema: strings.ToLower(schema), Name: strings.ToLower(table)}
}

// ParseSecurable reads a securable type and full name as the REST API has them in a path, for example "table" and
// "inventory.assets.devices". It returns an INVALID_PARAMETER_VALUE *Error for an unknown type or a name with the wrong number of parts.
func ParseSecurable(kind, fullName string) (Securable, error) {
	k, err := parseKind(kind)
	if err != nil {
		return Securable{}, err
	}
	return ParseName(k, fullName)
}

// ParseName is ParseSecurable for a kind that is known, also for one that grants have no word for, such as a model.
func ParseName(k Kind, fullName string) (Securable, error) {
	row, _ := k.row()
	parts := strings.Split(strings.ToLower(fullName), ".")
	switch {
	case k == MetastoreKind:
		return OnMetastore(), nil
	case len(parts) != row.Parts():
		return Securable{}, invalidParameter("%q is not a valid name for a %s.", fullName, strings.ToLower(string(k)))
	case row.Parent == MetastoreKind && k != CatalogKind:
		return Securable{Kind: k, Name: parts[0]}, nil
	}
	parts = append(parts, "", "")
	return Securable{Kind: k, Catalog: parts[0], Schema: parts[1], Name: parts[2]}, nil
}

// forGrants is the object as grants name it.
func (s Securable) forGrants() Securable {
	s.Kind = s.Kind.forGrants()
	return s
}

// FullName is the dotted name, empty for the metastore.
func (s Securable) FullName() string {
	name := s.Catalog
	for _, part := range []string{s.Schema, s.Name} {
		if name != "" && part != "" {
			name += "."
		}
		name += part
	}
	return name
}

// Parent is the object one level up, from which privileges are inherited. A catalog has none: privileges on the metastore do not reach
// into what is in it.
func (s Securable) Parent() (Securable, bool) {
	switch {
	case s.Schema != "" && s.Name != "":
		return Securable{Kind: SchemaKind, Catalog: s.Catalog, Schema: s.Schema}, true
	case s.Schema != "":
		return Securable{Kind: CatalogKind, Catalog: s.Catalog}, true
	}
	return Securable{}, false
}
