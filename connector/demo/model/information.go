package model

// InformationSchema is the schema that every catalog of Unity Catalog has. Whoever may use the catalog may use it, and its views show to
// everybody what they see.
const InformationSchema = "information_schema"

// informationSchema is that schema of a catalog. Nobody made it, and nobody owns it.
func informationSchema(catalog string) *schemaNode {
	return &schemaNode{Schema: Schema{
		Catalog: catalog, Name: InformationSchema, Owner: "System user", Comment: "Information schema (auto-created)",
	}}
}

// opensAll reports whether a schema is open to everybody who may use its catalog.
func (s Securable) opensAll() bool { return s.Schema == InformationSchema }
