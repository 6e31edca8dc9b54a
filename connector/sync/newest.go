package sync

import (
	"os"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// Newest is when the newest whole run in a folder began, the zero time where there is none. Unlike a sync it makes nothing.
func Newest(dir string) time.Time {
	if _, err := os.Stat(dir); err != nil {
		return time.Time{}
	}
	store, err := runs.Open(dir)
	if err != nil {
		return time.Time{}
	}
	run, err := store.Latest()
	if err != nil || run == nil {
		return time.Time{}
	}
	return run.Manifest.Began
}
