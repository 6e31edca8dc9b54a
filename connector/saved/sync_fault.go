package saved

import (
	"errors"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// SyncFault is why a table could not be read: of several tables that of the first, which is the one whose exit code counts, with the names of
// the others.
type SyncFault struct {
	Headline string // a sentence without its full stop where Reason goes on; it begins with the table
	Reason   string // whole sentences, or empty
	Remedy   string
	Copy     string         // a statement that helps, or empty
	Finding  *check.Finding // what the workspace refused; nil where the engine has words of its own
	Kind     error          // of the engine's own words
}

// Said is the fault in whole sentences, without its remedy.
func (f SyncFault) Said() string {
	if f.Finding != nil {
		return f.Headline + ". " + f.Reason
	}
	return strings.TrimSpace(f.Headline + " " + f.Reason)
}

// FaultOf is what ended a sync, where it is about a table.
func FaultOf(err error) (fault SyncFault, about bool) {
	table, cause := sync.Fails(err)
	if table == "" {
		return SyncFault{}, false
	}
	others := also(sync.FailedTables(err))
	if known := (*connector.Error)(nil); errors.As(cause, &known) {
		return SyncFault{Headline: table + ": " + known.What, Reason: others, Remedy: known.Remedy, Kind: known.Kind}, true
	}
	f := check.Explain(cause)
	if f.Pattern == check.UnknownPattern {
		f.Reason = connector.CleanLine(cause.Error(), 300)
	}
	reason := strings.TrimSpace(f.Reason + " " + others)
	return SyncFault{Headline: table + ": " + f.Headline(), Reason: reason, Remedy: f.Remedy.Text, Copy: f.Remedy.Copy, Finding: &f}, true
}

// mostNamed is how many of the other tables are named.
const mostNamed = 5

// also names the tables behind the first.
func also(tables []string) string {
	if len(tables) < 2 {
		return ""
	}
	rest := slices.Clone(tables[1:])
	if len(rest) > mostNamed {
		rest = append(rest[:mostNamed], "others")
	}
	return "Not read either: " + strings.Join(rest, ", ") + "."
}
