package check

import (
	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// toldAccess say that a warehouse may not be used, or is not there.
var toldAccess = []pattern{
	{
		id: "warehouse-gone", stage: StageWarehouse, whose: openWords, likely: true, cause: WarehouseAccess, restored: true,
		text: clue.Says(
			`(?:ENDPOINT_NOT_FOUND|\b404\b).{0,160}/sql/1\.0/(?:warehouses|endpoints)/[0-9a-f]{6,40}`,
			`\b404 Not Found\b.{0,160}/sql/1\.0/warehouse/[0-9a-f]{6,40}`,
			`/sql/1\.0/(?:warehouses?|endpoints?)/[0-9a-f]{6,40}\b.{0,160}(?:ENDPOINT_NOT_FOUND|\b404\b)`, pasted.OfRecord+`(?-i:DELETED|DELETING)\b`,
			pasted.SQLWarehouse+`[^:;,\[\]]{0,60}`+pasted.IsGone, `\bwarehouse\b.{0,40}(?:was|has been|got) deleted`,
			`(?:cannot|can't|could not|couldn't|unable to) (?:find|locate) (?:the |a )?(?:databricks )?sql (?:warehouse|endpoint)\b`,
			`warehouse[_ ]?id\b.{0,60}`+pasted.IsGone, `invalid warehouse[_ ]?id`,
			`\bwarehouse\b[^\[\]]{0,120}RESOURCE_DOES_NOT_EXIST`, `RESOURCE_DOES_NOT_EXIST\b[^\[\]]{0,60}\bwarehouse\b`,
		),
	},
	{
		id: "no-warehouses", stage: StageWarehouse, whose: openWords, likely: true, cause: WarehouseAccess,
		text: clue.Says(
			`\bno (?:sql )?warehouses? (?:(?:is|are|was|were|could be|have been) )?(?:found|available|visible|accessible|`+
				`configured|shown|listed|exists?)\b`,
			`\b(?:no|0|zero) sql warehouses? (?:in|for|at|to|found|visible|available)\b`, `\bno sql warehouses?(?:$|[.,;!"\x60])`,
			`(?:shows?|has|have|sees?|lists?|finds?|found|there (?:is|are|was|were)|returned|got) no sql warehouses?\b`,
			`(?:could not|cannot|can't|did not) (?:find|see|list) (?:any|a|one) (?:sql )?warehouses?`,
		),
	},
	{
		id: "no-can-use", stage: StageCanUse, whose: openWords, likely: true, cause: WarehouseAccess, another: signs.ofNoWarehouse,
		text: clue.Says(
			pasted.SQLWarehouse+pasted.InSentence+`:? ?`+pasted.MayNot, pasted.MayNot+pasted.InSentence+pasted.SQLWarehouse,
			`\baccess to (?:the |this )?`+pasted.SQLWarehouse+`.{0,40}\b(?:denied|refused|forbidden)\b`,
			`does not have permission to attach to (?:the )?(?:sql )?warehouse\b`, `don't have permission\b.{0,160}`+pasted.SQLWarehouse,
			`\bwarehouse\b.{0,30}\bnot shared with`,
			pasted.MayNot+` (?:to use|to access|to query|on|for)? ?(?:the |this |a )?warehouse`,
		),
	},
}

// Words of programs for a warehouse that was asked to start and does not run.
var (
	failsToStart = clue.Says(
		pasted.Warehouse+`[^;:\[\]]{0,60}(?:\bstart(?:up|-up)? failed|\b(?:failed|fails|refuses) to (?:start|launch)\b|`+
			`(?:could|can)(?: not|not|n't) (?:be )?(?:start|launch)(?:ed)?\b)`,
		`(?:unable|failed|could not|cannot|can't) (?:to )?(?:start|launch) (?:the |a |your |this )?(?:sql )?warehouse\b`, pasted.FailedHealth,
	)
	statedStarting = clue.Says(pasted.OfRecord+`(?-i:STARTING)\b`, `(?-i:\bSTARTING\b).{0,60}`+pasted.Warehouse)
)

// toldState say that a warehouse does not run.
var toldState = []pattern{
	{
		id: "start-failed", stage: StageState, likely: true, cause: WarehouseNotRunning, text: clue.Says(`clusters are failing to launch`),
	},
	{
		id: "start-failed", stage: StageState, whose: openWords, likely: true, cause: WarehouseNotRunning, text: failsToStart,
	},
	{
		id: "warehouse-stopped", stage: StageState, whose: openWords, cause: WarehouseNotRunning,
		text: clue.Says(
			pasted.Warehouse+`[^;\[\]]{0,60}`+pasted.Rests, pasted.OfRecord+`(?-i:STOPPED)\b`, `(?-i:\bSTOPPED\b).{0,60}`+pasted.Warehouse,
			`WAREHOUSE_(?:NOT_RUNNING|STOPPED)`,
			`\b(?:turn|switch) on (?:the |your |a |this )?sql warehouse\b`,
			`\b(?:none|not one) of .{0,20}warehouses\b.{0,30}\brunning`,
			`\bno (?:running|started|active) sql warehouse`,
			`\bstart (?:the|your|a|this) (?:sql )?warehouse (?:first|and (?:try|retry|run))`,
		),
	},
	{
		id: "warehouse-starting", stage: StageState, whose: openWords, cause: WarehouseNotRunning, another: signs.ofWhatRunsOnIt,
		text: clue.Says(
			pasted.Warehouse+`[^;\[\]]{0,60}`+pasted.Starts, pasted.OfRecord+`(?-i:STARTING)\b`,
			`\bgave up\b.{0,40}\bwaiting for (?:the )?(?:sql )?warehouse`, `(?-i:\bSTARTING\b).{0,60}`+pasted.Warehouse, `WAREHOUSE_STARTING`,
			`(?:starting(?: up)?|start of|starts?|waking(?: up)?|resuming|wait(?:ing|ed)? for) (?:the |a |your |`+
				`this )?(?:sql )?warehouse\b.{0,80}(?:too long|tim(?:ed?|ing) ?out|gave up|exceeded|not ready|failed)`,
			`(?:gave up|tim(?:ed|ing) ?out|timeout|too long)\b.{0,40}`+pasted.Warehouse+`.{0,60}\b(?:to start|to reach|be running|RUNNING|ready)\b`,
		),
	},
	{
		id: "warehouse-stopping", stage: StageState, whose: openWords, cause: WarehouseNotRunning, text: clue.Says(pasted.OfRecord + `(?-i:STOPPING)\b`),
	},
	{
		id: "sql-unavailable", stage: StageSQL, whose: openWords, likely: true, cause: WarehouseNotRunning, another: signs.ofOtherSide,
		text: clue.Says(
			`too many 503 error responses`, `503 when connecting to resource`, `TEMPORARILY_UNAVAILABLE`, `HTTP Response code: 503`,
			`/sql/1\.0/warehouses/\S{0,80}.{0,80}\b503\b`, `\b503\b.{0,120}/sql/1\.0/warehouses/`,
		),
	},
}

// toldData say what is missing in Unity Catalog in words of the program that asked.
var toldData = []pattern{
	{
		id: "catalog-hidden", stage: StageCatalog, whose: anyWords, cause: MissingPermissions,
		text: clue.Says(`\bcatalog '[^']{1,260}' (?:does not exist|was not found)`),
	},
	{
		id: "no-use-catalog", stage: StageCatalog, whose: openWords, likely: true, cause: MissingPermissions,
		text: clue.Exactly(withoutPrivilege + `USE[_ ]CATALOG\b`),
	},
	{
		id: "no-use-schema", stage: StageSchema, whose: openWords, likely: true, cause: MissingPermissions,
		text: clue.Exactly(withoutPrivilege + `USE[_ ]SCHEMA\b`),
	},
	{
		id: "no-select", stage: StageRead, whose: anyWords, likely: true, cause: MissingPermissions,
		text: clue.Exactly(withoutPrivilege+`SELECT\b(?i: (?:privilege|permission))?(?i: (?:on|for)\b)|(?i:\byou (?:need|must have|`+
			`require)) SELECT (?i:(?:permission|privilege|on)\b)`,
			`\bSELECT (?i:(?:privilege |permission )?(?:is |was )?(?:not granted|missing|denied|required)\b)`,
			`(?i:`+lacksIt+`SELECT(?: (?:privileges?|permissions?))?`+unnamedThing+`)`),
	},
	{
		id: "no-select", stage: StageRead, whose: openWords, likely: true, cause: MissingPermissions,
		text: clue.Exactly(`(?i:\b(?:lacks?|lacking|missing|need|requires?|denied)) SELECT\b(?i: (?:privilege|permission))?(?i: on(?: (?:table|view))?) ` +
			`['"\x60]?[\w-]{1,100}\.[\w-]{1,100}\.[\w-]{1,100}`),
	},
	{
		id: "other-privilege", stage: StageRead, whose: openWords, likely: true, cause: MissingPermissions,
		text: clue.Says(
			`is not (?:an? |the )?owner of (?:catalog|schema|database|table|view|volume|external location|storage credential|function)\b`,
			`(?:lacks?|missing|without|no|requires?|denied) (?:the )?(?:privileges? |permissions? )?`+pasted.Privileges+
				` (?:privilege |permission )?on `+pasted.Securable+`\b`,
		),
	},
	{
		id: "table-hidden", stage: StageColumns, whose: anyWords, likely: true, cause: MissingPermissions,
		text: clue.Says(`table or view not found`, `no access to (?:table|view) ['"\x60]`),
	},
	{
		id: "schema-hidden", stage: StageSchema, whose: anyWords, likely: true, cause: MissingPermissions,
		text: clue.Says(`\b(?:database|schema) ['"\x60][^'"\x60]{1,260}['"\x60] (?:not found|does not exist)`, `NoSuchDatabaseException`),
	},
	{
		id: "insufficient", stage: StageRead, likely: true, cause: MissingPermissions,
		text: clue.Says(`does not have any of the following privileges on ` + pasted.Securable + `\b`),
	},
	{
		id: "insufficient", stage: StageRead, whose: openWords, likely: true, cause: MissingPermissions,
		text: clue.Says(`\[(?:INSUFFICIENT_PERMISSIONS|UNAUTHORIZED_ACCESS|RELATION_NOT_FOUND)[\w.]{0,60}\].{0,600}\bSQLSTATE\W{0,3}42501\b`),
	},
	{
		id: "insufficient", stage: StageRead, whose: anyWords, likely: true, cause: MissingPermissions,
		text: clue.Says(
			`does not have (?:sufficient )?(?:access|privileges?|permissions?) (?:to|on|for) (?:the )?(?:unity )?(?:catalog|`+
				`schema|table|volume)\b`,
			`(?:access|permission) denied (?:to|on|for) (?:the )?(?:catalog|schema|table|view|volume) ['"\x60]?\w`,
			`\[INSUFFICIENT_PERMISSIONS\]`,
			`access to (?:the )?(?:catalog|schema|table|view|volume)\b.{0,120}\b(?:refused|denied|not allowed|forbidden)\b`,
			`\b(?:USE CATALOG|USE SCHEMA) (?:privilege |permission )?(?:is |was )?(?:not granted|missing|denied|required)\b`,
		),
	},
}

// withoutPrivilege is how a sentence begins that names what is missing; what is needed in general is no error.
const withoutPrivilege = `(?i:\b(?:lacks?|lacking|missing|without|not granted|no|denied)\b)[^.]{0,40}\b`
