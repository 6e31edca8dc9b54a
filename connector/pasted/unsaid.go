package pasted

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// What may stand between the words of one clause, the states that clauses deny, and what closes a matter.
const (
	inClause = `(?:[^.;:,!?()\n]|[.:]\S)`
	inItem   = `(?:[^.;:,!?()\n*•-]|[.:-]\S)` // of a list
	aState   = `(?:stopped|stopping|expired|revoked|blocked|throttled|deactivated|inactive|disabled|deleted|unreachable|refused|rejected|` +
		`denied|self-signed|untrusted|terminated|suspended|paused)`
	opens = `(?:^|[.;:,!?(>*\n-]\s*|\b(?:and|but|so|that|or) )`
)

// mended is how a text says that a matter is over.
var (
	mended   = []string{"fixed", "resolved", "renewed", "replaced", "rotated", "corrected", "solved", "cleared", "repaired"}
	isMended = `(?:` + strings.Join(mended, "|") + `)`
)

// denial is a clause, words of which it has one where it begins with anything at all, which is slow to try, and how many of its kind make
// a list: what was changed is also how a single line reports what is wrong.
type denial struct {
	says    pattern.Pattern
	words   []string
	atLeast int
}

// mayBeIn reports whether a text in lower case has what the clause needs.
func (d denial) mayBeIn(lower string) bool {
	return d.words == nil || slices.ContainsFunc(d.words, func(word string) bool { return strings.Contains(lower, word) })
}

// denials are clauses that name an error and do not report it: they deny it, make it a condition, plan it, tell that it is over, or ask a
// table for it.
var denials = []denial{
	{pattern.New(`(?i)\b(?:not|isn't|wasn't|aren't|never|no longer)(?: (?:be|been|being|yet|currently|actually))? ` + aState + `\b`), nil, 1},
	{pattern.New(`(?i)` + opens + `(?:if|whenever|unless|in case|as soon as|once|should the) ` + inClause + `{1,160}`), nil, 1},
	{pattern.New(`(?i)` + opens + `when ` + inClause + `{1,160},`), nil, 1},
	{pattern.New(`(?i)\b(?:check|see|verify|test|ask|tell|know|find out|unclear|tests?|checks?) (?:if|whether) ` + inClause + `{1,160}`), nil, 1},
	{pattern.New(`(?i)\b(?:next|later|afterwards): ` + inClause + `{1,160}`), nil, 1},
	{pattern.New(`(?i)\b(?:will|would|going to|about to|scheduled to)(?: then| also| later| soon)?(?: be)? ` + aState + `\b`), nil, 1},
	{pattern.New(`(?i)\bno (?:longer an? )?(?:errors?|problems?|issues?|failures?): ` + inClause + `{1,160}`), nil, 1},
	{pattern.New(`(?i)` + inClause + `{3,160}\b(?:was|were|has been|have been|is now|are now|got) ` + isMended + `\b`), mended, 1},
	{pattern.New(`(?i)\b` + isMended + `\W{1,3}(?:and )?(?:the |an? )?(?:old|previous|former|earlier|last) ` + inClause + `{1,160}`), mended, 1},
	{pattern.New(`(?i)[(\[](?:the |an? )?(?:old|previous|former|earlier|last)[ :][^()\n]{1,200}[.;:,–—-] ` +
		`(?:(?:this|that|it|was|is|were|has|been|now|already|since) ){0,4}` + isMended + `\b[^()\n]{0,60}[)\]]`), mended, 1},
	{pattern.New(`(?i)\b(?:WHERE|AND|OR|HAVING|WHEN|ON)\s+[\w.\x60"]{1,120}\s*` +
		`(?:=|<>|!=|\bNOT IN\s*\(|\bIN\s*\(|\bLIKE\b|\bIS\b)\s*(?:'[^']{0,80}'[,\s]*)+`), nil, 1},
	{pattern.New(`(?i)\b(?:fixes|resolves|closes|solves):? ["']` + inClause + `{1,160}`), nil, 1},
	{pattern.New(`(?i)(?:^|[.;:\n>*-]\s*)(?:fix|feat|docs|test|chore|refactor)\(\w{1,20}\): ["']?` + inItem + `{1,160}`), []string{"): "}, 1},
	{pattern.New(`(?i)(?:^|\n|[>*•-]\s)(?:fixed|resolved|added|changed|improved): ["']?` + inItem + `{1,160}`),
		[]string{"fixed:", "resolved:", "added:", "changed:", "improved:"}, 2},
	{pattern.New(`(?i)\bnot found in (?:the |its |our )?(?:local |memory |on-disk )?cache\b`), nil, 1},
}

// deniedWithin is how many bytes around a piece of a text are looked at for what denies it.
const deniedWithin = 200

// Unsaid reports whether what a text says from one byte to another is said in a clause that does not report it. What decides is where it
// ends: an error may begin in a clause that only says when it happened.
func Unsaid(text string, from, to int) bool {
	lo, hi := max(0, from-deniedWithin), min(len(text), to+deniedWithin)
	if blank := strings.IndexAny(text[lo:from], " \n"); lo > 0 && blank >= 0 {
		lo += blank // so that nothing cut off is taken for the beginning of the text
	}
	lower := strings.ToLower(text[lo:hi])
	for _, d := range denials {
		if !d.mayBeIn(lower) {
			continue
		}
		clauses := d.says().FindAllStringIndex(text[lo:hi], -1)
		for _, at := range clauses {
			if len(clauses) >= d.atLeast && at[0]+lo < to && to <= at[1]+lo {
				return true
			}
		}
	}
	return false
}
