package pasted

// How a text says that something is over. A warehouse is proven by its own state, and by a statement that it has answered; that a request of
// another kind went well proves nothing of it.
var (
	WarehouseRuns = []string{
		`(?:^|[^.;:\n]{0,40})(?:\b(?:is|now|became|become|state["']?\s?[=:]?|200 OK|[0-9a-f]{16}|->)\s?["']?)\b(?-i:RUNNING)\b`,
		`\bwarehouse\b[^.;:\n]{0,40}\b(?:is|now|is now) (?:running|up|ready)\b`,
		`(?:\bstatement(?:[ _]?id)?|/sql/statements)\W{1,6}[0-9a-f]{2}[0-9a-f-]{0,38}\b(?:\W{1,8}(?:has|is|now|finished|status|state|200|OK)\b){0,3}\W{0,8}\b(?-i:SUCCEEDED)\b`,
		`\bSELECT 1 (?:ok|succeeded)\b`,
	}
	WarehouseFound = []string{`/sql/(?:1\.0/)?(?:warehouses|endpoints)/[0-9a-f]{16}\b(?: \S{1,40}){0,2} (?:-> )?(?:HTTP/\d(?:\.\d)? )?200\b`}
	SignedIn       = []string{
		`\btoken (?:is |was |now )?(?:ok|refreshed|renewed|acquired|valid)\b`, `\b(?:signed|logged) in (?:as|again|ok)\b`,
		`/oidc/\S{0,60}token\S{0,3} (?:-> )?200\b`, `\bauthenticat(?:ed|ion (?:ok|succeeded|successful))\b`,
	}

	// WentWell are what a text says of a call that went well, or of a recovery. It need not be of what failed before.
	WentWell = []string{
		`(?:->|→|=>|,|\b(?:returned|fetched|read|got)) [1-9]\d{0,9} rows?\b`, `\b0 errors\b`, `\bGRANT\b[^;\n]{0,200};? ?(?-i:OK|ok)\b`,
		`\b(?:retry|retries|attempt|call|request|job|run|task|sync)\b(?: \S{1,20}){0,2} (?:has |have )?(?i:succeeded)\b`, `(?-i:\bSUCCEEDED\b)`, `\b200 OK\b`,
		`\b(?:has |have |is |are |was )?(?:recovered|reconnected)\b`,
		`\b(?:runs|works|working|running|connected|reachable|available|up|healthy) again\b`, `\bback (?:up|online|to normal)\b`,
	}
)

// OtherTime ends with what went well at another time than the one that is told of, or not at all.
const OtherTime = `\b(?:0(?: of \d{1,9})? \w{1,20} \w{1,20}|(?:no|none of|not|never|previous|earlier|expected|until|last (?:statement|run|job|query|refresh|sync))` +
	`\b[^.,;:\n]{0,60})$`

// SomethingElse follows a state that is fine: what has not begun is then no warehouse but what runs on it.
const SomethingElse = `\b(?:running|up|ready|started|healthy)\W{1,4}(?:(?:but|and|while|its?|the|this|your|first|next) ){0,3}` +
	`(?:statements?|quer(?:y|ies)|jobs?|tasks?|runs?|sync|pipelines?|loads?|imports?|exports?|refresh\w*|clusters?|sessions?|models?|notebooks?)\b`

// RunsElse is what has states of its own like those of a warehouse.
const RunsElse = `\bclusters?\b|\bjobs?\b|\bjob_?id\b|\bpipelines?\b|\btasks?\b|\brun_?id\b|\bnotebooks?\b|\bapps?\b|\bupdates?\b|serving[- _]?endpoints?|\bpods?\b|\bcontainers?\b`
