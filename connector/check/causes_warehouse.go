package check

import "github.com/draftt-io/draftt-databricks/connector/clue"

// accessRows are the rows of "Cannot access the SQL warehouse".
var accessRows = []pattern{
	{
		id: "no-sql-entitlement", stage: StageSQLAccess,
		text: clue.Says(
			`without the .{0,120}databricks-sql-access`,
			`databricks-sql-access\b.{0,40}\b(?:absent|missing|lack|required|needed|not (?:granted|assigned|present|set))`,
			`\b(?:lacks?|missing|without|no|not|needs?|requires?)\b.{0,30}['"\x60]?databricks[- ]sql[- ]access`,
		),
		cause: WarehouseAccess, exit: ExitIdentity,
	},
	{
		id: "no-workspace-access", stage: StageSQLAccess, text: clue.Says(
			`without the (?:workspace-access|workspace-consume)\b.{0,60}entitlement`,
			`disabled for users without the [a-z-]{3,60}(?:,? (?:or|and) [a-z-]{3,60}){0,4} entitlement`,
		),
		cause: WarehouseAccess, exit: ExitIdentity,
	},
	{
		id: "not-in-plan", stage: StageSQLAccess, text: clue.Says(
			`DBSQL isn't available|(?:not|isn't) available (?:in|for|on) (?:your|the current|this) (?:pricing )?(?:tier|plan|sku)`,
			`only (?:available|supported) (?:in|for|on) (?:the )?premium|requires? (?:the|a) premium (?:plan|tier)`,
		), whose: anyWords,
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "feature-off", stage: StageSQLAccess, codes: []string{"FEATURE_DISABLED"}, whose: openWords, likely: true,
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "no-can-use", stage: StageCanUse, another: signs.ofNoWarehouse,
		text: clue.Says(
			`not authorized to (?:use|monitor|access|query)(?: or \w{1,20})? (?:this|the) SQL (?:endpoint|warehouse)`,
			`(?:do|does)(?: not|n't) have (?:permission|access|privileges?|rights?) (?:to|for) (?:use |access |query |`+
				`run \w{1,20} on |the use of )?(?:this |the )?SQL (?:endpoint|warehouse)`,
			`warehouse\b.{0,120}\bCAN[_ ]USE\b.{0,30}\b(?:not|missing|absent|lack)`,
			`(?:lacks?|missing|no|not|without|needs?|requires?) .{0,20}\bCAN[_ ]USE\b.{0,60}\b(?:warehouse|endpoint)`,
		),
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "warehouse-id-malformed", stage: StageWarehouse, text: clue.Says(
			`is not a valid (?:SQL )?(?:endpoint|warehouse) id`,
			`invalid (?:SQL )?(?:endpoint|warehouse) id`,
		), whose: anyWords,
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "warehouse-gone", stage: StageWarehouse, kinds: []kind{kindREST, kindSQL}, whose: anyWords, restored: true,
		text: clue.Says(
			`(?:sql )?(?:warehouse|endpoint) ['"\x60]?[0-9a-f-]{6,40}['"\x60]? (?:does not exist|was not found|not found|`+
				`could not be found|cannot be found|was deleted)`,
			`no (?:sql )?(?:warehouse|endpoint) (?:found )?(?:with|for) (?:the )?id\b`,
			`(?:warehouse|endpoint) \S{1,80} does not exist at all`,
			`sql warehouse (?:does not exist|was not found|not found|was deleted)`,
			`\bwarehouses?/[0-9a-f]{6,40}\b.{0,160}RESOURCE_DOES_NOT_EXIST`,
			`RESOURCE_DOES_NOT_EXIST.{0,160}\bwarehouses?/[0-9a-f]{6,40}\b`,
		),
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "classic-unsupported", stage: StageCanUse, whose: anyWords,
		text: clue.Says(
			`not supported (?:on|in|by|with) (?:a )?classic (?:SQL )?warehouse`,
			`only (?:available|supported) (?:on|in|by|with) (?:a )?(?:pro|serverless)\b`,
			`requires? (?:a )?(?:pro or serverless|serverless or pro)\b`,
		),
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "serverless-disabled", stage: StageState, whose: openWords,
		text: clue.Says(
			`serverless (?:compute|sql warehouses?|warehouses?|sql)?\s?(?:is|are) (?:not (?:enabled|available|supported)|disabled)`,
		),
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
}
