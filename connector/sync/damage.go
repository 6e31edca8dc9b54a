package sync

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// damaged is said of a table of which a file of the last run is not what was written.
const damaged = "the last run is damaged and was not compared"

// groundwork is what is known of the files of a table in the last run.
type groundwork struct {
	looked bool
	fault  error
}

// sound reads the files of the table in the last run, once, before anything is built on them. Errors are runs.ErrDamaged or the context's own.
func (r *reading) sound(ctx context.Context) error {
	if r.files.looked {
		return r.files.fault
	}
	last := r.latest.Manifest.Find(r.plan.Name)
	if last == nil {
		return runs.ErrDamaged
	}
	r.files.fault = r.latest.Sound(ctx, last)
	r.files.looked = ctx.Err() == nil
	return r.files.fault
}

// ground is sound where what is planned is built on the files of the last run.
func (r *reading) ground(ctx context.Context) error {
	if Mode(r.plan.Mode) == Full {
		return nil
	}
	return r.sound(ctx)
}

// afresh reads a table whole because the files of the last run are damaged, unless its changes alone were asked for.
func (r *reading) afresh(ctx context.Context, name connector.TableName) error {
	if r.options.Mode == Changes {
		return &connector.Error{
			Kind: ErrNoChanges, What: "The changes alone cannot be read: the last run is damaged.", Remedy: "Leave --mode out, and the table is read whole.",
		}
	}
	return r.instead(ctx, name, damaged)
}

// comparesWithNone notes why a table is not compared where the last run is damaged, and reports whether that is so.
func (r *reading) comparesWithNone(ctx context.Context) (bool, error) {
	err := r.sound(ctx)
	if !errors.Is(err, runs.ErrDamaged) {
		return false, err
	}
	if !r.plan.onDamage() {
		r.plan.Reason += ", " + damaged
	}
	return true, nil
}

// onDamage reports that the table was not compared because the last run is damaged.
func (t *TablePlan) onDamage() bool { return strings.HasSuffix(t.Reason, damaged) }

// none is why there is no run to go on from.
func (s *Sync) none() string {
	if len(s.damaged) > 0 {
		return damaged
	}
	return "the first run"
}

// Damaged says which runs in the folder cannot be read any more, and what is compared instead, empty where all can.
func (s *Sync) Damaged() string {
	if len(s.damaged) == 0 {
		return ""
	}
	said := fmt.Sprintf("Damaged, and compared with nothing: %s. A file or the manifest is not as it was written.", someOf(s.damaged))
	if s.latest != nil {
		said += " The last run before is " + s.latest.ID + "."
	}
	return said
}
