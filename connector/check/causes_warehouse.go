package check

// accessRows are the rows of "Cannot access the SQL warehouse".
var accessRows = []pattern{
	{
		id: "no-sql-entitlement", stage: StageSQLAccess, text: says(`users without the .{0,120}databricks-sql-access`),
		cause: WarehouseAccess, exit: ExitIdentity,
		reason: "The principal lacks the Databricks SQL access entitlement.",
		remedy: "Give it Databricks SQL access under Settings › Identity and access › Service principals › your principal.",
	},
	{
		id: "not-in-plan", stage: StageSQLAccess, text: says(`DBSQL isn't available|(?:not|isn't) available (?:in|for|on) (?:your|the current|this) (?:pricing )?(?:tier|plan|sku)|only (?:available|supported) (?:in|for|on) (?:the )?premium|requires? (?:the|a) premium (?:plan|tier)`), whose: anyWords,
		cause: WarehouseAccess, exit: ExitWarehouse,
		reason: "The workspace's plan does not include this. It is not a missing permission.",
		remedy: "Ask the account admin whether the workspace is on the Premium plan.",
	},
	{
		id: "feature-off", stage: StageSQLAccess, codes: []string{"FEATURE_DISABLED"}, whose: openWords, likely: true,
		cause: WarehouseAccess, exit: ExitWarehouse,
		reason: "The feature is switched off for this workspace or is not in its plan. It is not a missing permission.",
		remedy: "Ask a workspace admin to switch on what the detail names.",
	},
	{
		id: "no-can-use", stage: StageCanUse, text: says(`not authorized to use or monitor this SQL (?:endpoint|warehouse)`),
		cause: WarehouseAccess, exit: ExitWarehouse,
		reason: "The principal has no CAN_USE on this SQL warehouse.",
		remedy: "Grant CAN_USE under SQL Warehouses › this warehouse › Permissions.",
	},
	{
		id: "warehouse-id-malformed", stage: StageWarehouse, text: says(`is not a valid (?:SQL )?(?:endpoint|warehouse) id`), whose: anyWords,
		cause: WarehouseAccess, exit: ExitWarehouse,
		reason: "The ID of the SQL warehouse is not one: it has 16 hexadecimal digits.",
		remedy: "Copy it from SQL Warehouses › your warehouse › Connection details, or choose the warehouse from the list.",
	},
	{
		id: "warehouse-gone", stage: StageWarehouse, kinds: []kind{kindREST, kindSQL}, whose: anyWords,
		text:  says(`(?:sql )?(?:warehouse|endpoint) ['"\x60]?[0-9a-f-]{6,40}['"\x60]? (?:does not exist|was not found|not found|could not be found|cannot be found|was deleted)|no (?:sql )?(?:warehouse|endpoint) (?:with|for) id\b|sql warehouse (?:does not exist|was not found|not found|was deleted)|\bwarehouses?/[0-9a-f]{6,40}\b.{0,160}RESOURCE_DOES_NOT_EXIST|RESOURCE_DOES_NOT_EXIST.{0,160}\bwarehouses?/[0-9a-f]{6,40}\b`),
		cause: WarehouseAccess, exit: ExitWarehouse,
		reason: "This workspace has no such SQL warehouse. It was deleted, or its ID is mistyped or of another workspace.",
		remedy: "Choose another SQL warehouse.",
	},
	{
		id: "classic-unsupported", stage: StageCanUse, whose: anyWords,
		text:  says(`not supported (?:on|in|by|with) (?:a )?classic (?:SQL )?warehouse|only (?:available|supported) (?:on|in|by|with) (?:a )?(?:pro|serverless)\b|requires? (?:a )?(?:pro or serverless|serverless or pro)\b`),
		cause: WarehouseAccess, exit: ExitWarehouse,
		reason: "What was asked for needs a pro or serverless SQL warehouse, and this one is classic.",
		remedy: "Choose a serverless or pro SQL warehouse.",
	},
	{
		id: "serverless-disabled", stage: StageState, whose: openWords,
		text:  says(`serverless (?:compute|sql warehouses?|warehouses?|sql)?\s?(?:is|are) (?:not (?:enabled|available|supported)|disabled)`),
		cause: WarehouseAccess, exit: ExitWarehouse,
		reason: "Serverless compute is switched off in this workspace or not offered in its region.",
		remedy: "Choose a pro SQL warehouse, or ask the account admin to switch serverless on.",
	},
}
