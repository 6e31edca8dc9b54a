package check

// accessRows are the rows of "Cannot access the SQL warehouse".
var accessRows = []pattern{
	{
		id: "no-sql-entitlement", stage: StageSQLAccess, text: says(`users without the .{0,120}databricks-sql-access`),
		cause: WarehouseAccess, exit: ExitIdentity,
	},
	{
		id: "not-in-plan", stage: StageSQLAccess, text: says(`DBSQL isn't available|(?:not|isn't) available (?:in|for|on) (?:your|the current|this) (?:pricing )?(?:tier|plan|sku)|only (?:available|supported) (?:in|for|on) (?:the )?premium|requires? (?:the|a) premium (?:plan|tier)`), whose: anyWords,
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "feature-off", stage: StageSQLAccess, codes: []string{"FEATURE_DISABLED"}, whose: openWords, likely: true,
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "no-can-use", stage: StageCanUse, text: says(`not authorized to use or monitor this SQL (?:endpoint|warehouse)`),
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "warehouse-id-malformed", stage: StageWarehouse, text: says(`is not a valid (?:SQL )?(?:endpoint|warehouse) id`), whose: anyWords,
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "warehouse-gone", stage: StageWarehouse, kinds: []kind{kindREST, kindSQL}, whose: anyWords,
		text:  says(`(?:sql )?(?:warehouse|endpoint) ['"\x60]?[0-9a-f-]{6,40}['"\x60]? (?:does not exist|was not found|not found|could not be found|cannot be found|was deleted)|no (?:sql )?(?:warehouse|endpoint) (?:with|for) id\b|sql warehouse (?:does not exist|was not found|not found|was deleted)|\bwarehouses?/[0-9a-f]{6,40}\b.{0,160}RESOURCE_DOES_NOT_EXIST|RESOURCE_DOES_NOT_EXIST.{0,160}\bwarehouses?/[0-9a-f]{6,40}\b`),
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "classic-unsupported", stage: StageCanUse, whose: anyWords,
		text:  says(`not supported (?:on|in|by|with) (?:a )?classic (?:SQL )?warehouse|only (?:available|supported) (?:on|in|by|with) (?:a )?(?:pro|serverless)\b|requires? (?:a )?(?:pro or serverless|serverless or pro)\b`),
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
	{
		id: "serverless-disabled", stage: StageState, whose: openWords,
		text:  says(`serverless (?:compute|sql warehouses?|warehouses?|sql)?\s?(?:is|are) (?:not (?:enabled|available|supported)|disabled)`),
		cause: WarehouseAccess, exit: ExitWarehouse,
	},
}
