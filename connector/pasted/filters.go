package pasted

// refusedAs is a number as the whole of what is said of an answer, rather than as a count of something.
const refusedAs = `403(?: ?(?:forbidden|error|access|for|from|on|at|when|while)\b|[^\w ]|$)`

const (
	// webFilters are products that look into what a network's people ask for.
	webFilters = `zscaler|netskope|blue ?coat|forcepoint|forti(?:gate|guard|net|proxy)|palo alto|umbrella|mcafee web|\bsquid\b|websense|` +
		`ironport|barracuda|\biboss\b|menlo security|cato networks|prisma access`

	// Blocks is what a filter says of what it does not let through.
	Blocks = `(?:` + webFilters + `)\b.{0,200}\b(?:blocked|denied|prohibited|not (?:allowed?|permitted)|permission to visit)|` +
		`(?:` + webFilters + `)(?:[ :/([-]{1,3}[\w.]{1,20}){0,3}[ :/([-]{1,3}` + refusedAs + `|\b403(?:[ :/([-]{1,3}[\w.]{1,20}){0,4}[ :/([-]{1,3}(?:` + webFilters + `)|\bweb ?(?:site|page) (?:is |was |has been )?(?:blocked|denied)\b|` +
		`\b(?:web ?site|web page|page|site|url)\b.{0,60}\bblocked\b.{0,60}\b(?:company|corporate|organi[sz]ation|security|internet|category)` + byRules

	byRules = `\b.{0,20}\b(?:policy|policies|administrator|department|filter\w*)`
)

// PageThatBlocks is what a page says that a filter sends in place of an answer, whatever its status. Other programs say it of what they guard.
const PageThatBlocks = Blocks + `|\baccess (?:to this \w{1,20} )?(?:is |was |has been )?(?:blocked|denied)\b|\b(?:is|was|has been|been|web page|request) blocked\b|` +
	`\bblocked (?:by|because|due to)\b|content[- ]filter|\b(?:web ?site|page|site|url|access|request)\b.{0,60}\bdenied\b.{0,60}` +
	`\b(?:company|corporate|organi[sz]ation|security|internet|it|content|category)` + byRules
