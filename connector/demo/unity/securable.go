package unity

import (
	"fmt"
	"strings"
)

// InformationSchema is the schema that every catalog of Unity Catalog has. Whoever may use the catalog may use it, and its views show to
// everybody what they see.
const InformationSchema = "information_schema"

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
// "inventory.assets.devices". It returns a WordError for an unknown type or a name with the wrong number of parts.
func ParseSecurable(kind, fullName string) (Securable, error) {
	k, err := ParseKind(kind)
	if err != nil {
		return Securable{}, err
	}
	return ParseName(k, fullName)
}

// ParseName is ParseSecurable for a kind that is known, also for one that grants have no word for, such as a model.
func ParseName(k Kind, fullName string) (Securable, error) {
	row, _ := k.Row()
	parts := strings.Split(strings.ToLower(fullName), ".")
	switch {
	case k == MetastoreKind:
		return OnMetastore(), nil
	case len(parts) != row.Parts():
		return Securable{}, wrong("%q is not a valid name for a %s.", fullName, strings.ToLower(string(k)))
	case row.Parent == MetastoreKind && k != CatalogKind:
		return Securable{Kind: k, Name: parts[0]}, nil
	}
	parts = append(parts, "", "")
	return Securable{Kind: k, Catalog: parts[0], Schema: parts[1], Name: parts[2]}, nil
}

// ForGrants is the object as grants name it.
func (s Securable) ForGrants() Securable {
	s.Kind = s.Kind.ForGrants()
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

// OpensAll reports whether a schema is open to everybody who may use its catalog.
func (s Securable) OpensAll() bool { return s.Schema == InformationSchema }

// Leaf is the last part of an object's name.
func (s Securable) Leaf() string {
	full := s.FullName()
	return full[strings.LastIndexByte(full, '.')+1:]
}

// Quoted is the full name as SQL writes it.
func (s Securable) Quoted() string {
	parts := strings.Split(strings.ReplaceAll(s.FullName(), "`", "``"), ".")
	return "`" + strings.Join(parts, "`.`") + "`"
}

// Within reports whether an object is another one, or in it.
func (s Securable) Within(other Securable) bool {
	for at, ok := s, true; ok; at, ok = at.Parent() {
		if at == other {
			return true
		}
	}
	return false
}

// WordError says of a word that it is none of those it should be, in the text of both protocols.
type WordError string

// Error is that text.
func (e WordError) Error() string { return string(e) }

func wrong(format string, args ...any) error { return WordError(fmt.Sprintf(format, args...)) }
