package exits

import (
	"errors"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// ofSync are the exit codes of what ends a sync and is no refusal of the workspace.
var ofSync = []struct {
	kind error
	code int
}{
	{runs.ErrBusy, Files}, {runs.ErrFolder, Files}, {runs.ErrFull, Files}, {sync.ErrOpen, Open},
	{sync.ErrNoChanges, Usage}, {sync.ErrFormat, Usage}, {sync.ErrCursor, Usage}, {query.ErrHost, Usage}, // what was asked for cannot be had
	{query.ErrStorage, check.ExitNetwork}, {sync.ErrAsleep, check.ExitNotRunning}, {sync.ErrChanged, check.ExitUnknown},
}

// OfSync is the exit code of what ended a sync by its kind, where that has one of its own.
func OfSync(kind error) (code int, own bool) {
	for _, e := range ofSync {
		if errors.Is(kind, e.kind) {
			return e.code, true
		}
	}
	return 0, false
}
