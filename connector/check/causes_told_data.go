package check

// toldData say what is missing in Unity Catalog in words of the program that asked.
var toldData = []pattern{
	{
		id: "no-use-catalog", stage: StageCatalog, whose: openWords, likely: true, cause: MissingPermissions,
		text: exactly(withoutPrivilege + `USE[_ ]CATALOG\b`),
	},
	{
		id: "no-use-schema", stage: StageSchema, whose: openWords, likely: true, cause: MissingPermissions,
		text: exactly(withoutPrivilege + `USE[_ ]SCHEMA\b`),
	},
	{
		id: "no-select", stage: StageRead, whose: anyWords, likely: true, cause: MissingPermissions,
		text: exactly(withoutPrivilege + `SELECT\b(?i: (?:privilege|permission))?(?i: (?:on|for)\b)|(?i:\byou (?:need|must have|` +
			`require)) SELECT (?i:(?:permission|privilege|on)\b)`),
	},
	{
		id: "no-select", stage: StageRead, whose: openWords, likely: true, cause: MissingPermissions,
		text: exactly(`(?i:\b(?:lacks?|lacking|missing|need|requires?|denied)) SELECT\b(?i: (?:privilege|permission))?(?i: on(?: (?:table|view))?) ` +
			`['"\x60]?[\w-]{1,100}\.[\w-]{1,100}\.[\w-]{1,100}`),
	},
	{
		id: "other-privilege", stage: StageRead, whose: openWords, likely: true, cause: MissingPermissions,
		text: says(
			`is not (?:an? |the )?owner of (?:catalog|schema|database|table|view|volume|external location|storage credential|function)\b`,
			`(?:lacks?|missing|without|no|requires?|denied) (?:the )?(?:privileges? |permissions? )?`+privileges+` (?:privilege |permission )?on `+securable+`\b`,
		),
	},
	{
		id: "table-hidden", stage: StageColumns, whose: anyWords, likely: true, cause: MissingPermissions,
		text: says(`table or view not found`, `no access to (?:table|view) ['"\x60]`),
	},
	{
		id: "schema-hidden", stage: StageSchema, whose: anyWords, likely: true, cause: MissingPermissions,
		text: says(`\b(?:database|schema) ['"\x60][^'"\x60]{1,260}['"\x60] (?:not found|does not exist)`, `NoSuchDatabaseException`),
	},
	{
		id: "insufficient", stage: StageRead, whose: anyWords, likely: true, cause: MissingPermissions,
		text: says(
			`does not have (?:sufficient )?(?:access|privileges?|permissions?) (?:to|on|for) (?:the )?(?:unity )?(?:catalog|`+
				`schema|table|volume)\b`,
			`(?:access|permission) denied (?:to|on|for) (?:the )?(?:catalog|schema|table|view|volume) ['"\x60]?\w`,
			`\[INSUFFICIENT_PERMISSIONS\]`,
			`access to (?:the )?(?:catalog|schema|table|view|volume)\b.{0,120}\b(?:refused|denied|not allowed|forbidden)\b`,
			`\b(?:SELECT|USE CATALOG|USE SCHEMA) (?:privilege |permission )?(?:is |was )?(?:not granted|missing|denied|required)\b`,
		),
	},
}

// withoutPrivilege is how a sentence begins that names what is missing; what is needed in general is no error.
const withoutPrivilege = `(?i:\b(?:lacks?|lacking|missing|without|not granted|no|denied)\b)[^.]{0,40}\b`
