package inventory

import (
	"errors"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// opened opens the run that is meant, and keeps which newer ones are not whole.
func (w *choice) opened(of store.Folder) (r *store.Run, m store.Manifest, broken []string, err error) {
	r, m, w.broken, err = of.Open(w.run)
	if err = noneWhole(err, w.broken); err != nil {
		return nil, m, nil, err
	}
	return r, m, w.broken, nil
}

// noneWhole says that there are runs and that none of them is whole, in the place of there being none.
func noneWhole(err error, broken []string) error {
	if errors.Is(err, store.ErrNone) && len(broken) > 0 {
		return store.NoneWhole(broken[0])
	}
	return err
}

// judged is the exit code of a look at findings: where a newer run is not whole, what it would have shown is unknown, and nothing passes.
func (w *choice) judged(code int) int {
	if code == exits.OK && len(w.broken) > 0 {
		return exits.Unseen
	}
	return code
}

// compared are the runs that can be compared unless some are named: those with rows up to the last whole one. That newer ones are not whole is said.
func (f Face) compared(of store.Folder) (ids []string, err error) {
	run, last, broken, err := of.Open("")
	if err != nil {
		return nil, noneWhole(err, broken)
	}
	f.broken(broken)
	if err := run.Close(); err != nil {
		return nil, err //nolint:wrapcheck // the store's errors have words
	}
	runs, err := of.Runs()
	for _, m := range runs {
		if m.Rows && m.ID <= last.ID {
			ids = append(ids, m.ID)
		}
	}
	return ids, err //nolint:wrapcheck // as above
}

// notWhole says which runs are not whole, beside the run that is shown or the one that is not over.
func (f Face) notWhole(s estate.Standing, shown *store.Run) {
	if shown != nil {
		f.broken(s.Broken)
		return
	}
	for _, id := range s.Broken {
		if s.Open != "" {
			f.Note("The run %s is not whole.", id)
		}
	}
}
