package check

// permissionRows are the rows of "Missing Unity Catalog permissions". What no GRANT mends stands before what one does.
var permissionRows = []pattern{
	{
		id: "no-metastore", stage: StageCatalog, text: says(`METASTORE_DOES_NOT_EXIST|no metastore assigned for the current workspace|UC_NOT_ENABLED|unity catalog is not enabled`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "catalog-not-bound", stage: StageCatalog, text: says(`catalog\b.{0,300}is not accessible in (?:the )?current workspace`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "principal-by-name", stage: StageCatalog, text: says(`PRINCIPAL_DOES_NOT_EXIST|could not find principal with name|ServicePrincipalName\(.{0,200}\) does not exist`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "not-propagated", stage: StageCatalog, text: says(`PERMISSION_NOT_PROPAGATED`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-execute", stage: StageRead, text: says(`does not have EXECUTE on (?:routine|function)`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "view-owner", stage: StageRead, text: says(`(?:view owner|owner of (?:the )?view|view's owner)\b.{0,200}(?:does not have|no longer has|lacks|may not|cannot)`), whose: openWords,
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-use-catalog", stage: StageCatalog, text: says(`does not have USE[ _]CATALOG`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-use-schema", stage: StageSchema, text: says(`does not have USE[ _]SCHEMA`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-usage", stage: StageSchema, text: says(`does not have (?:permission )?USAGE on (?:schema|database|catalog)`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "any-file", stage: StageRead, text: says(`does not have permission \w+ on any file`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "legacy-select", stage: StageRead, text: says(`does not have permission (?:SELECT|READ_METADATA) on (?:table|view|database|schema)`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-select", stage: StageRead, text: says(`does not have SELECT on (?:table|view|materialized view|streaming table|schema|catalog|foreign table)\b`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "other-privilege", stage: StageRead, text: says(`(?:user|principal) does not have [A-Z_]{4,20}(?: [A-Z_]{2,20}){0,3} on (?:catalog|schema|table|view|volume|external location|storage credential|connection|share|metastore) '`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "insufficient", stage: StageRead, states: []string{"42501"}, whose: anyWords, likely: true,
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "table-hidden", stage: StageColumns, whose: openWords,
		text:  says(`TABLE_OR_VIEW_NOT_FOUND|TABLE_DOES_NOT_EXIST|\btable '[^'.]{1,260}\.[^'.]{1,260}\.[^']{1,260}' does not exist`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "schema-hidden", stage: StageSchema, whose: openWords,
		text:  says(`\bSCHEMA_NOT_FOUND|SCHEMA_DOES_NOT_EXIST|\bschema '[^']{1,260}\.[^']{1,260}' does not exist`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "catalog-hidden", stage: StageCatalog, whose: openWords,
		text:  says(`NO_SUCH_CATALOG_EXCEPTION|CATALOG_DOES_NOT_EXIST|\bCATALOG_NOT_FOUND|\bcatalog '[^']{1,260}' (?:does not exist|was not found)`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
}
