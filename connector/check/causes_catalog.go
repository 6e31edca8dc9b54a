package check

import "github.com/draftt-io/draftt-databricks/connector/grants"

// belowGrant is the remedy of a row whose GRANT stands below the finding.
const belowGrant = "Have the owner run the GRANT below."

// permissionRows are the rows of "Missing Unity Catalog permissions". What no GRANT mends stands before what one does.
var permissionRows = []pattern{
	{
		id: "no-metastore", stage: StageCatalog, text: says(`METASTORE_DOES_NOT_EXIST|no metastore assigned for the current workspace|UC_NOT_ENABLED|unity catalog is not enabled`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "Unity Catalog is not enabled here: the workspace has no metastore.",
		remedy: "Ask the account admin to assign a metastore to the workspace.",
	},
	{
		id: "catalog-not-bound", stage: StageCatalog, text: says(`catalog\b.{0,300}is not accessible in (?:the )?current workspace`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The catalog is not bound to this workspace. A grant does not change that.",
		remedy: "Ask the catalog's owner to bind it under Catalog › this catalog › Workspaces.",
	},
	{
		id: "principal-by-name", stage: StageCatalog, text: says(`PRINCIPAL_DOES_NOT_EXIST|could not find principal with name|ServicePrincipalName\(.{0,200}\) does not exist`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The GRANT names a principal that the account does not know. A service principal goes by its application ID, not by its display name.",
		remedy: "Run the GRANT with the application ID in backticks.",
	},
	{
		id: "not-propagated", stage: StageCatalog, text: says(`PERMISSION_NOT_PROPAGATED`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "A grant was made a moment ago and is not seen everywhere yet.",
		remedy: "Wait a minute, then test again.",
	},
	{
		id: "no-execute", stage: StageRead, text: says(`does not have EXECUTE on (?:routine|function)`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The table has a row filter or a column mask, and the principal may not run its function.",
		remedy: "Have the function's owner grant EXECUTE on the function that the detail names.",
	},
	{
		id: "view-owner", stage: StageRead, text: says(`(?:view owner|owner of (?:the )?view|view's owner)\b.{0,200}(?:does not have|no longer has|lacks|may not|cannot)`), whose: openWords,
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The view's owner may not read a table below it. A grant to this principal does not change that.",
		remedy: "Have the view's owner regain SELECT on the tables that the view reads.",
	},
	{
		id: "no-use-catalog", stage: StageCatalog, text: says(`does not have USE[ _]CATALOG`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks USE CATALOG.", remedy: belowGrant, grant: grants.UseCatalogExample,
	},
	{
		id: "no-use-schema", stage: StageSchema, text: says(`does not have USE[ _]SCHEMA`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks USE SCHEMA.", remedy: belowGrant, grant: grants.UseSchemaExample,
	},
	{
		id: "no-usage", stage: StageSchema, text: says(`does not have (?:permission )?USAGE on (?:schema|database|catalog)`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks USAGE, which hive_metastore has in place of USE CATALOG and USE SCHEMA.", remedy: belowGrant, grant: grants.UsageExample,
	},
	{
		id: "any-file", stage: StageRead, text: says(`does not have permission \w+ on any file`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The table reads files that table access control guards, which a grant on the table does not cover.",
		remedy: "Have the data moved into Unity Catalog; SELECT ON ANY FILE would open every file.",
	},
	{
		id: "legacy-select", stage: StageRead, text: says(`does not have permission (?:SELECT|READ_METADATA) on (?:table|view|database|schema)`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The legacy table access control of hive_metastore does not let the principal read.", remedy: belowGrant, grant: grants.LegacySelectExample,
	},
	{
		id: "no-select", stage: StageRead, text: says(`does not have SELECT on (?:table|view|materialized view|streaming table|schema|catalog|foreign table)\b`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks SELECT.", remedy: belowGrant, grant: grants.SelectExample,
	},
	{
		id: "other-privilege", stage: StageRead, text: says(`(?:user|principal) does not have [A-Z_]{4,20}(?: [A-Z_]{2,20}){0,3} on (?:catalog|schema|table|view|volume|external location|storage credential|connection|share|metastore) '`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks the privilege that the detail names, which reading a table does not need.",
		remedy: "Look at what was asked for: reading needs USE CATALOG, USE SCHEMA and SELECT alone.",
	},
	{
		id: "insufficient", stage: StageRead, states: []string{"42501"}, whose: anyWords, likely: true,
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks a privilege. With a view, its owner may lack one on the tables below it.",
		remedy: "Have the owner grant what the detail names.",
	},
	{
		id: "table-hidden", stage: StageColumns, whose: openWords,
		text:  says(`TABLE_OR_VIEW_NOT_FOUND|TABLE_DOES_NOT_EXIST|\btable '[^'.]{1,260}\.[^'.]{1,260}\.[^']{1,260}' does not exist`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The table does not exist, or the principal may not see it. The workspace does not say which.",
		remedy: "Check the spelling, then have the owner run the GRANT below.", grant: grants.SelectExample,
	},
	{
		id: "schema-hidden", stage: StageSchema, whose: openWords,
		text:  says(`\bSCHEMA_NOT_FOUND|SCHEMA_DOES_NOT_EXIST|\bschema '[^']{1,260}\.[^']{1,260}' does not exist`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The schema does not exist, or the principal may not see it. The workspace does not say which.",
		remedy: "Check the spelling, then have the owner run the GRANT below.", grant: grants.UseSchemaExample,
	},
	{
		id: "catalog-hidden", stage: StageCatalog, whose: openWords,
		text:  says(`NO_SUCH_CATALOG_EXCEPTION|CATALOG_DOES_NOT_EXIST|\bCATALOG_NOT_FOUND|\bcatalog '[^']{1,260}' (?:does not exist|was not found)`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The catalog does not exist, or the principal may not see it. The workspace does not say which.",
		remedy: "Check the spelling, then have the owner run the GRANT below.", grant: grants.UseCatalogExample,
	},
}
