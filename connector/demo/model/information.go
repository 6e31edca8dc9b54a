package model

import "github.com/draftt-io/draftt-databricks/connector/demo/unity"

// informationSchema is that schema of a catalog. Nobody made it, and nobody owns it.
func informationSchema(catalog string) *schemaNode {
	return &schemaNode{Schema: Schema{
		Catalog: catalog, Name: unity.InformationSchema, Owner: "System user", Comment: "Information schema (auto-created)",
	}}
}
