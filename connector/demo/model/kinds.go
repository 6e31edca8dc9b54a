package model

import "strings"

// words are nouns of which SHOW GRANTS shows the first.
func words(first string, others ...string) []Noun {
	nouns := []Noun{{first, strings.ReplaceAll(first, " ", "_")}}
	for _, other := range others {
		nouns = append(nouns, Noun{other, nouns[0].Shown})
	}
	return nouns
}

// kinds are the rows, outermost first, after the Unity Catalog privileges reference. A new kind is a row here, privileges that it alone
// has in privileges, and its objects in demo-objects.yaml.
var kinds = []KindRow{
	{Kind: MetastoreKind, Privileges: []Privilege{CreateCatalog}},
	{
		Kind: CatalogKind, Path: "catalogs", Parent: MetastoreKind, SQL: words("CATALOG"), Opens: UseCatalog,
		Privileges: []Privilege{
			UseCatalog, UseSchema, Select, Modify, Browse, Manage, AllPrivileges, ExternalUseSchema, ApplyTag, Execute, ReadVolume, WriteVolume,
			Refresh, CreateSchema, CreateTable,
		},
	},
	{
		Kind: SchemaKind, Path: "schemas", Parent: CatalogKind, SQL: words("SCHEMA", "DATABASE"), Opens: UseSchema,
		Privileges: []Privilege{
			UseSchema, Select, Modify, Manage, AllPrivileges, ExternalUseSchema, ApplyTag, Execute, ReadVolume, WriteVolume, Refresh, CreateTable,
		},
	},
	{
		Kind: TableKind, Path: "tables", Parent: SchemaKind, SQL: append(words("TABLE"), words("VIEW", "MATERIALIZED VIEW")...), Opens: Select,
		Privileges: []Privilege{Select, Modify, Manage, AllPrivileges, ApplyTag, Refresh},
	},
	{
		Kind: FunctionKind, Path: "functions", Parent: SchemaKind, SQL: words("FUNCTION"), Opens: Execute, Missing: "ROUTINE_NOT_FOUND",
		Word:       "Routine or Model",
		Privileges: []Privilege{Execute, Manage, AllPrivileges},
		Information: Listing{"routines", "specific_catalog string, specific_schema string, specific_name string, routine_catalog string, " +
			"routine_schema string, routine_name string, routine_type string, data_type string, full_data_type string, " +
			"character_maximum_length int, character_octet_length string, numeric_precision int, numeric_precision_radix int, " +
			"numeric_scale int, datetime_precision int, interval_type string, interval_precision int, maximum_cardinality int, " +
			"routine_body string, routine_definition string, external_name string, external_language string, parameter_style string, " +
			"is_deterministic string, sql_data_access string, is_null_call string, sql_path string, security_type string, as_locator string, " +
			"comment string, created timestamp, created_by string, last_altered timestamp, last_altered_by string"},
		Grants: Listing{"routine_privileges", "grantor string, grantee string, specific_catalog string, specific_schema string, " +
			"specific_name string, routine_catalog string, routine_schema string, routine_name string, privilege_type string, " +
			"is_grantable string, inherited_from string"},
	},
}
