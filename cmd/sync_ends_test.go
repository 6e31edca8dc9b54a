package cmd

import (
	"errors"
	"fmt"
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

func TestASyncEndsWithTheCodeOfItsCause(t *testing.T) {
	for kind, code := range map[error]int{
		runs.ErrBusy: exits.Files, runs.ErrFull: exits.Files, sync.ErrOpen: exits.Open, sync.ErrAsleep: check.ExitNotRunning, sync.ErrNoChanges: exits.Usage,
		sync.ErrFormat: exits.Usage, sync.ErrCursor: exits.Usage, query.ErrHost: exits.Usage, query.ErrStorage: check.ExitNetwork, sync.ErrChanged: check.ExitUnknown, connector.ErrInput: exits.Usage,
	} {
		known := &connector.Error{Kind: kind, What: "What happened.", Remedy: "What to do."}
		for _, err := range []error{known, fmt.Errorf("reading: %w", &sync.TableError{Table: "a.b.c", Err: known})} {
			named := syncError(t.Context(), err)
			got := exits.OfError(named)
			if exit := (*exitError)(nil); errors.As(named, &exit) {
				got = exit.code
			}
			if what, remedy := connector.Words(named); got != code || remedy != known.Remedy || what != "What happened." && what != "a.b.c: What happened." {
				t.Errorf("%v ends with %d: %s %s", kind, got, what, remedy)
			}
		}
	}
	if syncError(t.Context(), nil) != nil {
		t.Error("a sync that ended well has an error")
	}
}
