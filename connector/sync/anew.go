package sync

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
)

// anew plans a table again, and has what was read of it count for nothing.
func (r *reading) anew(ctx context.Context, name connector.TableName, why error) error {
	if r.options.Shard.Of > 0 {
		return r.anewAlone(ctx, name, why)
	}
	t, err := r.lookAgain(ctx, name, why)
	if err != nil {
		return err
	}
	if err := r.partial.Forget(t.Name); err != nil {
		return err
	}
	r.Plan.Tables[r.number] = t
	text, err := r.Plan.keep()
	if err != nil {
		return err
	}
	if err := r.partial.Replan(text); err != nil {
		return err
	}
	r.plan = t
	r.watch.begin(&r.plan)
	return nil
}

// lookAgain plans a table again, with its tags, and says why.
func (s *Sync) lookAgain(ctx context.Context, name connector.TableName, why error) (TablePlan, error) {
	t, err := s.look(ctx, name)
	if err != nil {
		return TablePlan{}, err
	}
	tagged := []TablePlan{t}
	if err := s.tags(ctx, tagged); err != nil {
		return TablePlan{}, err
	}
	if tagged[0].Mode == string(Full) {
		tagged[0].Reason += ", planned anew: " + unfit(why)
	}
	return tagged[0], nil
}

// unfit is why a plan does not do any more.
func unfit(err error) string {
	if errors.Is(err, ErrChanged) {
		return "it changed while it was read"
	}
	return "what was planned before was refused"
}
