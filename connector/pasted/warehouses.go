package pasted

// How people and programs name a SQL warehouse, what may stand between it and what they say of it, and how the workspace describes one.
const (
	SQLWarehouse = `(?:\bsql[ _-]?(?:warehouse|endpoint)\w{0,20}|\bendpoint (?:id )?[0-9a-f]{16}\b|/sql/1\.0/(?:warehouses|` +
		`endpoints)/\w{1,40})`
	InSentence = `(?:[^;:.!?\[\]]|[.:]\S){0,60}`

	// OfRecord is a warehouse as the workspace describes it, up to its state.
	OfRecord = `(?:"id" ?: ?"[0-9a-f]{16}"` + inObject + `|/sql/warehouses/[0-9a-f]{16}\b.{0,400})"state" ?: ?"`

	// FailedHealth is what it says of the health of one whose machines do not come up, in the same object as a state that is not RUNNING.
	FailedHealth = `"id" ?: ?"[0-9a-f]{16}"` + inObject + `(?:` + notRunning + inObject + failedHealth + `|` + failedHealth + inObject + `\}` + inObject + notRunning + `)`
	failedHealth = `"health" ?: ?\{[^{}]{0,80}"status" ?: ?"FAILED"`
	notRunning   = `"state" ?: ?"(?-i:STOPPED|STOPPING|STARTING)"`

	// inObject is the rest of one, and of those that it has within.
	inObject = `[^{}]{0,400}(?:\{(?:[^{}]|\{[^{}]*\})*\}[^{}]{0,200}){0,4}`

	Warehouse = `(?:` + SQLWarehouse + `|\w{0,20}warehouse\w{0,20})`
)

// What people and programs say of a SQL warehouse: that one may not use it, that it is not there, that it starts, and that it rests.
const (
	MayNot = `(?:\b(?:no|not|cannot|can't|without|lacks?|lacking|missing|needs?|insufficient)\b.{0,40}\b(?:permissions?|` +
		`privileges?|rights?|access|CAN[_ ]?(?:USE|MONITOR)|authori[sz]ed|allowed|permitted|entitled)\b|` +
		`n't have (?:permission|access|the right)|\b(?:access|permission) (?:to .{0,40})?(?:was |is |has been )?(?:denied|` +
		`refused|revoked)\b|\bforbidden\b|not shared with|\b(?:may|must|can|could) ?not use\b)`

	IsGone = `(?:(?:does|did) not exist|doesn't exist|\bnot found\b|(?:cannot|could not|can't) be found|no longer (?:exists|` +
		`there)|(?:was|has been|is|got) (?:deleted|removed)|\bis unknown\b|\bDELETED\b|\bDELETING\b)`

	Starts = `(?:\b(?:is|are|was|were|still|currently|being|now|just) (?:\w{1,12} ){0,2}(?:started|booting|waking|cold|` +
		`provisioning|launching|resuming)\b|\bbeen cold\b|` +
		`\b(?:coming|spinning|warming|starting|waking|booting|powering|ramping) (?:back )?up\b|` +
		`\bstarting(?:$|[.,;:!)\]"'…]|\W{1,3}(?:and|please|retry|it\b|so\b|but|because|after|when|while|may|now|\d|-|—|\())|` +
		`(?-i:\bSTARTING\b)|\bnot finished (?:booting|starting)\b|\bin (?:the )?(?:state:? )?starting\b|` +
		`\bnot (?:yet |quite |been |become )*(?:ready|up|come up|started|available yet|in (?:a )?running state)\b|\bnot yet running\b|NotReady\b|` +
		`\bstill (?:pending|provisioning|not)\b|` +
		`(?:took|takes|taking) too long|start(?:up|-up)? (?:timed out|took|timeout)|did not (?:start|come up|become|` +
		`get|wake)|to (?:start|come up|wake up|be running|reach RUNNING|` +
		`become RUNNING)\b.{0,40}(?:timed? ?out|too long|gave up|exceeded)|cold[- ]start)`

	Rests = `(?:\bnot (?:currently )?running\b|isn't running|NotRunning\b|\b(?:is|was|has been|have been|are|were|it's|` +
		`currently) (?:\w{1,12} )?(?:stopped|turned off|switched off|shut down|asleep|sleeping|idle|off)\b|` +
		`auto-?stopped|auto-?stop(?:ped)?\b|\b(?:is|are) stopping\b|(?-i:\b(?:STOPPED|STOPPING)\b)|` +
		`\bin (?:the )?(?:state:? )?stopp(?:ed|ing)\b|` +
		`(?:must|needs? to|has to) (?:be running|run)\b|(?:needs|has|must) (?:to )?be started|start (?:it|the warehouse|` +
		`one) (?:first|and)|\b(?:none|not one|no one|neither)\b.{0,30}\brunning\b)`
)
