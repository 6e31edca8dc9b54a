package unity

// inSchemas are the kinds of objects in schemas that are no more than their row.
var inSchemas = []KindRow{
	{
		Kind: VolumeKind, Path: "volumes", Parent: SchemaKind, SQL: words("VOLUME"), Opens: ReadVolume, Missing: "VOLUME_NOT_FOUND",
		Renames:    true,
		Privileges: []Privilege{ReadVolume, WriteVolume, ApplyTag, Manage, AllPrivileges},
		Show:       Listing{"VOLUMES", "database string, volume_name string"},
		Information: Listing{"volumes", "volume_catalog string, volume_schema string, volume_name string, volume_type string, volume_owner string, " +
			"comment string, " + changeColumns + ", storage_location string"},
		Grants: Listing{"volume_privileges", "grantor string, grantee string, volume_catalog string, volume_schema string, volume_name string, " +
			privilegeColumns},
	},
	{
		Kind: FunctionKind, Path: "functions", Parent: SchemaKind, SQL: words("FUNCTION"), Opens: Execute, Missing: "ROUTINE_NOT_FOUND",
		Word: "Routine or Model",
		// Those for models are here because to grants a model is a function.
		Privileges: []Privilege{Execute, ApplyTag, CreateModelVersion, Manage, AllPrivileges},
		Show:       Listing{"USER FUNCTIONS", "function string"},
		Information: Listing{"routines", "specific_catalog string, specific_schema string, specific_name string, routine_catalog string, " +
			"routine_schema string, routine_name string, routine_type string, data_type string, full_data_type string, " +
			"character_maximum_length int, character_octet_length string, numeric_precision int, numeric_precision_radix int, " +
			"numeric_scale int, datetime_precision int, interval_type string, interval_precision int, maximum_cardinality int, " +
			"routine_body string, routine_definition string, external_name string, external_language string, parameter_style string, " +
			"is_deterministic string, sql_data_access string, is_null_call string, sql_path string, security_type string, as_locator string, " +
			"comment string, " + changeColumns},
		Grants: Listing{"routine_privileges", "grantor string, grantee string, specific_catalog string, specific_schema string, " +
			"specific_name string, routine_catalog string, routine_schema string, routine_name string, " + privilegeColumns},
	},
	{Kind: ModelKind, Path: "models", Parent: SchemaKind, Opens: Execute, GrantedAs: FunctionKind, List: "registered_models", ID: "id"},
}
