package admin

import (
	"errors"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Progress is how far one change of a plan has come while the plan is applied.
type Progress struct {
	Step  int    // the place of the change in the plan, from 0
	Event Event  // Started, and then Done, Already or Failed
	Error string // of a failed one, cleaned
}

// Watch looks on while a plan is applied. The zero Watch sees nothing and never stops it.
type Watch struct {
	Tell func(Progress)  // called in the order of the plan, by the goroutine that applies it
	Stop <-chan struct{} // closed to have no further change begun; the one that is under way ends first
}

func (w Watch) tell(p Progress) {
	if w.Tell != nil {
		w.Tell(p)
	}
}

func (w Watch) stopped() bool {
	select {
	case <-w.Stop:
		return true
	default:
		return false
	}
}

func stoppedBefore(i, all int) error {
	return &connector.Error{
		Kind: ErrRefused,
		What: fmt.Sprintf("Stopped: %d of %d changes are made.", i, all), Cause: ErrStopped,
		Remedy: "Plan again: what is done is seen, and only the rest is planned.",
	}
}

// interrupted says what is done and what is left of a plan that was ended during a step: whether that step took effect is not known.
func (r *run) interrupted(i int, err error) error {
	c, left := r.plan.Changes[i], len(r.plan.Changes)-i-1
	what := fmt.Sprintf("Interrupted during step %d of %d, %s on %s. Whether that took effect is not known.", i+1, len(r.plan.Changes), c.Kind, c.Object)
	if r.out.Done > 0 {
		what += " " + words.Plural(r.out.Done, "step before it is done.", "steps before it are done.")
	}
	if left > 0 {
		what += " " + words.Plural(left, "step behind it was not begun.", "steps behind it were not begun.")
	}
	return &connector.Error{
		Kind: ErrRefused, What: what, Cause: errors.Join(ErrStopped, err), Remedy: "Plan again: what is done is seen, and only the rest is planned.",
	}
}
