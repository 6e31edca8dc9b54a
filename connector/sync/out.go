package sync

import (
	"errors"
	"syscall"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// Unwritten is the error of a text or of rows that could not be written to standard output, with what to do: of kind runs.ErrFull or
// runs.ErrFolder. That nobody reads any more is handed on as it is.
func Unwritten(err error) error {
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return err
	}
	kind := runs.ErrFolder
	if runs.IsFull(err) {
		kind = runs.ErrFull
	}
	cause := err
	for {
		below := errors.Unwrap(cause)
		if below == nil {
			break
		}
		cause = below
	}
	return &connector.Error{
		Kind: kind, What: "Standard output could not be written: " + connector.Said(cause, 200) + ".", Remedy: "Send it where there is room.", Cause: err,
	}
}
