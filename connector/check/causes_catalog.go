package check

import (
	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// How a refusal begins that names what is missing, and what it names: the parts of a name tell Unity Catalog, which has three, from the
// table access control before it, which has two, or three behind the name of its own catalog.
const (
	lacksIt  = `does not have (?:(?:the |any of the )?(?:permissions?|privileges?) )?`
	readable = `(?:table|view)`
	nameEnds = `(?:$|[^.\w\x60'"-]|\.(?:$|[^\w\x60'"]))`

	legacyRight  = `does not have permission (?:SELECT|READ_METADATA) on `
	unnamedThing = `(?: on (?:` + readable + `|schema|database)\b|["'.;,)!]|$)`

	aPart = `(?:\x60[^\x60]{1,255}\x60|'[^'.]{1,255}'|"[^".]{1,255}"|['"]?[\w-]{1,255})`
)

// permissionRows are the rows of "Missing Unity Catalog permissions". What no GRANT mends stands before what one does.
var permissionRows = []pattern{
	{
		id: "no-metastore", stage: StageCatalog, text: clue.Says(
			`OPERATION_REQUIRES_UNITY_CATALOG`,
			`METASTORE_DOES_NOT_EXIST|no metastore assigned for the current workspace|UC_NOT_ENABLED|unity catalog is not enabled`,
		),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "catalog-not-bound", stage: StageCatalog,
		text: clue.Says(
			`(?:catalog|external location|storage credential|service credential|` +
				`connection)\b.{0,300}is not accessible in (?:the )?current workspace`,
		),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "principal-by-name", stage: StageCatalog, text: clue.Says(
			`PRINCIPAL_DOES_NOT_EXIST|could not find principal with name|ServicePrincipalName\(.{0,200}\) does not exist`,
		),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "not-propagated", stage: StageCatalog, text: clue.Says(`PERMISSION_NOT_PROPAGATED`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-execute", stage: StageRead, text: clue.Says(`does not have EXECUTE on (?:routine|function)`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "view-owner", stage: StageRead, text: clue.Says(
			`(?:view owner|owner of (?:the )?view|view's owner)\b.{0,200}(?:does not have|no longer has|lacks|may not|cannot)`,
			`INSUFFICIENT_PERMISSIONS_UNDERLYING_SECURABLE|because of permissions on underlying securables|UC_DEPENDENCY_PERMISSION_DENIED`,
		), whose: openWords,
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-use-catalog", stage: StageCatalog, text: clue.Says(lacksIt + `USE[ _]CATALOG\b`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-browse", stage: StageSchema, text: clue.Says(`does not have BROWSE on catalog`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-use-schema", stage: StageSchema, text: clue.Says(lacksIt + `USE[ _]SCHEMA\b`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-usage", stage: StageSchema,
		text:  clue.Says(lacksIt + `\[?(?:READ_METADATA, ?)?USAGE(?:, ?READ_METADATA)?\]? on (?:schema|database|catalog)`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "any-file", stage: StageRead, text: clue.Says(`does not have permission \w+ on any file`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "legacy-select", stage: StageRead, text: clue.Says(
			legacyRight+`(?:database|schema|`+readable+`) [\x60'"]?(?:hive_metastore|spark_catalog)\b`,
			legacyRight+`(?:database|`+readable+`) `+aPart+`(?:\.`+aPart+`)?`+nameEnds, legacyRight+`schema `+aPart+nameEnds,
		),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "no-select", stage: StageRead,
		text: clue.Says(
			`does not have SELECT on (?:table|view|materialized view|streaming table|schema|catalog|foreign table)\b`,
			lacksIt+`SELECT on `+readable+` `+aPart+`\.`+aPart+`\.`+aPart, lacksIt+`SELECT on (?:materialized view|streaming table|foreign table|catalog)\b`,
			lacksIt+`SELECT on schema `+aPart+`\.`+aPart, `does not have permission SELECT`+unnamedThing, `(?:insufficient privileges|PERMISSION_DENIED): user does not have SELECT(?:["'.;,)!]|$)`,
			`no access to ['"\x60]\S{1,300}['"\x60].{0,20}must have SELECT on`,
		),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "other-privilege", stage: StageRead,
		text:  clue.Says(`does not have (?:the )?(?:permissions? )?` + pasted.Privileges + ` on ` + pasted.Securable + `\b`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "insufficient", stage: StageRead, states: []string{"42501"}, whose: anyWords, likely: true,
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "table-hidden", stage: StageColumns, whose: openWords,
		text: clue.Says(
			`TABLE_OR_VIEW_NOT_FOUND|TABLE_DOES_NOT_EXIST|\bDELTA_TABLE_NOT_FOUND`,
			`\btable '[^'.]{1,260}\.[^'.]{1,260}\.[^']{1,260}' does not exist`,
		),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "schema-hidden", stage: StageSchema, whose: openWords,
		text:  clue.Says(`\bSCHEMA_NOT_FOUND|SCHEMA_DOES_NOT_EXIST|\bschema '[^']{1,260}\.[^']{1,260}' does not exist`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
	{
		id: "catalog-hidden", stage: StageCatalog, whose: openWords,
		text:  clue.Says(`NO_SUCH_CATALOG_EXCEPTION|CATALOG_DOES_NOT_EXIST|\bCATALOG_NOT_FOUND`),
		cause: MissingPermissions, exit: ExitPermissions,
	},
}
