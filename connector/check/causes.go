package check

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/clue"
)

// Exit codes of a failed stage, as the test command returns them.
const (
	ExitNetwork      = 10
	ExitTLS          = 11
	ExitNotWorkspace = 12
	ExitAuth         = 20
	ExitIdentity     = 21
	ExitWarehouse    = 30
	ExitNotRunning   = 31
	ExitPermissions  = 40
	ExitBeyond       = 50
	ExitUnknown      = 1
)

// pattern is one row of the causes table: what an error must look like, and what it then means. Empty fields match anything. What is said
// of it stands in assets/causes.yaml.
type pattern struct {
	id     string
	stage  ID // where the ladder meets it
	kinds  []kind
	status []int
	codes  []string
	states []string
	text   *clue.Clue

	cause  Cause
	exit   int
	whose  voice
	of     concern // where it is not that of the cause
	likely bool    // the same answer is also given for other reasons

	unsigned bool // only where no credentials were sent
	restored bool // it is over once a warehouse runs or answers, which is so of every row of WarehouseNotRunning

	// another reports a place in a text whose words are of another subject than the row's, nil where they cannot be.
	another func(s signs, at clue.Place) bool
}

// voice tells whose words a row goes by, which decides how far they can be trusted in a text that came without its error.
type voice int

const (
	ownWords   voice = iota // nobody but Databricks says this
	openWords               // programs say this of any host: it counts unless the text is about another service
	anyWords                // every service answers so: it counts only where the text names Databricks
	cloudWords              // a cloud says this of all its machines: it counts where the text names Databricks or a warehouse that does not come up
)

// causes is read from the top, and the first row that matches decides. Texts that name a network block come before a plain 403, because
// the workspace answers both with the same status. Rows with a text come before rows without one.
var causes = slices.Concat(blockRows, authenticationRows, accessRows, startRows, permissionRows, reachRows)

func (p pattern) matches(f facts) bool {
	return (len(p.kinds) == 0 || slices.Contains(p.kinds, f.kind)) &&
		(len(p.status) == 0 || slices.Contains(p.status, f.status)) &&
		(len(p.codes) == 0 || slices.Contains(p.codes, f.code)) &&
		(len(p.states) == 0 || slices.Contains(p.states, f.state)) &&
		(p.text == nil || p.text.MatchString(f.text) || p.text.MatchString(f.code))
}

// about is what the row is about, which decides what else in a text counts against it.
func (p pattern) about() concern {
	switch p.cause {
	case AuthenticationFailed:
		return ofSignIn
	case WarehouseAccess, WarehouseNotRunning:
		return ofWarehouses
	case MissingPermissions:
		return ofData
	}
	return p.of
}

func (p pattern) finding() Finding {
	said := p.words()
	return Finding{Cause: p.cause, Reason: said.Reason, Remedy: Remedy{Text: said.Remedy, Here: said.Here}, Pattern: p.id, Exit: p.exit}
}

// table is every row: those that an error is matched against, those that the ladder finds without one, and those of texts alone.
func table() []pattern { return slices.Concat(causes, found, toldOnly) }

// findingOf is what a row means, for a stage that comes to it without an error.
func findingOf(id string) Finding {
	row, _ := rowOf(id)
	return row.finding()
}

// Grantable reports whether a GRANT to copy is what mends it. Not every refusal has one: a grant does not bind a catalog to this workspace.
func (f Finding) Grantable() bool {
	return slices.ContainsFunc(causes, func(p pattern) bool { return p.id == f.Pattern && p.words().Grant != "" })
}

// Entry is one thing that the ladder can find, for those who read or document it. ID is the Pattern of a Finding. Grant is the statement
// that the remedy points at, with placeholders, or empty. Here is the remedy where a set-up can do it on the spot, or empty. Also are other causes that answer in the same way. Exit is the code that the test
// command returns.
type Entry struct {
	ID     string
	Stage  ID
	Cause  Cause
	Reason string
	Remedy string
	Here   string
	Grant  string
	Also   []Alternative
	Exit   int
}

// Causes lists the causes table in the order in which it is matched, then what the ladder finds without an error, then what only a text
// tells. The slice is the caller's own.
func Causes() []Entry {
	rows := table()
	list := make([]Entry, len(rows))
	for i, p := range rows {
		said := p.words()
		list[i] = Entry{
			ID: p.id, Stage: p.stage, Cause: p.cause, Reason: said.Reason, Remedy: said.Remedy, Here: said.Here, Grant: said.Grant, Also: said.rivals(), Exit: p.exit,
		}
	}
	return list
}
