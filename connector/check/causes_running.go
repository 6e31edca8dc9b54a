package check

import "github.com/draftt-io/draftt-databricks/connector/clue"

// startRows are the rows of "Warehouse is stopped or starting". Why a start fails comes before that it fails.
var startRows = []pattern{
	{
		id: "start-quota", stage: StageState, whose: cloudWords, another: signs.ofOneCluster,
		text: clue.Says(
			`AZURE_QUOTA_EXCEEDED|GCP_QUOTA_EXCEEDED|QuotaExceeded|(?:cores?|compute|vcpu) quota|exceeding quota limits`,
			`(?:reached|exceed(?:s|ed|ing)?|hit) (?:its|the|your|an?) (?:[\w/-]{1,30} ){0,4}quota\b|PublicIPCountLimitReached`,
			`quota exceeded|\bcores?\b.{0,80}\bsubscription's limit`,
		),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "start-spot", stage: StageState, whose: cloudWords, another: signs.ofOneCluster,
		text: clue.Says(
			`SPOT_INSTANCE_TERMINATION|MAX_SPOT_INSTANCE_COUNT`,
			`spot (?:instances?|capacity|vms?)\b.{0,80}(?:unavailable|not available|pre-?empt|evict|terminated)`,
		),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "start-capacity", stage: StageState, whose: cloudWords, another: signs.ofOneCluster,
		text: clue.Says(
			`RESOURCE_STOCKOUT|SkuNotAvailable|INSUFFICIENT_INSTANCE_CAPACITY|InsufficientInstanceCapacity`,
			`ZONE_RESOURCE_POOL_EXHAUSTED|AllocationFailed|OverconstrainedAllocation`,
		),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "start-failed", stage: StageState, whose: cloudWords, another: signs.ofOneCluster,
		text: clue.Says(
			`clusters are failing to launch|cluster launch will be retried|CLOUD_PROVIDER_LAUNCH_FAILURE`,
			`\b(?:DRIVER_UNREACHABLE|BOOTSTRAP_TIMEOUT|NPIP_TUNNEL_SETUP_FAILURE|CONTROL_PLANE_REQUEST_FAILURE|CLOUD_PROVIDER_SHUTDOWN)\b`,
			`failed to request warehouse start|Cannot create the resource, please try again later`,
		),
		cause: WarehouseNotRunning, exit: ExitNotRunning, likely: true,
	},
	{
		id: "start-refused", stage: StageState, kinds: []kind{kindREST, kindSQL}, whose: anyWords,
		text: clue.Says(
			`(?:not authorized|do(?:es)? not have permission|not allowed|lacks? (?:the )?permissions?) to start (?:this |the )?(?:sql )?(?:warehouse|endpoint)`,
			`\b(?:warehouse|endpoint)\b.{0,60}\bcannot be started: PERMISSION_DENIED\b`,
		),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "session-not-ready", stage: StageSQL, whose: openWords,
		text:  clue.Says(`session handle\b.{0,160}has not been initialized or had already closed|couldn't create directory /local_disk0`),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "sql-unavailable", stage: StageSQL, kinds: []kind{kindSQL}, another: signs.ofOtherSide, text: clue.Says(
			`TEMPORARILY_UNAVAILABLE`,
		), whose: anyWords, likely: true,
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "statement-waiting", stage: StageSQL, whose: anyWords, likely: true,
		text: clue.Says(
			`statement\b.{0,80}\b(?:state:? PENDING|still (?:pending|queued))`, `"statement_id" ?: ?"[^{}]{0,120}"status" ?: ?\{"state" ?: ?"PENDING"`,
		),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "warehouse-starting", stage: StageState, whose: anyWords,
		text: clue.Says(
			`(?:warehouse|endpoint)\b.{0,60}\b(?:is (?:still |currently )?starting|in (?:the )?(?:state:? STARTING|STARTING state))`,
			`waiting for (?:the )?(?:sql )?(?:warehouse|endpoint)\b.{0,40}to start`,
		),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "warehouse-stopping", stage: StageState, whose: anyWords,
		text:  clue.Says(`(?:warehouse|endpoint)\b.{0,60}\b(?:is (?:still |currently )?stopping|in (?:the )?(?:state:? STOPPING|STOPPING state))`),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
	{
		id: "warehouse-stopped", stage: StageState, whose: anyWords,
		text: clue.Says(
			`(?:warehouse|endpoint)\b.{0,60}\b(?:(?:is|was|has been) (?:currently )?stopped|is not running|in (?:the )?state:? STOPPED)`,
			`failed to reach RUNNING, got STOPPED`,
		),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
	},
}
